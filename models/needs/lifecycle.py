"""Phases and moves of assessments, needs and deliberations: all there is to know."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, case

from models.access.permissions import Permission as P
from models.lifecycle import Lifecycle, Move
from models.needs.assessment import Assessment, AssessmentPhase
from models.needs.deliberation import Deliberation, DeliberationPhase
from models.needs.need import ClosedReason, Need, NeedPhase

DRAFT, SUBMITTED, RETURNED = NeedPhase.DRAFT, NeedPhase.SUBMITTED, NeedPhase.RETURNED
DELIBERATING, STANDARDISED = NeedPhase.DELIBERATING, NeedPhase.STANDARDISED
MATCHED, UNMET, CLOSED = NeedPhase.MATCHED, NeedPhase.UNMET, NeedPhase.CLOSED

# The latest decision that holds, asked in this order; `phase_sql` reads the same list.
_NEED_PHASES = (
    ("closed_at", CLOSED),
    ("unmet_at", UNMET),
    ("matched_at", MATCHED),
    ("standardised_at", STANDARDISED),
    ("returned_at", RETURNED),
    ("deliberating_at", DELIBERATING),
    ("submitted_at", SUBMITTED),
)


def phase_at(need: Need, at: datetime) -> NeedPhase:
    """The phase of a need at an instant."""
    for column, phase in _NEED_PHASES:
        stamp = getattr(need, column)
        if stamp is not None and stamp <= at:
            return phase
    return DRAFT


def phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase of a need as SQL, at the same instant."""
    decided = [(getattr(Need, column) <= at, phase.value) for column, phase in _NEED_PHASES]
    return case(*decided, else_=DRAFT.value)


class NeedMove(StrEnum):
    """What can happen to a need."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    DELIBERATE = "deliberate"
    STANDARDISE = "standardise"
    MERGE = "merge"
    ROUTE = "route"
    MATCH = "match"
    DECLARE_UNMET = "declare_unmet"
    REOPEN = "reopen"
    SETTLE = "settle"


def _close(reason: ClosedReason, from_: set[NeedPhase], needs: P = P.NEED_STANDARDISE) -> Move:
    return Move(frozenset(from_), needs, stamps="closed_at", writes={"closed_reason": reason})


NEED = Lifecycle(
    Need,
    phase_at,
    {
        NeedMove.SUBMIT: Move(
            frozenset({DRAFT, RETURNED}), P.NEED_WRITE, stamps="submitted_at", clears=("returned_at",)
        ),
        NeedMove.WITHDRAW: _close(ClosedReason.WITHDRAWN, {DRAFT, SUBMITTED, RETURNED}, P.NEED_WRITE),
        NeedMove.RETURN: Move(frozenset({SUBMITTED, DELIBERATING}), P.NEED_STANDARDISE, stamps="returned_at"),
        NeedMove.DELIBERATE: Move(frozenset({SUBMITTED}), P.NEED_DELIBERATE, stamps="deliberating_at"),
        NeedMove.STANDARDISE: Move(
            frozenset({SUBMITTED, DELIBERATING}), P.NEED_STANDARDISE, stamps="standardised_at"
        ),
        NeedMove.MERGE: _close(ClosedReason.MERGED, {SUBMITTED, DELIBERATING, STANDARDISED}),
        NeedMove.ROUTE: _close(ClosedReason.ROUTED, {SUBMITTED, DELIBERATING}),
        NeedMove.MATCH: Move(frozenset({STANDARDISED}), P.MATCH_REVIEW, stamps="matched_at"),
        NeedMove.DECLARE_UNMET: Move(frozenset({STANDARDISED}), P.MATCH_REVIEW, stamps="unmet_at"),
        NeedMove.REOPEN: Move(
            frozenset({MATCHED, UNMET}),
            P.MATCH_REVIEW,
            stamps="standardised_at",
            clears=("matched_at", "unmet_at"),
        ),
        NeedMove.SETTLE: _close(ClosedReason.SETTLED, {STANDARDISED, MATCHED, UNMET}),
    },
)


class AssessmentMove(StrEnum):
    """What can happen to an assessment."""

    COMPLETE = "complete"
    WITHDRAW = "withdraw"


def assessment_phase_at(assessment: Assessment, at: datetime) -> AssessmentPhase:
    """The phase of an assessment at an instant."""
    if assessment.withdrawn_at is not None and assessment.withdrawn_at <= at:
        return AssessmentPhase.WITHDRAWN
    if assessment.completed_at is not None and assessment.completed_at <= at:
        return AssessmentPhase.COMPLETED
    return AssessmentPhase.DRAFT


def assessment_phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase of an assessment as SQL."""
    return case(
        (Assessment.withdrawn_at <= at, AssessmentPhase.WITHDRAWN.value),
        (Assessment.completed_at <= at, AssessmentPhase.COMPLETED.value),
        else_=AssessmentPhase.DRAFT.value,
    )


ASSESSMENT = Lifecycle(
    Assessment,
    assessment_phase_at,
    {
        AssessmentMove.COMPLETE: Move(
            frozenset({AssessmentPhase.DRAFT}), P.ASSESSMENT_WRITE, stamps="completed_at"
        ),
        AssessmentMove.WITHDRAW: Move(
            frozenset({AssessmentPhase.DRAFT, AssessmentPhase.COMPLETED}),
            P.ASSESSMENT_WRITE,
            stamps="withdrawn_at",
        ),
    },
)


class DeliberationMove(StrEnum):
    """What can happen to a meeting once it is announced."""

    HOLD = "hold"
    CANCEL = "cancel"
    KEEP = "keep"


def deliberation_phase_at(meeting: Deliberation, at: datetime) -> DeliberationPhase:
    """The phase of a meeting at an instant."""
    if meeting.cancelled_at is not None and meeting.cancelled_at <= at:
        return DeliberationPhase.CANCELLED
    if meeting.promise_kept_at is not None and meeting.promise_kept_at <= at:
        return DeliberationPhase.KEPT
    if meeting.held_at is not None and meeting.held_at <= at:
        return DeliberationPhase.HELD
    return DeliberationPhase.ANNOUNCED


def deliberation_phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase of a meeting as SQL."""
    return case(
        (Deliberation.cancelled_at <= at, DeliberationPhase.CANCELLED.value),
        (Deliberation.promise_kept_at <= at, DeliberationPhase.KEPT.value),
        (Deliberation.held_at <= at, DeliberationPhase.HELD.value),
        else_=DeliberationPhase.ANNOUNCED.value,
    )


DELIBERATION = Lifecycle(
    Deliberation,
    deliberation_phase_at,
    {
        DeliberationMove.HOLD: Move(
            frozenset({DeliberationPhase.ANNOUNCED}), P.DELIBERATION_RECORD, stamps="held_at"
        ),
        DeliberationMove.CANCEL: Move(
            frozenset({DeliberationPhase.ANNOUNCED}), P.DELIBERATION_RECORD, stamps="cancelled_at"
        ),
        DeliberationMove.KEEP: Move(
            frozenset({DeliberationPhase.HELD}), P.DELIBERATION_RECORD, stamps="promise_kept_at"
        ),
    },
)
