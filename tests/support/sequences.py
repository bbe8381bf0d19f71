"""Verbs in any order at any pace: records go the ways of their tables alone; a refusal changes nothing."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from models.audit.record import verify
from models.errors import DomainError

ANYWHERE = settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
"""The start is built once a test: every sequence begins in a savepoint on it."""

MOMENT, DAY = timedelta(microseconds=1), timedelta(days=1)
PAUSES = (timedelta(0), MOMENT, DAY, DAY, 7 * DAY)
ONWARD = "onward"

Verb = Callable[[datetime], object]
Phases = Mapping[Any, StrEnum]
Ways = Mapping[type[StrEnum], Mapping[StrEnum, Collection[StrEnum]]]
"""By kind of phase, since "pending" of one kind equals "pending" of another."""
Steps = Sequence[tuple[str, timedelta]]


def steps(
    verbs: Collection[str], *, pauses: Sequence[timedelta] = PAUSES, onward: int = 2, most: int = 40
) -> st.SearchStrategy[Steps]:
    """Verbs with pauses before them; `onward` steps beside each of any kind, so that sequences come far."""
    name = st.one_of(st.sampled_from(sorted(verbs)), *[st.just(ONWARD)] * onward)
    return st.lists(st.tuples(name, st.sampled_from(pauses)), min_size=most // 2, max_size=most)


@dataclass
class Walk:
    """A walk from one start: `phases` sees every record, `by_time` names what time alone may do."""

    session: Session
    at: datetime
    verbs: Mapping[str, Verb]
    phases: Callable[[datetime], Phases]
    ways: Ways
    beginnings: Collection[StrEnum]
    holds: Callable[[datetime, datetime], None]
    """What must be so at an instant, given the instant before the step."""
    by_time: Collection[tuple[StrEnum, StrEnum]] = ()
    usual: Sequence[str] = ()
    """What ONWARD tries, until one is not refused."""

    def go(self, steps: Steps) -> None:
        """Take the steps and undo them all."""
        whole = self.session.begin_nested()
        for name, pause in steps:
            self._step(name, pause)
        assert verify(self.session).broken_at is None
        whole.rollback()
        self.session.expire_all()

    def _step(self, name: str, pause: timedelta) -> None:
        before, then = self.phases(self.at), self.at
        self.at += pause
        now = self.phases(self.at)
        for key, phase in now.items():
            assert phase == before[key] or (before[key], phase) in self.by_time, (key, before[key], phase)
        taken = any(self._takes(each) for each in (self.usual if name == ONWARD else [name]))
        after = self.phases(self.at)
        assert taken or after == now, name
        for key, phase in after.items():
            if key not in now:
                assert phase in self.beginnings, (name, key, phase)
            elif phase != now[key]:
                assert phase in self.ways[type(phase)].get(now[key], ()), (name, key, now[key], phase)
        self.holds(self.at, then)

    def _takes(self, name: str) -> bool:
        """Whether a verb goes through; what a refused one has begun is undone."""
        inner = self.session.begin_nested()
        try:
            self.verbs[name](self.at)
            self.session.flush()
        except DomainError:
            inner.rollback()
            self.session.expire_all()
            return False
        inner.commit()
        return True
