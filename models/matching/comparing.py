"""Two weightings on the same needs and catalogue: who is seen, and what comes first, before and after."""

from typing import Any

import numpy as np
import pandas as pd

from matcher import Matcher
from matcher.exposure import gini, shares
from matcher.weights import Weights
from models.matching.weighting import weighted

FIRST, SEEN, EXAMPLES = 3, 10, 10
GROUPS = ("size", "age")


def compare(
    model: Matcher, needs: pd.DataFrame, groups: pd.DataFrame, before: Weights, after: Weights
) -> dict[str, Any]:
    """Figures of both weightings; `groups` has service_id, org_id, and each organisation's size and age."""
    runs = {
        name: weighted(model, weights).match(needs, SEEN)
        for name, weights in (("before", before), ("after", after))
    }
    return {
        "exposure": {by: {name: shares(run, groups, by) for name, run in runs.items()} for by in GROUPS},
        "gini": {name: gini_of(run, groups) for name, run in runs.items()},
        "examples": examples(runs["before"], runs["after"]),
    }


def gini_of(run: pd.DataFrame, groups: pd.DataFrame) -> float:
    """The Gini coefficient of exposure over all organisations of the catalogue."""
    seen = 1 / np.log2(1 + run["rank"].to_numpy(float))
    owners = run["service_id"].map(groups.set_index("service_id")["org_id"])
    amounts = pd.Series(seen).groupby(owners.to_numpy()).sum()
    return gini(amounts.reindex(sorted(set(groups["org_id"])), fill_value=0.0))


def examples(before: pd.DataFrame, after: pd.DataFrame) -> list[dict[str, Any]]:
    """The needs whose first three change most, with the services and scores of both sides."""
    was, now = _firsts(before), _firsts(after)
    changed = [need_id for need_id in was if _services(was[need_id]) != _services(now[need_id])]
    ordered = sorted(changed, key=lambda need_id: (-_moved(was[need_id], now[need_id]), need_id))
    return [
        {"need": need_id, "before": was[need_id], "after": now[need_id]} for need_id in ordered[:EXAMPLES]
    ]


def _firsts(run: pd.DataFrame) -> dict[str, list[list[Any]]]:
    """need -> its first services as [service_id, score], best first."""
    found: dict[str, list[list[Any]]] = {}
    first = run[run["rank"] <= FIRST].sort_values(["need_id", "rank"])
    for need_id, service_id, score in first[["need_id", "service_id", "score"]].to_numpy().tolist():
        found.setdefault(need_id, []).append([service_id, round(score, 4)])
    return found


def _services(first: list[list[Any]]) -> list[str]:
    return [service_id for service_id, _ in first]


def _moved(was: list[list[Any]], now: list[list[Any]]) -> float:
    """How much exposure among the first changes hands."""
    worth: dict[str, float] = {}
    for sign, side in ((-1, was), (1, now)):
        for place, (service_id, _) in enumerate(side, 1):
            worth[service_id] = worth.get(service_id, 0.0) + sign / np.log2(1 + place)
    return float(sum(abs(value) for value in worth.values()))
