"""Phases and moves of awards, challenges, contracts and milestones: all there is to know."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case

from models.access.permissions import Permission as P
from models.contracts.award import Award, AwardPhase
from models.contracts.challenge import Challenge, ChallengePhase
from models.contracts.contract import Contract, ContractMilestone, ContractPhase, MilestonePhase
from models.lifecycle import Lifecycle, Move


class AwardMove(StrEnum):
    """What can happen to an award."""

    NOTICE = "notice"
    WITHDRAW = "withdraw"
    OVERTURN = "overturn"


def award_phase_at(award: Award, at: datetime) -> AwardPhase:
    """The phase of an award at an instant; it becomes active when its notice has run (R33)."""
    if award.cancelled_at is not None and award.cancelled_at <= at:
        return AwardPhase.CANCELLED
    if award.noticed_at is None or award.noticed_at > at:
        return AwardPhase.PENDING
    ended = award.notice_ends_at is not None and award.notice_ends_at <= at
    return AwardPhase.ACTIVE if ended else AwardPhase.NOTICED


def award_phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase of an award as SQL."""
    return case(
        (Award.cancelled_at <= at, AwardPhase.CANCELLED.value),
        (and_(Award.noticed_at <= at, Award.notice_ends_at <= at), AwardPhase.ACTIVE.value),
        (Award.noticed_at <= at, AwardPhase.NOTICED.value),
        else_=AwardPhase.PENDING.value,
    )


_STANDING = frozenset({AwardPhase.PENDING, AwardPhase.NOTICED, AwardPhase.ACTIVE})
AWARD = Lifecycle(
    Award,
    award_phase_at,
    {
        AwardMove.NOTICE: Move(frozenset({AwardPhase.PENDING}), P.AWARD_DECIDE, stamps="noticed_at"),
        AwardMove.WITHDRAW: Move(_STANDING, P.AWARD_DECIDE, stamps="cancelled_at"),
        AwardMove.OVERTURN: Move(_STANDING, P.CHALLENGE_ANSWER, stamps="cancelled_at"),
    },
)


class ChallengeMove(StrEnum):
    """What can happen to a challenge."""

    UPHOLD = "uphold"
    REJECT = "reject"
    WITHDRAW = "withdraw"


def challenge_phase_at(challenge: Challenge, at: datetime) -> ChallengePhase:
    """The phase of a challenge at an instant."""
    if challenge.withdrawn_at is not None and challenge.withdrawn_at <= at:
        return ChallengePhase.WITHDRAWN
    if challenge.upheld_at is not None and challenge.upheld_at <= at:
        return ChallengePhase.UPHELD
    if challenge.rejected_at is not None and challenge.rejected_at <= at:
        return ChallengePhase.REJECTED
    return ChallengePhase.FILED


def challenge_phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase of a challenge as SQL."""
    return case(
        (Challenge.withdrawn_at <= at, ChallengePhase.WITHDRAWN.value),
        (Challenge.upheld_at <= at, ChallengePhase.UPHELD.value),
        (Challenge.rejected_at <= at, ChallengePhase.REJECTED.value),
        else_=ChallengePhase.FILED.value,
    )


_FILED = frozenset({ChallengePhase.FILED})
CHALLENGE = Lifecycle(
    Challenge,
    challenge_phase_at,
    {
        ChallengeMove.UPHOLD: Move(_FILED, P.CHALLENGE_ANSWER, stamps="upheld_at"),
        ChallengeMove.REJECT: Move(_FILED, P.CHALLENGE_ANSWER, stamps="rejected_at"),
        ChallengeMove.WITHDRAW: Move(_FILED, P.CHALLENGE_FILE, stamps="withdrawn_at"),
    },
)

# The latest decision that holds, asked in this order; the SQL reads the same lists.
_CONTRACT_PHASES = (
    ("terminated_at", ContractPhase.TERMINATED),
    ("completed_at", ContractPhase.COMPLETE),
    ("supplier_signed_at", ContractPhase.ACTIVE),
    ("purchaser_signed_at", ContractPhase.SIGNING),
)
_MILESTONE_PHASES = (
    ("paid_at", MilestonePhase.PAID),
    ("invoiced_at", MilestonePhase.INVOICED),
    ("accepted_at", MilestonePhase.ACCEPTED),
    ("returned_at", MilestonePhase.RETURNED),
    ("reported_at", MilestonePhase.REPORTED),
)


class ContractMove(StrEnum):
    """What can happen to a contract."""

    SIGN = "sign"
    COUNTERSIGN = "countersign"
    COMPLETE = "complete"
    TERMINATE = "terminate"
    VOID = "void"


def contract_phase_at(contract: Contract, at: datetime) -> ContractPhase:
    """The phase of a contract at an instant: in force from the second signature on."""
    for column, phase in _CONTRACT_PHASES:
        stamp = getattr(contract, column)
        if stamp is not None and stamp <= at:
            return phase
    return ContractPhase.PENDING


def contract_phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase of a contract as SQL."""
    decided = [(getattr(Contract, column) <= at, phase.value) for column, phase in _CONTRACT_PHASES]
    return case(*decided, else_=ContractPhase.PENDING.value)


