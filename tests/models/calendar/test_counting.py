"""R37: the first day is not counted, a last day off moves on, adjusted weekends are working days."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.calendar.counting import Counted, DayKind, after_workdays, count, count_back, onto_workday
from models.calendar.workdays import NATIONAL, read_calendar
from models.errors import Invalid

KNOWN = st.dates(date(2004, 1, 1), date(2026, 12, 31))
FUTURE = st.dates(date(2027, 1, 1), date(2090, 12, 31))
DAYS = st.integers(1, 40)
KINDS = st.sampled_from(DayKind)


@pytest.mark.parametrize("adjusted", [date(2026, 2, 14), date(2026, 10, 10)])
def test_r37_an_adjusted_saturday_is_a_working_day(adjusted: date) -> None:
    assert adjusted.isoweekday() == 6
    assert NATIONAL.is_workday(adjusted) == (True, False)
    assert count(adjusted - timedelta(days=1), 1, DayKind.WORKING) == Counted(adjusted)
    assert count(adjusted - timedelta(days=20), 20, DayKind.CALENDAR) == Counted(adjusted)


def test_r37_a_last_day_in_the_spring_festival_moves_behind_it() -> None:
    found = count(date(2026, 1, 26), 20, DayKind.CALENDAR)
    assert found.day == date(2026, 2, 24)
    assert found.skipped == tuple(date(2026, 2, 15) + timedelta(days=n) for n in range(9))


def test_r37_the_first_day_is_not_counted() -> None:
    assert count(date(2026, 11, 20), 20, DayKind.CALENDAR) == Counted(date(2026, 12, 10))
    weekend = (date(2026, 11, 21), date(2026, 11, 22))
    assert count(date(2026, 11, 20), 5, DayKind.WORKING) == Counted(date(2026, 11, 27), weekend)


def test_r37_a_minimum_before_a_deadline_does_not_move() -> None:
    """15 days before Monday 30 November is a Sunday; a day later would be one day short."""
    assert count_back(date(2026, 11, 30), 15, DayKind.CALENDAR) == Counted(date(2026, 11, 15))
    back = count_back(date(2026, 11, 24), 3, DayKind.WORKING)
    assert back == Counted(date(2026, 11, 19), (date(2026, 11, 22), date(2026, 11, 21)))


@given(KNOWN | FUTURE, DAYS, KINDS)
@example(date(2026, 12, 31), 1, DayKind.CALENDAR)
def test_r37_a_period_never_ends_on_a_day_off(start: date, days: int, kind: DayKind) -> None:
    found = count(start, days, kind)
    assert NATIONAL.is_workday(found.day)[0]
    assert not any(NATIONAL.is_workday(day)[0] for day in found.skipped)
    assert all(start < day < found.day for day in found.skipped)


@given(KNOWN, DAYS)
def test_r37_working_days_and_skipped_days_fill_the_period(start: date, days: int) -> None:
    found = count(start, days, DayKind.WORKING)
    assert (found.day - start).days == days + len(found.skipped)
    assert after_workdays(start, days).day == found.day


@given(KNOWN, DAYS)
def test_r37_counting_back_from_a_working_day_undoes_counting(start: date, days: int) -> None:
    begun = onto_workday(start).day
    there = count(begun, days, DayKind.WORKING).day
    assert count_back(there, days, DayKind.WORKING).day == begun


@given(KNOWN | FUTURE, DAYS, KINDS)
def test_r37_a_longer_period_never_ends_earlier(start: date, days: int, kind: DayKind) -> None:
    assert count(start, days, kind).day <= count(start, days + 1, kind).day


def test_a_year_nobody_has_announced_is_said_to_be_provisional() -> None:
    assert NATIONAL.is_workday(date(2026, 12, 31)) == (True, False)
    assert NATIONAL.is_workday(date(2027, 1, 1)) == (False, True)
    assert NATIONAL.is_workday(date(2027, 10, 1)) == (False, True)
    assert not count(date(2026, 12, 30), 1, DayKind.WORKING).provisional
    assert count(date(2026, 12, 31), 1, DayKind.WORKING).provisional
    moved = count(date(2026, 12, 20), 20, DayKind.CALENDAR)  # Saturday 9 January
    assert (moved.day, moved.provisional) == (date(2027, 1, 11), True)


def test_a_loaded_table_goes_before_the_libraries() -> None:
    loaded = read_calendar(["# 2027", "", "2027-02-06,rest", "2027-02-20, work", "2026-11-23,rest"])
    assert loaded.is_workday(date(2027, 2, 20)) == (True, False)
    assert loaded.is_workday(date(2027, 2, 6)) == (False, False)
    assert loaded.is_workday(date(2026, 11, 23)) == (False, False)
    assert loaded.is_workday(date(2027, 3, 1)) == (True, True)
    assert count(date(2026, 11, 20), 1, DayKind.WORKING, loaded).day == date(2026, 11, 24)


def test_a_year_that_is_wholly_loaded_is_not_provisional() -> None:
    loaded = read_calendar(["2027,announced", "2027-01-01,rest"])
    assert loaded.is_workday(date(2027, 1, 1)) == (False, False)
    assert loaded.is_workday(date(2027, 5, 3)) == (True, False)
    assert loaded.is_workday(date(2028, 6, 1)) == (True, True)


@pytest.mark.parametrize("line", ["2027-02-30,rest", "2027-02-06", "2027-02-06,off", "x,announced", "a,b,c"])
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(Invalid, match=r"calendar_line \(line=2\)"):
        read_calendar(["2027-02-06,rest", line])
