"""Clocks of evaluations: stages, the contractor's answer, second sheets, surveys, appeals of agencies."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act
from models.agencies.assignment import AssignmentKind
from models.agencies.lifecycle import suspension_phase_sql
from models.agencies.people import evaluators_of
from models.agencies.queries import assignment_of
from models.agencies.suspension import AgencySuspension, SuspensionPhase
from models.calendar.clocks import local_date, start_of
from models.calendar.counting import after_workdays
from models.clocks.clock import Clock, ahead
from models.clocks.reminder import ReminderKind
from models.contracts.contract import Contract
from models.contracts.people import purchaser
from models.evaluations import people
from models.evaluations.board import UNDER_WAY
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.lifecycle import phase_sql, rescore_phase_sql
from models.evaluations.queries import with_contract
from models.evaluations.rescore import Rescore, RescorePhase
from models.rectifications import telling
from models.scoring.survey import LEAST_VALID
from models.surveys.lifecycle import phase_sql as survey_phase_sql
from models.surveys.queries import answered
from models.surveys.settling import publish_until
from models.surveys.survey import Survey, SurveyPhase

STAGE_AHEAD, ANSWER_AHEAD, SURVEY_AHEAD, PUBLISH_AHEAD = 5, 1, 3, 5
"""How many working days before the last day the reminder comes: at the beginning of that day."""
SECOND_WITHIN = 5
"""After so many working days a second agency is reminded: no result is published before its sheet is in."""
ONE = timedelta(days=1)
MOMENT = timedelta(microseconds=1)


def evaluation_clocks(session: Session, act: Act) -> Iterator[Clock]:
    """Every clock of an evaluation that is to be reminded of now."""
    for find in (_stages, _answers, _second_sheets, _surveys, _unpublished, _appeals):
        yield from find(session, act)


def _stages(session: Session, act: Act) -> Iterator[Clock]:
    """A stage has begun and has no agency; its last day comes near; it has passed without a draft."""
    begun = Evaluation.due_from <= local_date(act.at)
    for each in session.scalars(_in(act, *UNDER_WAY).where(begun)):
        last = each.due_until
        opens = max(start_of(each.due_from), ahead(last, STAGE_AHEAD))
        if each.agency_id is None:
            told = people.purchaser(session, each, act)
            yield _clock(ReminderKind.EVALUATION_UNDRAWN, each, start_of(each.due_from), last, told)
        elif opens <= act.at:
            told = people.evaluators(session, each, act)
            yield _clock(ReminderKind.EVALUATION_DUE, each, opens, last, told)
        if last < local_date(act.at):
            told = telling.above(session, act, each.unit_code)
            yield _clock(ReminderKind.EVALUATION_OVERDUE, each, start_of(last + ONE), last, told)


def _answers(session: Session, act: Act) -> Iterator[Clock]:
    """The contractor's five working days (R37) end tomorrow; they ended, and the agency may go on."""
    waiting = (EvaluationPhase.DRAFTED, EvaluationPhase.ANSWERED)
    for each in session.scalars(_in(act, *waiting).where(Evaluation.answered_at.is_(None))):
        ends = each.answer_ends_at
        if ends is None:
            continue
        last = local_date(ends - MOMENT)
        if ends <= act.at:
            told = people.evaluators(session, each, act)
            yield _clock(ReminderKind.ANSWER_OVER, each, ends, last, told)
        elif ahead(last, ANSWER_AHEAD) <= act.at:
            told = people.contractor(session, each, act)
            yield _clock(ReminderKind.ANSWER_DUE, each, ahead(last, ANSWER_AHEAD), last, told)


def _second_sheets(session: Session, act: Act) -> Iterator[Clock]:
    """A second sheet is still out some days after it was ordered and its agency has declared (R84)."""
    ordered = rescore_phase_sql(act.at) == RescorePhase.ORDERED.value
    for each in session.scalars(select(Rescore).where(ordered).order_by(Rescore.id)):
        contract_id = each.evaluation.contract_id
        given = assignment_of(session, contract_id, AssignmentKind.RESCORE, act.at)
        if given is None or given.declared_at is None:
            continue
        last = after_workdays(local_date(max(each.ordered_at, given.declared_at)), SECOND_WITHIN).day
        if last < local_date(act.at):
            told = evaluators_of(session, act, given.agency_id)
            facts = _facts(each.evaluation.contract, each.evaluation.reference, last)
            kind, opens = ReminderKind.RESCORE_WAITS, start_of(last + ONE)
            yield Clock(kind, each.id, each, opens, opens, frozenset(told), facts)


def _surveys(session: Session, act: Act) -> Iterator[Clock]:
    """A survey closes soon with so few answers that it would not be rated: officials and the agency ask."""
    running = survey_phase_sql(act.at) == SurveyPhase.OPEN.value
    for each in session.scalars(select(Survey).where(running).order_by(Survey.id)):
        closes = each.closes_at or act.at
        last = local_date(closes - MOMENT)
        opens = ahead(last, SURVEY_AHEAD)
        count = answered(session, each)
        if opens <= act.at and count < min(LEAST_VALID, each.size):
            told = purchaser(session, act, each.contract.award.lot.tender)
            told |= people.evaluators(session, each, act)
            facts = _facts(each.contract, each.reference, last) | {"answered": count, "size": each.size}
            yield Clock(ReminderKind.SURVEY_CLOSES, each.id, each, opens, closes, frozenset(told), facts)


def _unpublished(session: Session, act: Act) -> Iterator[Clock]:
    """A survey is over and everybody can see its result soon: officials may show it before the clock does."""
    closed = survey_phase_sql(act.at) == SurveyPhase.CLOSED.value
    for each in session.scalars(select(Survey).where(closed).order_by(Survey.id)):
        last = publish_until(each).day
        opens = ahead(last, PUBLISH_AHEAD)
        if opens <= act.at:
            told = frozenset(purchaser(session, act, each.contract.award.lot.tender))
            facts, due = _facts(each.contract, each.reference, last), start_of(last + ONE)
            yield Clock(ReminderKind.SURVEY_UNPUBLISHED, each.id, each, opens, due, told, facts)


def _appeals(session: Session, act: Act) -> Iterator[Clock]:
    """An agency appeals its suspension: whoever did not impose it may decide, and is told at once."""
    appealed = suspension_phase_sql(act.at) == SuspensionPhase.APPEALED.value
    query = select(AgencySuspension).where(appealed).order_by(AgencySuspension.id)
    for each in session.scalars(query):
        since = each.appealed_at or act.at
        told = telling.registrars(session, act, each.unit_code) - {each.made_by}
        facts = {"agency": each.agency.organisation.name}
        kind = ReminderKind.SUSPENSION_APPEAL_WAITS
        yield Clock(kind, each.id, each, since, since, frozenset(told), facts)


def _in(act: Act, *phases: EvaluationPhase) -> Any:
    wanted = phase_sql(act.at).in_([phase.value for phase in phases])
    return with_contract().where(wanted).order_by(Evaluation.id)


def _clock(
    kind: ReminderKind, evaluation: Evaluation, opens: datetime, last: date, told: Iterable[UUID]
) -> Clock:
    facts = _facts(evaluation.contract, evaluation.reference, last)
    return Clock(kind, evaluation.id, evaluation, opens, start_of(last + ONE), frozenset(told), facts)


def _facts(contract: Contract, reference: str, last: date) -> dict[str, object]:
    title = contract.award.lot.tender.title
    return {"reference": reference, "title": title, "day": last.isoformat()}
