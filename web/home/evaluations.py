"""What evaluations add to home pages, each with its day."""

from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.act import Act
from models.calendar.clocks import start_of
from models.evaluations.todo import EvaluationTask, Task, for_contractor, for_evaluator, for_official
from web.home.page import Home, ToDo
from web.labels import label

MOST = 8
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


def evaluator(session: Session, act: Act) -> Home:
    """The home of an evaluator."""
    return Home(
        todo=[_to_do(task) for task in for_evaluator(session, act)],
        start=[(_("我的评估"), url_for("evaluations.list_"))],
    )


def to_answer(session: Session, act: Act) -> list[ToDo]:
    """Draft reports an organisation can answer."""
    return [_to_do(task) for task in for_contractor(session, act)[:MOST]]


def evaluating(session: Session, act: Act) -> list[ToDo]:
    """What waits for an official in evaluations."""
    return [_to_do(task) for task in for_official(session, act)[:MOST]]


def _to_do(task: Task) -> ToDo:
    due = start_of(task.due + timedelta(days=1)) - A_MINUTE if task.due else None
    endpoint, name = PAGES.get(task.kind, ("evaluations.show", "evaluation_id"))
    return ToDo(label(task.kind), task.title, url_for(endpoint, **{name: task.subject_id}), due=due)
