"""Asking the planner, and its answer as the lines of a plan."""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any
from uuid import UUID

import pandas as pd

from matcher import plan as planner
from models.errors import Conflict, Invalid
from models.matching.encode import rows_of
from models.planning.plan import Plan, PlanAlternate, PlanLine, Proof
from models.planning.question import Question

TIME_LIMIT = 10.0
"""Seconds to solve in: a request never hangs, and what is not proven then has a gap that says so."""

ALTERNATES, STABILITY = 3, 0.05
"""Stand-ins a need is given, and points of score a change has to gain when a plan is solved again."""

FEN = Decimal("0.01")


@dataclass(frozen=True)
class Parameters:
    """What a plan is to keep to besides capacities: shares are percents of all its needs."""

    fair: bool = False
    newcomer_percent: int | None = None
    cap_percent: int | None = None
    street_budgets: bool = False


def solve(asked: Question, parameters: Parameters, *, before: Plan | None = None) -> planner.Plan:
    """The planner's answer, or a refusal that names the limits which cannot hold together."""
    if asked.needs.empty:
        raise Invalid("no_matched_needs")
    _check_cap(parameters, len(asked.needs))
    solved = planner.Planner(
        max_share=_share(parameters.cap_percent),
        newcomer_share=_share(parameters.newcomer_percent),
        alternates=ALTERNATES,
        stability=STABILITY,
        time_limit=TIME_LIMIT,
        fair=parameters.fair,
    ).plan(
        asked.needs,
        asked.matches,
        asked.services,
        budgets=_budgets(asked) if parameters.street_budgets else None,
        forced=asked.forced,
        forbidden=asked.forbidden,
        agreed=asked.agreed,
        before=_stood(before) if before else None,
    )
    if solved.binding:
        raise Conflict("plan_infeasible", limits=solved.binding)
    if not solved.feasible:
        raise Conflict("plan_not_found")
    return solved


def _check_cap(parameters: Parameters, asked: int) -> None:
    """A cap of less than one need would leave every organisation with nothing."""
    cap = parameters.cap_percent
    if cap is not None and cap * asked < 100:
        raise Invalid("cap_below_one_need", field="cap_percent", asked=asked, least=ceil(100 / asked))


def _budgets(asked: Question) -> pd.DataFrame:
    rows = [(code, float(amount)) for code, amount in asked.budgets.items()]
    return pd.DataFrame(rows, columns=["street", "budget_yuan"])


def _stood(before: Plan) -> pd.DataFrame:
    rows = [(str(line.need_id), str(line.service_id)) for line in before.lines if line.service_id]
    return pd.DataFrame(rows, columns=["need_id", "service_id"])


def _share(percent: int | None) -> float | None:
    return None if percent is None else percent / 100


def figures_of(solved: planner.Plan) -> dict[str, Any]:
    """The figures of an answer, by the columns of a plan."""
    return {
        "proof": Proof(solved.status),
        "objective": solved.objective,
        "bound": solved.bound,
        "gap": solved.gap,
        "score": solved.score,
        "worst": None if pd.isna(solved.worst) else solved.worst,
        "asked": solved.asked,
        "placed": solved.placed,
    }


def lines_of(solved: planner.Plan, asked: Question) -> list[PlanLine]:
    """A line for each need: first the served ones."""
    return [*_served(solved, asked), *_unserved(solved, asked)]


def _served(solved: planner.Plan, asked: Question) -> list[PlanLine]:
    return [
        PlanLine(
            need_id=UUID(row["need_id"]),
            run_id=asked.runs[row["need_id"]],
            service_id=UUID(row["service_id"]),
            units=int(row["units"]),
            score=float(row["score"]),
            cost=None if pd.isna(row["cost_yuan"]) else Decimal(str(row["cost_yuan"])).quantize(FEN),
            flags=list(row["flags"]),
            reasons=[],
            alternates=[
                PlanAlternate(position=position, service_id=UUID(other))
                for position, other in enumerate(row["alternates"])
            ],
        )
        for row in rows_of(solved.assignments)
    ]


def _unserved(solved: planner.Plan, asked: Question) -> list[PlanLine]:
    return [
        PlanLine(
            need_id=UUID(row["need_id"]),
            run_id=asked.runs[row["need_id"]],
            flags=[],
            reasons=list(row["reasons"]),
        )
        for row in rows_of(solved.unserved)
    ]
