"""The meter of burden (demand 22): from the first opening of a form to its sending, pauses left out.

A form carries the instant it was opened. With each saving the time since then, or since the saving before,
is added; more than PAUSE without a saving is a pause and adds nothing. Who it was is not kept.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from models.act import Act
from models.audit.time_taken import Task, TimeTaken

PAUSE = timedelta(minutes=30)
SHANGHAI = ZoneInfo("Asia/Shanghai")  # the calendar lies above the trail


@dataclass(frozen=True)
class Step:
    """What an action is to a task: whether the task may begin with it, and whether it ends with it."""

    task: Task
    begins: bool = False
    ends: bool = False


_NEED = ("edit", "set_terms", "set_evidence", "set_resources", "set_funding", "attach", "detach")
_TENDER = ("edit", "set_criteria", "set_lots", "set_milestones", "set_requirements")
STEPS = {
    "need.start": Step(Task.POST_NEED, begins=True),
    **{f"need.{name}": Step(Task.POST_NEED) for name in _NEED},
    "need.submit": Step(Task.POST_NEED, ends=True),
    "need.standardise": Step(Task.STANDARDISE, begins=True, ends=True),
    "tender.draft": Step(Task.WRITE_TENDER, begins=True),
    **{f"tender.{name}": Step(Task.WRITE_TENDER) for name in _TENDER},
    "tender.publish": Step(Task.WRITE_TENDER, ends=True),
    "evaluation.mark": Step(Task.FILL_SHEET, begins=True),
    "evaluation.draft": Step(Task.FILL_SHEET, ends=True),
    "evaluation.answer_item": Step(Task.ANSWER_DRAFT, begins=True),
    "evaluation.answer": Step(Task.ANSWER_DRAFT, begins=True, ends=True),
}
"""A need that was returned and is handed in again is no new task: it begins with its draft alone."""


def notice(session: Session, act: Act, action: str, subject: Any) -> None:
    """Whatever is recorded passes by here; only steps of measured tasks are noticed."""
    step = STEPS.get(action)
    if step is not None:
        (key,) = inspect(subject).identity
        spend(session, act, step, key, subject.unit_code)


def spend(session: Session, act: Act, step: Step, key: UUID, unit_code: str) -> None:
    """Add the time since the form was opened or last saved."""
    row = _row(session, step.task, key)
    if row is None:
        if not step.begins:
            return
        row = TimeTaken(task=step.task, unit_code=unit_code, subject_id=key, seconds=0)
        session.add(row)
    known = [at for at in (act.opened_at, row.touched_at) if at is not None]
    spent = act.at - max(known) if known else timedelta(0)
    if timedelta(0) < spent <= PAUSE:
        row.seconds += round(spent.total_seconds())
    row.touched_at = act.at
    if step.ends:
        _end(row, act)


def hand_on(session: Session, task: Task, key: UUID, to: UUID) -> None:
    """Another record stands for the task from now on: for a sealed bid the bid, and not its draft."""
    row = _row(session, task, key)
    if row is not None:
        row.subject_id = to


def finish(session: Session, task: Task, key: UUID, act: Act) -> None:
    """End a task that took no more time: a bid counts once it is opened, until then nobody knows how many."""
    row = _row(session, task, key)
    if row is not None:
        _end(row, act)


def _row(session: Session, task: Task, key: UUID) -> TimeTaken | None:
    """The unfinished task of a record."""
    wanted = TimeTaken.task == task, TimeTaken.subject_id == key
    return session.scalar(select(TimeTaken).where(*wanted).with_for_update())


def _end(row: TimeTaken, act: Act) -> None:
    """Forget what it was about."""
    row.subject_id, row.touched_at = None, None
    row.finished_on = act.at.astimezone(SHANGHAI).date()
