"""What awards, challenges and contracts add to home pages, each with its clock."""

from datetime import timedelta

from flask import url_for
from sqlalchemy.orm import Session

from models.act import Act
from models.calendar.clocks import start_of
from models.contracts.todo import Task, TaskKind, for_official, for_supplier
from web.home.page import ToDo
from web.labels import label

MOST = 8
A_MINUTE = timedelta(minutes=1)
"""Taken off the end of a day, so that a deadline is read on the day itself: 23:59."""
OF_MILESTONES = frozenset({TaskKind.ACCEPT, TaskKind.PAY, TaskKind.REPORT, TaskKind.INVOICE})
"""Their title is a milestone's, which says little without its project."""


def to_handle(session: Session, act: Act) -> list[ToDo]:
    """What waits for an official between the report and the last payment."""
    return [_to_do(task) for task in for_official(session, act)[:MOST]]


def to_perform(session: Session, act: Act) -> list[ToDo]:
    """What waits for an organisation in its contracts."""
    return [_to_do(task) for task in for_supplier(session, act)[:MOST]]


def _to_do(task: Task) -> ToDo:
    due = start_of(task.clock.day + timedelta(days=1)) - A_MINUTE if task.clock else None
    if task.kind in OF_MILESTONES:
        title = f"{task.subject.contract.award.lot.tender.title} · {task.title}"
    else:
        title = task.title
    return ToDo(label(task.kind), title, _address(task), due=due)


def _address(task: Task) -> str:
    subject = task.subject
    if task.kind == TaskKind.DECIDE:
        return url_for("awards.desk", result_id=subject.id)
    if task.kind in {TaskKind.NOTICE, TaskKind.MAKE}:
        return url_for("awards.desk", result_id=subject.lot.tender_id)
    if task.kind == TaskKind.REPLY:
        return url_for("challenges.show", challenge_id=subject.id)
    if task.kind in OF_MILESTONES:
        return url_for("milestones.show", milestone_id=subject.id)
    return url_for("contracts.show", contract_id=subject.id)
