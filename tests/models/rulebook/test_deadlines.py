"""Every date of a procedure, with the rule that sets it: the day itself, and what moves it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar.counting import DayKind
from models.calendar.workdays import NATIONAL, read_calendar
from models.errors import Invalid
from models.rulebook.deadlines import FIRST, LAST, Deadline, Direction, Event, Known, Start, deadlines
from models.rulebook.methods import Method

FRIDAY = date(2026, 11, 20)
SOME_DAY = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def dates(method: Method = Method.OPEN_TENDER, **known: date) -> dict[Event, Deadline]:
    return {each.event: each for each in deadlines(method, Known(**known))}


def days(method: Method = Method.OPEN_TENDER, **known: date) -> dict[Event, tuple[date, str]]:
    return {event: (each.day, each.rule) for event, each in dates(method, **known).items()}


def test_r21_r22_a_tender_issued_on_20_november() -> None:
    assert days(issued=FRIDAY) == {
        Event.BID_DEADLINE: (date(2026, 12, 10), "R21"),
        Event.DOCUMENTS_UNTIL: (date(2026, 11, 27), "R22"),
        Event.CLARIFICATION_UNTIL: (date(2026, 11, 25), "R22"),
    }


def test_r22_the_clarification_follows_the_deadline_that_was_set() -> None:
    found = dates(issued=FRIDAY, bid_deadline=date(2026, 12, 21))
    assert found[Event.BID_DEADLINE].day == date(2026, 12, 10)  # the first day that would have been possible
    assert found[Event.CLARIFICATION_UNTIL].day == date(2026, 12, 6)
    assert found[Event.CLARIFICATION_UNTIL].direction == Direction.AHEAD
    assert set(dates(bid_deadline=date(2026, 12, 21))) == {Event.CLARIFICATION_UNTIL}


def test_r39_a_consultation_has_its_own_days() -> None:
    assert days(Method.COMPETITIVE_CONSULTATION, issued=FRIDAY) == {
        Event.BID_DEADLINE: (date(2026, 11, 30), "R39"),
        Event.DOCUMENTS_UNTIL: (date(2026, 11, 27), "R39"),
        Event.CLARIFICATION_UNTIL: (date(2026, 11, 25), "R39"),
    }


def test_r44_a_negotiation_counts_working_days() -> None:
    """Friday 13 February, with the adjusted Saturday after it, before the Spring Festival."""
    found = dates(Method.NEGOTIATION, issued=date(2026, 2, 12))
    assert found[Event.BID_DEADLINE].day == date(2026, 2, 24)
    assert len(found[Event.BID_DEADLINE].skipped) == 9
    assert found[Event.CLARIFICATION_UNTIL].day == date(2026, 2, 12)
    assert Event.DOCUMENTS_UNTIL not in found


def test_r33_the_purchaser_decides_in_five_working_days_and_tells_in_two() -> None:
    found = dates(report_delivered=date(2026, 9, 28))
    decided, told = found[Event.AWARD_DECISION_UNTIL], found[Event.AWARD_NOTICE_UNTIL]
    assert (decided.day, decided.rule) == (date(2026, 10, 10), "R33")  # the adjusted Saturday is the fifth
    assert decided.skipped == tuple(date(2026, 10, n) for n in range(1, 8))
    assert (told.day, told.start_day) == (date(2026, 10, 13), date(2026, 10, 10))


def test_r58_a_challenge_counts_from_the_end_of_the_notice() -> None:
    """Published on Friday, the notice runs through Monday; seven working days later is Wednesday week."""
    found = dates(notice=FRIDAY)[Event.CHALLENGE_UNTIL]
    assert (found.start, found.start_day) == (Start.NOTICE_END, date(2026, 11, 23))
    assert (found.day, found.rule, found.days) == (date(2026, 12, 2), "R58", 7)
    weekends = (21, 22, 28, 29)
    assert found.skipped == tuple(date(2026, 11, n) for n in weekends)


def test_r59_a_complaint_counts_from_the_reply_or_from_the_day_it_was_due() -> None:
    waiting = dates(challenge_received=FRIDAY)
    assert waiting[Event.CHALLENGE_REPLY_UNTIL].day == date(2026, 12, 1)
    assert waiting[Event.COMPLAINT_UNTIL].start == Start.REPLY_DUE
    assert waiting[Event.COMPLAINT_UNTIL].day == date(2026, 12, 22)
    answered = dates(challenge_received=FRIDAY, challenge_replied=date(2026, 11, 24))
    assert answered[Event.COMPLAINT_UNTIL].day == date(2026, 12, 15)
    assert answered[Event.COMPLAINT_UNTIL].start == Start.CHALLENGE_REPLIED


def test_r34_the_contract_is_signed_published_and_filed() -> None:
    found = dates(notice=date(2026, 9, 3), contract_signed=date(2026, 9, 24))
    assert found[Event.CONTRACT_UNTIL].day == date(2026, 10, 8)  # 3 October is a holiday
    assert found[Event.CONTRACT_UNTIL].skipped == tuple(date(2026, 10, n) for n in range(3, 8))
    assert found[Event.CONTRACT_PUBLICATION_UNTIL].day == date(2026, 9, 29)
    assert found[Event.CONTRACT_FILING_UNTIL].day == date(2026, 10, 12)
    assert {each.rule for each in found.values()} == {"R34", "R58"}


def test_r20_below_the_limit_no_date_of_the_law_follows() -> None:
    every = dict.fromkeys(Known.__dataclass_fields__, FRIDAY)
    assert dates(Method.COMPARISON, **every) == {}


def test_r47_an_agreement_is_concluded_by_the_procedure_of_an_open_tender() -> None:
    every = dict.fromkeys(Known.__dataclass_fields__, FRIDAY)
    assert dates(Method.FRAMEWORK_CALL_OFF, **every) == dates(Method.OPEN_TENDER, **every)


def test_what_follows_from_a_provisional_date_is_provisional() -> None:
    found = dates(issued=date(2026, 12, 20))
    assert found[Event.BID_DEADLINE].provisional
    assert found[Event.CLARIFICATION_UNTIL].day == date(2026, 12, 27)
    assert found[Event.CLARIFICATION_UNTIL].provisional
    assert not found[Event.DOCUMENTS_UNTIL].provisional


def test_a_calendar_of_ones_own_is_counted_by() -> None:
    loaded = read_calendar(["2026-12-10,rest"])
    found = deadlines(Method.OPEN_TENDER, Known(issued=FRIDAY), loaded)[0]
    assert (found.day, found.skipped) == (date(2026, 12, 11), (date(2026, 12, 10),))


@given(st.sampled_from(Method), SOME_DAY)
def test_r37_no_date_that_moves_falls_on_a_day_off(method: Method, day: date) -> None:
    known = Known(**dict.fromkeys(Known.__dataclass_fields__, day))
    for each in deadlines(method, known):
        if each.direction != Direction.AHEAD:
            assert NATIONAL.is_workday(each.day)[0]
        elif each.kind == DayKind.CALENDAR:
            assert each.day == each.start_day - timedelta(days=each.days)


@pytest.mark.parametrize("day", [FIRST - timedelta(days=1), LAST + timedelta(days=1), date.min, date.max])
def test_a_year_that_cannot_be_meant_is_refused(day: date) -> None:
    with pytest.raises(Invalid, match="date_out_of_range"):
        dates(issued=day)


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_the_first_and_the_last_year_are_counted(day: date) -> None:
    assert dates(issued=day, report_delivered=day, notice=day, contract_signed=day, challenge_received=day)


def test_dates_in_the_wrong_order_are_refused() -> None:
    before = FRIDAY - timedelta(days=1)
    assert dates(issued=FRIDAY, notice=FRIDAY)
    for wrong in (
        {"issued": FRIDAY, "notice": before},
        {"challenge_received": FRIDAY, "challenge_replied": before},
    ):
        with pytest.raises(Invalid, match="dates_out_of_order"):
            dates(**wrong)
