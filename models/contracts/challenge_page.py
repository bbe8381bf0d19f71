"""What an organisation can challenge of a tender, and a challenge with its answer and complaint."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act
from models.contracts.challenge import Challenge, ChallengePhase, Complaint
from models.contracts.clocks import Clock, complaint_until, is_statutory, reply_until
from models.contracts.complaining import complaint_of, unfounded
from models.contracts.lifecycle import challenge_phase_at
from models.contracts.queries import challenges
from models.contracts.windows import Window, windows
from models.tenders.queries import tender as visible_tender
from models.tenders.tender import Tender


@dataclass(frozen=True)
class ChallengeDesk:
    """What the actor's organisation can still challenge of a tender: the subject of the guard."""

    tender: Tender
    organisation_id: UUID | None
    windows: list[Window]
    open: list[Window]
    filed: list[Challenge]
    is_statutory: bool


@dataclass(frozen=True)
class ChallengeRow:
    """A challenge with its phase and the day its answer is due."""

    challenge: Challenge
    phase: ChallengePhase
    clock: Clock
    is_overdue: bool


@dataclass(frozen=True)
class ChallengePage:
    """Everything the page of a challenge shows."""

    row: ChallengeRow
    complaint: Complaint | None
    complaint_clock: Clock
    complaint_open: bool
    suspends: bool
    unfounded: int


def challenge_desk(session: Session, tender_id: UUID, act: Act) -> ChallengeDesk | None:
    """The desk of the actor's organisation for a tender it can see."""
    tender = visible_tender(session, tender_id, act)
    if tender is None:
        return None
    organisation_id = act.actor.organisation_id
    found = windows(session, tender, organisation_id) if organisation_id else []
    mine = [each for each in challenges(session, act) if each.tender_id == tender.id]
    return ChallengeDesk(
        tender=tender,
        organisation_id=organisation_id,
        windows=found,
        open=[each for each in found if each.is_open(act.at)],
        filed=mine,
        is_statutory=is_statutory(tender.method),
    )


def challenge_row(challenge: Challenge, at: datetime) -> ChallengeRow:
    """A challenge as a line; only one that waits for its answer can be overdue."""
    phase, clock = challenge_phase_at(challenge, at), reply_until(challenge)
    return ChallengeRow(challenge, phase, clock, phase == ChallengePhase.FILED and clock.is_over(at))


def challenge_page(session: Session, challenge: Challenge, act: Act) -> ChallengePage:
    """The page of a challenge; how often its organisation complained without ground is for officials."""
    complaint = complaint_of(session, challenge)
    row = challenge_row(challenge, act.at)
    answered = row.phase in {ChallengePhase.UPHELD, ChallengePhase.REJECTED}
    until = complaint.suspended_until if complaint and complaint.decided_at is None else None
    official = can(act, P.CHALLENGE_ANSWER, challenge)
    return ChallengePage(
        row=row,
        complaint=complaint,
        complaint_clock=complaint_until(challenge),
        complaint_open=complaint is None and (answered or row.is_overdue),
        suspends=row.phase == ChallengePhase.FILED or (until is not None and until > act.at),
        unfounded=unfounded(session, challenge.organisation_id, act.at) if official else 0,
    )
