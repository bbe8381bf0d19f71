"""Writing down what a residents' review meeting 评议会 said: beside the survey, never mixed into it (R74)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.contracts.contract import Contract
from models.contracts.locking import hold
from models.errors import Conflict, Invalid
from models.needs.deliberation import Deliberation, MeetingType
from models.surveys.answer import MOST_WORDS
from models.surveys.answering import refuse_contractor
from models.surveys.assembly import AssemblyOpinion
from models.surveys.masking import mask
from models.surveys.seeing import Register
from models.tenders.lot import LotNeed
from models.wording import bounded


@dataclass(frozen=True)
class Opinion:
    """How many were satisfied, found it fair, were not satisfied."""

    satisfied: int
    fair: int
    dissatisfied: int
    words: str = ""


def meetings(session: Session, contract: Contract, act: Act) -> list[Deliberation]:
    """Review meetings about the needs of a contract that were held and are not written down yet."""
    needs = select(LotNeed.need_id).where(LotNeed.lot_id == contract.award.lot_id)
    written = select(AssemblyOpinion.deliberation_id).where(AssemblyOpinion.contract_id == contract.id)
    query = select(Deliberation).where(
        Deliberation.need_id.in_(needs),
        Deliberation.meeting_type == MeetingType.REVIEW,
        Deliberation.held_at <= act.at,
        Deliberation.id.not_in(written),
    )
    return list(session.scalars(query.order_by(Deliberation.held_at, Deliberation.id)))


def write_down(
    session: Session, register: Register, act: Act, *, meeting: Deliberation, opinion: Opinion
) -> AssemblyOpinion:
    """The opinion of a meeting, once; no more people than were there."""
    contract = register.contract
    ensure(act, Permission.SURVEY_ENTER, register)
    refuse_contractor(session, contract, act)
    hold(session, contract)
    if meeting not in meetings(session, contract, act):
        raise Conflict("meeting_not_reviewable", field="meeting")
    counts = (opinion.satisfied, opinion.fair, opinion.dissatisfied)
    present = meeting.present or 0
    if min(counts) < 0 or not 0 < sum(counts) <= present:
        raise Invalid("opinion_counts", field="satisfied", present=present)
    made = AssemblyOpinion(
        contract=contract,
        deliberation=meeting,
        satisfied=opinion.satisfied,
        fair=opinion.fair,
        dissatisfied=opinion.dissatisfied,
        words=mask(bounded(opinion.words, MOST_WORDS, field="words")),
        entered_at=act.at,
        entered_by=act.actor.person_id,
    )
    session.add(made)
    session.flush()  # the audit event names the meeting's opinion
    record(session, act, "survey.review", contract, meeting=meeting.id)
    return made


def opinions(session: Session, contract: Contract) -> list[AssemblyOpinion]:
    """What review meetings have said of a contract, the oldest first."""
    query = select(AssemblyOpinion).where(AssemblyOpinion.contract_id == contract.id)
    return list(session.scalars(query.order_by(AssemblyOpinion.entered_at, AssemblyOpinion.id)))
