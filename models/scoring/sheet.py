"""A sheet: what an evaluator found of each item, read strictly from a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from models.errors import Invalid
from models.scoring.document import Spot, read
from models.scoring.indicators import (
    STAGES,
    TITLE_LENGTH,
    Indicators,
    Item,
    ItemKind,
    decimal,
    default,
    read_indicators,
)

DEFAULT = "default"
LEAST_ANSWERS = 20
"""With fewer valid answers a survey is not rated."""


@dataclass(frozen=True)
class Entry:
    """What stands on the sheet of one item; without evidence it earns nothing."""

    points: Fraction | None = None
    planned: Fraction | None = None
    actual: Fraction | None = None
    evidence: tuple[str, ...] = ()
    words: str = ""
    missing: str = ""


@dataclass(frozen=True)
class Counted:
    """How many answered, and how many of them are satisfied; nobody counts these among too few."""

    answers: int
    satisfied: int = 0


@dataclass(frozen=True)
class Sheet:
    """The whole file."""

    about: str
    stage: str
    indicators: Indicators
    entries: Mapping[str, Entry]
    survey: Counted | None = None
    assembly: Counted | None = None
    vetoes: Mapping[str, str] = field(default_factory=dict)


def read_sheet(data: bytes) -> Sheet:
    """Read a file; the first thing that is wrong is raised with its place."""
    optional = ("about", "survey", "assembly", "vetoes")
    fields = read(data).fields("stage", "indicators", "items", optional=optional)
    stage = fields["stage"].choice(STAGES)
    spot = fields["indicators"]
    indicators = default() if spot.value == DEFAULT else read_indicators(spot)
    return Sheet(
        about=fields["about"].text(TITLE_LENGTH) if "about" in fields else "",
        stage=stage,
        indicators=indicators,
        entries=_entries(fields["items"], indicators, stage),
        survey=_counted(fields.get("survey"), least=LEAST_ANSWERS),
        assembly=_counted(fields.get("assembly")),
        vetoes=_vetoes(fields["vetoes"], indicators) if "vetoes" in fields else {},
    )


def check_points(points: Fraction, item: Item, spot: Spot) -> Fraction:
    """Points from 0 to the item's maximum; more is refused at its place, not cut."""
    if points > item.maximum:
        raise spot.wrong("evaluate_points_above", maximum=decimal(item.maximum))
    return points


def _entries(spot: Spot, indicators: Indicators, stage: str) -> dict[str, Entry]:
    known = {item.code: item for item in indicators.items}
    found = {}
    for code, entry in spot.members().items():
        if code not in known:
            raise Invalid("evaluate_item_unknown", place=entry.place)
        item = known[code]
        if not item.is_asked(stage):
            raise Invalid("evaluate_item_not_asked", place=entry.place, stage=stage)
        if item.kind in {ItemKind.SURVEY, ItemKind.ASSEMBLY}:
            raise Invalid("evaluate_item_counted", place=entry.place, source=item.kind)
        found[code] = _entry(entry, item)
    return found


def _entry(spot: Spot, item: Item) -> Entry:
    if "missing" in spot.members():
        fields = spot.fields("missing", optional=("words",))
        return Entry(missing=fields["missing"].text(), words=_words(fields))
    if item.kind is ItemKind.RATIO:
        fields = spot.fields("planned", "actual", "evidence", optional=("words",))
        return Entry(
            planned=fields["planned"].figure(above_zero=True),
            actual=fields["actual"].figure(),
            evidence=_evidence(fields["evidence"]),
            words=_words(fields),
        )
    fields = spot.fields("points", "evidence", optional=("words",))
    return Entry(
        points=check_points(fields["points"].figure(), item, fields["points"]),
        evidence=_evidence(fields["evidence"]),
        words=_words(fields),
    )


def _words(fields: dict[str, Spot]) -> str:
    return fields["words"].text() if "words" in fields else ""


def _evidence(spot: Spot) -> tuple[str, ...]:
    found: list[str] = []
    for each in spot.items():
        name = each.text(TITLE_LENGTH)
        if name in found:
            raise each.wrong("evaluate_evidence_twice")
        found.append(name)
    return tuple(found)


def _counted(spot: Spot | None, *, least: int = 0) -> Counted | None:
    if spot is None or spot.value is None:
        return None
    fields = spot.fields("answers", optional=("satisfied",))
    if "satisfied" not in fields and fields["answers"].count() < least:
        return Counted(fields["answers"].count())
    fields = spot.fields("answers", "satisfied")
    counted = Counted(fields["answers"].count(), fields["satisfied"].count())
    if counted.satisfied > counted.answers:
        raise fields["satisfied"].wrong("evaluate_satisfied_above", answers=counted.answers)
    return counted


def _vetoes(spot: Spot, indicators: Indicators) -> dict[str, str]:
    known = {veto.code for veto in indicators.vetoes}
    found = {}
    for code, words in spot.members().items():
        if code not in known:
            raise Invalid("evaluate_veto_unknown", place=words.place)
        found[code] = words.text()
    return found
