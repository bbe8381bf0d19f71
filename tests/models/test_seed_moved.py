"""Wherever the story is moved, its procurement keeps to the rules: asked of its days, without loading."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.calendar.counting import count_back
from models.calendar.workdays import is_workday
from models.rulebook.methods import METHODS, Method
from seed_data.load import in_order
from seed_data.moving import moved, workday
from seed_data.replay import moment
from seed_data.workbooks import LAST_DAY, Books, Row, RowError, read, shift_for

WEEKS = tuple(range(-104, 157, 13))
"""Two years back, three ahead, by quarters: each holiday falls into each part of the story."""
PROCUREMENT = {"tenders", "bids", "panels", "contracts"}


@pytest.fixture(scope="module")
def unmoved() -> Books:
    """The workbooks as they are."""
    return read()


@pytest.fixture(scope="module", params=WEEKS)
def books(request: pytest.FixtureRequest, unmoved: Books) -> Books:
    """The workbooks, moved by so many weeks."""
    shift = timedelta(weeks=request.param)
    return {
        name: {sheet: [replace(row, shift=shift) for row in rows] for sheet, rows in book.items()}
        for name, book in unmoved.items()
    }


def _steps_end(books: Books) -> date:
    return LAST_DAY + books["tenders"]["tenders"][0].shift


def test_unmoved_every_day_is_as_written() -> None:
    day = date(2025, 10, 9)
    assert moved(day, timedelta(0)) == day
    assert moved(date(2026, 12, 11), timedelta(0)) == date(2026, 12, 11)


def test_a_moved_day_is_a_working_day_as_far_from_the_end_as_before() -> None:
    before_the_holiday = moved(date(2026, 11, 18), timedelta(weeks=-6))  # ends on 9 October, a Friday
    assert before_the_holiday == date(2026, 9, 30)
    assert is_workday(before_the_holiday) == (True, False)


def test_a_day_off_in_a_workbook_is_refused() -> None:
    row = Row("tenders", "tenders", 2, {"closes_on": date(2026, 11, 21)})
    with pytest.raises(RowError, match="closes_on is no working day: 2026-11-21"):
        workday(row, "closes_on")


def test_everything_happens_before_the_last_morning(books: Books) -> None:
    steps = [step for step in in_order(books) if step.row.book in PROCUREMENT]
    assert steps[-1].at < moment(_steps_end(books), 12)
    assert all(is_workday(step.at.date())[0] for step in steps)


def test_a_tender_is_drafted_when_its_needs_are_ready(books: Books) -> None:
    ready = {row.key("need_id"): row.day("standardised_on") for row in books["needs"]["needs"]}
    for row in books["tenders"]["tenders"]:
        for need in row.codes("need_ids"):
            standardised = ready[need]
            assert standardised is not None
            assert standardised < workday(row, "drafted_on"), row


def test_bidders_have_their_days(books: Books) -> None:
    """R21, R22, R39, R44."""
    for row in books["tenders"]["tenders"]:
        if row.day("published_on"):
            rules, closes = METHODS[row.choice("method", Method)], workday(row, "closes_on")
            for span in (rules.bid_period, rules.documents):
                if span:
                    assert workday(row, "published_on") <= count_back(closes, span.days, span.kind).day, row


def test_changes_leave_their_days(books: Books) -> None:
    """R22, R39: a change that bears on bids comes early enough for the deadline to stay."""
    tenders = {row.key("tender_id"): row for row in books["tenders"]["tenders"]}
    for row in books["tenders"]["amendments"]:
        tender = tenders[row.key("tender_id")]
        span = METHODS[tender.choice("method", Method)].clarification
        if row.text("kind") == "change" and span:
            last = count_back(workday(tender, "closes_on"), span.days, span.kind).day
            assert workday(row, "made_on") <= last, row


def test_what_is_still_open_closes_after_the_last_day(books: Books) -> None:
    until = _steps_end(books)
    ahead = [
        row
        for row in books["tenders"]["tenders"]
        if row.day("closes_on") and workday(row, "closes_on") > until
    ]
    assert len(ahead) == 5
    assert shift_for(until) == books["tenders"]["tenders"][0].shift
