"""Phases and moves of evaluations and of second sheets."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case

from models.access.permissions import Permission as P
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.rescore import Rescore, RescorePhase
from models.lifecycle import Lifecycle, Move


class EvaluationMove(StrEnum):
    """What can happen to an evaluation."""

    START = "start"
    DRAFT = "draft"
    ANSWER = "answer"
    FINALISE = "finalise"
    PUBLISH = "publish"
    CANCEL = "cancel"


_LAST = (
    ("cancelled_at", EvaluationPhase.CANCELLED),
    ("published_at", EvaluationPhase.PUBLISHED),
    ("finalised_at", EvaluationPhase.FINAL),
    ("answered_at", EvaluationPhase.ANSWERED),
)


def phase_at(evaluation: Evaluation, at: datetime) -> EvaluationPhase:
    """The phase at an instant. A draft counts as answered when its five working days have passed (R37)."""
    for column, phase in _LAST:
        stamp = getattr(evaluation, column)
        if stamp is not None and stamp <= at:
            return phase
    if evaluation.drafted_at is not None and evaluation.drafted_at <= at:
        ended = evaluation.answer_ends_at is not None and evaluation.answer_ends_at <= at
        return EvaluationPhase.ANSWERED if ended else EvaluationPhase.DRAFTED
    started = evaluation.started_at is not None and evaluation.started_at <= at
    return EvaluationPhase.STARTED if started else EvaluationPhase.PLANNED


def phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase as SQL."""
    decided = [(getattr(Evaluation, column) <= at, phase.value) for column, phase in _LAST]
    drafted = Evaluation.drafted_at <= at
    return case(
        *decided,
        (and_(drafted, Evaluation.answer_ends_at <= at), EvaluationPhase.ANSWERED.value),
        (drafted, EvaluationPhase.DRAFTED.value),
        (Evaluation.started_at <= at, EvaluationPhase.STARTED.value),
        else_=EvaluationPhase.PLANNED.value,
    )


_PLANNED = frozenset({EvaluationPhase.PLANNED})
EVALUATION = Lifecycle(
    Evaluation,
    phase_at,
    {
        EvaluationMove.START: Move(_PLANNED, P.EVALUATION_MARK, stamps="started_at"),
        EvaluationMove.DRAFT: Move(
            frozenset({EvaluationPhase.STARTED}), P.EVALUATION_MARK, stamps="drafted_at"
        ),
        EvaluationMove.ANSWER: Move(
            frozenset({EvaluationPhase.DRAFTED}), P.EVALUATION_ANSWER, stamps="answered_at"
        ),
        EvaluationMove.FINALISE: Move(
            frozenset({EvaluationPhase.ANSWERED}), P.EVALUATION_MARK, stamps="finalised_at"
        ),
        EvaluationMove.PUBLISH: Move(
            frozenset({EvaluationPhase.FINAL}), P.EVALUATION_DECIDE, stamps="published_at"
        ),
        EvaluationMove.CANCEL: Move(_PLANNED, P.EVALUATION_PLAN, stamps="cancelled_at"),
    },
)


class RescoreMove(StrEnum):
    """What can happen to a second sheet."""

    SUBMIT = "submit"
    REVIEW = "review"
    WAIVE = "waive"


_RESCORE = (
    ("waived_at", RescorePhase.WAIVED),
    ("reviewed_at", RescorePhase.REVIEWED),
    ("submitted_at", RescorePhase.SUBMITTED),
)


def rescore_phase_at(rescore: Rescore, at: datetime) -> RescorePhase:
    """The phase of a second sheet at an instant."""
    for column, phase in _RESCORE:
        stamp = getattr(rescore, column)
        if stamp is not None and stamp <= at:
            return phase
    return RescorePhase.ORDERED


def rescore_phase_sql(at: datetime) -> ColumnElement[str]:
    """The same as SQL."""
    decided = [(getattr(Rescore, column) <= at, phase.value) for column, phase in _RESCORE]
    return case(*decided, else_=RescorePhase.ORDERED.value)


_ORDERED = frozenset({RescorePhase.ORDERED})
RESCORE = Lifecycle(
    Rescore,
    rescore_phase_at,
    {
        RescoreMove.SUBMIT: Move(_ORDERED, P.EVALUATION_MARK, stamps="submitted_at"),
        RescoreMove.REVIEW: Move(
            frozenset({RescorePhase.SUBMITTED}), P.EVALUATION_DECIDE, stamps="reviewed_at"
        ),
        RescoreMove.WAIVE: Move(_ORDERED, P.EVALUATION_DECIDE, stamps="waived_at"),
    },
)
