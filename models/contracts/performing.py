"""Milestones: reported, returned or accepted with their users (R10), invoiced, paid within 30 days (R36)."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.calendar.clocks import local_date
from models.contracts import people
from models.contracts.clocks import payment_until
from models.contracts.contract import Contract, ContractMilestone, ContractPhase, MilestonePhase
from models.contracts.dealings import end_dealings
from models.contracts.lifecycle import (
    CONTRACT,
    MILESTONE,
    ContractMove,
    MilestoneMove,
    contract_phase_at,
    milestone_phase_at,
)
from models.contracts.words import LONGEST, needed
from models.errors import Conflict, Invalid
from models.lifecycle import advance
from models.wording import bounded

MOST_USERS = 1_000_000


@dataclass(frozen=True)
class UsersOpinion:
    """What users of the service said at an acceptance: how many were asked, how many are satisfied (R10)."""

    asked: int
    satisfied: int
    words: str


def report(session: Session, milestone: ContractMilestone, act: Act, *, words: str) -> None:
    """The supplier reports a milestone as reached, or once more after a return."""
    _ensure_in_force(milestone, act)
    milestone.report = needed(words)
    advance(session, MILESTONE, milestone, MilestoneMove.REPORT, act)
    _tell_purchaser(session, milestone, act, "milestone_reported")


def return_(session: Session, milestone: ContractMilestone, act: Act, *, words: str) -> None:
    """The purchaser gives a report back, with words that say what is missing."""
    _ensure_in_force(milestone, act)
    milestone.returned_words = needed(words)
    advance(session, MILESTONE, milestone, MilestoneMove.RETURN, act)
    _tell_supplier(session, milestone, act, "milestone_returned")


def accept(
    session: Session, milestone: ContractMilestone, act: Act, *, users: UsersOpinion, words: str = ""
) -> None:
    """Accept a milestone with the opinion of its users, which the public can read (R10)."""
    _ensure_in_force(milestone, act)
    if not 0 < users.asked <= MOST_USERS:
        raise Invalid("users_asked", field="users_asked", rule="R10", most=MOST_USERS)
    if not 0 <= users.satisfied <= users.asked:
        raise Invalid("users_satisfied", field="users_satisfied", asked=users.asked)
    milestone.users_asked, milestone.users_satisfied = users.asked, users.satisfied
    milestone.users_words = needed(users.words, field="users_words")
    milestone.accepted_words = bounded(words, LONGEST, field="words")
    facts = {"asked": users.asked, "satisfied": users.satisfied}
    advance(session, MILESTONE, milestone, MilestoneMove.ACCEPT, act, **facts)
    _tell_supplier(session, milestone, act, "milestone_accepted")


def invoice(session: Session, milestone: ContractMilestone, act: Act) -> None:
    """The supplier hands in the invoice of an accepted milestone; the 30 days of payment begin (R36)."""
    _ensure_in_force(milestone, act, or_ended=True)
    advance(session, MILESTONE, milestone, MilestoneMove.INVOICE, act)
    clock = payment_until(milestone)
    assert clock is not None  # noqa: S101  # for the type checker: it has just been invoiced
    told = people.purchaser(session, act, milestone.contract.award.lot.tender)
    facts = {"reference": milestone.contract.reference, "milestone": milestone.title, "day": clock.day}
    outbox.add(session, act, "milestone_invoiced", milestone, to=told, **facts)


def pay(session: Session, milestone: ContractMilestone, act: Act, *, taken_off: Decimal = Decimal(0)) -> None:
    """An invoice is paid, less what was taken off; with the last milestone paid the contract is complete."""
    _ensure_in_force(milestone, act, or_ended=True)
    milestone.paid_amount = milestone.amount - taken_off
    advance(session, MILESTONE, milestone, MilestoneMove.PAY, act, amount=milestone.paid_amount)
    _tell_supplier(session, milestone, act, "milestone_paid")
    contract = milestone.contract
    in_force = contract_phase_at(contract, act.at) == ContractPhase.ACTIVE
    if in_force and all(
        milestone_phase_at(each, act.at) == MilestonePhase.PAID for each in contract.milestones
    ):
        advance(session, CONTRACT, contract, ContractMove.COMPLETE, act)


def terminate(session: Session, contract: Contract, act: Act, *, words: str) -> None:
    """End a contract before its time, with words; what was accepted is still invoiced and paid."""
    ensure(act, Permission.CONTRACT_MANAGE, contract)
    contract.terminated_words = needed(words)
    advance(session, CONTRACT, contract, ContractMove.TERMINATE, act)
    end_dealings(session, contract, local_date(act.at))
    staff = people.supplier(session, act, contract.organisation_id)
    outbox.add(session, act, "contract_terminated", contract, to=staff, reference=contract.reference)


def _ensure_in_force(milestone: ContractMilestone, act: Act, *, or_ended: bool = False) -> None:
    """What was accepted is paid also after a contract was ended before its time."""
    ensure(act, Permission.CONTRACT_VIEW, milestone)  # nobody learns of a phase who may not know the contract
    phase = contract_phase_at(milestone.contract, act.at)
    if phase != ContractPhase.ACTIVE and not (or_ended and phase == ContractPhase.TERMINATED):
        raise Conflict("contract_not_in_force")


def _tell_purchaser(session: Session, milestone: ContractMilestone, act: Act, kind: str) -> None:
    told = people.purchaser(session, act, milestone.contract.award.lot.tender)
    facts = {"reference": milestone.contract.reference, "milestone": milestone.title}
    outbox.add(session, act, kind, milestone, to=told, **facts)


def _tell_supplier(session: Session, milestone: ContractMilestone, act: Act, kind: str) -> None:
    staff = people.supplier(session, act, milestone.organisation_id)
    facts = {"reference": milestone.contract.reference, "milestone": milestone.title}
    outbox.add(session, act, kind, milestone, to=staff, **facts)
