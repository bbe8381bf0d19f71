"""Wherever the story is moved, it keeps to the rules that count days: asked of its days, without loading."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.agencies.agency import NECESSARY, QualificationKind
from models.calendar.counting import after_workdays, count_back
from models.calendar.workdays import is_workday
from models.rulebook.methods import METHODS, Method
from models.rulebook.stages import Stage, window
from seed_data.load import in_order
from seed_data.moving import moved, workday
from seed_data.replay import moment
from seed_data.workbooks import LAST_DAY, Books, Row, RowError, read, shift_for

WEEKS = tuple(range(-104, 157, 13))
"""Two years back, three ahead, by quarters: each holiday falls into each part of the story."""
PROCUREMENT = {"tenders", "bids", "panels", "contracts", "evaluations"}


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


def _contract_days(books: Books, tender_id: str) -> tuple[date, date]:
    """From when until when a contract runs: by its own row, else as its tender has it."""
    (own,) = [row for row in books["contracts"]["contracts"] if row.key("tender_id") == tender_id]
    if own.day("starts_on"):
        return own.must_day("starts_on"), own.must_day("ends_on")
    (row,) = [row for row in books["tenders"]["tenders"] if row.key("tender_id") == tender_id]
    return row.must_day("service_starts_on"), row.must_day("service_ends_on")


def test_an_evaluation_begins_when_its_stage_is_due(books: Books) -> None:
    """R79; what was terminated early is due from that day on."""
    for row in books["evaluations"]["evaluations"]:
        if row.day("started_on") and row.key("tender_id") != "T08":
            due, _ = window(row.choice("stage", Stage), *_contract_days(books, row.key("tender_id")))
            assert due <= workday(row, "started_on"), row


def test_a_draft_comes_after_its_survey_and_leaves_five_working_days(books: Books) -> None:
    """R37."""
    surveys = {
        (row.key("tender_id"), row.key("stage")): after_workdays(workday(row, "opened_on"), 10).day
        for row in books["evaluations"]["surveys"]
        if row.day("opened_on")
    }
    for row in books["evaluations"]["evaluations"]:
        if row.day("drafted_on"):
            drafted = workday(row, "drafted_on")
            until = after_workdays(drafted, 5).day
            assert surveys.get((row.key("tender_id"), row.key("stage")), date.min) < drafted, row
            if row.day("answered_on"):
                assert workday(row, "answered_on") <= until, row
            elif row.day("finalised_on"):
                assert workday(row, "finalised_on") > until, row


def test_answers_come_while_their_survey_is_open(books: Books) -> None:
    opened = {
        row.key("survey_id"): workday(row, "opened_on")
        for row in books["evaluations"]["surveys"]
        if row.day("opened_on")
    }
    for row in books["evaluations"]["answers"]:
        began = opened[row.key("survey_id")]
        assert began <= workday(row, "given_on") <= after_workdays(began, 10).day, row


def test_agencies_are_qualified_when_they_are_drawn(books: Books) -> None:
    """R77: whatever the lot decides, nobody's papers have run out."""
    drawn = [workday(row, "drawn_on") for row in books["evaluations"]["assignments"]]
    for row in books["evaluations"]["qualifications"]:
        if row.choice("kind", QualificationKind) in NECESSARY:
            assert row.must_day("issued_on") <= min(drawn), row
            assert row.day("expires_on") is None or row.must_day("expires_on") > max(drawn), row


def test_meetings_are_held_before_they_are_written_down(books: Books) -> None:
    held = {row.key("deliberation_id"): row.day("held_on") for row in books["deliberations"]["deliberations"]}
    for row in books["evaluations"]["meetings"]:
        meeting = held[row.key("deliberation_id")]
        assert meeting is not None
        assert meeting < workday(row, "written_on"), row


def test_what_is_still_open_closes_after_the_last_day(books: Books) -> None:
    until = _steps_end(books)
    ahead = [
        row
        for row in books["tenders"]["tenders"]
        if row.day("closes_on") and workday(row, "closes_on") > until
    ]
    assert len(ahead) == 5
    assert shift_for(until) == books["tenders"]["tenders"][0].shift


def test_the_story_moves_by_whole_weeks_to_end_before_today() -> None:
    assert shift_for(None) == shift_for(LAST_DAY) == shift_for(LAST_DAY + timedelta(days=6)) == timedelta(0)
    assert shift_for(date(2026, 11, 19)) == timedelta(weeks=-1)
    assert shift_for(LAST_DAY + timedelta(days=7)) == timedelta(weeks=1)
    (row, *_) = read(shift=timedelta(weeks=2))["needs"]["needs"]
    (same, *_) = read()["needs"]["needs"]
    assert row.must_day("created_on") == same.must_day("created_on") + timedelta(weeks=2)
