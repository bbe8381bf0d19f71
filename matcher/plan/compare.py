"""Two plans side by side: what changed for whom, and what it cost."""

from dataclasses import dataclass

import pandas as pd

from matcher.plan.result import Plan

MOVED, GAINED, LOST = "moved", "gained", "lost"
CHANGE_COLUMNS = ("need_id", "change", "before", "after", "units", "score")


@dataclass(frozen=True)
class Comparison:
    """What the second plan has that the first has not.

    Attributes
    ----------
    changes : DataFrame
        Needs that changed, by id: need_id, change (moved, gained, lost), before and after (lists of service
        ids), units and score (differences; a need's score is that of its services, weighted by units).
    kept : int
        Needs for which nothing changed.
    score, cost_yuan, placed, worst : float
        Differences: of the total score, of the cost as known, of the units placed, of the worst score.
    """

    changes: pd.DataFrame
    kept: int
    score: float
    cost_yuan: float
    placed: int
    worst: float


def compare(before: Plan, after: Plan) -> Comparison:
    """Compare two plans of the same needs."""
    old, new = _by_need(before), _by_need(after)
    rows, kept = [], 0
    nothing = _Served((), 0, 0.0)
    for need_id in sorted({*old, *new}):
        was, now = old.get(need_id, nothing), new.get(need_id, nothing)
        if was.services == now.services:
            kept += 1
            continue
        change = GAINED if not was.units else LOST if not now.units else MOVED
        services = ([name for name, _ in side.services] for side in (was, now))
        rows.append((need_id, change, *services, now.units - was.units, now.score - was.score))
    return Comparison(
        changes=pd.DataFrame(rows, columns=list(CHANGE_COLUMNS)),
        kept=kept,
        score=after.score - before.score,
        cost_yuan=float(after.assignments["cost_yuan"].sum() - before.assignments["cost_yuan"].sum()),
        placed=after.placed - before.placed,
        worst=after.worst - before.worst,
    )


@dataclass(frozen=True)
class _Served:
    services: tuple[tuple[str, int], ...]
    units: int
    score: float


def _by_need(plan: Plan) -> dict[str, _Served]:
    found = {}
    for need_id, rows in plan.assignments.groupby("need_id", sort=True):
        units = int(rows["units"].sum())
        score = float((rows["score"] * rows["units"]).sum() / units)
        pairs = tuple(sorted(zip(rows["service_id"], rows["units"], strict=True)))
        found[str(need_id)] = _Served(pairs, units, score)
    return found
