"""Counting a period by R37 (财政部令87 art 85-86, 94 art 42), with the days that were skipped.

The first day is not counted. A period of working days passes over days off; one of calendar days runs through
them, and only its last day moves to the next working day. A period counted backwards from a deadline is a
minimum: its last day does not move, since moving it later would make the period too short.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.calendar.workdays import NATIONAL, Calendar

ONE = timedelta(days=1)


class DayKind(StrEnum):
    """How days are counted."""

    CALENDAR = "calendar"
    WORKING = "working"


@dataclass(frozen=True)
class Counted:
    """The last day of a period, and the days off that were passed over on the way to it.

    `provisional`: the holidays of its year are not announced yet.
    """

    day: date
    skipped: tuple[date, ...] = ()
    provisional: bool = False


def count(start: date, days: int, kind: DayKind, calendar: Calendar = NATIONAL) -> Counted:
    """The last day of a period that begins after `start`."""
    if kind == DayKind.CALENDAR:
        return onto_workday(start + days * ONE, calendar)
    return _walk(start, days, ONE, calendar)


def after_workdays(start: date, days: int) -> Counted:
    """The last day of a period of working days by the national calendar."""
    return count(start, days, DayKind.WORKING)


def count_back(end: date, days: int, kind: DayKind, calendar: Calendar = NATIONAL) -> Counted:
    """The last day that still leaves a full period before `end`."""
    if kind == DayKind.CALENDAR:
        return Counted(end - days * ONE)
    return _walk(end, days, -ONE, calendar)


def onto_workday(day: date, calendar: Calendar = NATIONAL) -> Counted:
    """The day itself when people work, else the next day on which they do."""
    skipped: list[date] = []
    while True:
        works, provisional = calendar.is_workday(day)
        if works:
            return Counted(day, tuple(skipped), provisional or _guessed(skipped, calendar))
        skipped.append(day)
        day += ONE


def _walk(day: date, days: int, step: timedelta, calendar: Calendar) -> Counted:
    skipped: list[date] = []
    provisional = False
    while days > 0:
        day += step
        works, guessed = calendar.is_workday(day)
        provisional = provisional or guessed
        if works:
            days -= 1
        else:
            skipped.append(day)
    return Counted(day, tuple(skipped), provisional)


def _guessed(days: list[date], calendar: Calendar) -> bool:
    return any(calendar.is_workday(day)[1] for day in days)
