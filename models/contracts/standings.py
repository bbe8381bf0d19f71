"""A ranking as the purchaser reads it: the bids of a lot in rank order, with their figures.

In the file of a ranking bids are known by their reference, criteria as c1.. by their place.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.panels.marking import Ranking
from models.panels.ranking.rank import RankingOutcome, RankingReason
from models.panels.ranking.validity import InvalidReason


@dataclass(frozen=True)
class Standing:
    """One bid in a ranking. Scores are 0 to 100 before their weight, `total` is the weighted sum."""

    bid: OpenedBid
    rank: int | None
    total: Decimal | None
    price_score: Decimal | None
    criteria: Mapping[int, Decimal]
    """By the place of the criterion, from 1; empty for a bid that was not ranked."""
    invalid_reason: InvalidReason | None


@dataclass(frozen=True)
class Standings:
    """A ranking that was read."""

    ranking: Ranking
    outcome: RankingOutcome
    reason: RankingReason | None
    bids: list[Standing]

    def at_rank(self, rank: int) -> list[Standing]:
        """Those of a rank: several where they are equal (R28)."""
        return [each for each in self.bids if each.rank == rank]

    def of(self, bid: Bid) -> Standing | None:
        """One bid's line."""
        return next((each for each in self.bids if each.bid.bid_id == bid.id), None)


def standings(session: Session, ranking: Ranking) -> Standings:
    """Read a ranking; the names come from the bids it is about. A bid that was out before it stands last."""
    answer: dict[str, Any] = json.loads(ranking.answer)
    query = select(OpenedBid).join(OpenedBid.bid).where(Bid.lot_id == ranking.lot_id).order_by(Bid.reference)
    whose = joinedload(OpenedBid.bid).joinedload(Bid.organisation)
    bids = {each.bid.reference: each for each in session.scalars(query.options(whose))}
    reason = answer["reason"]
    ranked = [_standing(bids.pop(row["id"]), row) for row in answer["bids"]]
    never = [Standing(each, None, None, None, {}, None) for each in bids.values()]
    return Standings(
        ranking,
        RankingOutcome(answer["outcome"]),
        RankingReason(reason) if reason else None,
        [*ranked, *never],
    )


def _standing(bid: OpenedBid, row: dict[str, Any]) -> Standing:
    reason = row["invalid_reason"]
    return Standing(
        bid=bid,
        rank=row["rank"],
        total=_decimal(row["total"]),
        price_score=_decimal(row["price_score"]),
        criteria={int(key[1:]): Decimal(value) for key, value in row["criteria"].items() if value},
        invalid_reason=InvalidReason(reason) if reason else None,
    )


def _decimal(figure: str | None) -> Decimal | None:
    return None if figure is None else Decimal(figure)
