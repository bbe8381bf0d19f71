"""How long tasks take in an area (demand 22): medians, and none of so few that a person shows through."""

from dataclasses import dataclass
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.time_taken import Task, TimeTaken
from models.reports.period import Period, inside

LEAST = 5
"""So many times a task was measured before its median is shown."""

MINUTE = 60


@dataclass(frozen=True)
class Burden:
    """One task of the period: how often it was measured, how often not, and half of them took no longer."""

    task: Task
    measured: int
    unmeasured: int
    minutes: float | None


def burden(session: Session, period: Period, act: Act) -> list[Burden]:
    """The tasks that were finished in the actor's area, in their order."""
    ensure(act, Permission.DISTRICT_OVERVIEW)
    query = select(TimeTaken.task, TimeTaken.seconds).where(
        inside(TimeTaken.unit_code, act.actor.unit_code or ""),
        TimeTaken.finished_on.between(period.first, period.last),
    )
    taken: dict[Task, list[int]] = {}
    for task, seconds in session.execute(query):
        taken.setdefault(task, []).append(seconds)
    return [_counted(task, taken[task]) for task in Task if task in taken]


def _counted(task: Task, seconds: list[int]) -> Burden:
    """Of a task without one stretch under the pause nothing is known: it counts as unmeasured."""
    known = [each for each in seconds if each]
    shown = median(known) / MINUTE if len(known) >= LEAST else None
    return Burden(task, len(known), len(seconds) - len(known), shown)
