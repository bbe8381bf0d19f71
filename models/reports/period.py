"""A period of a report: whole days in Shanghai, the last one included."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_

from models.calendar.clocks import local_date, start_of
from models.errors import Invalid

LONGEST = timedelta(days=3 * 366)
ONE_DAY = timedelta(days=1)
QUARTER = 3  # months


@dataclass(frozen=True)
class Period:
    """From the beginning of one day to the end of another."""

    first: date
    last: date

    @property
    def begins_at(self) -> datetime:
        """The first instant."""
        return start_of(self.first)

    @property
    def ends_at(self) -> datetime:
        """The instant after the last."""
        return start_of(self.last + ONE_DAY)


def period(first: date, last: date) -> Period:
    """A period that can be reported on."""
    if last < first:
        raise Invalid("report_ends_before_it_begins", field="last")
    if last - first > LONGEST:
        raise Invalid("report_too_long", field="last", years=LONGEST.days // 366)
    return Period(first, last)


def last_quarter(at: datetime) -> Period:
    """The last quarter that is over: what a report is usually about."""
    today = local_date(at)
    first_month = (today.month - 1) // QUARTER * QUARTER + 1
    end = date(today.year, first_month, 1) - ONE_DAY
    return Period(date(end.year, end.month - QUARTER + 1, 1), end)


def within(stamp: Any, period: Period) -> ColumnElement[bool]:
    """Whether an instant lies in the period."""
    return and_(stamp >= period.begins_at, stamp < period.ends_at)


def inside(place: Any, area: str) -> ColumnElement[bool]:
    """Whether a place lies in the area; without an area nothing does."""
    condition: ColumnElement[bool] = place.startswith(area or "-", autoescape=True)
    return condition
