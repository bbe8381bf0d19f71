"""Clocks from a final report to its result: findings, plan, mending, re-check (评价-整改-反馈).

Whoever has to do the step is reminded before its last day; what is overdue goes up by an escalation.
"""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy.orm import Session

from models.act import Act
from models.agencies.people import evaluators_of
from models.clocks.clock import Clock, ahead
from models.clocks.reminder import ReminderKind
from models.parties.accounts import staff_of
from models.rectifications.clocks import OF_ORGANISATION
from models.rectifications.escalating import Step, steps
from models.rectifications.escalation import StepKind

KINDS = {
    StepKind.FINDINGS: ReminderKind.FINDINGS_DUE,
    StepKind.PLAN: ReminderKind.PLAN_DUE,
    StepKind.SECOND_PLAN: ReminderKind.PLAN_DUE,
    StepKind.MENDING: ReminderKind.MENDING_DUE,
    StepKind.SECOND_MENDING: ReminderKind.MENDING_DUE,
    StepKind.RECHECK: ReminderKind.RECHECK_DUE,
    StepKind.SECOND_RECHECK: ReminderKind.RECHECK_DUE,
}
AHEAD = {
    ReminderKind.FINDINGS_DUE: 1,
    ReminderKind.PLAN_DUE: 2,
    ReminderKind.MENDING_DUE: 2,
    ReminderKind.RECHECK_DUE: 5,
}
"""How many working days before the last day the reminder comes: at the beginning of that day."""


def mending_clocks(session: Session, act: Act) -> Iterator[Clock]:
    """Every step on the way to a result that is to be reminded of now."""
    for step in steps(session, act):
        kind = KINDS[step.clock.kind]
        opens = ahead(step.clock.day, AHEAD[kind])
        if opens > act.at:
            continue
        evaluation = step.evaluation
        facts = {
            "reference": evaluation.reference,
            "title": evaluation.contract.award.lot.tender.title,
            "day": step.clock.day.isoformat(),
        }
        told = _whose(session, step, act)
        yield Clock(kind, step.about.id, step.about, opens, step.clock.ends_at, told, facts)


def _whose(session: Session, step: Step, act: Act) -> frozenset[UUID]:
    """The organisation plans and mends; the agency finds and looks again."""
    evaluation = step.evaluation
    if step.clock.kind in OF_ORGANISATION:
        return frozenset(staff_of(session, act, evaluation.organisation_id))
    agency_id = evaluation.agency_id
    return frozenset(evaluators_of(session, act, agency_id)) if agency_id else frozenset()
