"""The order of valid bids (R28, R44). Who of equals is chosen is for the document's rule or a draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from models.panels.ranking.question import Bid
from models.rulebook.methods import METHODS, Method


@dataclass(frozen=True)
class Score:
    """The exact score of a valid bid; criteria are means of all members on a scale of 0 to 100."""

    bid: Bid
    price: Fraction
    criteria: Mapping[str, Fraction]
    total: Fraction


@dataclass(frozen=True)
class Standing:
    """A rank; bids that are equal share it, and it names their group."""

    score: Score
    rank: int
    tie_group: int | None


def standings(method: Method, scores: Sequence[Score]) -> list[Standing]:
    """Higher total, then lower price, then equal rank (87 art 57); in a negotiation price alone (R44)."""
    by_price_alone = METHODS[method].lowest_price_wins

    def standing(score: Score) -> tuple[Fraction, Fraction]:
        return (Fraction() if by_price_alone else -score.total, score.bid.price)

    found: list[Standing] = []
    for _standing, group in groupby(sorted(scores, key=lambda s: (*standing(s), s.bid.id)), key=standing):
        equals = list(group)
        rank = len(found) + 1
        found += [Standing(score, rank, rank if len(equals) > 1 else None) for score in equals]
    return found
