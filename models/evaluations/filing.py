"""Reports as they were handed over: the file they are computed from, and what came out."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act
from models.evaluations.evaluation import Evaluation
from models.evaluations.rescore import Rescore, ScoreStanding
from models.evaluations.sheet import EvaluationReport, ReportKind
from models.scoring.score import Score, render, score
from models.scoring.sheet import read_sheet


def file(
    session: Session, evaluation: Evaluation, act: Act, kind: ReportKind, question: bytes
) -> tuple[EvaluationReport, Score]:
    """Score a file and keep both."""
    found = score(read_sheet(question))
    report = EvaluationReport(
        evaluation_id=evaluation.id,
        kind=kind,
        question=question.decode(),
        answer=render(found).decode(),
        digest=hashlib.sha256(question).hexdigest(),
        made_at=act.at,
    )
    session.add(report)
    return report, found


def refile(report: EvaluationReport, vetoes: Mapping[str, str]) -> None:
    """The same sheet, with the vetoes that hold by now."""
    document = json.loads(report.question)
    if document.get("vetoes", {}) == vetoes:
        return
    question = written(document | {"vetoes": dict(vetoes)})
    report.question, report.answer = question.decode(), render(score(read_sheet(question))).decode()
    report.digest = hashlib.sha256(question).hexdigest()


def written(document: Mapping[str, Any]) -> bytes:
    """A sheet as it is filed."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def report_of(session: Session, evaluation: Evaluation, kind: ReportKind) -> EvaluationReport | None:
    """One of the reports of an evaluation."""
    return session.scalar(
        select(EvaluationReport).where(
            EvaluationReport.evaluation_id == evaluation.id, EvaluationReport.kind == kind
        )
    )


def standing_report(session: Session, evaluation: Evaluation) -> EvaluationReport | None:
    """The report whose score stands: the second agency's when a review said so, else the first's newest."""
    rescore = rescore_of(session, evaluation)
    kinds = [ReportKind.FINAL, ReportKind.DRAFT]
    if rescore is not None and rescore.stands is ScoreStanding.SECOND:
        kinds = [ReportKind.RESCORE]
    return next((found for kind in kinds if (found := report_of(session, evaluation, kind))), None)


def score_of(report: EvaluationReport) -> Score:
    """A report's score, computed again from its file."""
    return score(read_sheet(report.question.encode()))


def rescore_of(session: Session, evaluation: Evaluation) -> Rescore | None:
    """The second sheet of an evaluation, if one was ordered."""
    return session.scalar(select(Rescore).where(Rescore.evaluation_id == evaluation.id))
