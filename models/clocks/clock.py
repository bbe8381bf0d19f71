"""A clock that runs: what is due when, from when its people are reminded, and who they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

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
