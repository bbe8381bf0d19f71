"""Which bids are valid: as the panel found, not over the ceiling (R30), not low without proof (R29)."""

from dataclasses import dataclass
from enum import StrEnum

from models.panels.ranking.lowprice import LowPriceTrigger, Yardstick, triggers, yardsticks
from models.panels.ranking.question import Bid, LowPriceAnswer, Question


class InvalidReason(StrEnum):
    """Why a bid is invalid; of several, the first."""

    MARKED_INVALID = "marked_invalid"
    OVER_CEILING = "over_ceiling"
    OVER_BUDGET = "over_budget"
    ABNORMALLY_LOW = "abnormally_low"


@dataclass(frozen=True)
class Finding:
    """A bid, why it is invalid, and by what its price is low; a bid that does not conform is not compared."""

    bid: Bid
    invalid_reason: InvalidReason | None
    low_by: tuple[LowPriceTrigger, ...] = ()
    yardsticks: tuple[Yardstick, ...] = ()
    is_pending: bool = False
    """Asked about its price and not decided yet: neither proved nor rejected, it stays valid so far."""

    @property
    def is_valid(self) -> bool:
        """Whether the bid takes part in the ranking."""
        return self.invalid_reason is None


def findings(question: Question) -> list[Finding]:
    """What is found of each bid, by id."""
    failing = {bid.id: _nonconformity(bid, question) for bid in question.bids}
    prices = [bid.price for bid in question.bids if failing[bid.id] is None]
    measures = tuple(yardsticks(prices, question.most))
    return [
        _low_price(bid, measures, question.answers.get(bid.id))
        if failing[bid.id] is None
        else Finding(bid, failing[bid.id])
        for bid in question.bids
    ]


def _nonconformity(bid: Bid, question: Question) -> InvalidReason | None:
    """Over the ceiling or the budget is invalid, at it is not (R30; 87 art 63)."""
    if not bid.valid:
        return InvalidReason.MARKED_INVALID
    if bid.price > question.most:
        return InvalidReason.OVER_BUDGET if question.ceiling is None else InvalidReason.OVER_CEILING
    return None


def _low_price(bid: Bid, measures: tuple[Yardstick, ...], answer: LowPriceAnswer | None) -> Finding:
    """A low price that is not proved is invalid (R29); one that nobody has answered for is pending."""
    low_by = triggers(bid.price, measures, asked=answer is not None)
    rejected = answer is LowPriceAnswer.REJECTED
    return Finding(
        bid,
        InvalidReason.ABNORMALLY_LOW if rejected else None,
        low_by,
        measures,
        is_pending=bool(low_by) and answer in (None, LowPriceAnswer.PENDING),
    )
