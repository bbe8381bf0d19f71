"""One evaluation with everything its page shows to this reader."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act
from models.agencies.assignment import AgencyDraw, Assignment, AssignmentKind
from models.agencies.drawing import draw_of
from models.agencies.queries import assignment_of
from models.evaluations.answer import ItemAnswer, VetoAnswer
from models.evaluations.answering import answers_of
from models.evaluations.board import row_of
from models.evaluations.contesting import contests_of
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.evidence import EvaluationEvidence, SiteVisit
from models.evaluations.filing import report_of, rescore_of, score_of, standing_report
from models.evaluations.gaps import is_disputed, needs_review
from models.evaluations.lifecycle import rescore_phase_at
from models.evaluations.proving import evidence_of, visits_of
from models.evaluations.queries import may_read_evidence
from models.evaluations.rescore import Rescore, RescorePhase
from models.evaluations.rescoring import SHEET_IN
from models.evaluations.sheet import EvaluationReport, ReportKind
from models.rulebook.stages import Stage
from models.scoring.score import Score


@dataclass(frozen=True)
class EvaluationPage:
    """Everything the page of an evaluation shows."""

    evaluation: Evaluation
    phase: EvaluationPhase
    due: date | None
    is_overdue: bool
    assignment: Assignment | None
    report: EvaluationReport | None
    score: Score | None
    draft: Score | None
    answers: dict[str, ItemAnswer]
    contests: dict[str, VetoAnswer]
    evidence: list[EvaluationEvidence]
    visits: list[SiteVisit]
    rescore: Rescore | None
    rescore_phase: RescorePhase | None
    needs_review: bool
    second_draw: AgencyDraw | None
    may_order: bool
    may_publish: bool
    may_reassign: bool


def evaluation_page(session: Session, evaluation: Evaluation, act: Act) -> EvaluationPage:
    """The page of an evaluation. Of a second sheet officials and auditors know; all do once it is public."""
    row = row_of(evaluation, act)
    report = standing_report(session, evaluation)
    draft = report_of(session, evaluation, ReportKind.DRAFT)
    decides = can(act, P.EVALUATION_DECIDE, evaluation)
    watches = decides or can(act, P.AWARD_VIEW, evaluation) or evaluation.is_public
    rescore = rescore_of(session, evaluation)
    seen = rescore if watches else None
    shows = may_read_evidence(session, evaluation, act)
    return EvaluationPage(
        evaluation=evaluation,
        phase=row.phase,
        due=row.due,
        is_overdue=row.is_overdue,
        assignment=evaluation.assignment or _drawn(session, evaluation, act),
        report=report,
        score=score_of(report) if report else None,
        draft=score_of(draft) if draft and report is not draft else None,
        answers=answers_of(session, evaluation),
        contests=contests_of(session, evaluation),
        evidence=evidence_of(session, evaluation) if shows else [],
        visits=visits_of(session, evaluation) if shows else [],
        rescore=seen,
        rescore_phase=rescore_phase_at(seen, act.at) if seen else None,
        needs_review=seen is not None and seen.reviewed_at is None and needs_review(session, seen),
        second_draw=draw_of(session, evaluation.contract_id, AssignmentKind.RESCORE) if decides else None,
        may_order=decides and rescore is None and evaluation.stage is Stage.FINAL and row.phase in SHEET_IN,
        may_publish=decides
        and row.phase is EvaluationPhase.FINAL
        and not is_disputed(session, evaluation, act),
        may_reassign=_may_reassign(session, evaluation, act),
    )


def _drawn(session: Session, evaluation: Evaluation, act: Act) -> Assignment | None:
    return assignment_of(session, evaluation.contract_id, AssignmentKind.PRIMARY, act.at)


def _may_reassign(session: Session, evaluation: Evaluation, act: Act) -> bool:
    """Whether the agency stood aside after it had begun, and another one was drawn."""
    if evaluation.assignment is None or evaluation.is_public or not can(act, P.EVALUATION_PLAN, evaluation):
        return False
    drawn = _drawn(session, evaluation, act)
    return drawn is not None and drawn.id != evaluation.assignment_id
