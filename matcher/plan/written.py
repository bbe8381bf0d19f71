"""A solved problem as the frames of a plan."""

import numpy as np
import pandas as pd

from matcher.plan.limits import AGREED, FORCED, Limit
from matcher.plan.problem import Problem
from matcher.plan.program import Floats
from matcher.plan.result import ASSIGNMENT_COLUMNS, BEST_FOUND, OPTIMAL, UNSERVED_COLUMNS, WITHIN_GAP, Plan
from matcher.plan.room import alternates, unserved
from matcher.plan.search import Solution
from matcher.plan.tables import CAPACITY_UNKNOWN, PRICE_UNKNOWN, UNSCORED

_PROVEN = 1e-7  # a relative gap that only floating point and the breaking of ties have left


def written(problem: Problem, solution: Solution, n_alternates: int, gap_asked: float) -> Plan:
    """The plan of a solution that was found."""
    x = solution.x if solution.x is not None else np.zeros(len(problem.candidates))
    objective = float(problem.program.value @ x)
    bound = max(solution.bound, objective)
    gap = (bound - objective) / bound if bound > 0 else 0.0
    used = x > 0
    return Plan(
        status=_status(gap, gap_asked, settled=solution.settled),
        assignments=_assignments(problem, x, n_alternates),
        unserved=unserved(problem, x),
        objective=objective,
        bound=bound,
        gap=gap,
        score=float(problem.candidates.score @ x),
        asked=int(problem.asked.units.sum()),
        placed=int(x.sum()),
        worst=float(problem.candidates.score[used].min()) if used.any() else np.nan,
    )


def no_plan(problem: Problem, status: str, binding: tuple[Limit, ...]) -> Plan:
    """The answer where there is none."""
    empty = pd.DataFrame(columns=list(ASSIGNMENT_COLUMNS))
    nobody = pd.DataFrame(columns=list(UNSERVED_COLUMNS))
    asked = int(problem.asked.units.sum())
    return Plan(status, empty, nobody, np.nan, np.nan, np.nan, np.nan, asked, 0, np.nan, binding)


def _status(gap: float, gap_asked: float, *, settled: bool) -> str:
    if not settled:
        return BEST_FOUND
    if gap <= _PROVEN:
        return OPTIMAL
    return WITHIN_GAP if gap <= gap_asked else BEST_FOUND


def _assignments(problem: Problem, x: Floats, n_alternates: int) -> pd.DataFrame:
    candidates = problem.candidates
    need_ids = problem.asked.table["need_id"].to_numpy(object)
    service_ids = problem.offered.table["service_id"].to_numpy(object)
    used = np.flatnonzero(x)
    others = alternates(problem, x, n_alternates)
    needs, services = candidates.need[used], candidates.service[used]
    return pd.DataFrame(
        {
            "need_id": need_ids[needs],
            "service_id": service_ids[services],
            "units": (x * candidates.take)[used].astype(np.int64),
            "score": candidates.score[used],
            "cost_yuan": (x * candidates.cost)[used],
            "alternates": pd.Series(
                [
                    [str(service_ids[candidates.service[at]]) for at in others[need]]
                    for need in needs.tolist()
                ],
                dtype=object,
            ),
            "flags": pd.Series([_flags(problem, column) for column in used.tolist()], dtype=object),
        },
        columns=list(ASSIGNMENT_COLUMNS),
    )


def _flags(problem: Problem, column: int) -> list[str]:
    candidates, offered = problem.candidates, problem.offered
    need, service = int(candidates.need[column]), int(candidates.service[column])
    pair = (str(problem.asked.table["need_id"].iat[need]), str(offered.table["service_id"].iat[service]))
    flags = {
        FORCED: pair in problem.fixed.forced,
        AGREED: pair in problem.fixed.agreed,
        UNSCORED: bool(candidates.unscored[column]),
        CAPACITY_UNKNOWN: bool(offered.assumed[service]),
        PRICE_UNKNOWN: bool(np.isnan(offered.price[service])),
    }
    return [code for code, holds in flags.items() if holds]
