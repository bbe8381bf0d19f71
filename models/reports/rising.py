"""Warnings of a trend (demand 56): what rose in an area against the same length of time before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.calendar.clocks import local_date
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.contracts.award import Award
from models.contracts.challenge import Challenge, Complaint
from models.contracts.contract import Contract
from models.evaluations.evaluation import Evaluation
from models.needs.details import NeedTerm
from models.needs.need import ClosedReason, Need
from models.parties.unit import CODE_LENGTH, AdministrativeUnit, UnitKind
from models.rectifications.escalation import Escalation
from models.reports.period import ONE_DAY, Period, inside, within
from models.reports.rise import is_compared, rose
from models.tenders.lot import Lot
from models.tenders.tender import Tender

USUAL_DAYS = 90


class RiseKind(StrEnum):
    """What rose."""

    NEEDS = "needs"
    CHALLENGES = "challenges"
    COMPLAINTS = "complaints"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Rise:
    """One warning; of needs also where, of which code, and which ones they are."""

    kind: RiseKind
    now: int
    before: int
    chance: float = 1.0
    place: AdministrativeUnit | None = None
    term: TaxonomyTerm | None = None
    needs: Sequence[Need] = field(default=())


@dataclass(frozen=True)
class Rises:
    """The warnings of a period, the surest first, and of how many comparisons they are what stands out."""

    period: Period
    compared: int
    warnings: list[Rise]

    @property
    def days(self) -> int:
        """How long the period is, and the one before it."""
        return (self.period.last - self.period.first).days + 1


@dataclass(frozen=True)
class Cell:
    """One comparison before it was tested."""

    kind: RiseKind
    now: int
    before: int
    place: str = ""
    code: str = ""


def usual_period(at: datetime) -> Period:
    """The last 90 days that are over."""
    last = local_date(at) - ONE_DAY
    return Period(last - (USUAL_DAYS - 1) * ONE_DAY, last)


def before(period: Period) -> Period:
    """The same length of time just before."""
    length = period.last - period.first
    return Period(period.first - length - ONE_DAY, period.first - ONE_DAY)


def rises(session: Session, period: Period, act: Act) -> Rises:
    """What rose in the actor's area."""
    ensure(act, Permission.DISTRICT_OVERVIEW)
    area = act.actor.unit_code or ""
    if not _ran(session, area, before(period).begins_at):
        return Rises(period, 0, [])
    cells = [*_needs(session, area, period), *_matters(session, area, period)]
    counts = [(cell.now, cell.before) for cell in cells]
    found = [
        _told(session, cell, chance, period)
        for cell, chance in zip(cells, rose(counts), strict=True)
        if chance is not None
    ]
    found.sort(key=lambda each: each.chance)
    return Rises(period, sum(is_compared(*pair) for pair in counts), found)


def _ran(session: Session, area: str, at: datetime) -> bool:
    """Whether needs came in before an instant: what has only begun does not rise."""
    query = select(Need.id).where(inside(Need.unit_code, area), Need.submitted_at < at)
    return session.scalar(query.limit(1)) is not None


def _told(session: Session, cell: Cell, chance: float, period: Period) -> Rise:
    if cell.kind is not RiseKind.NEEDS:
        return Rise(cell.kind, cell.now, cell.before, chance)
    query = (
        select(Need)
        .where(_handed_in(period), inside(Need.unit_code, cell.place), Need.terms.any(term_code=cell.code))
        .order_by(Need.submitted_at.desc(), Need.reference)
        .options(joinedload(Need.unit))
    )
    return Rise(
        RiseKind.NEEDS,
        cell.now,
        cell.before,
        chance,
        place=session.get(AdministrativeUnit, cell.place),
        term=session.get(TaxonomyTerm, cell.code),
        needs=session.scalars(query).all(),
    )


def _needs(session: Session, area: str, period: Period) -> list[Cell]:
    """Needs handed in, by street and service code; what was withdrawn is not counted."""
    street = func.substr(Need.unit_code, 1, CODE_LENGTH[UnitKind.STREET])
    sums = _sums(Need.submitted_at, period)
    query = (
        select(street, NeedTerm.term_code, *sums)
        .join(NeedTerm, NeedTerm.need_id == Need.id)
        .join(TaxonomyTerm, TaxonomyTerm.code == NeedTerm.term_code)
        .where(
            TaxonomyTerm.taxonomy == Taxonomy.SERVICE,
            inside(Need.unit_code, area),
            or_(_handed_in(period), _handed_in(before(period))),
        )
        .group_by(street, NeedTerm.term_code)
        .order_by(street, NeedTerm.term_code)
    )
    found = session.execute(query).all()
    return [Cell(RiseKind.NEEDS, now, earlier, at, code) for at, code, now, earlier in found]


def _handed_in(period: Period) -> Any:
    kept = or_(Need.closed_reason.is_(None), Need.closed_reason != ClosedReason.WITHDRAWN)
    return within(Need.submitted_at, period) & kept


def _matters(session: Session, area: str, period: Period) -> list[Cell]:
    """Challenges, complaints and steps of rectifications that were not done in time, of the whole area."""
    evaluated = (Evaluation, Evaluation.id == Escalation.evaluation_id)
    contracted = ((Evaluation.contract,), (Contract.award,), (Award.lot,), (Lot.tender,))
    sources: list[tuple[RiseKind, Any, tuple[Any, ...]]] = [
        (RiseKind.CHALLENGES, Challenge.filed_at, ((Challenge.tender,),)),
        (RiseKind.COMPLAINTS, Complaint.filed_at, ((Complaint.challenge,), (Challenge.tender,))),
        (RiseKind.OVERDUE, Escalation.escalated_at, (evaluated, *contracted)),
    ]
    found = []
    for kind, stamp, joins in sources:
        query = select(*_sums(stamp, period)).select_from(stamp.class_)
        for each in joins:
            query = query.join(*each)
        now, earlier = session.execute(query.where(inside(Tender.unit_code, area))).one()
        found.append(Cell(kind, now, earlier))
    return found


def _sums(stamp: Any, period: Period) -> list[Any]:
    """How many are stamped in the period, and how many in the one before it."""
    both = (within(stamp, each) for each in (period, before(period)))
    return [func.coalesce(func.sum(case((each, 1), else_=0)), 0) for each in both]
