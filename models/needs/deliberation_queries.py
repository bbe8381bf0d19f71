"""Reads on meetings: one meeting's page, a need's meetings, overdue promises, how often a unit meets."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from models.access.permissions import Permission
from models.access.policy import can
from models.act import Act
from models.audit.timeline import Entry, timeline
from models.calendar.clocks import local_date
from models.needs.deliberation import Deliberation, DeliberationPhase, MeetingType
from models.needs.lifecycle import deliberation_phase_at, deliberation_phase_sql
from models.needs.meeting_rule import MeetingRule
from models.needs.meeting_rules import rule_for, rules_on
from models.needs.need import Need
from models.parties.unit import AdministrativeUnit, UnitKind


@dataclass(frozen=True)
class MeetingRow:
    """One meeting in a list."""

    meeting: Deliberation
    phase: DeliberationPhase
    is_promise_overdue: bool


@dataclass(frozen=True)
class MeetingPage(MeetingRow):
    """One meeting: its notice, its record, what was promised."""

    notice_days: int
    rule: MeetingRule
    can_be_recorded: bool
    events: list[Entry]

    @property
    def is_notice_short(self) -> bool:
        """Whether people were told later than the rule asks."""
        return self.notice_days < self.rule.notice_days

    @property
    def are_few_present(self) -> bool:
        """Whether fewer people came than the rule asks for."""
        return self.meeting.present is not None and self.meeting.present < self.rule.least_present


@dataclass(frozen=True)
class Frequency:
    """How a unit keeps one type of meeting: when it was last held, and by when it is due again."""

    unit: AdministrativeUnit
    meeting_type: MeetingType
    rule: MeetingRule
    held: int
    last_on: date | None
    due_on: date | None
    is_overdue: bool


def deliberation(session: Session, deliberation_id: UUID, act: Act) -> Deliberation | None:
    """The meeting, unless the actor may not know that there is one."""
    found = session.get(Deliberation, deliberation_id)
    return found if found is not None and can(act, Permission.DELIBERATION_VIEW, found) else None


def meeting_page(session: Session, deliberation_id: UUID, act: Act) -> MeetingPage | None:
    """Everything on one meeting's page."""
    query = select(Deliberation).where(Deliberation.id == deliberation_id)
    found = session.scalar(
        query.options(
            joinedload(Deliberation.need).joinedload(Need.unit), selectinload(Deliberation.attendance)
        )
    )
    if found is None or not can(act, Permission.DELIBERATION_VIEW, found):
        return None
    row = _row(found, act)
    announced_on, day = local_date(found.announced_at), local_date(found.scheduled_at)
    return MeetingPage(
        row.meeting,
        row.phase,
        row.is_promise_overdue,
        notice_days=(day - announced_on).days,
        rule=rule_for(session, found),
        can_be_recorded=row.phase is DeliberationPhase.ANNOUNCED and found.scheduled_at <= act.at,
        events=timeline(session, found),
    )


def meetings_of(session: Session, need: Need, act: Act) -> list[MeetingRow]:
    """The meetings about a need, the newest first."""
    if not can(act, Permission.NEED_VIEW, need):
        return []
    query = select(Deliberation).where(Deliberation.need_id == need.id)
    found = session.scalars(query.order_by(Deliberation.scheduled_at.desc(), Deliberation.id))
    return [_row(each, act) for each in found]


def overdue_promises(session: Session, act: Act) -> list[MeetingRow]:
    """Promises of my area whose day is over and which nobody has reported as kept, the oldest first."""
    query = _mine(act).where(
        deliberation_phase_sql(act.at) == DeliberationPhase.HELD.value,
        Deliberation.promise_due_on < local_date(act.at),
    )
    return _rows(session, query.order_by(Deliberation.promise_due_on, Deliberation.id), act)


