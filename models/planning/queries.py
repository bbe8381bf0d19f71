"""Reads of planning: the list of plans, what there is to plan, a plan's lines, and the loaders for guards."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.access.permissions import Permission
from models.access.policy import can, ensure
from models.act import Act
from models.catalogue.service import Service
from models.needs.need import Need
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.parties.unit import AdministrativeUnit
from models.planning.edit import PlanEdit
from models.planning.lifecycle import phase_at
from models.planning.plan import Plan, PlanAlternate, PlanLine, PlanPhase
from models.planning.question import matched_and_open, open_needs

Seen = TypeVar("Seen", Plan, PlanLine, PlanEdit)


@dataclass(frozen=True)
class PlanRow:
    """A line of the list of plans."""

    plan: Plan
    phase: PlanPhase


@dataclass(frozen=True)
class Ready:
    """How many needs a plan of an area would be about, and how many wait for their first run."""

    matched: int
    unmatched: int


def plan(session: Session, plan_id: UUID, act: Act) -> Plan | None:
    """The plan, unless the actor may not know that there is one."""
    return _visible(session.get(Plan, plan_id), act)


def line(session: Session, line_id: UUID, act: Act) -> PlanLine | None:
    """The line, unless the actor may not know of its plan."""
    return _visible(session.get(PlanLine, line_id), act)


def edit(session: Session, edit_id: UUID, act: Act) -> PlanEdit | None:
    """The edit, unless the actor may not know of its plan."""
    return _visible(session.get(PlanEdit, edit_id), act)


def plans(session: Session, act: Act, *, paging: Paging = FIRST_PAGE) -> Listed[PlanRow]:
    """The plans of the actor's area, newest first."""
    ensure(act, Permission.PLAN_VIEW)
    area = Plan.unit_code.startswith(act.actor.unit_code or "-", autoescape=True)
    query = select(Plan).where(area).order_by(Plan.made_at.desc(), Plan.id)
    found = session.scalars(cut(query.options(joinedload(Plan.unit), joinedload(Plan.maker)), paging))
    return Listed([PlanRow(each, phase_at(each, act.at)) for each in found], count(session, query))


def ready(session: Session, unit_code: str, act: Act) -> Ready:
    """What there is to plan."""
    both = [
        session.scalar(select(func.count(Need.id)).where(*where)) or 0
        for where in (matched_and_open(unit_code, act), open_needs(unit_code, act))
    ]
    return Ready(both[0], both[1] - both[0])


def lines_of(session: Session, plan: Plan) -> list[PlanLine]:
    """The lines by place and number of the need, with all that a table says of them."""
    service = joinedload(PlanLine.service).joinedload(Service.organisation)
    query = (
        select(PlanLine)
        .join(PlanLine.need)
        .where(PlanLine.plan_id == plan.id)
        .order_by(Need.unit_code, Need.reference)
        .options(
            # Not joined: a lock reads the need again in the same way, and outer joins cannot be locked.
            joinedload(PlanLine.need).selectinload(Need.unit).selectinload(AdministrativeUnit.parent),
            service,
            selectinload(PlanLine.alternates).joinedload(PlanAlternate.service),
        )
    )
    return list(session.scalars(query))


def _visible(found: Seen | None, act: Act) -> Seen | None:
    return found if found is not None and can(act, Permission.PLAN_VIEW, found) else None
