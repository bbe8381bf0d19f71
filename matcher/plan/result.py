"""A plan: who gets what, who gets nothing and why, and how good it provably is."""

from dataclasses import dataclass, field

import pandas as pd

from matcher.plan.limits import Limit

OPTIMAL, WITHIN_GAP, BEST_FOUND = "optimal", "within_gap", "best_found"
INFEASIBLE, NONE_FOUND = "infeasible", "none_found"
ASSIGNMENT_COLUMNS = ("need_id", "service_id", "units", "score", "cost_yuan", "alternates", "flags")
UNSERVED_COLUMNS = ("need_id", "units", "reasons")


@dataclass(frozen=True)
class Plan:
    """What a planner answers.

    Attributes
    ----------
    status : str
        optimal; within_gap (proven to be within the gap asked for); best_found (nothing better was found, or
        time was up: see `gap`); infeasible (see `binding`); none_found (time was up before any plan).
    assignments : DataFrame
        need_id, service_id, units (of the service's capacity), score, cost_yuan (NaN: not known), alternates
        (list of service ids, best first, that would have room for the need instead), flags (list of codes:
        forced, agreed, unscored, capacity_unknown, price_unknown).
    unserved : DataFrame
        need_id, units (that the need still lacks), reasons (list of codes).
    objective, bound, gap : float
        Value of the plan (scores, and the bonus of what stood before), what no plan exceeds, and the relative
        difference. Of a fair plan: among those that place as many units, and the worst placed as well.
    score : float
        The total score alone: of every unit, and of a need taken as a whole once.
    asked, placed : int
        Units of the needs; a need that states none is one.
    worst : float
        The lowest score in the plan; NaN where it is empty.
    binding : tuple of Limit
        The limits that cannot hold together, none of which can be left out; empty but for an infeasible plan.
    """

    status: str
    assignments: pd.DataFrame
    unserved: pd.DataFrame
    objective: float
    bound: float
    gap: float
    score: float
    asked: int
    placed: int
    worst: float
    binding: tuple[Limit, ...] = field(default=())

    @property
    def feasible(self) -> bool:
        """Is there a plan at all?"""
        return self.status not in {INFEASIBLE, NONE_FOUND}
