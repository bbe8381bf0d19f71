"""What findings, rectifications and consequences add to home pages, each with its clock."""

from datetime import timedelta

from flask import url_for
from sqlalchemy.orm import Session

from models.act import Act
from models.rectifications.todo import Task, TaskKind, for_evaluator, for_official, for_supplier, overdue
from web.home.page import ToDo
from web.labels import label

MOST = 5
"""The soonest of each kind; the list has all of them."""
A_MINUTE = timedelta(minutes=1)
"""Taken off the end of a day, so that a deadline is read on the day itself: 23:59."""


def to_mend(session: Session, act: Act) -> list[ToDo]:
    """Plans an organisation has to hand in, and mending it has to report."""
    return [_to_do(task) for task in for_supplier(session, act)[:MOST]]


def to_recheck(session: Session, act: Act) -> list[ToDo]:
    """Findings an evaluator has to issue, and what it has to look at again."""
    return [_to_do(task) for task in for_evaluator(session, act)[:MOST]]


def to_decide(session: Session, act: Act) -> list[ToDo]:
    """What is overdue in an official's area, what nobody mends any more, and appeals."""
    return [_to_do(task) for task in for_official(session, act)[:MOST]]


def to_watch(session: Session, act: Act) -> list[ToDo]:
    """What is overdue in an auditor's area."""
    return [_to_do(task) for task in overdue(session, act)[:MOST]]


def _to_do(task: Task) -> ToDo:
    return ToDo(
        label(task.kind),
        task.evaluation.contract.award.lot.tender.title,
        _address(task),
        due=task.clock.ends_at - A_MINUTE if task.clock else None,
        note=label(task.clock.kind) if task.kind is TaskKind.CHASE and task.clock else None,
    )


def _address(task: Task) -> str:
    if task.kind in {TaskKind.REVIEW, TaskKind.TERMINATE}:
        return url_for("consequences.show", consequence_id=task.subject.id)
    if task.kind is TaskKind.ISSUE:
        return url_for("rectifications.issue", evaluation_id=task.evaluation.id)
    if task.subject is task.evaluation:
        return url_for("rectifications.list_")
    return url_for("rectifications.show", rectification_id=task.subject.id)
