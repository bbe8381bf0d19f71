"""What the tests of a lifecycle need of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.lifecycle import Lifecycle


@dataclass(frozen=True)
class Kind:
    """A lifecycle with what a test needs of it: a fresh record, and the phase as SQL."""

    lifecycle: Lifecycle
    phase_sql: Any
    make: Any
    columns: tuple[str, ...]
    """The dates that say the phase, in the order in which they are stamped."""
    also: dict[str, dict[str, Any]]
    """What the database wants beside a date."""
    first: tuple[tuple[str, str], ...] = ()
    """Pairs of dates of which the database takes the second only beside the first."""
    never: tuple[tuple[str, str], ...] = ()
    """Pairs of dates that the database does not take together."""

    def impossible(self, dates: dict[str, datetime | None]) -> bool:
        """Whether the database refuses these dates."""
        return any(dates[later] and not dates[before] for before, later in self.first) or any(
            dates[one] and dates[other] for one, other in self.never
        )
