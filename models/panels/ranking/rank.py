"""The ranking: whether there are enough valid bids, their scores, their order, and the rules applied."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from models.panels.ranking.marks import check_marked, mean
from models.panels.ranking.order import Score, Standing, standings
from models.panels.ranking.price import check_price_weight, price_score
from models.panels.ranking.question import Bid, Criterion, Question
from models.panels.ranking.validity import Finding, findings
from models.rulebook.methods import METHODS, Limit, Method, fewest_bids


class RankingOutcome(StrEnum):
    """Whether there is a ranking."""

    RANKED = "ranked"
    FAILED = "failed"


class RankingReason(StrEnum):
    """Why there is no ranking, or why it is provisional."""

    FEWER_THAN_THREE = "fewer_than_three"
    FEWER_THAN_TWO = "fewer_than_two"
    NONE_VALID = "none_valid"
    LOW_PRICE_PENDING = "low_price_pending"


TOO_FEW = {1: RankingReason.NONE_VALID, 2: RankingReason.FEWER_THAN_TWO, 3: RankingReason.FEWER_THAN_THREE}
ONE_SOURCE = Limit(Decimal(1), "R45")


@dataclass(frozen=True)
class Ranking:
    """The answer: every bid's finding by id, and the standings of the valid ones in the order of rank."""

    outcome: RankingOutcome
    reason: RankingReason | None
    findings: tuple[Finding, ...]
    standings: tuple[Standing, ...]
    criteria: tuple[Criterion, ...]
    rules: tuple[str, ...]


def rank(question: Question) -> Ranking:
    """Rank the valid bids; a price that is still in question leaves the ranking provisional (R29)."""
    check_price_weight(question)
    found = tuple(findings(question))
    valid = [finding.bid for finding in found if finding.is_valid]
    needed = bids_needed(question.method, approved=question.two_bidders_approved).value
    if len(valid) < needed:
        return _answer(question, RankingOutcome.FAILED, TOO_FEW[int(needed)], found, ())
    check_marked(question, valid)
    pending = RankingReason.LOW_PRICE_PENDING if any(finding.is_pending for finding in found) else None
    ranked = tuple(standings(question.method, _scores(question, valid)))
    return _answer(question, RankingOutcome.RANKED, pending, found, ranked)


def bids_needed(method: Method, *, approved: bool = False) -> Limit:
    """How many valid bids a ranking needs: three (R23, R44), two (R42), of a single source one (R45).

    A negotiation goes on with two where that was approved after a failed tender (R44).
    """
    if method is Method.SINGLE_SOURCE:
        return ONE_SOURCE
    found = fewest_bids(method, approved=approved)
    if found is None:
        raise ValueError(method)
    return found


def _scores(question: Question, bids: Sequence[Bid]) -> list[Score]:
    """Total = sum of F x A, and A sums to 1 (R26). The lowest price is that of a valid bid."""
    lowest = min(bid.price for bid in bids)
    scores = []
    for bid in bids:
        price = price_score(bid.price, lowest)
        criteria = {criterion.id: mean(bid, criterion) for criterion in question.criteria}
        weighed = (criterion.weight * criteria[criterion.id] for criterion in question.criteria)
        scores.append(Score(bid, price, criteria, sum(weighed, question.price_weight * price)))
    return scores


def _answer(
    question: Question,
    outcome: RankingOutcome,
    reason: RankingReason | None,
    found: tuple[Finding, ...],
    ranked: tuple[Standing, ...],
) -> Ranking:
    rules = {"R29", "R30", bids_needed(question.method).rule}
    floor = METHODS[question.method].price_floor
    if floor is not None:
        rules.add(floor.rule)
    if ranked:
        rules |= {"R26", "R27", "R28"}
    return Ranking(outcome, reason, found, ranked, question.criteria, tuple(sorted(rules)))
