"""A complaint to the finance department about an answer, as the purchaser has to record it (R59, R60)."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date, start_of
from models.contracts import people
from models.contracts.challenge import Challenge, ChallengePhase, Complaint, ReplayStep
from models.contracts.clocks import complaint_until, reply_until
from models.contracts.lifecycle import challenge_phase_at
from models.contracts.locking import hold
from models.contracts.replaying import replay
from models.contracts.words import needed
from models.errors import Conflict, Invalid
from models.rulebook.rule import rule

SUSPENSION_DAYS = 30
"""The finance department can suspend the procurement for 30 days at most (94 art 28)."""


def complain(
    session: Session,
    challenge: Challenge,
    act: Act,
    *,
    filed_on: date,
    words: str,
    within_points: bool,
    suspended_until: date | None = None,
) -> Complaint:
    """Record a complaint: in time, and not beyond the points of its challenge (R59)."""
    ensure(act, Permission.CHALLENGE_ANSWER, challenge)
    hold(session, challenge)
    _check_answered(challenge, act)
    if complaint_of(session, challenge) is not None:
        raise Conflict("complaint_recorded")
    _check_day(challenge, act, filed_on)
    if not within_points:
        raise Invalid("complaint_beyond_points", field="within_points", rule="R59")
    complaint = Complaint(
        challenge=challenge,
        filed_at=start_of(filed_on),
        recorded_by=act.actor.person_id,
        words=needed(words),
        suspended_until=_suspension(act, suspended_until),
    )
    session.add(complaint)
    session.flush()  # the audit event needs the id
    record(session, act, "challenge.complain", challenge, complaint=complaint.id, filed_on=filed_on)
    _tell(session, challenge, act, "complaint_recorded")
    return complaint


def decide(
    session: Session,
    complaint: Complaint,
    act: Act,
    *,
    upheld: bool,
    words: str,
    replay_from: ReplayStep | None = None,
) -> None:
    """Record what the finance department decided; where it says so, the procedure is taken up again (R59)."""
    challenge = complaint.challenge
    ensure(act, Permission.CHALLENGE_ANSWER, challenge)
    hold(session, complaint)
    if complaint.decided_at is not None:
        raise Conflict("complaint_decided")
    complaint.decision_words = needed(words)
    complaint.decided_at, complaint.is_upheld = act.at, upheld
    record(session, act, "challenge.decide_complaint", challenge, complaint=complaint.id, upheld=upheld)
    if upheld and replay_from is not None:
        replay(session, challenge, act, step=replay_from, words=words)
    _tell(session, challenge, act, "complaint_decided")


def complaint_of(session: Session, challenge: Challenge) -> Complaint | None:
    """The complaint about a challenge's answer."""
    return session.scalar(select(Complaint).where(Complaint.challenge_id == challenge.id))


def unfounded(session: Session, organisation_id: UUID, at: datetime) -> int:
    """How many complaints of an organisation were found to have no ground in the last 12 months (R60)."""
    today = local_date(at)
    month = today.year * 12 + today.month - 1 - rule("R60").number("months")
    year, month = month // 12, month % 12 + 1
    first = date(year, month, min(today.day, monthrange(year, month)[1]))
    query = (
        select(func.count(Complaint.id))
        .join(Complaint.challenge)
        .where(Challenge.organisation_id == organisation_id, Complaint.is_upheld.is_(False))
        .where(Complaint.decided_at >= start_of(first), Complaint.decided_at <= at)
    )
    return session.scalar(query) or 0


def _check_answered(challenge: Challenge, act: Act) -> None:
    """A complaint follows an answer, or the day on which it was due."""
    phase = challenge_phase_at(challenge, act.at)
    late = phase == ChallengePhase.FILED and reply_until(challenge).is_over(act.at)
    if phase not in {ChallengePhase.REJECTED, ChallengePhase.UPHELD} and not late:
        raise Conflict("complaint_before_reply")


def _check_day(challenge: Challenge, act: Act, filed_on: date) -> None:
    replied = challenge.upheld_at or challenge.rejected_at
    first = local_date(replied) if replied else reply_until(challenge).day
    today = local_date(act.at)
    if not first <= filed_on <= today:
        raise Invalid("complaint_day", field="filed_on", first=first, last=today)
    until = complaint_until(challenge).day
    if filed_on > until:
        raise Invalid("complaint_too_late", field="filed_on", until=until, rule="R59")


def _suspension(act: Act, until: date | None) -> datetime | None:
    """The instant after the last day of the suspension."""
    if until is None:
        return None
    last = local_date(act.at) + timedelta(days=SUSPENSION_DAYS)
    if not local_date(act.at) <= until <= last:
        raise Invalid("suspension_too_long", field="suspended_until", last=last, rule="R59")
    return start_of(until + timedelta(days=1))


def _tell(session: Session, challenge: Challenge, act: Act, kind: str) -> None:
    told = people.purchaser(session, act, challenge.tender)
    told |= people.supplier(session, act, challenge.organisation_id)
    outbox.add(session, act, kind, challenge, to=told, reference=challenge.reference)
