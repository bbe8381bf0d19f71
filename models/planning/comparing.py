"""Two plans side by side: what changes for which need, and what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import pandas as pd
from sqlalchemy.orm import Session

from matcher import plan as planner
from models.act import Act
from models.catalogue.service import Service
from models.matching.encode import rows_of
from models.needs.need import Need
from models.planning.lifecycle import phase_at
from models.planning.plan import Plan, PlanLine, PlanPhase
from models.planning.queries import lines_of


@dataclass(frozen=True)
class Change:
    """A need for which the two plans differ: gained, lost or moved."""

    need: Need
    change: str
    before: Service | None
    after: Service | None
    score: float


@dataclass(frozen=True)
class ComparisonPage:
    """Differences are those of the second plan from the first; `worst` is None where one serves nobody."""

    before: Plan
    after: Plan
    phases: tuple[PlanPhase, PlanPhase]
    costs: tuple[Decimal, Decimal]
    changes: list[Change]
    kept: int
    placed: int
    score: float
    worst: float | None


def comparison(session: Session, before: Plan, after: Plan, act: Act) -> ComparisonPage:
    """What the second plan has that the first has not."""
    old, new = lines_of(session, before), lines_of(session, after)
    found = planner.compare(as_solved(before, old), as_solved(after, new))
    needs = {line.need_id: line.need for line in (*old, *new)}
    was, now = ({line.need_id: line.service for line in lines} for lines in (old, new))
    changes = [
        Change(needs[key], row["change"], was.get(key), now.get(key), float(row["score"]))
        for row in rows_of(found.changes)
        for key in [UUID(row["need_id"])]
    ]
    return ComparisonPage(
        before=before,
        after=after,
        phases=(phase_at(before, act.at), phase_at(after, act.at)),
        costs=(_cost(old), _cost(new)),
        changes=sorted(changes, key=lambda each: (each.change, each.need.reference)),
        kept=found.kept,
        placed=found.placed,
        score=found.score,
        worst=None if pd.isna(found.worst) else found.worst,
    )


def _cost(lines: Sequence[PlanLine]) -> Decimal:
    """As far as it is known."""
    return sum((line.cost for line in lines if line.cost is not None), Decimal(0))


def as_solved(plan: Plan, lines: Sequence[PlanLine]) -> planner.Plan:
    """The plan as the planner gave it, as far as a comparison reads it."""
    rows = [
        {
            "need_id": str(line.need_id),
            "service_id": str(line.service_id),
            "units": line.units,
            "score": line.score,
            "cost_yuan": float("nan") if line.cost is None else float(line.cost),
        }
        for line in lines
        if line.service_id is not None
    ]
    return planner.Plan(
        status=plan.proof.value,
        assignments=pd.DataFrame(rows, columns=["need_id", "service_id", "units", "score", "cost_yuan"]),
        unserved=pd.DataFrame(),
        objective=plan.objective,
        bound=plan.bound,
        gap=plan.gap,
        score=plan.score,
        asked=plan.asked,
        placed=plan.placed,
        worst=float("nan") if plan.worst is None else plan.worst,
    )
