"""Thresholds of procurement, editable per unit, with their history (R15-R17).

The nearest unit's own figure counts, then its parent's, up to the city's; where nobody entered one, the
defaults of R16 and R17 stand, and say that they are not verified. A new figure is a new row, never a change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.base import Base, Id, UnitCode
from models.errors import Invalid
from models.rulebook.rule import Verified, rule

EARLIEST, LATEST = date(2003, 1, 1), date(2099, 12, 31)
SOURCE_LIMIT = 300
MOST = Decimal(1_000_000_000)


class ThresholdKind(StrEnum):
    """From which amount the law applies, and from which a tender is the rule."""

    PROCUREMENT_LIMIT = "procurement_limit"
    OPEN_TENDER = "open_tender"


DEFAULTS = {ThresholdKind.PROCUREMENT_LIMIT: "R16", ThresholdKind.OPEN_TENDER: "R17"}


class ProcurementThreshold(Base):
    """A threshold of a unit and of what lies in it, from a day on, with the notice it was taken from."""

    __tablename__ = "procurement_threshold"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("source <> ''", name="source"),
        Index("ix_procurement_threshold_place", "unit_code", "kind", "valid_from"),
    )

    id: Mapped[Id]
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"))
    kind: Mapped[ThresholdKind]
    amount: Mapped[Decimal]
    valid_from: Mapped[date]
    source: Mapped[str] = mapped_column(String(SOURCE_LIMIT))
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]


@dataclass(frozen=True)
class Threshold:
    """A threshold as it holds on a day. Without a row it is the default of its rule."""

    kind: ThresholdKind
    amount: Decimal
    rule: str
    row: ProcurementThreshold | None = None

    @property
    def verified(self) -> Verified | None:
        """How well a default is verified; None for one that was entered with its source."""
        return rule(self.rule).verified if self.row is None else None


@dataclass(frozen=True)
class Thresholds:
    """Both thresholds of a place on a day."""

    procurement_limit: Threshold
    open_tender: Threshold

    def __iter__(self) -> Iterator[Threshold]:
        """The lower one first."""
        return iter((self.procurement_limit, self.open_tender))


class HasUnit(Protocol):
    """Anything that lies in an administrative unit."""

    @property
    def unit_code(self) -> str:
        """Its unit."""


def default(kind: ThresholdKind) -> Threshold:
    """What holds where nobody entered anything (R16, R17)."""
    return Threshold(kind, rule(DEFAULTS[kind]).amount("amount"), DEFAULTS[kind])


def thresholds_at(session: Session, unit_code: str | None, day: date) -> Thresholds:
    """Both thresholds that hold in a unit on a day (R15); without a unit the defaults."""
    return Thresholds(*(threshold_at(session, unit_code, day, kind) for kind in ThresholdKind))


def threshold_at(session: Session, unit_code: str | None, day: date, kind: ThresholdKind) -> Threshold:
    """Of the nearest unit that has one, its newest in force; of two for one day, the later entered."""
    table = ProcurementThreshold
    found = select(table).where(
        table.kind == kind, table.valid_from <= day, table.unit_code.in_(_upwards(unit_code or ""))
    )
    rows = session.scalars(found).all()
    if not rows:
        return default(kind)
    row = max(rows, key=lambda each: (len(each.unit_code), each.valid_from, each.entered_at))
    return Threshold(kind, row.amount, "R15", row)


def _upwards(code: str) -> list[str]:
    """The codes that a unit's own and its parents' can be."""
    return [code[:length] for length in range(1, len(code) + 1)]


def history(session: Session, unit_code: str, act: Act) -> list[ProcurementThreshold]:
    """Every figure ever entered for a unit and its parents, the newest first."""
    ensure(act, Permission.THRESHOLD_SET)
    table = ProcurementThreshold
    found = select(table).where(table.unit_code.in_(_upwards(unit_code)))
    return list(session.scalars(found.order_by(table.valid_from.desc(), table.entered_at.desc())))


def set_threshold(
    session: Session,
    unit: HasUnit,
    act: Act,
    *,
    kind: ThresholdKind,
    amount: Decimal,
    valid_from: date,
    source: str,
) -> ProcurementThreshold:
    """Enter a threshold with its source (R15); that of tenders never lies below the procurement limit."""
    ensure(act, Permission.THRESHOLD_SET, unit)
    _check(amount, valid_from, source)
    _check_order(session, unit.unit_code, kind, amount, valid_from)
    row = ProcurementThreshold(
        unit_code=unit.unit_code,
        kind=kind,
        amount=amount,
        valid_from=valid_from,
        source=source.strip(),
        entered_by=act.actor.person_id,
        entered_at=act.at,
    )
    session.add(row)
    record(session, act, "threshold.set", row, kind=kind, amount=amount, valid_from=valid_from)
    return row


def _check(amount: Decimal, valid_from: date, source: str) -> None:
    if not 0 < amount <= MOST:
        raise Invalid("threshold_amount", field="amount", most=MOST)
    if not EARLIEST <= valid_from <= LATEST:
        raise Invalid("date_out_of_range", field="valid_from", first=EARLIEST, last=LATEST)
    if not source.strip():
        raise Invalid("threshold_source_missing", field="source")
    if len(source.strip()) > SOURCE_LIMIT:
        raise Invalid("threshold_source_long", field="source", most=SOURCE_LIMIT)


def _check_order(session: Session, code: str, kind: ThresholdKind, amount: Decimal, day: date) -> None:
    other = next(each for each in ThresholdKind if each != kind)
    beside = threshold_at(session, code, day, other)
    figures = {kind: amount, other: beside.amount}
    limit, tender = figures[ThresholdKind.PROCUREMENT_LIMIT], figures[ThresholdKind.OPEN_TENDER]
    if beside.row is not None and tender < limit:  # an unverified default stands in nobody's way
        raise Invalid("threshold_order", field="amount", limit=limit, tender=tender)
