"""Phases and moves of rectifications and consequences: all there is to know."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, case

from models.access.permissions import Permission as P
from models.lifecycle import Lifecycle, Move
from models.rectifications.consequence import Consequence, ConsequencePhase
from models.rectifications.rectification import Rectification
from models.rectifications.rectification import RectificationPhase as R

# The latest decision that holds, asked in this order; the SQL reads the same lists.
_PHASES = (
    ("concluded_at", R.CONCLUDED),
    ("passed_at", R.PASSED),
    ("refailed_at", R.UNMENDED),
    ("redone_at", R.REDONE),
    ("replanned_at", R.REPLANNED),
    ("failed_at", R.FAILED),
    ("done_at", R.DONE),
    ("planned_at", R.PLANNED),
)
_CONSEQUENCE_PHASES = (
    ("lifted_at", ConsequencePhase.LIFTED),
    ("confirmed_at", ConsequencePhase.CONFIRMED),
    ("appealed_at", ConsequencePhase.APPEALED),
)


class RectificationMove(StrEnum):
    """What can happen to a rectification."""

    PLAN = "plan"
    REPORT = "report"
    FAIL = "fail"
    REPLAN = "replan"
    REPORT_AGAIN = "report_again"
    FAIL_AGAIN = "fail_again"
    MEND = "mend"
    CLEAR = "clear"
    CONCLUDE = "conclude"


def phase_at(rectification: Rectification, at: datetime) -> R:
    """The phase of a rectification at an instant."""
    for column, phase in _PHASES:
        stamp = getattr(rectification, column)
        if stamp is not None and stamp <= at:
            return phase
    return R.ISSUED


def phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase of a rectification as SQL."""
    decided = [(getattr(Rectification, column) <= at, phase.value) for column, phase in _PHASES]
    return case(*decided, else_=R.ISSUED.value)


def _from(*phases: R) -> frozenset[R]:
    return frozenset(phases)


RECTIFICATION = Lifecycle(
    Rectification,
    phase_at,
    {
        RectificationMove.PLAN: Move(_from(R.ISSUED), P.RECTIFICATION_PLAN, stamps="planned_at"),
        RectificationMove.REPORT: Move(_from(R.PLANNED), P.RECTIFICATION_PLAN, stamps="done_at"),
        RectificationMove.FAIL: Move(_from(R.DONE), P.RECTIFICATION_CHECK, stamps="failed_at"),
        RectificationMove.REPLAN: Move(_from(R.FAILED), P.RECTIFICATION_PLAN, stamps="replanned_at"),
        RectificationMove.REPORT_AGAIN: Move(_from(R.REPLANNED), P.RECTIFICATION_PLAN, stamps="redone_at"),
        RectificationMove.FAIL_AGAIN: Move(_from(R.REDONE), P.RECTIFICATION_CHECK, stamps="refailed_at"),
        RectificationMove.MEND: Move(_from(R.DONE, R.REDONE), P.RECTIFICATION_CHECK, stamps="passed_at"),
        # Nothing was found: there is nothing to mend.
        RectificationMove.CLEAR: Move(_from(R.ISSUED), P.FINDING_ISSUE, stamps="passed_at"),
        # Nobody mends any more: the second re-check failed, or the organisation let its day pass.
        RectificationMove.CONCLUDE: Move(
            _from(R.ISSUED, R.PLANNED, R.FAILED, R.REPLANNED, R.UNMENDED),
            P.CONSEQUENCE_DECIDE,
            stamps="concluded_at",
        ),
    },
)


class ConsequenceMove(StrEnum):
    """What can happen to a consequence."""

    APPEAL = "appeal"
    CONFIRM = "confirm"
    LIFT = "lift"


def consequence_phase_at(consequence: Consequence, at: datetime) -> ConsequencePhase:
    """The phase of a consequence at an instant: final when nobody has appealed while they could."""
    for column, phase in _CONSEQUENCE_PHASES:
        stamp = getattr(consequence, column)
        if stamp is not None and stamp <= at:
            return phase
    ended = consequence.appeal_ends_at is not None and consequence.appeal_ends_at <= at
    return ConsequencePhase.FINAL if ended else ConsequencePhase.STANDING


def consequence_phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase of a consequence as SQL."""
    decided = [(getattr(Consequence, column) <= at, phase.value) for column, phase in _CONSEQUENCE_PHASES]
    ended = (Consequence.appeal_ends_at <= at, ConsequencePhase.FINAL.value)
    return case(*decided, ended, else_=ConsequencePhase.STANDING.value)


_APPEALED = frozenset({ConsequencePhase.APPEALED})
CONSEQUENCE = Lifecycle(
    Consequence,
    consequence_phase_at,
    {
        ConsequenceMove.APPEAL: Move(
            frozenset({ConsequencePhase.STANDING}), P.CONSEQUENCE_APPEAL, stamps="appealed_at"
        ),
        ConsequenceMove.CONFIRM: Move(_APPEALED, P.CONSEQUENCE_REVIEW, stamps="confirmed_at"),
        ConsequenceMove.LIFT: Move(_APPEALED, P.CONSEQUENCE_REVIEW, stamps="lifted_at"),
    },
)
