"""A second agency marks again without seeing the first one's marks; a gap over the limit goes to a review."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.agencies import drawing
from models.agencies.assignment import Assignment, AssignmentKind
from models.agencies.queries import assignment_of, ensure_free
from models.audit.record import record
from models.contracts.locking import hold
from models.contracts.words import needed
from models.errors import Conflict
from models.evaluations import people
from models.evaluations.compiling import compiled
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.filing import file, refile, report_of, rescore_of, score_of
from models.evaluations.gaps import needs_review, settle_gap
from models.evaluations.indicator_sets import indicators_of
from models.evaluations.lifecycle import RESCORE, RescoreMove, phase_at, rescore_phase_at
from models.evaluations.marking import (
    Given,
    Sent,
    checked,
    is_repeated,
    remember,
    vetoes_of,
    write,
)
from models.evaluations.rescore import (
    Rescore,
    RescoreMark,
    RescoreOrigin,
    RescorePhase,
    ScoreStanding,
)
from models.evaluations.sheet import EvaluationReport, ReportKind
from models.lifecycle import advance
from models.rulebook.stages import Stage
from models.scoring.score import two

SHEET_IN = frozenset({EvaluationPhase.DRAFTED, EvaluationPhase.ANSWERED, EvaluationPhase.FINAL})


def order(session: Session, evaluation: Evaluation, act: Act, *, words: str) -> Rescore:
    """Have a final marked again by hand, with the reason: it does not count as one of the sample."""
    ensure(act, Permission.EVALUATION_PLAN, evaluation)
    return _order(session, evaluation, act, RescoreOrigin.ORDERED, needed(words))


def order_drawn(session: Session, evaluation: Evaluation, act: Act) -> Rescore:
    """Have a final marked again that the sample has chosen."""
    return _order(session, evaluation, act, RescoreOrigin.DRAWN)


def _order(
    session: Session, evaluation: Evaluation, act: Act, origin: RescoreOrigin, reason: str = ""
) -> Rescore:
    """When the first sheet is in, and before anybody can read its result."""
    ensure(act, Permission.EVALUATION_PLAN, evaluation)
    hold(session, evaluation)
    if evaluation.stage is not Stage.FINAL:
        raise Conflict("rescore_not_final")
    if phase_at(evaluation, act.at) not in SHEET_IN:
        raise Conflict("rescore_wrong_time")
    if rescore_of(session, evaluation) is not None:
        raise Conflict("rescore_ordered")
    made = Rescore(
        evaluation=evaluation,
        ordered_at=act.at,
        ordered_by=act.actor.person_id,
        origin=origin,
        reason=reason,
    )
    session.add(made)
    session.flush()  # the audit event needs the id
    record(session, act, "rescore.order", made, evaluation=evaluation.id, origin=origin)
    told = people.evaluators(session, made, act)
    outbox.add(session, act, "rescore_ordered", made, to=told, reference=evaluation.reference)
    return made


def draw(session: Session, evaluation: Evaluation, act: Act) -> Assignment:
    """Draw the agency of a second sheet that was ordered; with nobody free it is tried again later."""
    ensure(act, Permission.EVALUATION_PLAN, evaluation)
    found = rescore_of(session, evaluation)
    if found is None or rescore_phase_at(found, act.at) is not RescorePhase.ORDERED:
        raise Conflict("rescore_wrong_time")
    return drawing.draw(session, evaluation.contract, act, kind=AssignmentKind.RESCORE)


def save(session: Session, rescore: Rescore, act: Act, *, given: Mapping[str, Given], sent: Sent) -> None:
    """Keep the second sheet."""
    _ensure_open(session, rescore, act)
    if is_repeated(rescore, sent):
        return
    evaluation = rescore.evaluation
    kept = marks_of(session, rescore)
    for item, said in checked(indicators_of(evaluation.indicator_set), evaluation.stage, given):
        write(session, kept, item, said, RescoreMark, rescore_id=rescore.id)
    remember(rescore, sent)
    record(session, act, "rescore.mark", rescore, revision=rescore.sheet_revision)


def submit(session: Session, rescore: Rescore, act: Act) -> EvaluationReport:
    """Hand the second sheet in; it rests on the same evidence, survey, meetings and vetoes."""
    _ensure_open(session, rescore, act)
    evaluation = rescore.evaluation
    assignment = assignment_of(session, evaluation.contract_id, AssignmentKind.RESCORE, act.at)
    if assignment is None:
        raise Conflict("evaluation_not_drawn")
    rescore.assignment_id = assignment.id
    question = compiled(session, evaluation, act, marks=marks_of(session, rescore))
    report, found = file(session, evaluation, act, ReportKind.RESCORE, question)
    rescore.score = two(found.total)
    facts = {"score": rescore.score, "digest": report.digest}
    advance(session, RESCORE, rescore, RescoreMove.SUBMIT, act, **facts)
    settle_gap(session, evaluation)
    told = people.purchaser(session, evaluation, act)
    outbox.add(session, act, "rescore_submitted", evaluation, to=told, reference=evaluation.reference)
    return report


def review(session: Session, rescore: Rescore, act: Act, *, stands: ScoreStanding, words: str) -> None:
    """The official says with reasons which score stands, when the gap is over the area's limit."""
    ensure(act, Permission.EVALUATION_DECIDE, rescore)
    hold(session, rescore)
    if not needs_review(session, rescore):
        raise Conflict("rescore_no_gap")
    rescore.words = needed(words)
    rescore.stands = stands
    rescore.reviewed_by = act.actor.person_id
    facts = {"stands": stands, "gap": rescore.gap}
    advance(session, RESCORE, rescore, RescoreMove.REVIEW, act, **facts)
    evaluation = rescore.evaluation
    report = report_of(session, evaluation, ReportKind.RESCORE)
    if stands is ScoreStanding.SECOND and report is not None:
        # A veto that was withdrawn since the sheet was handed in is none.
        refile(report, {code: each.words for code, each in vetoes_of(session, evaluation).items()})
        found = score_of(report)
        evaluation.score, evaluation.grade = two(found.total), found.grade
    for subject in (evaluation, rescore):
        told = people.evaluators(session, subject, act)
        outbox.add(session, act, "rescore_reviewed", subject, to=told, reference=evaluation.reference)


def waive(session: Session, rescore: Rescore, act: Act, *, words: str) -> None:
    """Do without a second sheet that does not come, with the reason."""
    ensure(act, Permission.EVALUATION_DECIDE, rescore)
    rescore.words = needed(words)
    advance(session, RESCORE, rescore, RescoreMove.WAIVE, act)


def marks_of(session: Session, rescore: Rescore) -> dict[str, RescoreMark]:
    """The second sheet's marks by item."""
    query = select(RescoreMark).where(RescoreMark.rescore_id == rescore.id)
    return {mark.item_code: mark for mark in session.scalars(query)}


def _ensure_open(session: Session, rescore: Rescore, act: Act) -> None:
    ensure(act, Permission.EVALUATION_MARK, rescore)
    ensure_free(session, rescore.evaluation.contract, act)
    hold(session, rescore)
    if rescore_phase_at(rescore, act.at) is not RescorePhase.ORDERED:
        raise Conflict("evaluation_sheet_closed")
