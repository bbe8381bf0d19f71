"""All records of a morning, and how a service stands by its organisation's.

A record is that of the morning: what happens during a day counts on the next one, and so the same day shows
the same record to everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy.orm import Session

from models.calendar.clocks import local_date, start_of
from models.records.outcome import Outcome
from models.records.reading import outcomes
from models.scoring.record import Mark, Record
from models.scoring.recording import STANDARD, Records, codes_with_records, records


@dataclass(frozen=True)
class Standing:
    """How a service stands by its organisation's record; `signal` is one half at the mean of its kind."""

    code: str
    signal: float
    evaluations: int
    points: float
    mean: float


@dataclass(frozen=True)
class Book:
    """The records of a day; `codes` are those in which a newcomer is given an allowance."""

    on: date
    records: Records
    codes: frozenset[str]

    def standing(self, organisation_id: UUID, codes: Sequence[str]) -> Standing | None:
        """By the code in which most is known of the organisation; a newcomer stands a little above the mean.

        None where there are no records to stand beside.
        """
        found = [self.records.get((str(organisation_id), code)) for code in codes]
        known = [record for record in found if record is not None]
        if known:
            return _standing(max(known, key=lambda record: record.weight))
        code = next((code for code in codes if code in self.codes), None)
        return Standing(code, _signal(STANDARD.allowance), 0, 0.0, 0.0) if code else None


def morning_of(at: datetime) -> datetime:
    """The instant from which a day's records are read."""
    return start_of(local_date(at))


def book(session: Session, at: datetime) -> Book:
    """The records of the day in which an instant lies."""
    morning = morning_of(at)
    return book_of(outcomes(session, morning), local_date(morning))


def book_of(found: Sequence[Outcome], on: date) -> Book:
    """The records these outcomes make, of which only those count about which nothing is open."""
    return _worked_out(tuple(mark for each in found if each.counts for mark in each.marks), on)


@lru_cache(maxsize=4)
def _worked_out(marks: tuple[Mark, ...], on: date) -> Book:
    """Worked out once for the same marks: they are read at every run."""
    return Book(on, records(marks, on), codes_with_records(marks))


def _standing(record: Record) -> Standing:
    return Standing(
        code=record.code,
        signal=_signal(record.above),
        evaluations=len(record.lines),
        points=record.points,
        mean=record.spread.mean,
    )


def _signal(above: float) -> float:
    """From 0 to 1: as far below the mean as a mark can count, and as far above."""
    return min(max(0.5 + above / (2 * STANDARD.reach), 0.0), 1.0)
