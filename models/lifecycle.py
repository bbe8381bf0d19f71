"""Lifecycles: phases from dates, moves as one readable table, and `advance()`, the only way to move."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.errors import Conflict

_moving: ContextVar[bool] = ContextVar("moving", default=False)


@dataclass(frozen=True)
class Move:
    """From which phases, with which permission, and which decision columns it stamps, writes and clears."""

    from_: frozenset[StrEnum]
    needs: Permission
    stamps: str
    writes: Mapping[str, Any] = field(default_factory=dict)
    clears: tuple[str, ...] = ()

    @property
    def decides(self) -> frozenset[str]:
        """The columns this move touches."""
        return frozenset({self.stamps, *self.writes, *self.clears})


class Lifecycle:
    """All there is to know about how one kind of record moves."""

    def __init__(
        self,
        model: type[Any],
        phase_at: Callable[[Any, datetime], StrEnum],
        moves: Mapping[StrEnum, Move],
    ) -> None:
        self.model = model
        self.phase_at = phase_at
        self.moves = dict(moves)
        for column in self.decision_columns:
            event.listen(getattr(model, column), "set", _refuse_outside_advance)

    @property
    def decision_columns(self) -> frozenset[str]:
        """Columns that only `advance()` may set."""
        return frozenset[str]().union(*(move.decides for move in self.moves.values()))

    def open_moves(self, subject: Any, at: datetime) -> list[StrEnum]:
        """Moves the phase allows now, whoever asks."""
        phase = self.phase_at(subject, at)
        return [name for name, move in self.moves.items() if phase in move.from_]


def advance(
    session: Session, lifecycle: Lifecycle, subject: Any, move: StrEnum, act: Act, **facts: Any
) -> None:
    """Check permission, lock the row, check the phase, stamp the decision, write the audit event.

    Raises NotAllowed, NotFound or Conflict("wrong_phase"); a later raise in the verb undoes all of it.
    """
    rule = lifecycle.moves[move]
    ensure(act, rule.needs, subject)
    session.flush()  # a refresh forgets what the verb has set and nobody has written yet
    session.refresh(subject, with_for_update=True)
    phase = lifecycle.phase_at(subject, act.at)
    if phase not in rule.from_:
        raise Conflict("wrong_phase", phase=phase, move=move)
    with _permit():
        for column in rule.clears:
            setattr(subject, column, None)
        for column, value in rule.writes.items():
            setattr(subject, column, value)
        setattr(subject, rule.stamps, act.at)
    record(session, act, f"{lifecycle.model.__tablename__}.{move}", subject, **facts)


@contextmanager
def _permit() -> Iterator[None]:
    token = _moving.set(True)
    try:
        yield
    finally:
        _moving.reset(token)


def _refuse_outside_advance(subject: Any, _value: Any, _old: Any, initiator: Any) -> None:
    if not _moving.get():
        msg = f"{type(subject).__name__}.{initiator.key} is a decision: only advance() may set it"
        raise TypeError(msg)
