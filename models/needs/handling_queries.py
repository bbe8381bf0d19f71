"""The official's queue: what waits, how long already, until when, and how much it matters."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.access.permissions import Permission
from models.access.policy import can
from models.act import Act
from models.calendar.clocks import local_date
from models.catalogue.term import TaxonomyTerm
from models.needs.clocks import end_of, handling_due, overdue_before
from models.needs.deliberation import Deliberation
from models.needs.details import NeedTerm
from models.needs.lifecycle import phase_at, phase_sql
from models.needs.need import Need, NeedPhase
from models.needs.priority import priority_sql
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.parties.unit import AdministrativeUnit
from models.wording import search_words

QUEUE_PHASES = (NeedPhase.SUBMITTED, NeedPhase.DELIBERATING, NeedPhase.STANDARDISED)
CLOCKED_PHASES = (NeedPhase.SUBMITTED, NeedPhase.DELIBERATING)
"""Phases with a day by which they are to be handled; a standardised need waits for its match."""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the queue; None is "any"."""

    words: str | None = None
    phase: NeedPhase | None = None
    area: str | None = None
    domain: str | None = None
    overdue: bool = False


@dataclass(frozen=True)
class QueueRow:
    """A need that waits. `since` is when the step it waits for could begin."""

    need: Need
    phase: NeedPhase
    priority: Decimal
    is_priority_decided: bool
    since: datetime
    due: datetime | None
    is_overdue: bool

    @property
    def due_on(self) -> date | None:
        """The last day for handling it."""
        return last_day(self.due)


def queue(
    session: Session, act: Act, wanted: Wanted, *, sort: str = "-priority", paging: Paging = FIRST_PAGE
) -> Listed[QueueRow]:
    """Needs of my area that wait for an official, by priority and then by who waits longest."""
    query = _filtered(act, wanted)
    cells = cut(query.order_by(*_order(sort, act)), paging).add_columns(
        waiting_since(act.at), decided_priority(), priority_sql()
    )
    found = session.execute(
        cells.options(
            joinedload(Need.unit).joinedload(AdministrativeUnit.parent),
            selectinload(Need.terms).joinedload(NeedTerm.term),
        )
    ).all()
    return Listed([_row(act, *cell) for cell in found], count(session, query))


def counts(session: Session, act: Act) -> dict[NeedPhase, int]:
    """How many needs of my area are in each phase of the queue."""
    phase = phase_sql(act.at)
    query = select(phase, func.count(Need.id)).where(mine(act), phase.in_(QUEUE_PHASES)).group_by(phase)
    counted = {NeedPhase(name): number for name, number in session.execute(query)}
    return {each: counted.get(each, 0) for each in QUEUE_PHASES}


def due_of(need: Need, phase: NeedPhase, since: datetime) -> datetime | None:
    """The end of the day by which a waiting need is to be handled."""
    return end_of(handling_due(since)) if phase in CLOCKED_PHASES else None


def last_day(due: datetime | None) -> date | None:
    """The day that is over at the instant something is due."""
    return local_date(due - timedelta(microseconds=1)) if due is not None else None


def mine(act: Act) -> ColumnElement[bool]:
    """As SQL: needs the act may handle; the policy of NEED_STANDARDISE says the same."""
    code = act.actor.unit_code
    if not code or not can(act, Permission.NEED_STANDARDISE, _Area(code)):
        return false()
    return Need.unit_code.startswith(code, autoescape=True)


def waiting_since(at: datetime) -> ColumnElement[datetime]:
    """From when a need waits: submitted, standardised, or the day of its last meeting, held or announced;
    a need that was sent back and handed in again waits from then."""
    last_meeting = (
        select(func.max(Deliberation.scheduled_at))
        .where(Deliberation.need_id == Need.id, Deliberation.cancelled_at.is_(None))
        .correlate(Need)
        .scalar_subquery()
    )
    phase = phase_sql(at)
    met = func.coalesce(last_meeting, Need.deliberating_at)
    return case(
        (and_(phase == NeedPhase.DELIBERATING.value, met > Need.submitted_at), met),
        (phase == NeedPhase.STANDARDISED.value, Need.standardised_at),
        else_=Need.submitted_at,
    )


def decided_priority() -> ColumnElement[int | None]:
    """The place the last meeting gave a need, if one did (three meetings may reorder)."""
    return (
        select(Deliberation.priority)
        .where(
            Deliberation.need_id == Need.id,
            Deliberation.held_at.is_not(None),
            Deliberation.priority.is_not(None),
        )
        .order_by(Deliberation.scheduled_at.desc())
        .limit(1)
        .correlate(Need)
        .scalar_subquery()
    )


@dataclass(frozen=True)
class _Area:
    """A code, as the policy looks at it."""

    unit_code: str


def _row(act: Act, need: Need, since: datetime, decided: int | None, points: int) -> QueueRow:
    phase = phase_at(need, act.at)
    due = due_of(need, phase, since)
    return QueueRow(
        need=need,
        phase=phase,
        priority=Decimal(decided) if decided is not None else Decimal(points) / 100,
        is_priority_decided=decided is not None,
        since=since,
        due=due,
        is_overdue=due is not None and due <= act.at,
    )


def _filtered(act: Act, wanted: Wanted) -> Select[Need]:
    phase = phase_sql(act.at)
    query = select(Need).join(Need.unit).where(mine(act))
    query = query.where(phase == wanted.phase.value if wanted.phase else phase.in_(QUEUE_PHASES))
    if wanted.area:
        query = query.where(Need.unit_code.startswith(wanted.area, autoescape=True))
    if wanted.domain:
        coded = select(NeedTerm.need_id).join(NeedTerm.term)
        query = query.where(Need.id.in_(coded.where(TaxonomyTerm.parent_code == wanted.domain)))
    if wanted.overdue:
        late = waiting_since(act.at) < overdue_before(act.at)
        query = query.where(and_(phase.in_(CLOCKED_PHASES), late))
    for word in search_words(wanted.words):
        columns = (Need.reference, Need.title, Need.description, AdministrativeUnit.name)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return query


def _order(sort: str, act: Act) -> list[ColumnElement[Any]]:
    since = waiting_since(act.at)
    columns: dict[str, ColumnElement[Any]] = {
        "priority": func.coalesce(decided_priority() * 100, priority_sql()),
        "since": since,
        "people": Need.affected_people.expression,
        "unit": Need.unit_code.expression,
        "title": Need.title.expression,
    }
    column = columns.get(sort.removeprefix("-"), columns["priority"])
    ordered = column.desc() if sort.startswith("-") else column.asc()
    return [ordered.nulls_last(), since, Need.reference.expression]
