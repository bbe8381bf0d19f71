"""What decided reductions take off the payments of a contract, and what is left to pay.

The price by law stays the contract's own (R34). While an organisation can appeal, and until its appeal is
decided, nothing is taken off; a lifted reduction takes nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act
from models.contracts.contract import Contract, ContractMilestone
from models.evaluations.evaluation import Evaluation
from models.rectifications.consequence import Consequence, ConsequenceKind, ConsequencePhase
from models.rectifications.deduction import NOTHING, Payment, Reduction, spread
from models.rectifications.lifecycle import consequence_phase_at

MOMENT = timedelta(microseconds=1)
FINAL = frozenset({ConsequencePhase.FINAL, ConsequencePhase.CONFIRMED})


@dataclass(frozen=True)
class Deduction:
    """What one reduction takes off one payment."""

    consequence: Consequence
    milestone: ContractMilestone
    amount: Decimal


@dataclass(frozen=True)
class Deductions:
    """What is taken off the payments of a contract, and the reductions that do not hold yet."""

    taken: list[Deduction]
    waiting: list[Consequence]

    def of(self, milestone: ContractMilestone) -> list[Deduction]:
        """What is taken off one payment."""
        return [each for each in self.taken if each.milestone is milestone]

    def due(self, milestone: ContractMilestone) -> Decimal:
        """What is to pay of a milestone, or was paid."""
        return milestone.amount - sum((each.amount for each in self.of(milestone)), NOTHING)

    @property
    def total(self) -> Decimal:
        """What is taken off the whole contract."""
        return sum((each.amount for each in self.taken), NOTHING)


def deductions(session: Session, contract: Contract, act: Act) -> Deductions:
    """What holds at the instant of the act."""
    decided = _reductions(session, contract)
    final = {each: since for each in decided if (since := final_at(each)) and since <= act.at}
    waiting = [each for each in decided if each not in final]
    return Deductions(_taken(contract, final, act.at), waiting)


def unpaid(session: Session, contract: Contract, act: Act, *, of: ContractMilestone | None = None) -> Decimal:
    """What another reduction can still take: nothing that an earlier one takes, or may still take."""
    soon = act.at + MOMENT
    every = {each: min(final_at(each) or soon, soon) for each in _reductions(session, contract)}
    taken = Deductions(_taken(contract, every, soon), [])
    left = [each for each in contract.milestones if each.paid_at is None and not _lapsed_at(each)]
    return sum((taken.due(each) for each in left if of is None or each is of), NOTHING)


def is_final(consequence: Consequence, act: Act) -> bool:
    """Whether it can no longer be changed by an appeal."""
    return consequence_phase_at(consequence, act.at) in FINAL


def final_at(consequence: Consequence) -> datetime | None:
    """From when it holds: its appeal was turned down, or nobody appealed while they could."""
    return consequence.confirmed_at if consequence.appealed_at else consequence.appeal_ends_at


def _reductions(session: Session, contract: Contract) -> list[Consequence]:
    """The reductions of a contract that were not lifted, the oldest first."""
    query = select(Consequence).join(Consequence.evaluation)
    standing = (Consequence.kind == ConsequenceKind.REDUCED_PAYMENT, Consequence.lifted_at.is_(None))
    query = query.where(Evaluation.contract_id == contract.id, *standing)
    return list(session.scalars(query.order_by(Consequence.decided_at, Consequence.id)))


def _taken(contract: Contract, since: dict[Consequence, datetime], at: datetime) -> list[Deduction]:
    payments = [
        Payment(each.position, each.amount, each.paid_at, _lapsed_at(each)) for each in contract.milestones
    ]
    reductions = [
        Reduction(each.id, each.amount or NOTHING, when, each.milestone.position if each.milestone else None)
        for each, when in since.items()
    ]
    found = spread(payments, reductions, at)
    return [
        Deduction(each, milestone, found[each.id, milestone.position])
        for milestone in contract.milestones
        for each in since
        if (each.id, milestone.position) in found
    ]


def _lapsed_at(milestone: ContractMilestone) -> datetime | None:
    """Of a contract that was ended before its time only what was accepted is paid."""
    return milestone.contract.terminated_at if milestone.accepted_at is None else None
