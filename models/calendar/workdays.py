"""Chinese working days, adjusted weekends (调休) included."""

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

SATURDAY = 5


@dataclass(frozen=True)
class Due:
    """A date counted in working days. `provisional`: the holidays of its year are not yet announced."""

    day: date
    provisional: bool


def is_workday(day: date) -> tuple[bool, bool]:
    """Whether people work that day, and whether that is only provisional (weekends alone are known)."""
    try:
        return chinese_calendar.is_workday(day), False
    except NotImplementedError:  # the State Council has not announced that year yet
        return day.weekday() < SATURDAY, True


def after_workdays(start: date, days: int) -> Due:
    """The last day of a period of working days; the first day is not counted (财政部令87 art 85)."""
    day, provisional = start, False
    while days > 0:
        day += timedelta(days=1)
        works, guessed = is_workday(day)
        provisional = provisional or guessed
        days -= works
    return Due(day, provisional)
