"""Phases and moves of a learning run: all there is to know."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, case

from models.access.permissions import Permission
from models.lifecycle import Lifecycle, Move
from models.matching.learning import LearningPhase, LearningRun


class LearningMove(StrEnum):
    """What can happen to a learning run."""

    ADOPT = "adopt"
    DISCARD = "discard"
    WITHDRAW = "withdraw"


_LAST = (
    ("withdrawn_at", LearningPhase.WITHDRAWN),
    ("adopted_at", LearningPhase.ADOPTED),
    ("discarded_at", LearningPhase.DISCARDED),
    ("trained_at", LearningPhase.TRAINED),
)


def phase_at(run: LearningRun, at: datetime) -> LearningPhase:
    """The phase at an instant; `phase_sql` says the same."""
    for column, phase in _LAST:
        stamp = getattr(run, column)
        if stamp is not None and stamp <= at:
            return phase
    return LearningPhase.WAITING


def phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase as SQL; `phase_at` says the same."""
    decided = [(getattr(LearningRun, column) <= at, phase.value) for column, phase in _LAST]
    return case(*decided, else_=LearningPhase.WAITING.value)


_TRAINED = frozenset({LearningPhase.TRAINED})
LEARNING = Lifecycle(
    LearningRun,
    phase_at,
    {
        LearningMove.ADOPT: Move(_TRAINED, Permission.LEARNING_RUN, stamps="adopted_at"),
        LearningMove.DISCARD: Move(_TRAINED, Permission.LEARNING_RUN, stamps="discarded_at"),
        LearningMove.WITHDRAW: Move(
            frozenset({LearningPhase.ADOPTED}), Permission.LEARNING_RUN, stamps="withdrawn_at"
        ),
    },
)
