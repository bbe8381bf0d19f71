"""Suspending an agency with reasons and for a time; the appeal is decided by somebody else.

An appeal alone lifts nothing: the agency is not drawn until the appeal is granted, or the time is over.
"""

from datetime import date

from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.agencies.agency import Agency
from models.agencies.lifecycle import SUSPENSION, SuspensionMove
from models.agencies.people import evaluators_of
from models.agencies.suspension import AgencySuspension
from models.audit.record import record
from models.calendar.clocks import local_date, start_of
from models.contracts.words import needed
from models.errors import Conflict, Invalid, NotAllowed
from models.lifecycle import advance


def suspend(session: Session, agency: Agency, act: Act, *, reasons: str, until_on: date) -> AgencySuspension:
    """Suspend from now until a day begins: it is not drawn, and keeps what it was given before."""
    ensure(act, Permission.AGENCY_MANAGE, agency)
    kept = needed(reasons, field="reasons")
    if until_on <= local_date(act.at):
        raise Invalid("suspension_without_time", field="until_on")
    made = AgencySuspension(
        agency=agency,
        reasons=kept,
        from_at=act.at,
        until_at=start_of(until_on),
        made_at=act.at,
        made_by=act.actor.person_id,
    )
    session.add(made)
    record(session, act, "agency.suspend", agency, until=until_on)
    told = evaluators_of(session, act, agency.organisation_id)
    outbox.add(session, act, "agency_suspended", made, to=told, day=until_on)
    return made


def appeal(session: Session, suspension: AgencySuspension, act: Act, *, words: str) -> None:
    """Appeal once, with words, while the suspension still holds."""
    if not suspension.holds(act.at):
        raise Conflict("suspension_over")
    suspension.appeal_words = needed(words)
    suspension.appealed_by = act.actor.person_id
    advance(session, SUSPENSION, suspension, SuspensionMove.APPEAL, act)
    if suspension.made_by is not None:
        name = suspension.agency.organisation.name
        outbox.add(session, act, "suspension_appealed", suspension, to=[suspension.made_by], agency=name)


def decide(session: Session, suspension: AgencySuspension, act: Act, *, upheld: bool, words: str) -> None:
    """Decide an appeal with words; never whoever imposed the suspension."""
    ensure(act, Permission.AGENCY_MANAGE, suspension)
    if suspension.appealed_at is None:
        raise Conflict("suspension_not_appealed")
    if suspension.made_by is not None and suspension.made_by == act.actor.person_id:
        raise NotAllowed("suspension_own_decision")
    _end(session, suspension, act, SuspensionMove.UPHOLD if upheld else SuspensionMove.LIFT, words=words)


def lift(session: Session, suspension: AgencySuspension, act: Act, *, words: str) -> None:
    """Take a suspension back that nobody has appealed against; whoever imposed it may do so."""
    ensure(act, Permission.AGENCY_MANAGE, suspension)
    if suspension.appealed_at is not None:
        raise Conflict("suspension_appealed_already")
    _end(session, suspension, act, SuspensionMove.LIFT, words=words)


def _end(
    session: Session, suspension: AgencySuspension, act: Act, move: SuspensionMove, *, words: str
) -> None:
    suspension.review_words = needed(words)
    suspension.reviewed_by = act.actor.person_id
    advance(session, SUSPENSION, suspension, move, act)
    told = evaluators_of(session, act, suspension.agency_id)
    outbox.add(session, act, "suspension_decided", suspension, to=told)
