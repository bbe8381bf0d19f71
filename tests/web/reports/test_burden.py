"""The meter of burden (demand 22): forms say when they were opened, and medians are told of five and more."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask, g
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.audit.time_taken import Task, TimeTaken
from models.needs.need import NeedPhase
from tests.factories import needs, parties
from tests.factories.parties import NOON, STREET
from tests.page import PageClient
from web.opened import LONGEST, opened, read

SignInAs = Callable[..., PageClient]
PERIOD = "first=2026-11-01&last=2026-11-19"
SECOND = timedelta(seconds=1)


def taken(session: Session, *minutes: int, task: Task = Task.POST_NEED) -> None:
    """So many tasks that took so long, finished yesterday in the street."""
    parties.place(session)
    yesterday = NOON.date() - timedelta(days=1)
    session.add_all(
        TimeTaken(task=task, unit_code=STREET, seconds=60 * each, finished_on=yesterday) for each in minutes
    )
    session.commit()


def test_the_median_is_told_with_how_it_is_counted(session: Session, sign_in_as: SignInAs) -> None:
    taken(session, 2, 3, 4, 9, 30, 0)
    needs.need(session)
    session.commit()
    pages = sign_in_as(Role.STREET_OFFICIAL)
    page = pages.get("/overview")
    assert "发布一项需求：近 90 天测到 5 次，一半不超过 4 分钟。" in page.text
    assert "超过 30 分钟没有保存的停顿不计" in page.text
    page = pages.get(f"/report?{PERIOD}")
    assert ["发布一项需求", "5", "4", "1"] in page.rows("填报用时")
    book = load_workbook(BytesIO(pages.get(f"/report.xlsx?{PERIOD}").response.data))
    assert list(book["填报用时"].values)[1] == ("发布一项需求", 5, 4, 1)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_of_four_no_time_is_told(session: Session, sign_in_as: SignInAs, locale: str) -> None:
    taken(session, 2, 3, 4, 9)
    needs.need(session)
    session.commit()
    pages = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    assert "90 天测到" not in pages.get("/overview").text
    said = "不足 5 次，不显示" if locale == "zh" else "Fewer than 5 times: not shown"
    assert said in pages.get(f"/report?{PERIOD}").text


def test_other_areas_and_other_days_are_not_told(session: Session, sign_in_as: SignInAs) -> None:
    taken(session, *range(1, 8))
    pages = sign_in_as(Role.STREET_OFFICIAL, unit=parties.OTHER_STREET)
    assert "填报用时" not in pages.get(f"/report?{PERIOD}").text
    pages = sign_in_as(Role.STREET_OFFICIAL)
    assert "填报用时" not in pages.get("/report?first=2026-10-01&last=2026-11-18").text


def test_a_form_carries_the_instant_it_was_opened_into_the_verb(
    session: Session, sign_in_as: SignInAs
) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    form = sign_in_as(Role.STREET_OFFICIAL).get(f"/needs/{need.id}/handling").form("standard")
    assert form.values["opened"].split(".")[0] == str(int(NOON.timestamp()))
    form.submit("完成标准化", follow=True)
    (row,) = session.scalars(select(TimeTaken).where(TimeTaken.task == Task.STANDARDISE))
    assert row.finished_on == NOON.date()


def test_what_a_form_says_is_signed_and_not_too_old(app: Flask, session: Session) -> None:
    act = parties.act_as(session)
    with app.test_request_context("/"):
        g.act, g.at = act, NOON
        said = opened()
    for sent, at, found in (
        (said, NOON, NOON),
        (said, NOON + LONGEST, NOON),
        (said, NOON + LONGEST + SECOND, None),
        (said, NOON - SECOND, None),
        (said[:-1], NOON, None),
        ("1.x", NOON, None),
        ("", NOON, None),
    ):
        with app.test_request_context("/", method="POST", data={"opened": sent}):
            assert read(at) == found


def test_a_visitor_is_not_measured(visitor: PageClient) -> None:
    assert 'name="opened"' not in visitor.get("/sign-in").response.text
