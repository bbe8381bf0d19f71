"""How long each step of a need may take, in working days, and until when an assessment counts."""

from datetime import date, datetime, timedelta

from models.calendar.clocks import local_date, start_of
from models.calendar.counting import Counted, after_workdays
from models.errors import Invalid

HANDLING_WORKDAYS = 5
"""Working days an official has, from the day a need is submitted, to return, route, merge, deliberate or
standardise it; and again from the day a meeting about it is held."""

NOTICE_DAYS = 3
"""Calendar days between a meeting's notice and the meeting, when its type says nothing else (公示制)."""


YEARS_AROUND = 10
"""A meeting, its notice or its promise lies within so many years of today."""


def check_near(day: date, at: datetime, *, field: str) -> None:
    """Raise Invalid("date_far_off") for a year that can only be a slip of the hand."""
    if abs(day.year - local_date(at).year) > YEARS_AROUND:
        raise Invalid("date_far_off", field=field, years=YEARS_AROUND)


def handling_due(since: datetime) -> Counted:
    """The last day for handling something that has waited since an instant."""
    return after_workdays(local_date(since), HANDLING_WORKDAYS)


def end_of(due: Counted) -> datetime:
    """The instant a due day is over."""
    return start_of(due.day + timedelta(days=1))


def overdue_before(at: datetime) -> datetime:
    """What began to wait before this instant is overdue now; for lists, which compare in SQL."""
    today = local_date(at)
    day = today
    while after_workdays(day, HANDLING_WORKDAYS).day >= today:
        day -= timedelta(days=1)
    return start_of(day + timedelta(days=1))


def year_after(day: date) -> date:
    """The same day a year on; 1 March after a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)


def year_before(day: date) -> date:
    """The last day whose year is over on this one: `year_after(d) > day` for every d after it."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return date(day.year - 1, 2, 28)
