"""Working days when the story moves: each stays as many working days before (or after) its last day.

A purchase lives by working days, and in another year holidays lie elsewhere: moved by weeks alone, a deadline
would fall on one and a rule would refuse it. What a rule counts in working days stays exactly as written;
what it counts in calendar days has days to spare in the workbooks.
"""

from datetime import date, datetime, timedelta
from functools import cache

from models.calendar.counting import ONE
from models.calendar.workdays import is_workday
from seed_data.replay import moment
from seed_data.workbooks import LAST_DAY, Row


def workday(row: Row, column: str) -> date:
    """The working day of a cell, moved with the story. Raises RowError for a day off."""
    written = row.must_day(column) - row.shift
    if not _works(written):
        row.refuse(f"{column} is no working day: {written}")
    return moved(written, row.shift)


def when(row: Row, column: str, hour: int, minute: int = 0) -> datetime:
    """An instant of the working day of a cell, in Shanghai."""
    return moment(workday(row, column), hour, minute)


@cache
def moved(day: date, shift: timedelta) -> date:
    """The day as many working days from the moved last day as `day` is from the last day itself."""
    end, ahead = LAST_DAY + shift, day > LAST_DAY
    step = ONE if ahead else -ONE
    left = _workdays(LAST_DAY + ONE, day + ONE) if ahead else _workdays(day, LAST_DAY)
    while left:
        end += step
        left -= _works(end)
    return end


def _workdays(first: date, end: date) -> int:
    """How many working days lie in [first, end)."""
    return sum(_works(first + number * ONE) for number in range((end - first).days))


@cache
def _works(day: date) -> bool:
    return is_workday(day)[0]
