"""The score of a sheet: every item's points with how they came, sums, grade, and what was missing.

All of it is exact; two decimals are made at the end, half up. A missing item is 0 with its reason and never
an average; so is a survey of fewer than 20 valid answers, which is not rated: no figure is invented for it.
"""

import json
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from models.scoring.grades import Grade, grade
from models.scoring.indicators import FINAL, Dimension, Indicators, Item, ItemKind, decimal
from models.scoring.sheet import LEAST_ANSWERS, Counted, Entry, Sheet, read_sheet

NOTHING = Fraction(0)


class Came(StrEnum):
    """How the points of an item came."""

    MARKED = "marked"
    RATIO = "ratio"
    SURVEY = "survey"
    ASSEMBLY = "assembly"
    UNMARKED = "unmarked"
    NO_EVIDENCE = "no_evidence"
    NO_SURVEY = "no_survey"
    NOT_RATED = "not_rated"
    NO_ASSEMBLY = "no_assembly"


MISSING = frozenset(Came) - {Came.MARKED, Came.RATIO, Came.SURVEY, Came.ASSEMBLY}
"""These are 0 points for want of something, not for what was found."""


@dataclass(frozen=True)
class ItemScore:
    """One item: its points, how they came, and the figures they came from."""

    item: Item
    points: Fraction
    came: Came
    entry: Entry
    ratio: Fraction | None = None
    counted: Counted | None = None

    @property
    def is_missing(self) -> bool:
        """Whether it is 0 for want of something."""
        return self.came in MISSING


@dataclass(frozen=True)
class Score:
    """What comes out of a sheet."""

    sheet: Sheet
    items: tuple[ItemScore, ...]

    @property
    def total(self) -> Fraction:
        """The exact sum."""
        return sum((each.points for each in self.items), NOTHING)

    @property
    def maximum(self) -> Fraction:
        """What there was to earn: 100 at the final."""
        return sum((each.item.maximum for each in self.items), NOTHING)

    @property
    def grade(self) -> Grade | None:
        """The grade of a final; other stages name issues and have none."""
        if self.sheet.stage != FINAL:
            return None
        return grade(self.total, self.sheet.indicators.lines, vetoed=bool(self.sheet.vetoes))

    @property
    def missing(self) -> list[ItemScore]:
        """Items that earned nothing for want of something."""
        return [each for each in self.items if each.is_missing]

    def of(self, dimension: str) -> list[ItemScore]:
        """The items of a dimension."""
        return [each for each in self.items if each.item.dimension == dimension]


def score(sheet: Sheet) -> Score:
    """Score a sheet."""
    asked = sheet.indicators.asked(sheet.stage)
    return Score(sheet, tuple(_item(item, sheet) for item in asked))


def evaluate(data: bytes) -> bytes:
    """A file in, a file out: the same bytes for the same sheet, on every machine."""
    return render(score(read_sheet(data)))


def two(value: Fraction) -> Decimal:
    """A figure with two decimals, half up."""
    cents = value * 100
    return Decimal(int(cents + Fraction(1, 2))).scaleb(-2)


def render(result: Score) -> bytes:
    """A score as JSON: points with two decimals, and exact beside them."""
    sheet, parts = result.sheet, result.sheet.indicators.dimensions
    rendered = {
        "about": sheet.about,
        "stage": sheet.stage,
        "indicators": sheet.indicators.digest,
        "items": [_rendered(each) for each in result.items],
        "dimensions": [_summed(each, found) for each in parts if (found := result.of(each.code))],
        "total": str(two(result.total)),
        "exact": str(result.total),
        "maximum": str(decimal(result.maximum)),
        "grade": result.grade,
        "vetoes": dict(sheet.vetoes),
        "missing": [each.item.code for each in result.missing],
    }
    return (json.dumps(rendered, ensure_ascii=False, indent=2) + "\n").encode()


def _rendered(each: ItemScore) -> dict[str, Any]:
    entry = each.entry
    found: dict[str, Any] = {
        "code": each.item.code,
        "title": each.item.title,
        "maximum": str(decimal(each.item.maximum)),
        "points": str(two(each.points)),
        "exact": str(each.points),
        "came": each.came,
    }
    if entry.planned is not None and entry.actual is not None:
        found |= {"planned": str(decimal(entry.planned)), "actual": str(decimal(entry.actual))}
    if each.counted is not None:
        found["answers"] = str(each.counted.answers)
        if not each.is_missing:
            found["satisfied"] = str(each.counted.satisfied)
    if entry.evidence:
        found["evidence"] = list(entry.evidence)
    if entry.missing or entry.words:
        found["words"] = entry.missing or entry.words
    return found


def _summed(dimension: Dimension, items: list[ItemScore]) -> dict[str, str]:
    points = sum((each.points for each in items), NOTHING)
    maximum = sum((each.item.maximum for each in items), NOTHING)
    return {
        "code": dimension.code,
        "title": dimension.title,
        "points": str(two(points)),
        "maximum": str(decimal(maximum)),
    }


def _item(item: Item, sheet: Sheet) -> ItemScore:
    entry = sheet.entries.get(item.code, Entry())
    if item.kind is ItemKind.SURVEY:
        return _surveyed(item, sheet.survey)
    if item.kind is ItemKind.ASSEMBLY:
        return _assembled(item, sheet.assembly)
    if entry.points is None and entry.actual is None:
        return ItemScore(item, NOTHING, Came.NO_EVIDENCE if entry.missing else Came.UNMARKED, entry)
    if not entry.evidence:
        return ItemScore(item, NOTHING, Came.NO_EVIDENCE, entry)
    if entry.points is not None:
        return ItemScore(item, entry.points, Came.MARKED, entry)
    return _ratio(item, entry, sheet.indicators)


def _ratio(item: Item, entry: Entry, indicators: Indicators) -> ItemScore:
    ratio = (entry.actual or NOTHING) / (entry.planned or Fraction(1))
    return ItemScore(item, item.maximum * indicators.share(ratio), Came.RATIO, entry, ratio=ratio)


def _surveyed(item: Item, counted: Counted | None) -> ItemScore:
    if counted is None:
        return ItemScore(item, NOTHING, Came.NO_SURVEY, Entry())
    if counted.answers < LEAST_ANSWERS:
        return ItemScore(item, NOTHING, Came.NOT_RATED, Entry(), counted=counted)
    share = Fraction(counted.satisfied, counted.answers)
    return ItemScore(item, item.maximum * share, Came.SURVEY, Entry(), counted=counted)


def _assembled(item: Item, counted: Counted | None) -> ItemScore:
    if counted is None or not counted.answers:
        return ItemScore(item, NOTHING, Came.NO_ASSEMBLY, Entry(), counted=counted)
    share = Fraction(counted.satisfied, counted.answers)
    return ItemScore(item, item.maximum * share, Came.ASSEMBLY, Entry(), counted=counted)
