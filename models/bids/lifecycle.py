"""Phases and moves of a bid: all there is to know. Whether it is in time is the tender's phase to say."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, case

from models.access.permissions import Permission as P
from models.bids.bid import Bid, BidPhase
from models.lifecycle import Lifecycle, Move


class BidMove(StrEnum):
    """What can happen to a sealed bid."""

    REPLACE = "replace"
    WITHDRAW = "withdraw"


def phase_at(bid: Bid, at: datetime) -> BidPhase:
    """The phase at an instant."""
    if bid.withdrawn_at is not None and bid.withdrawn_at <= at:
        return BidPhase.WITHDRAWN
    return BidPhase.REPLACED if bid.replaced_at is not None and bid.replaced_at <= at else BidPhase.SEALED


def phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase as SQL; `phase_at` says the same."""
    return case(
        (Bid.withdrawn_at <= at, BidPhase.WITHDRAWN.value),
        (Bid.replaced_at <= at, BidPhase.REPLACED.value),
        else_=BidPhase.SEALED.value,
    )


_SEALED = frozenset({BidPhase.SEALED})
BID = Lifecycle(
    Bid,
    phase_at,
    {
        BidMove.REPLACE: Move(_SEALED, P.BID_SUBMIT, stamps="replaced_at"),
        BidMove.WITHDRAW: Move(_SEALED, P.BID_SUBMIT, stamps="withdrawn_at"),
    },
)
