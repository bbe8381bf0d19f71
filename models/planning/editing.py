"""Changing a plan by hand: a pair is forced or forbidden, with a reason; the next plan keeps to it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.catalogue.service import Service
from models.errors import Conflict, Invalid
from models.matching.operations import latest_run, live_review
from models.matching.review import Decision
from models.matching.run import Match
from models.planning.edit import EditKind, PlanEdit
from models.planning.lifecycle import phase_at
from models.planning.operations import live_edits
from models.planning.plan import Plan, PlanLine, PlanPhase
from models.wording import bounded

REASON_LIMIT = 1000


def force(session: Session, line: PlanLine, act: Act, *, service_id: UUID, reason: str) -> PlanEdit:
    """The need gets this service, one that its newest run has found."""
    match = _to_edit(session, line, act, service_id)
    review = live_review(session, match)
    if review is not None and review.decision == Decision.REJECT:
        raise Conflict("forced_is_rejected", **_named(line, match))
    if not match.service.is_public:
        raise Conflict("forced_is_not_offered", **_named(line, match))
    return _edited(session, line, act, match.service, EditKind.FORCE, reason)


def forbid(session: Session, line: PlanLine, act: Act, *, service_id: UUID, reason: str) -> PlanEdit:
    """The need does not get this service."""
    match = _to_edit(session, line, act, service_id)
    review = live_review(session, match)
    if review is not None and review.decision == Decision.ACCEPT:
        raise Conflict("forbidden_is_accepted", **_named(line, match))
    return _edited(session, line, act, match.service, EditKind.FORBID, reason)


def drop(session: Session, edit: PlanEdit, act: Act) -> None:
    """Take an edit back: the next plan need not keep to it any more."""
    ensure(act, Permission.PLAN_MAKE, edit)
    _must_be_draft(session, edit.plan, act)
    session.refresh(edit)
    if edit.dropped_at is not None:
        return  # pressed twice
    edit.dropped_at = act.at
    record(session, act, "plan.drop_edit", edit.plan, edit=edit.id)


def _to_edit(session: Session, line: PlanLine, act: Act, service_id: UUID) -> Match:
    ensure(act, Permission.PLAN_MAKE, line)
    _must_be_draft(session, line.plan, act)
    run = latest_run(session, line.need_id)
    match = session.scalar(select(Match).where(Match.run == run, Match.service_id == service_id))
    if match is None:
        raise Invalid("service_not_found_for_need", field="service_id")
    return match


def _must_be_draft(session: Session, plan: Plan, act: Act) -> None:
    """Of two officials at once the second sees what the first has made of the plan."""
    session.refresh(plan, with_for_update=True)
    phase = phase_at(plan, act.at)
    if phase != PlanPhase.DRAFT:
        raise Conflict("wrong_phase", phase=phase, move="edit")


def _edited(
    session: Session, line: PlanLine, act: Act, service: Service, kind: EditKind, reason: str
) -> PlanEdit:
    reason = bounded(reason, REASON_LIMIT, field="reason")
    if not reason:
        raise Invalid("edit_reason_missing", field="reason")
    for edit in live_edits(session, line.plan):
        if edit.need_id != line.need_id:
            continue
        if edit.service_id == service.id and edit.kind == kind:
            return edit  # pressed twice
        if edit.service_id == service.id or edit.kind == kind == EditKind.FORCE:
            raise Conflict("edited_otherwise", field="service_id")
    made = PlanEdit(
        plan=line.plan,
        need_id=line.need_id,
        service_id=service.id,
        kind=kind,
        reason=reason,
        edited_by=act.actor.person_id,
        at=act.at,
        carried=False,
    )
    session.add(made)
    facts = {"need": line.need_id, "service": service.id}
    if kind == EditKind.FORCE:
        record(session, act, "plan.force", line.plan, **facts)
    else:
        record(session, act, "plan.forbid", line.plan, **facts)
    return made


def _named(line: PlanLine, match: Match) -> dict[str, str]:
    return {"reference": line.need.reference, "service": match.service.title}
