"""A clock that runs: what is due when, from when its people are reminded, and who they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from models.calendar.clocks import start_of
from models.calendar.counting import DayKind, count_back
from models.clocks.reminder import ReminderKind


@dataclass(frozen=True)
class Clock:
    """One clock of one subject. `about` is the record whose page a reminder leads to."""

    kind: ReminderKind
    subject_id: UUID
    about: Any
    opens_at: datetime
    due_at: datetime
    people: frozenset[UUID]
    facts: Mapping[str, object]


def ahead(day: date, workdays: int) -> datetime:
    """The beginning of the day that lies so many working days before another."""
    return start_of(count_back(day, workdays, DayKind.WORKING).day)
