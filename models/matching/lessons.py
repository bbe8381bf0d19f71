"""One lesson: taught by what was judged first, examined by what was judged later, told before and after."""

import hashlib
from dataclasses import replace
from typing import Any

import pandas as pd

from matcher import Matcher
from matcher.learn import examine, learn
from matcher.weights import Weights
from models.matching.comparing import compare
from models.matching.encode import content_hash
from models.matching.engine import Fitted
from models.matching.judged import Judged

TAUGHT = 0.75
"""Of the judged needs the first so many teach; those judged later examine."""


def lesson(
    fitted: Fitted[Matcher],
    needs: pd.DataFrame,
    groups: pd.DataFrame,
    known: Judged,
    before: Weights,
    *,
    seed: int,
) -> tuple[Weights, dict[str, Any]]:
    """The weights and the figures of a learning run; where there was too little, the weights of before."""
    order = list(known.grades)
    cut = int(len(order) * TAUGHT)
    taught, later = (needs[needs["need_id"].isin(some)] for some in (order[:cut], order[cut:]))
    if fitted.table.empty or taught.empty:
        return before, {"enough": False, "teaching": 0}
    found = learn(fitted.model, taught, known.some(order[:cut]), seed=seed)
    if not found.enough:
        return before, {"enough": False, "teaching": found.needs}
    after = replace(found.weights, record=before.record)
    grades = known.some(order[cut:])
    (was, many), (now, _) = (examine(fitted.model, later, grades, each) for each in (before, after))
    return after, {
        "enough": True,
        "teaching": found.needs,
        "examining": many,
        "ndcg": {"before": was, "after": now},
        **compare(fitted.model, needs, groups, before, after),
    }


def data_hash(fitted: Fitted[Matcher], needs: pd.DataFrame, known: Judged) -> str:
    """The same for the same catalogue, needs and judgments: what a run has seen."""
    parts = (fitted.content_hash, content_hash(needs), known.digest)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
