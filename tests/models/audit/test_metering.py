"""The meter of burden: what is added, what is a pause, and what is forgotten."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.audit.metering import PAUSE, STEPS
from models.audit.time_taken import Task, TimeTaken
from models.needs import handling, operations
from models.needs.need import Need, NeedPhase, ReturnReason
from tests.factories import bids, needs, parties, tenders
from tests.factories.parties import NEIGHBOURHOOD, NOON, STREET
from tests.factories.tenders import CLOSES

MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)


def rows(session: Session, task: Task = Task.POST_NEED) -> list[TimeTaken]:
    return list(session.scalars(select(TimeTaken).where(TimeTaken.task == task)))


def worker(session: Session) -> Act:
    return parties.act_as(session, Role.COMMUNITY_WORKER)


def begun(session: Session, act: Act, opened: datetime | None) -> Need:
    """A draft whose form was opened then."""
    parties.place(session)
    return operations.start(
        session, replace(act, opened_at=opened), id=uuid4(), unit_code=NEIGHBOURHOOD, description="吃饭难。"
    )


def edited(session: Session, need: Need, act: Act, at: datetime, opened: datetime | None = None) -> None:
    operations.edit(session, need, replace(act, at=at, opened_at=opened), title=f"助餐 {at}")


@pytest.mark.parametrize(
    ("open_for", "seconds"), [(timedelta(0), 0), (4 * MINUTE, 240), (PAUSE, 1800), (PAUSE + INSTANT, 0)]
)
def test_the_time_since_the_form_was_opened_counts_up_to_a_pause(
    session: Session, open_for: timedelta, seconds: int
) -> None:
    begun(session, worker(session), NOON - open_for)
    assert [row.seconds for row in rows(session)] == [seconds]


def test_savings_add_up_and_a_pause_between_them_does_not(session: Session) -> None:
    act = worker(session)
    need = begun(session, act, NOON - 2 * MINUTE)
    edited(session, need, act, NOON + 5 * MINUTE, NOON - 2 * MINUTE)  # the same page, saved again
    edited(session, need, act, NOON + 65 * MINUTE, NOON - 2 * MINUTE)  # after lunch
    edited(session, need, act, NOON + 80 * MINUTE, NOON + 77 * MINUTE)  # another page, opened just before
    assert [row.seconds for row in rows(session)] == [(2 + 5 + 3) * 60]


def test_without_an_opening_time_the_first_stretch_is_not_known(session: Session) -> None:
    act = worker(session)
    need = begun(session, act, None)
    edited(session, need, act, NOON + 5 * MINUTE)
    assert [row.seconds for row in rows(session)] == [300]


def test_what_a_task_was_about_is_forgotten_when_it_ends(session: Session) -> None:
    need = needs.need(session, NeedPhase.DRAFT, by=worker(session), at=NOON)
    (row,) = rows(session)
    assert row.subject_id == need.id
    act = parties.act_as(session, Role.COMMUNITY_WORKER, at=NOON + 10 * MINUTE)
    operations.submit(session, need, act)
    (row,) = rows(session)
    assert (row.subject_id, row.touched_at) == (None, None)
    assert (row.finished_on, row.seconds) == (NOON.date(), 600)
    kept = {"id", "task", "unit_code", "seconds", "subject_id", "touched_at", "finished_on"}
    assert {column.name for column in TimeTaken.__table__.columns} == kept


def test_a_need_that_comes_back_is_no_new_task(session: Session) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    official = parties.act_as(session, Role.STREET_OFFICIAL, unit=STREET)
    handling.return_(session, need, official, reason=ReturnReason.UNCLEAR, words="请补充。")
    act = worker(session)
    edited(session, need, act, NOON + MINUTE, NOON)
    operations.submit(session, need, replace(act, at=NOON + 2 * MINUTE))
    assert len(rows(session)) == 1


def test_standardising_begins_and_ends_at_once(session: Session) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    act = parties.act_as(session, Role.STREET_OFFICIAL)
    act = replace(act, opened_at=act.at - 7 * MINUTE)
    handling.standardise(session, need, act, standard=needs.standard(need))
    assert [(row.seconds, row.finished_on) for row in rows(session, Task.STANDARDISE)] == [(420, NOON.date())]


def test_every_task_begins_and_ends_and_of_a_bid_nothing_is_known_before_it_is_opened() -> None:
    measured = set(Task) - {Task.BID}
    assert {step.task for step in STEPS.values() if step.begins} == measured
    assert {step.task for step in STEPS.values() if step.ends} == measured


def test_r54_how_many_bids_there_are_shows_only_when_they_are_opened(session: Session) -> None:
    tender = tenders.tender(session)
    bids.bids(session, tender, 3)
    assert len(rows(session, Task.BID)) == 3
    assert not [row for row in rows(session, Task.BID) if row.finished_on]
    bids.opened(session, tender)
    assert {(row.finished_on, row.subject_id) for row in rows(session, Task.BID)} == {(CLOSES.date(), None)}
