"""What evaluations add to home pages, each with its day."""

from datetime import timedelta

from flask import url_for
from sqlalchemy.orm import Session

from models.act import Act
from models.calendar.clocks import start_of
from models.evaluations.evaluation import EvaluationPhase
from models.evaluations.queries import results_of_needs
from models.evaluations.todo import (
    EvaluationTask,
    Task,
    for_contractor,
    for_evaluator,
    for_official,
    overdue,
)
from web.evaluations.words import tone
from web.home.page import InProgress, ToDo, by_date
from web.labels import label

MOST = 5
"""The soonest of each kind; the list has all of them."""
A_MINUTE = timedelta(minutes=1)
"""Taken off the end of a day, so that a deadline is read on the day itself: 23:59."""
PAGES = {
    EvaluationTask.MARK: ("evaluations.sheet", "evaluation_id"),
    EvaluationTask.REPLY: ("evaluations.report", "evaluation_id"),
    EvaluationTask.ANSWER: ("evaluations.answers", "evaluation_id"),
    EvaluationTask.RESCORE: ("evaluations.rescore", "rescore_id"),
    EvaluationTask.REVIEW: ("evaluations.review", "rescore_id"),
    EvaluationTask.PLAN: ("evaluations.of_contract", "contract_id"),
}
"""Where a task is done; the others on the evaluation's own page."""


def to_evaluate(session: Session, act: Act) -> list[ToDo]:
    """What waits for an agency."""
    return _soonest(for_evaluator(session, act))


def to_answer(session: Session, act: Act) -> list[ToDo]:
    """Draft reports an organisation can answer."""
    return _soonest(for_contractor(session, act))


def evaluating(session: Session, act: Act) -> list[ToDo]:
    """What waits for an official in evaluations."""
    return _soonest(for_official(session, act))


def overdue_stages(session: Session, act: Act) -> list[ToDo]:
    """Evaluations that are overdue in an auditor's area."""
    return _soonest(overdue(session, act))


def results(session: Session, act: Act) -> list[InProgress]:
    """What came of a neighbourhood's needs: results published lately."""
    return [
        InProgress(
            each.contract.award.lot.tender.title,
            url_for("evaluations.show", evaluation_id=each.id),
            tag=(label(EvaluationPhase.PUBLISHED), tone(EvaluationPhase.PUBLISHED)),
            next=label(each.grade) if each.grade else label(each.stage),
        )
        for each in results_of_needs(session, act, limit=MOST)
    ]


def _soonest(tasks: list[Task]) -> list[ToDo]:
    return by_date([_to_do(task) for task in tasks])[:MOST]


def _to_do(task: Task) -> ToDo:
    due = start_of(task.due + timedelta(days=1)) - A_MINUTE if task.due else None
    endpoint, name = PAGES.get(task.kind, ("evaluations.show", "evaluation_id"))
    return ToDo(label(task.kind), task.title, url_for(endpoint, **{name: task.subject_id}), due=due)
