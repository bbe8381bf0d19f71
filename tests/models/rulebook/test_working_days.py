"""A year's working days entered by hand: every count goes by them from that instant on (R37)."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.audit.event import AuditEvent
from models.calendar.counting import DayKind, count, count_back, onto_workday
from models.calendar.workdays import NATIONAL, Calendar, counting_by, is_workday
from models.errors import Invalid, NotAllowed
from models.rulebook.deadlines import Event, Known, deadlines
from models.rulebook.methods import Method
from models.rulebook.working_days import (
    AdjustedYear,
    KnownBy,
    calendar_at,
    counting_at,
    enter_year,
    history,
    years,
)
from tests.factories.parties import CITY, DISTRICT, NEIGHBOURHOOD, NOON, STREET, act_as, place

DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)


def stretch(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


REST = [
    date(2027, 1, 1),
    *stretch(date(2027, 2, 5), date(2027, 2, 11)),
    date(2027, 4, 5),
    *stretch(date(2027, 5, 1), date(2027, 5, 5)),
    date(2027, 6, 9),
    date(2027, 9, 15),
    *stretch(date(2027, 10, 1), date(2027, 10, 7)),
]
WORK = [date(2027, 2, 20), date(2027, 2, 27), date(2027, 10, 9)]
SOURCE = "国办发明电〔2026〕7号"


@pytest.fixture
def act(session: Session) -> Act:
    place(session)
    return act_as(session, Role.DISTRICT_OFFICIAL, unit=DISTRICT)


def enter(session: Session, act: Act, **changes: object) -> AdjustedYear:
    given = {"year": 2027, "rest": REST, "work": WORK, "source": SOURCE} | changes
    return enter_year(session, act, **given)  # type: ignore[arg-type]  # what is tried


def test_before_the_entry_the_year_is_provisional_and_from_its_instant_on_it_is_not(
    session: Session, act: Act
) -> None:
    enter(session, act)
    moved, worked = date(2027, 2, 11), date(2027, 2, 20)
    with counting_at(session, NOON - MOMENT):
        assert is_workday(moved) == (True, True)  # a Thursday that nobody knows to be off yet
        assert is_workday(worked) == (False, True)
        assert count(date(2027, 2, 4), 1, DayKind.WORKING).provisional
    with counting_at(session, NOON):
        assert is_workday(moved) == (False, False)
        assert is_workday(worked) == (True, False)
        found = count(date(2027, 2, 4), 1, DayKind.WORKING)
        assert (found.day, found.provisional) == (date(2027, 2, 12), False)
        assert onto_workday(date(2027, 2, 6)).day == date(2027, 2, 12)
        assert count_back(date(2027, 2, 12), 1, DayKind.WORKING).day == date(2027, 2, 4)
        assert is_workday(date(2028, 3, 1)) == (True, True)  # nobody knows that year
    assert is_workday(worked) == (False, True)  # outside, the libraries alone


def test_r37_a_deadline_is_counted_by_the_entry(session: Session, act: Act) -> None:
    enter(session, act)
    known = Known(report_delivered=date(2027, 2, 4))
    before = deadlines(Method.OPEN_TENDER, known)[0]
    with counting_at(session, NOON):
        after = deadlines(Method.OPEN_TENDER, known)[0]
    assert before.event == after.event == Event.AWARD_DECISION_UNTIL
    assert (before.provisional, after.provisional) == (True, False)
    # Five working days after 4 February: 12, 15, 16, 17 and 18, once the whole week is known to be off.
    assert after.day == date(2027, 2, 18)
    assert before.day < after.day


def test_the_later_entry_of_a_year_counts_and_both_are_kept(session: Session, act: Act) -> None:
    enter(session, act)
    second = replace(act, at=NOON + DAY)
    enter(session, second, work=WORK[:1], source="更正通知")
    assert calendar_at(session, NOON).is_workday(WORK[1]) == (True, False)
    assert calendar_at(session, NOON + DAY - MOMENT).is_workday(WORK[1]) == (True, False)
    assert calendar_at(session, NOON + DAY).is_workday(WORK[1]) == (False, False)
    assert [entry.source for entry in history(session, second)] == ["更正通知", SOURCE]
    assert [entry.source for entry in history(session, act)] == [SOURCE]
    events = session.scalars(select(AuditEvent).where(AuditEvent.action == "calendar.enter")).all()
    assert [(each.person_id, each.facts["year"]) for each in events] == [(act.actor.person_id, 2027)] * 2


def test_a_year_known_to_nobody_is_said(session: Session, act: Act) -> None:
    assert [(row.year, row.known_by) for row in years(session, act)] == [
        (2026, KnownBy.LIBRARY),
        (2027, KnownBy.NOBODY),
    ]
    made = enter(session, act)
    assert [(row.known_by, row.entry) for row in years(session, act)] == [
        (KnownBy.LIBRARY, None),
        (KnownBy.ENTRY, made),
    ]


def test_what_the_library_knows_goes_before_an_entry(session: Session, act: Act) -> None:
    """The next release of the library may know the year: it has the notice itself, not a copy by hand."""
    session.add(AdjustedYear(year=2026, source="录错了", entered_at=NOON, days=[]))
    session.flush()
    national_day = date(2026, 10, 1)
    assert calendar_at(session, NOON).is_workday(national_day) == (False, False)
    assert years(session, act)[0].known_by == KnownBy.LIBRARY


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"year": 2026}, "calendar_year_known", "year"),
        ({"year": 2025}, "calendar_year_far", "year"),
        ({"year": 2028}, "calendar_year_far", "year"),
        ({"source": " "}, "calendar_source_missing", "source"),
        ({"source": "文" * 301}, "calendar_source_long", "source"),
        ({"rest": REST[1:]}, "calendar_statutory_missing", "rest"),
        ({"rest": []}, "calendar_statutory_missing", "rest"),
        ({"rest": [*REST, date(2028, 1, 1)]}, "calendar_day_elsewhere", "rest"),
        ({"rest": [*REST, date(2026, 11, 30)]}, "calendar_day_elsewhere", "rest"),
        ({"work": [*WORK, date(2027, 2, 6)]}, "calendar_day_twice", "work"),
        ({"work": [*WORK, date(2027, 3, 3)]}, "calendar_works_anyway", "work"),
    ],
)
def test_what_no_notice_can_say_is_refused(
    session: Session, act: Act, wrong: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(Invalid, match=code) as refused:
        enter(session, act, **wrong)
    assert refused.value.field == field
    assert session.scalars(select(AdjustedYear)).all() == []


def test_the_holiday_of_new_year_may_begin_in_december(session: Session, act: Act) -> None:
    enter(session, act, rest=[date(2026, 12, 31), *REST])
    assert is_workday(date(2026, 12, 31)) == (True, False)
    assert calendar_at(session, NOON).is_workday(date(2026, 12, 31)) == (False, False)


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        (Role.STREET_OFFICIAL, STREET),
        (Role.COMMUNITY_WORKER, NEIGHBOURHOOD),
        (Role.AUDITOR, DISTRICT),
        (Role.HUB, DISTRICT),
    ],
)
def test_nobody_else_enters_or_reads_it(session: Session, act: Act, role: Role, unit: str) -> None:
    other = act_as(session, role, unit=unit)
    with pytest.raises(NotAllowed):
        enter(session, other)
    with pytest.raises(NotAllowed):
        history(session, other)


@pytest.mark.parametrize(("role", "unit"), [(Role.ADMINISTRATOR, DISTRICT), (Role.CITY_OFFICIAL, CITY)])
def test_administrators_and_registrars_enter_it(session: Session, act: Act, role: Role, unit: str) -> None:
    assert enter(session, act_as(session, role, unit=unit)).year == 2027


def test_the_table_is_read_when_something_is_counted_and_once(session: Session, act: Act) -> None:
    enter(session, act)
    session.flush()
    asked: list[str] = []
    connection = session.connection()

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    event.listen(connection, "before_cursor_execute", note)
    with counting_at(session, NOON):
        assert asked == []
        assert is_workday(date(2027, 2, 20)) == (True, False)
        once = len(asked)
        assert count(date(2027, 2, 4), 20, DayKind.WORKING).day == date(2027, 3, 9)
    event.remove(connection, "before_cursor_execute", note)
    assert 0 < once == len(asked)


def test_another_thread_counts_by_its_own_calendar() -> None:
    found = []
    with counting_by(lambda: Calendar({date(2027, 2, 20): True})):
        other = Thread(target=lambda: found.append(is_workday(date(2027, 2, 20))))
        other.start()
        other.join()
    assert found == [(False, True)]


@given(st.dates(date(2027, 1, 1), date(2027, 12, 31)), st.integers(1, 60))
def test_counting_back_undoes_counting_by_any_calendar(start: date, days: int) -> None:
    entered = Calendar({**dict.fromkeys(REST, False), **dict.fromkeys(WORK, True)}, frozenset({2027}))
    with counting_by(lambda: entered):
        end = count(start, days, DayKind.WORKING).day
        assert NATIONAL.is_workday(end)[0]
        back = count_back(end, days, DayKind.WORKING).day
        assert onto_workday(back).day == back
        assert back <= start or count(start, 0, DayKind.WORKING).day == start
        assert count(back, days, DayKind.WORKING).day == end
