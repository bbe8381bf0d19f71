"""The report of a ranking: the same bytes whoever computes it, in whatever order bids and members come."""

import json
from fractions import Fraction
from typing import Any

from models.panels.ranking.order import Standing
from models.panels.ranking.question import read_question
from models.panels.ranking.rank import Ranking, rank
from models.panels.ranking.validity import Finding


def recompute(data: bytes) -> bytes:
    """The report of a file."""
    return written(report(rank(read_question(data))))


def written(content: dict[str, Any]) -> bytes:
    """The bytes of a report."""
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n".encode()


def report(ranking: Ranking) -> dict[str, Any]:
    """A ranking for JSON: bids in rank order, equals by id, then the unranked by id."""
    found = {finding.bid.id: finding for finding in ranking.findings}
    ranked = {standing.score.bid.id: standing for standing in ranking.standings}
    order = [*ranked, *(key for key in found if key not in ranked)]
    criteria = [criterion.id for criterion in ranking.criteria]
    return {
        "outcome": ranking.outcome.value,
        "reason": ranking.reason.value if ranking.reason else None,
        "bids": [_bid(found[key], ranked.get(key), criteria) for key in order],
        "rules": list(ranking.rules),
    }


def four_decimals(value: Fraction) -> str:
    """A figure of 0 or more with 4 decimals, rounded half up."""
    whole, rest = divmod((value * 20000 + 1) // 2, 10000)
    return f"{whole}.{rest:04d}"


def _bid(finding: Finding, standing: Standing | None, criteria: list[str]) -> dict[str, Any]:
    score = standing.score if standing else None
    return {
        "id": finding.bid.id,
        "valid": finding.is_valid,
        "invalid_reason": finding.invalid_reason.value if finding.invalid_reason else None,
        "price_score": four_decimals(score.price) if score else None,
        "criteria": {key: four_decimals(score.criteria[key]) if score else None for key in criteria},
        "total": four_decimals(score.total) if score else None,
        "rank": standing.rank if standing else None,
        "tie_group": standing.tie_group if standing else None,
        "abnormally_low": _abnormally_low(finding),
    }


def _abnormally_low(finding: Finding) -> dict[str, Any]:
    """By what the price is low; the figures are what it is compared with, and the limit of each."""
    figures = {}
    for measure in finding.yardsticks:
        figures[measure.trigger.value] = four_decimals(measure.base)
        figures[f"{measure.trigger.value}_limit"] = four_decimals(measure.limit)
    return {
        "triggered": bool(finding.low_by),
        "by": [trigger.value for trigger in finding.low_by],
        "figures": figures,
    }
