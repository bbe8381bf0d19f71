"""Rules of meetings a unit publishes: the nearest one's, from its day on, never backwards (demand 17)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.audit.event import AuditEvent
from models.calendar.clocks import start_of
from models.errors import Invalid, NotAllowed
from models.needs import deliberating
from models.needs.deliberation import Deliberation, MeetingType
from models.needs.deliberation_queries import MeetingPage, frequency, meeting_page
from models.needs.meeting_rule import STANDARD, MeetingRule, MeetingRuleVersion
from models.needs.meeting_rules import history, publish_rule, rule_for, rules_on, rules_today
from models.needs.need import NeedPhase
from models.parties.unit import AdministrativeUnit
from tests.factories import needs
from tests.factories.deliberations import meeting, minutes
from tests.factories.parties import (
    DISTRICT,
    ELSEWHERE,
    NEIGHBOURHOOD,
    NOON,
    OTHER_STREET,
    STREET,
    act_as,
    nobody,
    place,
)

HEARING, RESIDENTS = MeetingType.HEARING, MeetingType.RESIDENTS
TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


def publish(session: Session, unit: str = STREET, at: datetime = NOON, **changes: Any) -> MeetingRuleVersion:
    """A street asks for a week's notice of hearings and ten people, from today on."""
    place(session)
    act = act_as(
        session, Role.STREET_OFFICIAL if unit == STREET else Role.DISTRICT_OFFICIAL, unit=unit, at=at
    )
    usual: dict[str, Any] = {
        "meeting_type": HEARING,
        "notice_days": 7,
        "times_a_year": None,
        "least_present": 10,
        "invited": "楼组长、物业",
        "valid_from": TODAY,
        "reason": "三天来不及通知楼组",
    }
    return publish_rule(session, session.get_one(AdministrativeUnit, unit), act, **{**usual, **changes})


def notice(session: Session, unit: str = NEIGHBOURHOOD, day: date = TODAY, at: datetime = NOON) -> int:
    return rules_on(session, unit, day, known_at=at).of(unit, HEARING).notice_days


def shown(session: Session, made: Deliberation) -> MeetingPage:
    page = meeting_page(session, made.id, nobody())
    assert page is not None
    return page


def test_where_nobody_published_the_standard_rules_hold(session: Session) -> None:
    place(session)
    act = needs.worker(session, at=NOON)
    assert rules_today(session, NEIGHBOURHOOD, act) == [STANDARD[kind] for kind in MeetingType]


def test_a_rule_holds_from_its_first_day(session: Session) -> None:
    publish(session, valid_from=TODAY + DAY)
    assert notice(session) == 3
    assert notice(session, day=TODAY + DAY) == 7
    publish(session, valid_from=TODAY + 2 * DAY, notice_days=5)
    assert notice(session, day=TODAY + DAY) == 7
    assert notice(session, day=TODAY + 2 * DAY) == 5


def test_the_nearest_unit_prevails(session: Session) -> None:
    publish(session, DISTRICT, notice_days=5)
    assert (notice(session), notice(session, STREET), notice(session, OTHER_STREET)) == (5, 5, 5)
    publish(session, notice_days=4)
    assert (notice(session), notice(session, STREET), notice(session, OTHER_STREET)) == (4, 4, 5)
    assert notice(session, ELSEWHERE) == 5
    assert notice(session, "310115001001") == 3


def test_of_two_for_one_day_the_later_one_counts_and_both_are_kept(session: Session) -> None:
    first = publish(session)
    second = publish(session, notice_days=10, at=NOON + DAY, valid_from=TODAY + DAY)
    third = publish(session, notice_days=9, at=NOON + timedelta(hours=30), valid_from=TODAY + DAY)
    assert notice(session, day=TODAY + DAY, at=NOON + 2 * DAY) == 9
    act = act_as(session, Role.STREET_OFFICIAL, at=NOON + 2 * DAY)
    assert history(session, STREET, act) == [third, second, first]


def test_the_notice_that_the_own_rule_asks_for_is_asked_for(session: Session) -> None:
    publish(session)
    need = needs.need(session, NeedPhase.DELIBERATING)
    act = needs.worker(session, at=NOON)
    seventh = start_of(TODAY + 7 * DAY)
    facts = {"meeting_type": HEARING, "place": "活动室"}
    with pytest.raises(Invalid, match="notice_too_short") as refused:
        deliberating.announce(session, need, act, scheduled_at=seventh - timedelta(microseconds=1), **facts)
    assert refused.value.facts["days"] == 7
    made = deliberating.announce(session, need, act, scheduled_at=seventh, **facts)
    assert not shown(session, made).is_notice_short


