"""The clocks from a final report to its result, counted by R37 (评价-整改-反馈).

Findings within 5 working days of the report, a plan within 10 working days of the findings, the mending by
the days the plan names, the re-check within 30 days of the report that it is done; a second round runs alike.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.calendar.clocks import local_date, start_of
from models.calendar.counting import Counted, DayKind, count
from models.evaluations.evaluation import Evaluation
from models.rectifications.escalation import StepKind
from models.rectifications.lifecycle import phase_at
from models.rectifications.rectification import Rectification
from models.rectifications.rectification import RectificationPhase as R

COUNTED_BY = "R37"
FINDINGS, PLAN = 5, 10  # working days
RECHECK = 30  # calendar days
ONE_DAY = timedelta(days=1)
OF_ORGANISATION = frozenset({StepKind.PLAN, StepKind.MENDING, StepKind.SECOND_PLAN, StepKind.SECOND_MENDING})
"""What the organisation must do; the rest is the evaluator's."""


@dataclass(frozen=True)
class Clock:
    """A step and its last day; a day the organisation's own plan names follows no rule."""

    kind: StepKind
    day: date
    rule: str | None = COUNTED_BY
    skipped: tuple[date, ...] = ()
    provisional: bool = False

    @property
    def ends_at(self) -> datetime:
        """The instant after which it is overdue."""
        return start_of(self.day + ONE_DAY)

    def is_over(self, at: datetime) -> bool:
        """Whether the last day has passed."""
        return at >= self.ends_at


def findings_until(evaluation: Evaluation) -> Clock | None:
    """Findings are issued within 5 working days of the final report."""
    if evaluation.finalised_at is None:
        return None
    return _working(StepKind.FINDINGS, evaluation.finalised_at, FINDINGS)


def clock_of(rectification: Rectification, at: datetime) -> Clock | None:
    """The one clock that runs in a phase; none when an official has to decide, and none at the end."""
    phase = phase_at(rectification, at)
    if phase is R.ISSUED:
        return _working(StepKind.PLAN, rectification.issued_at, PLAN)
    if phase is R.FAILED and rectification.failed_at:
        return _working(StepKind.SECOND_PLAN, rectification.failed_at, PLAN)
    if phase is R.PLANNED:
        return _planned(rectification, StepKind.MENDING, 1)
    if phase is R.REPLANNED:
        return _planned(rectification, StepKind.SECOND_MENDING, 2)
    if phase is R.DONE and rectification.done_at:
        return _recheck(StepKind.RECHECK, rectification.done_at)
    if phase is R.REDONE and rectification.redone_at:
        return _recheck(StepKind.SECOND_RECHECK, rectification.redone_at)
    return None


def _working(kind: StepKind, since: datetime, days: int) -> Clock:
    return _counted(kind, count(local_date(since), days, DayKind.WORKING))


def _recheck(kind: StepKind, since: datetime) -> Clock:
    return _counted(kind, count(local_date(since), RECHECK, DayKind.CALENDAR))


def _counted(kind: StepKind, found: Counted) -> Clock:
    return Clock(kind, found.day, COUNTED_BY, found.skipped, found.provisional)


def _planned(rectification: Rectification, kind: StepKind, round_: int) -> Clock | None:
    days = [
        each.due_on for finding in rectification.findings for each in finding.remedies if each.round == round_
    ]
    return Clock(kind, max(days), None) if days else None
