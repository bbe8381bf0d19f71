"""Verbs on meetings: announce, hold, record from paper, cancel, keep the promise."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act, Role
from models.audit.record import record
from models.calendar.clocks import local_date, start_of
from models.errors import Conflict, Invalid, NotFound
from models.lifecycle import advance
from models.needs import minutes as minutes_
from models.needs.clocks import check_near
from models.needs.deliberation import Deliberation, MeetingType
from models.needs.handling import take_into_deliberation
from models.needs.lifecycle import DELIBERATION, NEED, DeliberationMove
from models.needs.meeting_rules import rules_on
from models.needs.minutes import Minutes
from models.needs.need import Need, NeedPhase
from models.needs.writing import lock
from models.parties import accounts
from models.wording import bounded

MEETING_PHASES = frozenset(
    {NeedPhase.DELIBERATING, NeedPhase.STANDARDISED, NeedPhase.MATCHED, NeedPhase.UNMET}
)
"""Phases of a need about which people may meet; a submitted one is taken into deliberation first."""


def announce(
    session: Session,
    need: Need,
    act: Act,
    *,
    meeting_type: MeetingType,
    place: str,
    scheduled_at: datetime,
    agenda: str = "",
    id: UUID | None = None,  # noqa: A002  # the record's id, made by the form against double clicks
) -> Deliberation:
    """Announce a meeting, with the notice its type asks for (公示制); a submitted need is taken along."""
    standing = _standing(session, need, id, act)
    if standing is not None:
        return standing
    check_near(scheduled_at, act.at, field="scheduled_at")
    if scheduled_at <= act.at:
        raise Invalid("meeting_in_past", field="scheduled_at")
    rules = rules_on(session, need.unit_code, local_date(scheduled_at), known_at=act.at)
    days = rules.of(need.unit_code, meeting_type).notice_days
    if local_date(scheduled_at) < local_date(act.at) + timedelta(days=days):
        raise Invalid("notice_too_short", field="scheduled_at", days=days)
    meeting = _draw_up(session, need, act, id, meeting_type, place, scheduled_at, act.at, agenda)
    record(session, act, "deliberation.announce", meeting, need=need.id)
    _tell(session, meeting, act, "meeting_announced")
    return meeting


def record_past(
    session: Session,
    need: Need,
    act: Act,
    *,
    meeting_type: MeetingType,
    place: str,
    took_place_at: datetime,
    noticed_on: date,
    minutes: Minutes,
    agenda: str = "",
    id: UUID | None = None,  # noqa: A002  # the record's id, made by the form against double clicks
) -> Deliberation:
    """Record a meeting kept on paper, with the day of its notice (demand 23); short notice stays so."""
    standing = _standing(session, need, id, act)
    if standing is not None:
        return standing
    check_near(took_place_at, act.at, field="took_place_at")
    check_near(noticed_on, act.at, field="noticed_on")
    if took_place_at > act.at:
        raise Invalid("meeting_not_yet", field="took_place_at")
    if noticed_on > local_date(took_place_at):
        raise Invalid("notice_after_meeting", field="noticed_on")
    noticed_at = min(start_of(noticed_on), took_place_at)
    meeting = _draw_up(session, need, act, id, meeting_type, place, took_place_at, noticed_at, agenda)
    record(session, act, "deliberation.record_past", meeting, need=need.id)
    hold(session, meeting, act, minutes=minutes)
    return meeting


def hold(session: Session, meeting: Deliberation, act: Act, *, minutes: Minutes) -> None:
    """Record a meeting that was held: who came, votes, outcome, conclusion, promise."""
    if meeting.scheduled_at > act.at:
        raise Invalid("meeting_not_yet", field="scheduled_at")
    if minutes.promise_due_on is not None:
        check_near(minutes.promise_due_on, act.at, field="promise_due_on")
    minutes_.fill(meeting, minutes)
    advance(session, DELIBERATION, meeting, DeliberationMove.HOLD, act, outcome=minutes.outcome)
    _tell(session, meeting, act, "meeting_held")


def cancel(session: Session, meeting: Deliberation, act: Act, *, words: str) -> None:
    """Cancel an announced meeting, and say why: people had planned to come."""
    advance(session, DELIBERATION, meeting, DeliberationMove.CANCEL, act)
    meeting.cancel_words = bounded(words, 1000, field="words")
    if not meeting.cancel_words:
        raise Invalid("words_missing", field="words")
    _tell(session, meeting, act, "meeting_cancelled")


def keep(session: Session, meeting: Deliberation, act: Act) -> None:
    """Report a promise as kept (承诺制)."""
    advance(session, DELIBERATION, meeting, DeliberationMove.KEEP, act)
    if not meeting.promise:
        raise Invalid("no_promise")
    _tell(session, meeting, act, "promise_kept")


def _standing(session: Session, need: Need, record_id: UUID | None, act: Act) -> Deliberation | None:
    """The meeting that a first click already made; of two at once the second waits for the first."""
    lock(session, need)
    standing = session.get(Deliberation, record_id) if record_id else None
    if standing is not None and standing.announced_by != act.actor.person_id:
        raise NotFound("not_found")
    return standing


def _draw_up(
    session: Session,
    need: Need,
    act: Act,
    record_id: UUID | None,
    meeting_type: MeetingType,
    place: str,
    scheduled_at: datetime,
    announced_at: datetime,
    agenda: str,
) -> Deliberation:
    ensure(act, Permission.DELIBERATION_RECORD, need)
    where = bounded(place, 200, field="place")
    if not where:
        raise Invalid("place_missing", field="place")
    phase = NEED.phase_at(need, act.at)
    if phase is NeedPhase.SUBMITTED:
        take_into_deliberation(session, need, act)
    elif phase not in MEETING_PHASES:
        raise Conflict("wrong_phase", phase=phase, move="announce")
    meeting = Deliberation(
        id=record_id or uuid4(),
        need=need,
        meeting_type=meeting_type,
        place=where,
        agenda=bounded(agenda, 4000, field="agenda"),
        scheduled_at=scheduled_at,
        announced_at=announced_at,
        announced_by=act.actor.person_id,
    )
    session.add(meeting)
    return meeting


def _tell(session: Session, meeting: Deliberation, act: Act, kind: str) -> None:
    """The author, the workers of the neighbourhood and the street's officials."""
    need = meeting.need
    street = need.unit_code[:9]
    people = {
        *accounts.people_of(session, act, Role.COMMUNITY_WORKER, need.unit_code),
        *accounts.people_of(session, act, Role.STREET_OFFICIAL, street),
        *([need.created_by] if need.created_by else []),
    }
    day = local_date(meeting.scheduled_at)
    outbox.add(session, act, kind, meeting, to=people, reference=need.reference, day=day)
