"""One evaluated contract as a record sees it: what it came to, in which codes, and from when it counts."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from models.calendar.clocks import local_date
from models.calendar.counting import DayKind, count
from models.rulebook.rule import rule
from models.scoring.composition import Composed
from models.scoring.record import Mark


class Waiting(StrEnum):
    """Why a published result does not count in a record yet."""

    WINDOW = "window"
    CHALLENGE = "challenge"
    APPEAL = "appeal"
    RESCORE = "rescore"


@dataclass(frozen=True)
class Outcome:
    """A published final evaluation; `codes` are the service codes of the lot's needs with their domains."""

    evaluation_id: UUID
    reference: str
    contract_id: UUID
    contract_title: str
    organisation_id: UUID
    unit_code: str
    agency_id: UUID
    agency: str
    published_at: datetime
    codes: tuple[tuple[str, str], ...]
    composed: Composed
    waits: frozenset[Waiting]

    @property
    def on(self) -> date:
        """The day it was published: its age is counted from there."""
        return local_date(self.published_at)

    @property
    def window_until(self) -> date:
        """The last day on which it can be objected to."""
        return window_until(self.published_at)

    @property
    def counts(self) -> bool:
        """Nothing is open any more."""
        return not self.waits

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What it says in each of its codes."""
        return tuple(
            Mark(
                source=str(self.evaluation_id),
                organisation=str(self.organisation_id),
                code=code,
                domain=domain,
                evaluator=str(self.agency_id),
                points=self.composed.points,
                on=self.on,
            )
            for code, domain in self.codes
        )


def window_until(published_at: datetime) -> date:
    """Seven working days after the result is published, as for a result of procurement (R58)."""
    return count(local_date(published_at), rule("R58").number("challenge"), DayKind.WORKING).day
