"""The official's queue: what is in it, in which order, and until when."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.calendar.clocks import start_of
from models.needs.clocks import end_of, handling_due, overdue_before, year_after, year_before
from models.needs.handling_page import handling_page, merge_targets
from models.needs.handling_queries import QUEUE_PHASES, QueueRow, Wanted, counts, queue
from models.needs.need import Need, NeedPhase
from models.paging import Paging
from tests.factories import deliberations, needs, parties
from tests.factories.parties import ELSEWHERE, NEXT_DOOR, NOON, OTHER_STREET, STREET

MONDAY = datetime.fromisoformat("2026-11-16T10:00+08:00")


def street(session: Session, unit: str = STREET, at: datetime = NOON) -> Act:
    """An official of a street."""
    return parties.act_as(session, Role.STREET_OFFICIAL, unit=unit, at=at)


def rows(session: Session, act: Act, sort: str = "-priority", **wanted: object) -> list[QueueRow]:
    """The queue's first page."""
    return queue(session, act, Wanted(**wanted), sort=sort).rows  # type: ignore[arg-type]  # any of them


def test_the_queue_holds_what_waits_for_an_official_of_the_area(session: Session) -> None:
    made = {phase: needs.need(session, phase) for phase in NeedPhase}
    needs.need(session, NeedPhase.SUBMITTED, unit=ELSEWHERE)
    found = {row.need: row.phase for row in rows(session, street(session))}
    assert found == {made[phase]: phase for phase in QUEUE_PHASES}
    assert counts(session, street(session)) == dict.fromkeys(QUEUE_PHASES, 1)
    assert [row.need.unit_code for row in rows(session, street(session, OTHER_STREET))] == [ELSEWHERE]


@pytest.mark.parametrize("role", [Role.COMMUNITY_WORKER, Role.HUB, Role.AUDITOR])
def test_nobody_but_officials_has_a_queue(session: Session, role: Role) -> None:
    needs.need(session, NeedPhase.SUBMITTED)
    assert rows(session, parties.act_as(session, role)) == []
    assert rows(session, parties.nobody()) == []


def test_the_more_pressing_comes_first_and_of_equals_who_waits_longest(session: Session) -> None:
    young = needs.need(session, NeedPhase.SUBMITTED, at=MONDAY)
    old = needs.need(session, NeedPhase.SUBMITTED, at=MONDAY - timedelta(days=3))
    pressing = needs.need(session, NeedPhase.SUBMITTED, at=MONDAY, severity=4, urgency=4)
    act = street(session)
    assert [row.need for row in rows(session, act)] == [pressing, old, young]
    assert [row.need for row in rows(session, act, "since")] == [old, *sorted_by_number(young, pressing)]


def sorted_by_number(*found: Need) -> list[Need]:
    """Needs that are equal in everything else."""
    return sorted(found, key=lambda need: need.reference)


def test_a_meeting_may_reorder_the_queue_with_its_reason(session: Session) -> None:
    high = needs.need(session, NeedPhase.DELIBERATING, severity=4, urgency=4)
    low = needs.need(session, NeedPhase.DELIBERATING, severity=0, urgency=0)
    deliberations.meeting(session, low, held=True, priority=99, priority_words="居民表决排第一")
    found = rows(session, street(session))
    assert [row.need for row in found] == [low, high]
    assert (found[0].priority, found[0].is_priority_decided) == (99, True)
    assert not found[1].is_priority_decided


def test_a_need_is_overdue_when_five_working_days_are_over(session: Session) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED, at=MONDAY)
    over = start_of(date(2026, 11, 24))  # Monday's fifth working day is the next Monday
    for at, late in [(over - timedelta(microseconds=1), False), (over, True)]:
        act = street(session, at=at)
        (row,) = rows(session, act)
        assert row.due == over
        assert row.is_overdue is late
        assert [each.need for each in rows(session, act, overdue=True)] == [need] * late


def test_the_clock_of_a_deliberating_need_starts_again_on_the_day_of_its_meeting(session: Session) -> None:
    need = needs.need(session, NeedPhase.DELIBERATING, at=MONDAY)
    made = deliberations.meeting(session, need)
    (row,) = rows(session, street(session))
    assert row.since == made.scheduled_at
    assert row.due == end_of(handling_due(made.scheduled_at))


def test_a_standardised_need_waits_for_its_match_without_a_clock(session: Session) -> None:
    needs.need(session, NeedPhase.STANDARDISED)
    (row,) = rows(session, street(session))
    assert row.due is None
    assert rows(session, street(session), overdue=True) == []


@pytest.mark.parametrize("day", range(-40, 40))
def test_what_is_late_in_sql_is_late_in_python(day: int) -> None:
    at = NOON + timedelta(days=day)
    edge = overdue_before(at)
    assert end_of(handling_due(edge)) > at
    assert end_of(handling_due(edge - timedelta(microseconds=1))) <= at


@pytest.mark.parametrize("day", [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), date(2026, 11, 20)])
def test_the_last_day_whose_year_is_over(day: date) -> None:
    assert year_after(year_before(day)) <= day
    assert year_after(year_before(day) + timedelta(days=1)) > day


def test_the_queue_is_filtered_by_words_phase_place_and_domain(session: Session) -> None:
    meals = needs.need(session, NeedPhase.SUBMITTED)
    play = needs.need(
        session, NeedPhase.STANDARDISED, unit=NEXT_DOOR, title="暑假托管", codes=["WF-02"], groups=["B06"]
    )
    act = street(session)
    assert [row.need for row in rows(session, act, words="暑假　托管")] == [play]
    assert [row.need for row in rows(session, act, words=meals.reference.lower())] == [meals]
    assert [row.need for row in rows(session, act, phase=NeedPhase.SUBMITTED)] == [meals]
    assert [row.need for row in rows(session, act, area=NEXT_DOOR)] == [play]
    assert [row.need for row in rows(session, act, domain="WF")] == [play]
    assert rows(session, act, area=ELSEWHERE) == []
    listed = queue(session, act, Wanted(), paging=Paging(page=2, size=1))
    assert (len(listed.rows), listed.total) == (1, 2)


def test_the_page_proposes_what_follows_from_the_need_and_keeps_what_was_decided(session: Session) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    page = handling_page(session, need, street(session))
    assert page.values[needs.IndicatorCode.N5] == 3
    assert page.values[needs.IndicatorCode.N12] >= 1
    assert page.refusal is None
    assert not page.is_assessment_in_force


def test_merge_targets_are_open_needs_of_my_area_with_the_words_or_a_code(session: Session) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    alike = needs.need(session, NeedPhase.STANDARDISED, unit=NEXT_DOOR, title="二村助餐")
    other = needs.need(session, NeedPhase.SUBMITTED, title="停车难", codes=["EN-05"])
    needs.need(session, NeedPhase.SUBMITTED, unit=ELSEWHERE)
    needs.need(session, NeedPhase.CLOSED)
    act = street(session)
    assert merge_targets(session, need, act) == [alike]
    assert merge_targets(session, need, act, "停车") == [other]
    assert merge_targets(session, need, act, "望湖") == []


def test_a_longer_queue_asks_no_more_often(session: Session) -> None:
    act = street(session)
    asked: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *seen: asked.append(seen[2]))
    counted = []
    for more in (2, 6):
        for _each in range(more):
            needs.need(session, NeedPhase.SUBMITTED)
        session.flush()
        session.expire_all()
        asked.clear()
        for row in rows(session, act):
            assert row.need.unit.parent is not None
            assert [term.term.name_zh for term in row.need.terms]
        counted.append(len(asked))
    assert counted[0] == counted[1]