def test_a_meeting_is_judged_by_the_rule_of_its_day(session: Session) -> None:
    before = meeting(session, held=True)  # a week ago, with a week's notice
    publish(session, notice_days=10)
    assert rule_for(session, before) is STANDARD[HEARING]
    assert not shown(session, before).is_notice_short
    later = deliberating.record_past(
        session,
        before.need,
        needs.worker(session, at=NOON + 9 * DAY),
        meeting_type=HEARING,
        place="活动室",
        took_place_at=NOON + 9 * DAY,
        noticed_on=TODAY + DAY,
        minutes=minutes(),
    )
    page = shown(session, later)
    assert (page.notice_days, page.rule.notice_days, page.is_notice_short) == (8, 10, True)


def test_a_rule_published_after_the_notice_asks_nothing_of_the_meeting(session: Session) -> None:
    made = meeting(session)
    publish(session, at=NOON + DAY, valid_from=TODAY + DAY, notice_days=20)
    assert rule_for(session, made) is STANDARD[HEARING]
    assert notice(session, day=TODAY + 7 * DAY, at=NOON + 2 * DAY) == 20


@pytest.mark.parametrize(("present", "few"), [(29, True), (30, False)])
def test_fewer_people_than_asked_for_are_told_and_kept(session: Session, present: int, few: bool) -> None:
    publish(session, least_present=30, notice_days=3)
    made = meeting(session)
    deliberating.hold(
        session, made, needs.worker(session, at=made.scheduled_at), minutes=minutes(present=present)
    )
    assert shown(session, made).are_few_present is few


def test_frequency_follows_the_own_rule(session: Session) -> None:
    held = meeting(session, held=True, meeting_type=RESIDENTS)  # on 2026-11-13
    publish(session, meeting_type=RESIDENTS, times_a_year=2)
    act = needs.worker(session, at=NOON)
    rows = {(row.unit.code, row.meeting_type): row for row in frequency(session, act)}
    row = rows[held.unit_code, RESIDENTS]
    assert (row.due_on, row.is_overdue) == (date(2026, 11, 13) + 183 * DAY, False)
    publish(session, meeting_type=HEARING, times_a_year=1)
    rows = {(row.unit.code, row.meeting_type): row for row in frequency(session, act)}
    assert rows[held.unit_code, HEARING].is_overdue


@given(st.integers(1, 52), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_who_meets_whenever_it_is_due_meets_often_enough(times: int, first: date) -> None:
    rule = MeetingRule(HEARING, 3, times)
    day = first
    for _each in range(times):
        due = rule.due_after(day)
        assert due is not None
        assert due > day
        day = due
    assert day >= first + 365 * DAY


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"notice_days": 0}, "meeting_rule_number"),
        ({"notice_days": 61}, "meeting_rule_number"),
        ({"least_present": 0}, "meeting_rule_number"),
        ({"least_present": 10_001}, "meeting_rule_number"),
        ({"times_a_year": 0}, "meeting_rule_number"),
        ({"times_a_year": 53}, "meeting_rule_number"),
        ({"meeting_type": RESIDENTS}, "meeting_rule_yearly"),
        ({"meeting_type": MeetingType.REVIEW}, "meeting_rule_yearly"),
        ({"valid_from": TODAY - DAY}, "meeting_rule_past"),
        ({"valid_from": date(2037, 1, 1)}, "date_far_off"),
        ({"reason": " "}, "meeting_rule_reason"),
        ({"invited": "楼" * 1001}, "words_too_long"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(session: Session, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        publish(session, **changes)
    assert refused.value.code == code
    assert session.scalars(select(MeetingRuleVersion)).all() == []


def test_officials_publish_for_their_own_area_only(session: Session) -> None:
    place(session)
    elsewhere = session.get_one(AdministrativeUnit, OTHER_STREET)
    facts = {"meeting_type": HEARING, "notice_days": 7, "times_a_year": None, "least_present": 1}
    words = {"invited": "", "valid_from": TODAY, "reason": "理由"}
    for act in (act_as(session, Role.STREET_OFFICIAL), needs.worker(session, at=NOON)):
        with pytest.raises(NotAllowed):
            publish_rule(session, elsewhere, act, **facts, **words)
    with pytest.raises(NotAllowed):
        history(session, STREET, Act(nobody().actor, NOON, "test"))


def test_publishing_is_written_down(session: Session) -> None:
    made = publish(session)
    session.flush()
    (event,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "meeting_rule.publish"))
    assert event.subject_id == str(made.id)
