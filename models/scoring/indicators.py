"""Indicator sets as data: dimensions with items whose points sum to 100, ratio bands, grade lines, vetoes.

The default is `default.json`, E1 to E6 (weights ours; bands and parts of E2 from a Shanghai project sheet,
grades R78 to R80). An area's own set has the same shape.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from models.document import plain
from models.errors import Invalid
from models.scoring.document import Spot, read
from models.scoring.grades import LINES, Grade

SOURCE = Path(__file__).with_name("default.json")
FINAL = "final"
STAGES = ("start", "midterm", FINAL, "follow_up")
HUNDRED = Fraction(100)
CODE = re.compile(r"[A-Z][A-Z0-9]{0,3}(?:\.[0-9]{1,2})?")
VETO_CODE = re.compile(r"[a-z][a-z_]{0,39}")
TITLE_LENGTH = 200


class ItemKind(StrEnum):
    """Where the points of an item come from."""

    MARKED = "marked"  # the evaluator gives points for evidence
    RATIO = "ratio"  # a figure reached, over the one that was planned
    SURVEY = "survey"  # the share of satisfied residents in the platform's survey
    ASSEMBLY = "assembly"  # the share of satisfied people at the 评议会


class FromRegister(StrEnum):
    """Which figure of the contract's service register speaks for an item; the evaluator decides."""

    PEOPLE = "people"  # everybody served
    YOUNGER = "younger"  # those who are no elders, and everybody by age


FROM_REGISTER = tuple(FromRegister)


@dataclass(frozen=True)
class Item:
    """One item. The final asks all; `also` are the other stages that ask it."""

    code: str
    dimension: str
    title: str
    english: str
    maximum: Fraction
    kind: ItemKind
    also: frozenset[str]
    register: FromRegister | None = None

    def is_asked(self, stage: str) -> bool:
        """Whether a stage asks it."""
        return stage == FINAL or stage in self.also


@dataclass(frozen=True)
class Dimension:
    """Items that are summed together."""

    code: str
    title: str
    english: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Veto:
    """What makes the grade the lowest, whatever the score."""

    code: str
    title: str
    english: str


@dataclass(frozen=True)
class Band:
    """From so many per cent of the plan on, this share of the points."""

    least: Fraction
    share: Fraction


@dataclass(frozen=True)
class Indicators:
    """A whole set."""

    title: str
    english: str
    lines: Mapping[Grade, Fraction]
    bands: tuple[Band, ...]
    vetoes: tuple[Veto, ...]
    dimensions: tuple[Dimension, ...]
    digest: str

    @property
    def items(self) -> Iterator[Item]:
        """Every item, in order."""
        return (item for dimension in self.dimensions for item in dimension.items)

    def asked(self, stage: str) -> list[Item]:
        """The items of a stage."""
        return [item for item in self.items if item.is_asked(stage)]

    def share(self, ratio: Fraction) -> Fraction:
        """The share of the points that a ratio earns; a band includes its lower end (R37)."""
        return next((band.share for band in self.bands if ratio * HUNDRED >= band.least), Fraction(0))


@cache
def default() -> Indicators:
    """The set of this release."""
    return parse(json.loads(SOURCE.read_text(encoding="utf-8")))


def parse(content: dict[str, Any]) -> Indicators:
    """A set as it is kept."""
    return read_indicators(read(json.dumps(content, ensure_ascii=False).encode()))


def read_indicators(spot: Spot) -> Indicators:
    """A set at its place in a file; the first thing that is wrong is raised."""
    fields = spot.fields("zh", "en", "grades", "bands", "vetoes", "dimensions")
    dimensions = _dimensions(fields["dimensions"])
    total = sum((item.maximum for each in dimensions for item in each.items), Fraction(0))
    if total != HUNDRED:
        raise Invalid("indicators_not_hundred", place=fields["dimensions"].place, total=decimal(total))
    return Indicators(
        title=fields["zh"].text(TITLE_LENGTH),
        english=fields["en"].text(TITLE_LENGTH),
        lines=_lines(fields["grades"]),
        bands=_bands(fields["bands"]),
        vetoes=_vetoes(fields["vetoes"]),
        dimensions=dimensions,
        digest=digest(spot.value),
    )


def digest(value: object) -> str:
    """SHA-256 of a set, however its JSON was laid out."""
    body = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


def decimal(value: Fraction) -> Decimal:
    """Points with two decimals at most, as they were written."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def _lines(spot: Spot) -> dict[Grade, Fraction]:
    fields = spot.fields(*(each.value for each in LINES))
    lines = {each: fields[each.value].figure(above_zero=True) for each in LINES}
    excellent, good, passed = lines.values()
    if not HUNDRED >= excellent > good > passed:
        raise spot.wrong("indicators_lines")
    return lines


def _bands(spot: Spot) -> tuple[Band, ...]:
    bands = []
    for item in spot.items():
        fields = item.fields("from", "share")
        bands.append(Band(fields["from"].figure(above_zero=True), fields["share"].share()))
        if len(bands) > 1 and not (bands[-1].least < bands[-2].least and bands[-1].share < bands[-2].share):
            raise item.wrong("indicators_bands")
    if not bands or bands[0].share != 1:
        raise spot.wrong("indicators_bands")
    return tuple(bands)


def _vetoes(spot: Spot) -> tuple[Veto, ...]:
    found: dict[str, Veto] = {}
    for item in spot.items():
        fields = item.fields("code", "zh", "en")
        code = _code(fields["code"], VETO_CODE, found)
        found[code] = Veto(code, fields["zh"].text(TITLE_LENGTH), fields["en"].text(TITLE_LENGTH))
    return tuple(found.values())


def _dimensions(spot: Spot) -> tuple[Dimension, ...]:
    found: dict[str, Dimension] = {}
    taken: dict[str, Item] = {}
    for each in spot.items():
        fields = each.fields("code", "zh", "en", "items")
        code = _code(fields["code"], CODE, found)
        items = tuple(_item(item, code, taken) for item in fields["items"].items())
        found[code] = Dimension(code, fields["zh"].text(TITLE_LENGTH), fields["en"].text(TITLE_LENGTH), items)
    return tuple(found.values())


def _item(spot: Spot, dimension: str, taken: dict[str, Item]) -> Item:
    fields = spot.fields("code", "zh", "en", "points", "kind", optional=("also", "register"))
    others = tuple(each for each in STAGES if each != FINAL)
    made = Item(
        code=_code(fields["code"], CODE, taken),
        dimension=dimension,
        title=fields["zh"].text(TITLE_LENGTH),
        english=fields["en"].text(TITLE_LENGTH),
        maximum=fields["points"].figure(above_zero=True),
        kind=ItemKind(fields["kind"].choice(tuple(ItemKind))),
        also=frozenset(each.choice(others) for each in fields["also"].items())
        if "also" in fields
        else frozenset(),
        register=FromRegister(fields["register"].choice(tuple(FromRegister)))
        if "register" in fields
        else None,
    )
    taken[made.code] = made
    return made


def _code(spot: Spot, pattern: re.Pattern[str], taken: Mapping[str, object]) -> str:
    if not isinstance(spot.value, str) or not pattern.fullmatch(spot.value):
        raise spot.wrong("indicators_code")
    if spot.value in taken:
        raise spot.wrong("indicators_code_twice")
    return spot.value