def promises_open(session: Session, act: Act) -> list[MeetingRow]:
    """Promises of my area that are still to be kept, overdue or not, by their day."""
    query = _mine(act).where(
        deliberation_phase_sql(act.at) == DeliberationPhase.HELD.value,
        Deliberation.promise_due_on.is_not(None),
    )
    return _rows(session, query.order_by(Deliberation.promise_due_on, Deliberation.id), act)


def to_record(session: Session, act: Act) -> list[MeetingRow]:
    """Meetings of my area whose time has come and which nobody has recorded."""
    announced = deliberation_phase_sql(act.at) == DeliberationPhase.ANNOUNCED.value
    query = _mine(act).where(announced, Deliberation.scheduled_at <= act.at)
    return _rows(session, query.order_by(Deliberation.scheduled_at, Deliberation.id), act)


def upcoming(session: Session, act: Act) -> list[MeetingRow]:
    """Announced meetings of my area that are still to come."""
    announced = deliberation_phase_sql(act.at) == DeliberationPhase.ANNOUNCED.value
    query = _mine(act).where(announced, Deliberation.scheduled_at > act.at)
    return _rows(session, query.order_by(Deliberation.scheduled_at, Deliberation.id), act)


def frequency(session: Session, act: Act, *, area: str | None = None) -> list[Frequency]:
    """How often each neighbourhood of my area met, by type, against the rule (demand 17; R75).

    A unit that never held a meeting of a type with a rule is overdue: there is no day to count from.
    """
    code = area or act.actor.unit_code
    if not code or not can(act, Permission.DELIBERATION_RECORD, _Area(code)):
        return []
    inside = AdministrativeUnit.code.startswith(code, autoescape=True)
    lowest = inside & (AdministrativeUnit.kind == UnitKind.NEIGHBOURHOOD)
    units = session.scalars(select(AdministrativeUnit).where(lowest).order_by(AdministrativeUnit.code))
    held = (
        select(
            Need.unit_code,
            Deliberation.meeting_type,
            func.count(Deliberation.id),
            func.max(Deliberation.scheduled_at),
        )
        .join(Deliberation.need)
        .where(Need.unit_code.startswith(code, autoescape=True), Deliberation.held_at <= act.at)
        .group_by(Need.unit_code, Deliberation.meeting_type)
    )
    counted = {(unit, kind): (number, last) for unit, kind, number, last in session.execute(held)}
    today = local_date(act.at)
    rules = rules_on(session, code, today, known_at=act.at)
    return [
        _frequency(unit, rules.of(unit.code, kind), counted.get((unit.code, kind), (0, None)), today)
        for unit in units
        for kind in MeetingType
    ]


@dataclass(frozen=True)
class _Area:
    """A code, as the policy looks at it."""

    unit_code: str


def _frequency(
    unit: AdministrativeUnit, rule: MeetingRule, counted: tuple[int, datetime | None], today: date
) -> Frequency:
    held, last = counted
    last_on = local_date(last) if last is not None else None
    due_on = rule.due_after(last_on) if last_on else None
    late = rule.times_a_year is not None and (due_on is None or due_on < today)
    return Frequency(unit, rule.meeting_type, rule, held, last_on, due_on, late)


def _mine(act: Act) -> Select[Deliberation]:
    """Meetings of the actor's area."""
    query = select(Deliberation).join(Deliberation.need)
    return query.where(_inside(act)).options(contains_eager(Deliberation.need).joinedload(Need.unit))


def _inside(act: Act) -> ColumnElement[bool]:
    code = act.actor.unit_code
    if not code or not can(act, Permission.DELIBERATION_RECORD, _Area(code)):
        return or_(False)
    return Need.unit_code.startswith(code, autoescape=True)


def _rows(session: Session, query: Select[Deliberation], act: Act) -> list[MeetingRow]:
    return [_row(each, act) for each in session.scalars(query)]


def _row(found: Deliberation, act: Act) -> MeetingRow:
    phase = deliberation_phase_at(found, act.at)
    due = found.promise_due_on
    overdue = phase is DeliberationPhase.HELD and due is not None and due < local_date(act.at)
    return MeetingRow(found, phase, overdue)
