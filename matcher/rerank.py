"""Room for newcomers: a run in which they have a stated floor of each need's first places, and its cost.

Taking the best first, and passing over others once they have filled the places that the floor leaves them, is
optimal: "at most so many others" is a partition matroid, in which the greedy choice is the best one place by
place (Edmonds 1971). So the loss is least in the sum, and under every discount by rank.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from matcher.eligibility import REFUSED
from matcher.metrics import ndcg

Grades = Mapping[str, Mapping[str, int]]
LEAST_SCORE = 0.2


@dataclass(frozen=True)
class Reranked:
    """A run with the floor, and its cost.

    Attributes
    ----------
    run : DataFrame
        The rows of the run with their new rank and old_rank, by need_id, best first, refused ones last.
    asked : int
        How many of the first k the floor asks for.
    costs : DataFrame
        For each need, by id: need_id, before and after (newcomers among the first k), score_lost (of the mean
        score of the first k), ndcg_lost (of nDCG at k; NaN where nothing fitting is known).
    """

    run: pd.DataFrame
    asked: int
    costs: pd.DataFrame

    @property
    def score_lost(self) -> float:
        """The loss of mean score, averaged over the needs."""
        return float(self.costs["score_lost"].mean()) if len(self.costs) else 0.0

    @property
    def ndcg_lost(self) -> float:
        """The loss of nDCG, averaged over the needs with grades; NaN without any."""
        return float(self.costs["ndcg_lost"].mean())

    @property
    def short(self) -> int:
        """Needs that have fewer newcomers than asked, because fewer could be lifted."""
        return int((self.costs["after"] < self.asked).sum())


def rerank(
    run: pd.DataFrame,
    newcomers: Collection[str],
    floor: float = 0.2,
    k: int = 10,
    *,
    least_score: float = LEAST_SCORE,
    grades: Grades | None = None,
) -> Reranked:
    """Give newcomers at least `floor` of each need's first `k` places, losing as little score as possible.

    Services stand in order of score, equal ones by id, but for those who are lifted.

    Parameters
    ----------
    run : DataFrame
        need_id, service_id, rank, score, and verdict where refused services are among them.
    newcomers : collection of service_id
    floor : float
        From 0 to 1; rounded up to whole places: .2 of 10 are 2, .25 of 10 are 3. Where fewer may be lifted,
        all of them are.
    k : int
    least_score : float
        Nobody is lifted whose score is below it; nobody refused is lifted at all.
    grades : need_id -> service_id -> grade, optional
        To tell the cost in nDCG; what is not graded counts as 0.
    """
    if not 0 <= floor <= 1 or k < 1:
        raise ValueError("floor is from 0 to 1, k at least 1")
    # 0.28 * 25 is a little more than 7; nobody who asks for that means 8.
    asked = math.ceil(round(floor * k, 9))
    order, rising = ["need_id", "score", "service_id"], [True, False, True]
    told = run.assign(old_rank=run["rank"]).sort_values(order, ascending=rising, ignore_index=True)
    refused = told["verdict"] == REFUSED if "verdict" in told else pd.Series(data=False, index=told.index)
    listed = told[~refused].reset_index(drop=True)
    new = listed["service_id"].isin(list(newcomers))
    seated = _seated(listed["need_id"], new & (listed["score"] >= least_score), asked, k)
    need = listed.groupby("need_id").ngroup()
    after = listed.iloc[np.lexsort((~seated, need))]
    after = after.assign(rank=after.groupby("need_id").cumcount() + 1)
    whole = pd.concat([after, told[refused]]).sort_values("need_id", kind="stable", ignore_index=True)
    return Reranked(whole, asked, _costs(listed, after, new, k, grades or {}))


def _seated(need: pd.Series, may_lift: pd.Series, asked: int, k: int) -> pd.Series:
    """Who is among the first k when at most k - asked of them may be others; rows in order of score."""
    lifted = may_lift.groupby(need).transform("sum").clip(upper=asked)
    others = (~may_lift).groupby(need).cumsum()
    fits = may_lift | (others <= k - lifted)
    return fits & (fits.groupby(need).cumsum() <= k)


def _costs(before: pd.DataFrame, after: pd.DataFrame, new: pd.Series, k: int, grades: Grades) -> pd.DataFrame:
    was, now = (_first(table, new, k) for table in (before, after))
    ndcg_lost = _ndcgs(before, k, grades) - _ndcgs(after, k, grades)
    columns = {
        "before": was["newcomers"],
        "after": now["newcomers"],
        "score_lost": was["score"] - now["score"],
        "ndcg_lost": ndcg_lost.reindex(was.index),
    }
    return pd.DataFrame(columns).reset_index()


def _first(table: pd.DataFrame, new: pd.Series, k: int) -> pd.DataFrame:
    """Of each need's first k the newcomers, counted, and the mean score; `new` goes by the labels of rows."""
    first = table.assign(newcomers=new).groupby("need_id").head(k)
    return first.groupby("need_id").agg({"newcomers": "sum", "score": "mean"})


def _ndcgs(table: pd.DataFrame, k: int, grades: Grades) -> pd.Series:
    """nDCG at k by need_id, where something fitting is known."""
    found = {}
    for need_id, listed in table.groupby("need_id"):
        known = grades.get(str(need_id), {})
        if any(known.values()):
            ranked = [known.get(service_id, 0) for service_id in listed["service_id"]]
            found[need_id] = ndcg(ranked, list(known.values()), k)
    return pd.Series(found, dtype=float)
