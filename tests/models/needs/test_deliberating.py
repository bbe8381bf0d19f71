"""Meetings: notice, votes, promises, and how often they are to be held."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from models import outbox
from models.act import Act, Role
from models.calendar.clocks import start_of
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.needs import deliberating, handling
from models.needs.deliberation import Deliberation, DeliberationPhase, MeetingType
from models.needs.deliberation_queries import (
    frequency,
    meeting_page,
    overdue_promises,
    promises_open,
    to_record,
    upcoming,
)
from models.needs.lifecycle import deliberation_phase_at, deliberation_phase_sql, phase_at
from models.needs.meeting_rule import STANDARD
from models.needs.need import Need, NeedPhase
from tests.factories import needs, parties
from tests.factories.deliberations import meeting, minutes
from tests.factories.parties import ELSEWHERE, NEIGHBOURHOOD, NOON

EARLIEST = datetime.fromisoformat("2026-11-23T00:00+08:00")


def announce(session: Session, need: Need, act: Act, at: datetime, **more: object) -> Deliberation:
    """A hearing in the usual place."""
    usual = {"meeting_type": MeetingType.HEARING, "place": "活动室", "scheduled_at": at}
    return deliberating.announce(session, need, act, **{**usual, **more})  # type: ignore[arg-type]  # as given


def test_announcing_takes_a_submitted_need_into_deliberation(session: Session) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    made = announce(session, need, needs.worker(session, at=NOON), NOON + timedelta(days=5))
    assert phase_at(need, NOON) is NeedPhase.DELIBERATING
    assert deliberation_phase_at(made, NOON) is DeliberationPhase.ANNOUNCED


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (NOON, "meeting_in_past"),
        (NOON - timedelta(days=1), "meeting_in_past"),
        (NOON + timedelta(microseconds=1), "notice_too_short"),
        (EARLIEST - timedelta(microseconds=1), "notice_too_short"),
    ],
)
def test_a_meeting_needs_three_days_of_notice(session: Session, at: datetime, code: str) -> None:
    need = needs.need(session, NeedPhase.DELIBERATING)
    with pytest.raises(Invalid) as refused:
        announce(session, need, needs.worker(session, at=NOON), at)
    assert refused.value.code == code


def test_the_third_day_is_early_enough(session: Session) -> None:
    need = needs.need(session, NeedPhase.DELIBERATING)
    made = announce(session, need, needs.worker(session, at=NOON), EARLIEST)
    page = meeting_page(session, made.id, parties.nobody())
    assert page is not None
    assert page.notice_days == 3
    assert not page.is_notice_short


@pytest.mark.parametrize("phase", [NeedPhase.DRAFT, NeedPhase.RETURNED, NeedPhase.CLOSED])
def test_nobody_meets_about_a_need_that_is_not_on_the_table(session: Session, phase: NeedPhase) -> None:
    need = needs.need(session, phase)
    with pytest.raises(Conflict, match="wrong_phase"):
        announce(session, need, needs.worker(session, at=NOON), NOON + timedelta(days=5))


def test_nobody_announces_a_meeting_elsewhere(session: Session) -> None:
    need = needs.need(session, NeedPhase.DELIBERATING)
    with pytest.raises(NotAllowed):
        announce(session, need, needs.worker(session, ELSEWHERE, at=NOON), NOON + timedelta(days=5))


def test_a_second_click_makes_no_second_meeting(session: Session) -> None:
    need, act = needs.need(session, NeedPhase.SUBMITTED), needs.worker(session, at=NOON)
    once = uuid4()
    first = announce(session, need, act, NOON + timedelta(days=5), id=once)
    assert announce(session, need, act, NOON + timedelta(days=5), id=once) is first
    with pytest.raises(NotFound):
        announce(session, need, needs.worker(session, at=NOON), NOON + timedelta(days=5), id=once)


def test_a_meeting_is_recorded_from_its_first_minute_and_not_before(session: Session) -> None:
    made = meeting(session)
    act = needs.worker(session, at=made.scheduled_at)
    early = Act(act.actor, made.scheduled_at - timedelta(microseconds=1), "test")
    with pytest.raises(Invalid, match="meeting_not_yet"):
        deliberating.hold(session, made, early, minutes=minutes())
    deliberating.hold(session, made, act, minutes=minutes())
    assert deliberation_phase_at(made, act.at) is DeliberationPhase.HELD
    with pytest.raises(Conflict, match="wrong_phase"):
        deliberating.hold(session, made, act, minutes=minutes())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"present": 0}, "nobody_present"),
        ({"present": 2**40}, "present_out_of_range"),
        ({"present": 26}, "votes_above_present"),
        ({"votes_for": -1}, "number_negative"),
        ({"attendance": {"age:60_79": 31}}, "attendance_above_present"),
        ({"attendance": {"age:60_79": 20, "age:80_plus": 11}}, "attendance_above_present"),
        ({"attendance": {"age:unborn": 1}}, "stratum_unknown"),
        ({"conclusion": " "}, "conclusion_missing"),
        ({"promise_owner": ""}, "promise_owner_missing"),
        ({"promise_due_on": None}, "promise_due_missing"),
        ({"promise_due_on": date(2026, 11, 12)}, "promise_due_before_meeting"),
        ({"promise": ""}, "promise_missing"),
        ({"priority": 90}, "priority_words_missing"),
        ({"priority": 101, "priority_words": "居民一致认为最急"}, "priority_out_of_range"),
        ({"priority_words": "居民一致认为最急"}, "priority_missing"),
    ],
)
def test_minutes_that_cannot_be_true_are_refused(
    session: Session, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        meeting(session, held=True, **changes)
    assert refused.value.code == code


def test_everybody_present_may_vote_and_a_promise_may_fall_due_the_same_day(session: Session) -> None:
    made = meeting(session, held=True, present=27, promise_due_on=date(2026, 11, 13))
    session.expire_all()
    assert made.votes_for + made.votes_against + made.votes_abstain == made.present
    assert {row.stratum: row.people for row in made.attendance} == minutes().attendance


def test_a_meeting_without_a_promise_has_nothing_to_keep(session: Session) -> None:
    made = meeting(session, held=True, promise="", promise_owner="", promise_due_on=None)
    with pytest.raises(Invalid, match="no_promise"):
        deliberating.keep(session, made, needs.worker(session, at=NOON))


def test_a_promise_is_overdue_from_the_day_after_its_day_until_it_is_kept(session: Session) -> None:
    made = meeting(session, held=True, promise_due_on=date(2026, 12, 31))
    act = needs.worker(session, at=NOON)
    over = start_of(date(2027, 1, 1))
    for at, late in [(over - timedelta(microseconds=1), False), (over, True)]:
        then = Act(act.actor, at, "test")
        assert [row.meeting for row in overdue_promises(session, then)] == [made] * late
        assert [row.is_promise_overdue for row in promises_open(session, then)] == [late]
    later = Act(act.actor, over, "test")
    deliberating.keep(session, made, later)
    assert overdue_promises(session, later) == []
    assert promises_open(session, later) == []
    assert deliberation_phase_at(made, over) is DeliberationPhase.KEPT


def test_promises_of_another_street_are_not_mine(session: Session) -> None:
    meeting(session, held=True)
    assert promises_open(session, needs.worker(session, ELSEWHERE, at=NOON)) == []
    assert promises_open(session, parties.nobody()) == []
    assert promises_open(session, parties.act_as(session, Role.AUDITOR)) == []


def test_cancelling_wants_words_and_tells_people(session: Session) -> None:
    made = meeting(session)
    act = needs.worker(session, at=NOON)
    with pytest.raises(Invalid, match="words_missing"):
        deliberating.cancel(session, made, act, words=" ")
    session.rollback()


def test_a_cancelled_meeting_cannot_be_held(session: Session) -> None:
    made, act = meeting(session), needs.worker(session, at=NOON)
    street = parties.act_as(session, Role.STREET_OFFICIAL)
    deliberating.cancel(session, made, act, words="台风，改期另行公示")
    assert deliberation_phase_at(made, NOON) is DeliberationPhase.CANCELLED
    assert [message.kind for message in outbox.inbox(session, street)] == ["meeting_cancelled"]
    later = Act(act.actor, made.scheduled_at, "test")
    with pytest.raises(Conflict, match="wrong_phase"):
        deliberating.hold(session, made, later, minutes=minutes())


def past(session: Session, **more: object) -> Deliberation:
    """A meeting from paper."""
    usual = {
        "meeting_type": MeetingType.COUNCIL,
        "place": "居委会",
        "took_place_at": NOON - timedelta(days=10),
        "noticed_on": date(2026, 11, 5),
        "minutes": minutes(promise_due_on=date(2026, 11, 30)),
    }
    need = needs.need(session, NeedPhase.SUBMITTED)
    act = needs.worker(session, at=NOON)
    return deliberating.record_past(session, need, act, **{**usual, **more})  # type: ignore[arg-type]  # as given


def test_a_meeting_kept_on_paper_can_be_recorded_with_the_day_of_its_notice(session: Session) -> None:
    made = past(session)
    page = meeting_page(session, made.id, parties.nobody())
    assert page is not None
    assert page.phase is DeliberationPhase.HELD
    assert page.notice_days == 5


def test_short_notice_on_paper_is_recorded_as_it_was(session: Session) -> None:
    page = meeting_page(session, past(session, noticed_on=date(2026, 11, 9)).id, parties.nobody())
    assert page is not None
    assert page.is_notice_short


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"took_place_at": NOON + timedelta(microseconds=1)}, "meeting_not_yet"),
        ({"noticed_on": date(2026, 11, 11)}, "notice_after_meeting"),
        ({"place": " "}, "place_missing"),
    ],
)
def test_paper_cannot_tell_of_the_future(session: Session, changes: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        past(session, **changes)
    assert refused.value.code == code


def test_meetings_wait_to_be_recorded_once_their_time_has_come(session: Session) -> None:
    made = meeting(session)
    for at, waits in [(made.scheduled_at - timedelta(microseconds=1), False), (made.scheduled_at, True)]:
        act = needs.worker(session, at=at)
        assert [row.meeting for row in to_record(session, act)] == [made] * waits
        assert [row.meeting for row in upcoming(session, act)] == [made] * (not waits)


def test_a_yearly_meeting_is_overdue_after_its_anniversary_and_when_never_held(session: Session) -> None:
    made = meeting(session, held=True, meeting_type=MeetingType.RESIDENTS)
    day = date(2026, 11, 13)
    assert made.scheduled_at == start_of(day) + timedelta(hours=12)
    for at, late in [(start_of(date(2027, 11, 14)) - timedelta(seconds=1), False)]:
        assert kept(session, at, MeetingType.RESIDENTS) is late
    assert kept(session, start_of(date(2027, 11, 14)), MeetingType.RESIDENTS)
    assert kept(session, NOON, MeetingType.REVIEW)
    assert not kept(session, NOON, MeetingType.HEARING)


def kept(session: Session, at: datetime, kind: MeetingType) -> bool:
    """Whether the meeting is overdue in the usual neighbourhood."""
    rows = frequency(session, needs.worker(session, at=at))
    (row,) = (row for row in rows if row.meeting_type is kind and row.unit.code == NEIGHBOURHOOD)
    return row.is_overdue


def test_a_street_sees_the_frequency_of_its_own_neighbourhoods(session: Session) -> None:
    rows = frequency(session, parties.act_as(session, Role.STREET_OFFICIAL))
    assert {row.unit.name for row in rows} == {"澄江一村", "澄江二村"}
    assert len(rows) == 2 * len(MeetingType)
    assert frequency(session, parties.nobody()) == []


def test_every_meeting_type_has_a_rule() -> None:
    assert set(STANDARD) == set(MeetingType)


def test_a_returned_need_stays_deliberated_when_it_comes_back(session: Session) -> None:
    need = needs.need(session, NeedPhase.DELIBERATING)
    act = parties.act_as(session, Role.STREET_OFFICIAL)
    handling.return_(session, need, act, reason=needs.ReturnReason.UNCLEAR, words="请补充受益人数的来源。")
    assert phase_at(need, NOON) is NeedPhase.RETURNED
    needs.operations.submit(session, need, needs.worker(session, at=NOON))
    assert phase_at(need, NOON) is NeedPhase.DELIBERATING


def test_the_phase_is_the_same_in_python_and_in_sql(session: Session) -> None:
    made = meeting(session)
    act = needs.worker(session, at=made.scheduled_at)
    deliberating.hold(session, made, act, minutes=minutes())
    tick = timedelta(microseconds=1)
    for at in (NOON, made.scheduled_at - tick, made.scheduled_at, made.scheduled_at + tick):
        (sql,) = session.query(deliberation_phase_sql(at)).filter(Deliberation.id == made.id).one()
        assert sql == deliberation_phase_at(made, at).value
