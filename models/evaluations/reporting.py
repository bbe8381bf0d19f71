"""From the beginning of an evaluation to its publication: the contractor has five working days between."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.agencies.assignment import AssignmentKind
from models.agencies.queries import assignment_of, ensure_free
from models.audit.record import record
from models.calendar.clocks import local_date, start_of
from models.calendar.counting import Counted, after_workdays
from models.contracts.locking import hold
from models.contracts.words import needed
from models.errors import Conflict
from models.evaluations import people
from models.evaluations.answer import ItemAnswer, VetoAnswer
from models.evaluations.compiling import compiled
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.filing import file
from models.evaluations.gaps import is_disputed, settle_gap
from models.evaluations.lifecycle import EVALUATION, EvaluationMove, phase_at
from models.evaluations.marking import ensure_open
from models.evaluations.sheet import EvaluationReport, ReportKind
from models.lifecycle import advance
from models.scoring.score import two
from models.surveys import running
from models.surveys.lifecycle import phase_at as survey_phase_at
from models.surveys.queries import survey_of
from models.surveys.survey import SurveyPhase

ANSWER_DAYS = 5
ONE = timedelta(days=1)
ROUND = timedelta(microseconds=1)


def start(session: Session, evaluation: Evaluation, act: Act) -> None:
    """The agency that was drawn and has declared begins, from the first day of the stage on."""
    ensure(act, Permission.EVALUATION_MARK, evaluation)
    ensure_free(session, evaluation.contract, act)
    if local_date(act.at) < evaluation.due_from:
        raise Conflict("evaluation_too_early", day=evaluation.due_from)
    assignment = assignment_of(session, evaluation.contract_id, AssignmentKind.PRIMARY, act.at)
    if assignment is None or assignment.agency_id != evaluation.agency_id:
        raise Conflict("evaluation_not_drawn")
    evaluation.assignment_id = assignment.id
    advance(session, EVALUATION, evaluation, EvaluationMove.START, act)


def reassign(session: Session, evaluation: Evaluation, act: Act) -> None:
    """Hand an evaluation whose agency stood aside to the one that was drawn instead."""
    ensure(act, Permission.EVALUATION_PLAN, evaluation)
    hold(session, evaluation)
    phase = phase_at(evaluation, act.at)
    if phase in {EvaluationPhase.PUBLISHED, EvaluationPhase.CANCELLED}:
        raise Conflict("wrong_phase", phase=phase)
    assignment = assignment_of(session, evaluation.contract_id, AssignmentKind.PRIMARY, act.at)
    if assignment is None or assignment.id == evaluation.assignment_id:
        raise Conflict("evaluation_not_drawn")
    evaluation.assignment_id = assignment.id
    record(session, act, "evaluation.reassign", evaluation, assignment=assignment.id)


def answer_until(at: datetime) -> Counted:
    """The contractor answers a draft handed over at an instant within five working days (R37)."""
    return after_workdays(local_date(at), ANSWER_DAYS)


def draft(session: Session, evaluation: Evaluation, act: Act, *, summary: str) -> EvaluationReport:
    """Hand the draft to the contractor; from now on the sheet is closed."""
    ensure_open(session, evaluation, act)
    survey = survey_of(session, evaluation.contract_id, evaluation.stage)
    if survey is not None and survey_phase_at(survey, act.at) is SurveyPhase.OPEN:
        raise Conflict("evaluation_survey_runs")
    evaluation.summary = needed(summary, field="summary")
    until = answer_until(act.at).day
    evaluation.answer_ends_at = start_of(until + ONE)
    report, found = file(session, evaluation, act, ReportKind.DRAFT, compiled(session, evaluation, act))
    facts = {"score": two(found.total), "digest": report.digest, "until": until}
    advance(session, EVALUATION, evaluation, EvaluationMove.DRAFT, act, **facts)
    told = people.contractor(session, evaluation, act)
    outbox.add(
        session, act, "evaluation_drafted", evaluation, to=told, reference=evaluation.reference, day=until
    )
    return report


def finalise(session: Session, evaluation: Evaluation, act: Act, *, summary: str) -> EvaluationReport:
    """Make the report final: never before the contractor has answered, or let its five days pass."""
    ensure(act, Permission.EVALUATION_MARK, evaluation)
    ensure_free(session, evaluation.contract, act)
    hold(session, evaluation)
    if phase_at(evaluation, act.at) is EvaluationPhase.DRAFTED and evaluation.answer_ends_at is not None:
        raise Conflict("answer_period_runs", until=local_date(evaluation.answer_ends_at - ROUND))
    if _unreplied(session, evaluation):
        raise Conflict("answers_unreplied")
    evaluation.summary = needed(summary, field="summary")
    report, found = file(session, evaluation, act, ReportKind.FINAL, compiled(session, evaluation, act))
    evaluation.score, evaluation.grade = two(found.total), found.grade
    facts = {"score": evaluation.score, "grade": evaluation.grade, "digest": report.digest}
    advance(session, EVALUATION, evaluation, EvaluationMove.FINALISE, act, **facts)
    settle_gap(session, evaluation)
    told = people.purchaser(session, evaluation, act) | people.contractor(session, evaluation, act)
    outbox.add(session, act, "evaluation_final", evaluation, to=told, reference=evaluation.reference)
    return report


def publish(session: Session, evaluation: Evaluation, act: Act) -> None:
    """Publish a final report, and the survey it rests on; a second sheet that is still out is waited for."""
    ensure(act, Permission.EVALUATION_DECIDE, evaluation)
    if is_disputed(session, evaluation, act):
        raise Conflict("rescore_open")
    advance(session, EVALUATION, evaluation, EvaluationMove.PUBLISH, act)
    survey = survey_of(session, evaluation.contract_id, evaluation.stage)
    if survey is not None and survey_phase_at(survey, act.at) is SurveyPhase.CLOSED:
        running.publish(session, survey, act)
    told = people.contractor(session, evaluation, act) | people.evaluators(session, evaluation, act)
    outbox.add(session, act, "evaluation_published", evaluation, to=told, reference=evaluation.reference)


def _unreplied(session: Session, evaluation: Evaluation) -> bool:
    """Whether an answer to an item or a veto still waits for its reply."""
    return any(
        session.scalars(
            select(kind.id).where(kind.evaluation_id == evaluation.id, kind.replied_at.is_(None))
        ).first()
        for kind in (ItemAnswer, VetoAnswer)
    )
