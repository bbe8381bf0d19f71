"""Rotation and re-scoring, as an area sets them from a day on; every version is kept (R84).

The nearest unit's own rule counts, then its parent's, up to the city's; where nobody set one, the defaults
of R84 stand. A new rule is a new row, never a change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Id, Percent, Points, UnitCode, Words
from models.rulebook.rule import rule


class RotationRule(Base):
    """The rule of a unit and of what lies in it, from a day on."""

    __tablename__ = "rotation_rule"
    __table_args__ = (
        CheckConstraint("most_consecutive > 0", name="most_consecutive"),
        CheckConstraint("most_years_in_street > 0", name="most_years_in_street"),
        CheckConstraint("rescore_share > 0 AND rescore_share <= 10000", name="rescore_share"),
        CheckConstraint("rescore_gap > 0 AND rescore_gap <= 10000", name="rescore_gap"),
        Index("ix_rotation_rule_place", "unit_code", "effective_on"),
    )

    id: Mapped[Id]
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"))
    effective_on: Mapped[date]
    most_consecutive: Mapped[int]
    most_years_in_street: Mapped[int]
    rescore_share: Mapped[Percent]
    rescore_gap: Mapped[Points]
    words: Mapped[Words] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


@dataclass(frozen=True)
class Rotation:
    """What holds in a place on a day; without a row it is the default of R84."""

    most_consecutive: int
    most_years_in_street: int
    rescore_share: Decimal
    rescore_gap: Decimal
    row: RotationRule | None = None


R84 = rule("R84")
DEFAULT = Rotation(R84.number("consecutive"), R84.number("years"), R84.figures["share"], R84.figures["gap"])


def rotation_at(session: Session, unit_code: str, day: date) -> Rotation:
    """What holds in a place on a day."""
    found = select(RotationRule).where(RotationRule.unit_code.in_(upwards(unit_code)))
    return rotation_among(session.scalars(found).all(), unit_code, day)


def rotation_among(rules: Iterable[RotationRule], unit_code: str, day: date) -> Rotation:
    """Of the nearest unit that has a rule, the newest in force; of two for one day, the later made."""
    rows = [each for each in rules if each.effective_on <= day and unit_code.startswith(each.unit_code)]
    if not rows:
        return DEFAULT
    row = max(rows, key=lambda each: (len(each.unit_code), each.effective_on, each.made_at))
    return Rotation(row.most_consecutive, row.most_years_in_street, row.rescore_share, row.rescore_gap, row)


def upwards(code: str) -> list[str]:
    """The codes that a unit's own and its parents' can be."""
    return [code[:length] for length in range(1, len(code) + 1)]
