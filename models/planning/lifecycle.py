"""Phases and moves of a plan: all there is to know."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case

from models.access.permissions import Permission
from models.lifecycle import Lifecycle, Move
from models.planning.plan import Plan, PlanPhase

DRAFT, ADOPTED = PlanPhase.DRAFT, PlanPhase.ADOPTED


class PlanMove(StrEnum):
    """What can happen to a plan."""

    ADOPT = "adopt"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"


def phase_at(plan: Plan, at: datetime) -> PlanPhase:
    """The phase at an instant; `phase_sql` says the same."""
    if plan.withdrawn_at is not None and plan.withdrawn_at <= at:
        return PlanPhase.WITHDRAWN
    if plan.adopted_at is None or plan.adopted_at > at:
        return DRAFT
    if plan.superseded_at is not None and plan.superseded_at <= at:
        return PlanPhase.SUPERSEDED
    return ADOPTED


def phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase as SQL; `phase_at` says the same."""
    return case(
        (Plan.withdrawn_at <= at, PlanPhase.WITHDRAWN.value),
        (and_(Plan.adopted_at <= at, Plan.superseded_at <= at), PlanPhase.SUPERSEDED.value),
        (Plan.adopted_at <= at, ADOPTED.value),
        else_=DRAFT.value,
    )


PLAN = Lifecycle(
    Plan,
    phase_at,
    {
        PlanMove.ADOPT: Move(frozenset({DRAFT}), Permission.PLAN_MAKE, stamps="adopted_at"),
        PlanMove.SUPERSEDE: Move(frozenset({ADOPTED}), Permission.PLAN_MAKE, stamps="superseded_at"),
        PlanMove.WITHDRAW: Move(frozenset({DRAFT}), Permission.PLAN_MAKE, stamps="withdrawn_at"),
    },
)