_PENDING, _SIGNING = frozenset({ContractPhase.PENDING}), frozenset({ContractPhase.SIGNING})
_ACTIVE = frozenset({ContractPhase.ACTIVE})
CONTRACT = Lifecycle(
    Contract,
    contract_phase_at,
    {
        ContractMove.SIGN: Move(_PENDING, P.CONTRACT_MANAGE, stamps="purchaser_signed_at"),
        ContractMove.COUNTERSIGN: Move(_SIGNING, P.CONTRACT_PERFORM, stamps="supplier_signed_at"),
        ContractMove.COMPLETE: Move(_ACTIVE, P.CONTRACT_MANAGE, stamps="completed_at"),
        ContractMove.TERMINATE: Move(_ACTIVE, P.CONTRACT_MANAGE, stamps="terminated_at"),
        # Its award is withdrawn, or an upheld challenge overturns it.
        ContractMove.VOID: Move(_PENDING | _SIGNING | _ACTIVE, P.CONTRACT_MANAGE, stamps="terminated_at"),
    },
)


class MilestoneMove(StrEnum):
    """What can happen to a milestone."""

    REPORT = "report"
    RETURN = "return"
    ACCEPT = "accept"
    INVOICE = "invoice"
    PAY = "pay"


def milestone_phase_at(milestone: ContractMilestone, at: datetime) -> MilestonePhase:
    """The phase of a milestone at an instant."""
    for column, phase in _MILESTONE_PHASES:
        stamp = getattr(milestone, column)
        if stamp is not None and stamp <= at:
            return phase
    return MilestonePhase.SCHEDULED


def milestone_phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase of a milestone as SQL."""
    decided = [(getattr(ContractMilestone, column) <= at, phase.value) for column, phase in _MILESTONE_PHASES]
    return case(*decided, else_=MilestonePhase.SCHEDULED.value)


_REPORTED = frozenset({MilestonePhase.REPORTED})
MILESTONE = Lifecycle(
    ContractMilestone,
    milestone_phase_at,
    {
        MilestoneMove.REPORT: Move(
            frozenset({MilestonePhase.SCHEDULED, MilestonePhase.RETURNED}),
            P.CONTRACT_PERFORM,
            stamps="reported_at",
            clears=("returned_at",),
        ),
        MilestoneMove.RETURN: Move(_REPORTED, P.CONTRACT_MANAGE, stamps="returned_at"),
        MilestoneMove.ACCEPT: Move(_REPORTED, P.CONTRACT_MANAGE, stamps="accepted_at"),
        MilestoneMove.INVOICE: Move(
            frozenset({MilestonePhase.ACCEPTED}), P.CONTRACT_PERFORM, stamps="invoiced_at"
        ),
        MilestoneMove.PAY: Move(frozenset({MilestonePhase.INVOICED}), P.CONTRACT_MANAGE, stamps="paid_at"),
    },
)
