"""Adopting a plan: each service it has chosen is accepted on its need's newest run, as in any review.

Nothing is concluded: each need is still settled by whoever reviews it. What has moved on since the plan was
made stays as it is, and its line says so.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.errors import Conflict, Invalid
from models.lifecycle import advance
from models.matching import operations as matching
from models.matching.review import Decision
from models.matching.run import Match
from models.needs.lifecycle import phase_at as need_phase
from models.needs.need import NeedPhase
from models.planning.edit import EditKind, PlanEdit
from models.planning.lifecycle import PLAN, PlanMove, phase_at
from models.planning.operations import edits_of
from models.planning.plan import AdoptOutcome, Plan, PlanLine, PlanPhase


def adopt(session: Session, plan: Plan, act: Act) -> None:
    """Accept what the plan has chosen, wherever that is still open; the plan in force before gives way."""
    ensure(act, Permission.PLAN_MAKE, plan)
    session.refresh(plan, with_for_update=True)
    if phase_at(plan, act.at) == PlanPhase.ADOPTED:
        return  # pressed twice
    edits = edits_of(session, plan)
    if any(edit.waits for edit in edits):
        raise Conflict("edits_wait")
    lines = _chosen(session, plan)
    if not lines:
        raise Invalid("nothing_planned")
    _supersede(session, plan, act)
    advance(session, PLAN, plan, PlanMove.ADOPT, act)
    forced = (edit for edit in edits if edit.kind == EditKind.FORCE and edit.dropped_at is None)
    reasons = {_pair(edit): edit.reason for edit in forced}
    for line in lines:
        line.outcome = _accept(session, line, act, reasons.get(_pair(line), ""))


def _pair(said: PlanLine | PlanEdit) -> tuple[UUID, UUID | None]:
    return said.need_id, said.service_id


def _supersede(session: Session, plan: Plan, act: Act) -> None:
    """One plan of an area is in force at a time; the database holds it."""
    query = select(Plan).where(
        Plan.unit_code == plan.unit_code, Plan.adopted_at.is_not(None), Plan.superseded_at.is_(None)
    )
    for earlier in session.scalars(query.where(Plan.id != plan.id)):
        advance(session, PLAN, earlier, PlanMove.SUPERSEDE, act, by=plan.id)


def _chosen(session: Session, plan: Plan) -> list[PlanLine]:
    """The lines with a service, by need: rows are locked in one order, so that nobody waits crosswise."""
    query = select(PlanLine).where(PlanLine.plan_id == plan.id, PlanLine.service_id.is_not(None))
    return list(session.scalars(query.order_by(PlanLine.need_id).options(joinedload(PlanLine.need))))


def _accept(session: Session, line: PlanLine, act: Act, words: str) -> AdoptOutcome:
    """Accept the service, unless people have settled the need otherwise; `words` say why it was forced."""
    session.refresh(line.need, with_for_update=True)
    if need_phase(line.need, act.at) != NeedPhase.STANDARDISED:
        return AdoptOutcome.NEED_MOVED_ON
    run = matching.latest_run(session, line.need_id)
    match = session.scalar(select(Match).where(Match.run == run, Match.service_id == line.service_id))
    if match is None:
        return AdoptOutcome.NOT_LISTED
    standing = matching.accepted(session, run)
    if standing:
        return AdoptOutcome.ALREADY_ACCEPTED if match in standing else AdoptOutcome.OTHER_ACCEPTED
    live = matching.live_review(session, match)
    if live is not None and live.decision == Decision.REJECT:
        return AdoptOutcome.REJECTED
    replaces = live.id if live else None
    try:
        matching.review(session, match, act, decision=Decision.ACCEPT, words=words, replaces=replaces)
    except Invalid as refused:  # before anything was changed
        return AdoptOutcome(refused.code)
    return AdoptOutcome.ACCEPTED
