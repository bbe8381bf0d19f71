"""Verbs of planning: build a plan, solve again around what people have changed, withdraw a plan."""

from dataclasses import asdict
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.errors import Conflict
from models.lifecycle import advance
from models.matching import operations as matching
from models.matching.engine import Engine
from models.matching.run import newest_run_id
from models.needs.need import Need
from models.parties.unit import AdministrativeUnit
from models.planning.edit import PlanEdit
from models.planning.lifecycle import PLAN, PlanMove, phase_at
from models.planning.plan import Plan, PlanBudget, PlanPhase
from models.planning.question import open_needs, question
from models.planning.solving import Parameters, figures_of, lines_of, solve
from models.reference import next_reference

MOST_RUNS = 30
"""In one request."""


def match_rest(session: Session, unit: AdministrativeUnit, act: Act, engine: Engine) -> int:
    """Run the matcher for needs of the area that never were, the longest waiting first; says for how many."""
    ensure(act, Permission.PLAN_MAKE, unit)
    query = select(Need).where(*open_needs(unit.code, act), newest_run_id().is_(None))
    waiting = session.scalars(query.order_by(Need.standardised_at, Need.id).limit(MOST_RUNS)).all()
    for need in waiting:
        matching.run(session, need, act, engine)
    return len(waiting)


def build(
    session: Session,
    unit: AdministrativeUnit,
    act: Act,
    *,
    parameters: Parameters,
    id: UUID | None = None,  # noqa: A002  # the record's id, made by the form against double clicks
) -> Plan:
    """Plan which service meets which open, matched need of the area."""
    ensure(act, Permission.PLAN_MAKE, unit)
    return _standing(session, id) or _made(session, unit.code, act, parameters, id=id)


def resolve(
    session: Session,
    plan: Plan,
    act: Act,
    *,
    id: UUID | None = None,  # noqa: A002  # the record's id, made by the form against double clicks
) -> Plan:
    """A new plan around the edits and what is agreed, near to the old one, which stays as it was."""
    ensure(act, Permission.PLAN_MAKE, plan)
    session.refresh(plan, with_for_update=True)
    standing = _standing(session, id)
    if standing is not None:
        return standing
    phase = phase_at(plan, act.at)
    if phase not in {PlanPhase.DRAFT, PlanPhase.ADOPTED}:
        raise Conflict("wrong_phase", phase=phase, move="resolve")
    parameters = Parameters(plan.fair, plan.newcomer_percent, plan.cap_percent, plan.street_budgets)
    return _made(session, plan.unit_code, act, parameters, id=id, follows=plan)


def withdraw(session: Session, plan: Plan, act: Act) -> None:
    """Put a plan aside that nobody has adopted; it stays on record."""
    advance(session, PLAN, plan, PlanMove.WITHDRAW, act)


def edits_of(session: Session, plan: Plan) -> list[PlanEdit]:
    """All that was ever changed in the plan, in the order in which it was."""
    query = select(PlanEdit).where(PlanEdit.plan_id == plan.id).order_by(PlanEdit.at, PlanEdit.id)
    parts = (joinedload(PlanEdit.need), joinedload(PlanEdit.service), joinedload(PlanEdit.editor))
    return list(session.scalars(query.options(*parts)))


def live_edits(session: Session, plan: Plan) -> list[PlanEdit]:
    """The edits that hold."""
    return [edit for edit in edits_of(session, plan) if edit.dropped_at is None]


def _standing(session: Session, key: UUID | None) -> Plan | None:
    """The plan an earlier press of the same button has made."""
    return session.get(Plan, key) if key else None


def _made(
    session: Session,
    unit_code: str,
    act: Act,
    parameters: Parameters,
    *,
    id: UUID | None,  # noqa: A002  # as above
    follows: Plan | None = None,
) -> Plan:
    asked = question(session, unit_code, act, live_edits(session, follows) if follows else ())
    solved = solve(asked, parameters, before=follows)
    plan = Plan(
        id=id or uuid4(),
        reference=next_reference(session, "JH", act.at),
        unit_code=unit_code,
        made_at=act.at,
        made_by=act.actor.person_id,
        follows_id=follows.id if follows else None,
        catalogue_hash=asked.catalogue_hash,
        **asdict(parameters),
        **figures_of(solved),
        lines=lines_of(solved, asked),
        budgets=[PlanBudget(unit_code=code, amount=amount) for code, amount in asked.budgets.items()],
    )
    session.add(plan)
    session.add_all(_carried(plan, edit) for edit in asked.edits)
    facts = {"asked": plan.asked, "placed": plan.placed, "follows": plan.follows_id}
    record(session, act, "plan.build", plan, **facts)
    return plan


def _carried(plan: Plan, edit: PlanEdit) -> PlanEdit:
    """The edit as it stands in the plan that was solved with it."""
    return PlanEdit(
        plan=plan,
        need_id=edit.need_id,
        service_id=edit.service_id,
        kind=edit.kind,
        reason=edit.reason,
        edited_by=edit.edited_by,
        at=edit.at,
        carried=True,
    )
