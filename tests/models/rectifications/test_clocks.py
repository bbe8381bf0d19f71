"""Every clock is a computed date that names its rule (R37): also across New Year and 春节."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.calendar.clocks import start_of
from models.rectifications.clocks import Clock, clock_of, findings_until
from models.rectifications.escalation import StepKind
from models.rectifications.rectification import Finding, Remedy

MOMENT = timedelta(microseconds=1)


def noon(year: int, month: int, day: int) -> datetime:
    """Noon in Shanghai."""
    return datetime(year, month, day, 4, 0, tzinfo=UTC)


class _Dated:
    """A row's dates before there is a row."""

    def __init__(self, **dates: object) -> None:
        names = ("planned", "done", "failed", "replanned", "redone", "refailed", "passed", "concluded")
        self.__dict__.update(dict.fromkeys(f"{name}_at" for name in names) | {"findings": []} | dates)


def clock(at: datetime, **dates: object) -> Clock | None:
    return clock_of(_Dated(**dates), at)  # type: ignore[arg-type]  # only its dates are read


@pytest.mark.parametrize(
    ("finalised", "last"),
    [
        # Monday 29 December 2025: 1 to 3 January are off, Sunday 4 January is worked.
        (noon(2025, 12, 29), date(2026, 1, 6)),
        # Friday 13 February 2026: Saturday 14 is worked, then 春节 until 23 February.
        (noon(2026, 2, 13), date(2026, 2, 27)),
        # The last minute of a Thursday in Shanghai is still that Thursday.
        (datetime(2026, 4, 9, 15, 59, tzinfo=UTC), date(2026, 4, 16)),
        (datetime(2026, 4, 9, 16, 0, tzinfo=UTC), date(2026, 4, 17)),
    ],
)
def test_findings_follow_within_5_working_days(finalised: datetime, last: date) -> None:
    found = findings_until(_Dated(finalised_at=finalised))  # type: ignore[arg-type]  # as below
    assert found is not None
    assert (found.kind, found.day, found.rule) == (StepKind.FINDINGS, last, "R37")
    end = start_of(last + timedelta(days=1))
    assert not found.is_over(end - MOMENT)
    assert found.is_over(end)


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        # Thursday 25 December: 1 to 3 January are off, Sunday 4 January is worked.
        (noon(2025, 12, 25), date(2026, 1, 9)),
        # Monday 9 February: 春节 is from 15 to 23 February, Saturdays 14 and 28 are worked.
        (noon(2026, 2, 9), date(2026, 2, 28)),
    ],
)
def test_a_plan_follows_within_10_working_days(issued: datetime, last: date) -> None:
    found = clock(issued, issued_at=issued)
    assert found is not None
    assert (found.kind, found.day, found.rule) == (StepKind.PLAN, last, "R37")
    again = clock(issued, issued_at=noon(2025, 1, 2), planned_at=issued, done_at=issued, failed_at=issued)
    assert again is not None
    assert (again.kind, again.day) == (StepKind.SECOND_PLAN, last)


@pytest.mark.parametrize(
    ("done", "last"),
    [
        (noon(2026, 1, 18), date(2026, 2, 24)),  # 17 February is 春节: the first day people work again
        (noon(2025, 12, 2), date(2026, 1, 4)),  # 1 January: Sunday 4 January is worked
        (noon(2026, 3, 2), date(2026, 4, 1)),  # 30 calendar days, a working day
    ],
)
def test_a_recheck_follows_within_30_days(done: datetime, last: date) -> None:
    found = clock(done, issued_at=done, planned_at=done, done_at=done)
    assert found is not None
    assert (found.kind, found.day, found.rule) == (StepKind.RECHECK, last, "R37")
    again = clock(
        done,
        issued_at=done,
        planned_at=done,
        done_at=done,
        failed_at=done,
        replanned_at=done,
        redone_at=done,
    )
    assert again is not None
    assert (again.kind, again.day) == (StepKind.SECOND_RECHECK, last)


def test_the_mending_is_due_on_the_last_day_its_plan_names() -> None:
    at = noon(2026, 3, 2)
    days = (date(2026, 3, 10), date(2026, 3, 20))
    findings = [Finding(number=n, remedies=[Remedy(round=1, due_on=day)]) for n, day in enumerate(days, 1)]
    found = clock(at, issued_at=at, planned_at=at, findings=findings)
    assert found is not None
    assert (found.kind, found.day, found.rule) == (StepKind.MENDING, days[1], None)
    findings[0].remedies.append(Remedy(round=2, due_on=date(2026, 5, 5)))
    again = clock(
        at, issued_at=at, planned_at=at, done_at=at, failed_at=at, replanned_at=at, findings=findings
    )
    assert again is not None
    assert (again.kind, again.day) == (StepKind.SECOND_MENDING, date(2026, 5, 5))


@pytest.mark.parametrize("ends", ["refailed_at", "passed_at", "concluded_at"])
def test_no_clock_runs_when_an_official_decides_or_all_is_over(ends: str) -> None:
    at = noon(2026, 3, 2)
    assert clock(at, issued_at=at, planned_at=at, done_at=at, **{ends: at}) is None


def test_a_year_that_is_not_announced_says_so() -> None:
    issued = noon(2031, 1, 28)
    found = clock(issued, issued_at=issued)
    assert found is not None
    assert found.provisional
