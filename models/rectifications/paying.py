"""Paying a milestone, less what final decisions take off it (R36): what is due, no more and no less."""

from decimal import Decimal

from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.contracts import performing
from models.contracts.contract import ContractMilestone
from models.contracts.locking import hold
from models.errors import Invalid
from models.rectifications.deducting import deductions


def pay(session: Session, milestone: ContractMilestone, act: Act, *, amount: Decimal | None) -> None:
    """Record that a milestone was paid, in one sum."""
    ensure(act, Permission.CONTRACT_MANAGE, milestone)
    hold(session, milestone.contract)  # no reduction is decided in between
    hold(session, milestone)
    due = deductions(session, milestone.contract, act).due(milestone)
    if amount is None or not amount.is_finite():
        raise Invalid("payment_amount", field="amount", due=due)
    if amount > due:
        raise Invalid("payment_above_due", field="amount", due=due)
    if amount < due:
        raise Invalid("payment_below_due", field="amount", due=due)
    performing.pay(session, milestone, act, taken_off=milestone.amount - due)
