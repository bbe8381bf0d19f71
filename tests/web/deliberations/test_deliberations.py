"""Meetings as pages: announced, printed, recorded, cancelled, promises kept."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.needs import deliberating
from models.needs.deliberation import Deliberation, DeliberationPhase, MeetingType
from models.needs.lifecycle import deliberation_phase_at, phase_at
from models.needs.need import NeedPhase
from tests.conftest import SignInAs
from tests.factories import needs, parties
from tests.factories.deliberations import meeting
from tests.factories.parties import ELSEWHERE, NEIGHBOURHOOD, NOON
from tests.page import PageClient
from web import db

NOTICE = {
    "meeting_type": "hearing",
    "scheduled_at": "2026-11-27",
    "clock": "14：30",
    "place": "居民区活动室",
    "agenda": "助餐点设在哪里",
}
RECORD = {
    "present": "30",
    "outcome": "supported",
    "votes_for": "２４",
    "conclusion": "同意设点。",
    "promise": "一个月内落实场地",
    "promise_owner": "居委会主任",
    "promise_due_on": "2026-12-31",
    "sex_female": "19",
}
PAPER = NOTICE | RECORD | {"took_place_at": "2026-11-10", "noticed_on": "2026-11-05", "clock": "14:00"}
del PAPER["scheduled_at"]


def only(session: Session) -> Deliberation:
    """The one meeting there is."""
    session.expire_all()
    return session.scalars(select(Deliberation)).one()


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_pages_of_meetings_can_be_read_in_both_languages(
    session: Session, sign_in_as: SignInAs, visitor: PageClient, locale: str
) -> None:
    need = needs.need(session, NeedPhase.DELIBERATING)
    held = meeting(session, need, held=True, priority=80, priority_words="居民表决排第一")
    coming = meeting(session, need, meeting_type=MeetingType.COUNCIL)
    dropped = meeting(session, need)
    deliberating.cancel(session, dropped, needs.worker(session, at=NOON), words="台风，改期")
    session.commit()
    worker = sign_in_as(Role.COMMUNITY_WORKER, locale=locale)
    for each in (held, coming, dropped):
        for path in ("", "/notice"):
            worker.get(f"/deliberations/{each.id}{path}")
            visitor.get(f"/deliberations/{each.id}{path}")
    for path in ("new", "paper"):
        worker.get(f"/needs/{need.id}/deliberations/{path}")
    worker.get(f"/deliberations/{coming.id}/record")
    assert held.promise in worker.get("/deliberations").text


def test_a_meeting_is_announced_and_the_need_goes_along(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    worker = sign_in_as(Role.COMMUNITY_WORKER)
    page = worker.get(f"/needs/{need.id}/deliberations/new").form().fill(NOTICE).submit("公示", follow=True)
    assert page.flashes == ["会议已公示。可以打印公示贴到楼道里。"]
    made = only(session)
    assert made.scheduled_at.isoformat() == "2026-11-27T06:30:00+00:00"
    assert phase_at(made.need, NOON) is NeedPhase.DELIBERATING
    assert "2026年11月27日 14:30" in page.click("打印公示").text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"scheduled_at": "2026-11-19"}, "会议时间已经过了"),
        ({"scheduled_at": "2026-11-22"}, "至少提前 3 天"),
        ({"scheduled_at": "改天"}, "不是日期"),
        ({"clock": "25:00"}, "不是时间"),
        ({"clock": ""}, "请填写会议时间"),
        ({"place": " "}, "请填写会议地点"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(
    session: Session, sign_in_as: SignInAs, changes: dict[str, str], said: str
) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    form = sign_in_as(Role.COMMUNITY_WORKER).get(f"/needs/{need.id}/deliberations/new").form()
    page = form.fill({**NOTICE, **changes}).submit("公示", status=422)
    assert said in " ".join(page.errors)
    assert session.scalars(select(Deliberation)).all() == []
    session.refresh(need)
    assert phase_at(need, NOON) is NeedPhase.SUBMITTED


def test_a_double_click_announces_one_meeting(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    form = sign_in_as(Role.COMMUNITY_WORKER).get(f"/needs/{need.id}/deliberations/new").form()
    where = {form.fill(NOTICE).submit("公示").location for _click in range(2)}
    assert len(where) == 1
    assert only(session).place == "居民区活动室"


def test_a_meeting_on_paper_is_recorded_in_one_page(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    form = sign_in_as(Role.COMMUNITY_WORKER).get(f"/needs/{need.id}/deliberations/paper").form()
    page = form.fill(PAPER).submit("保存并公开", follow=True)
    made = only(session)
    assert deliberation_phase_at(made, NOON) is DeliberationPhase.HELD
    assert (made.votes_for, made.promise_due_on) == (24, date(2026, 12, 31))
    assert "赞成 24，反对 0，弃权 0" in page.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"votes_against": "7"}, "票数合计 31 张，超过了到会的 30 人"),
        ({"promise_owner": ""}, "由谁负责"),
        ({"promise_due_on": ""}, "在哪一天之前"),
        ({"promise_due_on": "2026-11-09"}, "不能早于会议日期"),
        ({"sex_female": "31"}, "到会人数合计 31 人"),
        ({"present": "0"}, "至少 1 人"),
        ({"present": "三十"}, "不是整数"),
        ({"conclusion": ""}, "请写明会议结论"),
        ({"priority": "90"}, "请写明理由"),
        ({"took_place_at": "2026-11-21"}, "还没有召开"),
        ({"noticed_on": "2026-11-11"}, "不能晚于会议日期"),
    ],
)
def test_a_record_that_cannot_be_true_writes_nothing(
    session: Session, sign_in_as: SignInAs, changes: dict[str, str], said: str
) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    form = sign_in_as(Role.COMMUNITY_WORKER).get(f"/needs/{need.id}/deliberations/paper").form()
    page = form.fill({**PAPER, **changes}).submit("保存并公开", status=422)
    assert said in " ".join(page.errors)
    assert session.scalars(select(Deliberation)).all() == []


def test_a_meeting_is_recorded_after_it_was_held(
    session: Session, app: Flask, sign_in_as: SignInAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = meeting(session)
    session.commit()
    early = sign_in_as(Role.COMMUNITY_WORKER).get(f"/deliberations/{made.id}")
    assert "开完会才能记录" in early.text
    later = made.scheduled_at + timedelta(hours=2)
    monkeypatch.setattr(db, "now", lambda: later)
    client = app.test_client()
    with client.session_transaction() as cookie:
        someone = parties.person(session, unit=NEIGHBOURHOOD)
        cookie[db.TOKEN] = parties.token_for(session, someone, later)
        cookie["locale"] = "zh"
    session.commit()
    worker = PageClient(client)
    form = worker.get(f"/deliberations/{made.id}").click("记录会议").form()
    form.fill(RECORD).submit("保存并公开")
    assert deliberation_phase_at(only(session), later) is DeliberationPhase.HELD
    form.submit("保存并公开", status=409)


def test_a_meeting_is_cancelled_with_a_reason(session: Session, sign_in_as: SignInAs) -> None:
    made = meeting(session)
    session.commit()
    form = sign_in_as(Role.COMMUNITY_WORKER).get(f"/deliberations/{made.id}").form("cancel")
    page = form.submit("取消会议", status=422)
    assert page.errors == ["请写明为什么取消，通知会发给相关的人。"]
    page = page.form("cancel").fill(words="台风，改期另行公示。").submit("取消会议", follow=True)
    assert "台风，改期另行公示。" in page.text


def test_a_promise_is_reported_as_kept(session: Session, sign_in_as: SignInAs) -> None:
    made = meeting(session, held=True)
    session.commit()
    page = sign_in_as(Role.STREET_OFFICIAL).get(f"/deliberations/{made.id}")
    page = page.form(f"/deliberations/{made.id}/keep").submit(follow=True)
    assert page.flashes == ["已记下：承诺兑现了。"]
    page.client.post(f"/deliberations/{made.id}/keep", {}, status=409)


def test_an_overdue_promise_is_said_to_be(session: Session, sign_in_as: SignInAs) -> None:
    made = meeting(session, held=True, at=NOON - timedelta(days=20), promise_due_on=date(2026, 11, 19))
    session.commit()
    official = sign_in_as(Role.STREET_OFFICIAL)
    assert "还没有报告兑现" in official.get(f"/deliberations/{made.id}").text
    assert "已过期" in official.get("/deliberations").text
    assert made.promise in official.get("/home").text


def test_strangers_read_and_do_not_write(session: Session, sign_in_as: SignInAs, visitor: PageClient) -> None:
    made = meeting(session)
    hidden = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    stranger = sign_in_as(Role.COMMUNITY_WORKER, unit=ELSEWHERE)
    assert "取消会议" not in stranger.get(f"/deliberations/{made.id}").text
    for verb in ("record", "cancel", "keep"):
        stranger.post(f"/deliberations/{made.id}/{verb}", {}, status=403)
    stranger.get(f"/needs/{made.need_id}/deliberations/new", status=403)
    stranger.get(f"/needs/{hidden.id}/deliberations/new", status=404)
    visitor.get("/deliberations", status=303)
    sign_in_as(Role.AUDITOR).get("/deliberations", status=403)


def test_the_home_of_an_official_says_what_is_due_first(session: Session, sign_in_as: SignInAs) -> None:
    late = needs.need(session, NeedPhase.SUBMITTED, title="早就提交的需求")
    fresh = needs.need(session, NeedPhase.SUBMITTED, title="刚提交的需求", at=NOON - timedelta(days=1))
    coming = meeting(session, needs.need(session, NeedPhase.DELIBERATING, title="要开会的需求"))
    session.commit()
    for locale in ("zh", "en"):
        text = sign_in_as(Role.STREET_OFFICIAL, locale=locale).get("/home").text
        assert text.index(late.heading) < text.index(fresh.heading) < text.index(coming.need.heading)
