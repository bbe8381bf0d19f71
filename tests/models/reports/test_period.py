"""Periods are whole days in Shanghai."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.errors import Invalid
from models.reports.period import LONGEST, last_quarter, period

MOMENT = timedelta(microseconds=1)


def test_the_last_day_counts_to_its_end() -> None:
    found = period(date(2026, 10, 1), date(2026, 12, 31))
    assert found.begins_at == datetime(2026, 9, 30, 16, tzinfo=UTC)
    assert found.ends_at == datetime(2026, 12, 31, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "first", "last"),
    [
        (datetime(2026, 12, 31, 16, tzinfo=UTC) - MOMENT, date(2026, 7, 1), date(2026, 9, 30)),
        (datetime(2026, 12, 31, 16, tzinfo=UTC), date(2026, 10, 1), date(2026, 12, 31)),
        (datetime(2027, 2, 17, tzinfo=UTC), date(2026, 10, 1), date(2026, 12, 31)),
        (datetime(2026, 5, 1, tzinfo=UTC), date(2026, 1, 1), date(2026, 3, 31)),
    ],
)
def test_the_usual_period_is_the_last_quarter_that_is_over(at: datetime, first: date, last: date) -> None:
    assert (last_quarter(at).first, last_quarter(at).last) == (first, last)


def test_what_cannot_be_reported_on_is_refused() -> None:
    day = date(2026, 1, 1)
    assert period(day, day).last == day
    assert period(day, day + LONGEST).first == day
    for last, code in (
        (day - timedelta(1), "report_ends_before_it_begins"),
        (day + LONGEST + timedelta(1), "report_too_long"),
    ):
        with pytest.raises(Invalid, match=code):
            period(day, last)
