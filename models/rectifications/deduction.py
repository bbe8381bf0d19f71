"""How decided reductions are taken off a contract's payments: a function of dates and amounts alone.

What was paid stays as it was paid. A reduction is taken off the payment it names, then off the next that are
due, and never takes more of a payment than there is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

NOTHING = Decimal(0)
Taken = dict[tuple[UUID, int], Decimal]
"""By reduction and payment: how much."""


@dataclass(frozen=True)
class Payment:
    """One payment a contract agrees on, when it was made, and from when on it never will be."""

    number: int
    amount: Decimal
    paid_at: datetime | None = None
    lapsed_at: datetime | None = None


@dataclass(frozen=True)
class Reduction:
    """One reduction, final from an instant on; `first` is the payment it names."""

    key: UUID
    amount: Decimal
    final_at: datetime
    first: int | None = None


def spread(payments: Sequence[Payment], reductions: Sequence[Reduction], at: datetime) -> Taken:
    """What each reduction that is final takes off each payment, told from the first payment that was made."""
    left = {each.key: each.amount for each in reductions}
    ordered = sorted(reductions, key=lambda each: (each.final_at, each.key))
    unpaid = sorted(payments, key=lambda each: each.number)
    taken: Taken = {}
    made = [(each.paid_at, each) for each in unpaid if each.paid_at is not None and each.paid_at <= at]
    for when, payment in sorted(made, key=lambda each: each[0]):
        for (key, number), part in _shares(unpaid, ordered, left, when).items():
            if number == payment.number:
                taken[key, number] = part
                left[key] -= part
        unpaid.remove(payment)
    return taken | _shares(unpaid, ordered, left, at)


def _shares(
    unpaid: Sequence[Payment], reductions: Sequence[Reduction], left: Mapping[UUID, Decimal], at: datetime
) -> Taken:
    """What is left of each reduction, off the payments that are still to be made."""
    rooms = {each.number: each.amount for each in unpaid if each.lapsed_at is None or each.lapsed_at > at}
    taken: Taken = {}
    for each in reductions:
        rest = left[each.key] if each.final_at <= at else NOTHING
        for number in sorted(rooms, key=lambda number: (number != each.first, number)):
            part = min(rest, rooms[number])
            if part > 0:
                taken[each.key, number] = part
                rest -= part
                rooms[number] -= part
    return taken
