"""A street publishes its own rule of meetings, and its committees read and keep it."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.needs.meeting_rule import MeetingRuleVersion
from models.needs.need import NeedPhase
from tests.conftest import SignInAs
from tests.factories import needs, parties
from tests.factories.deliberations import meeting
from tests.page import PageClient

WHERE = "/deliberations/rules"
FILLED = {
    "meeting_type": "hearing",
    "notice_days": "７",
    "times_a_year": "2",
    "least_present": "40",
    "invited": "楼组长、物业",
    "valid_from": "2026-11-20",
    "reason": "三天来不及通知楼组",
}


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_rule_is_published_and_read_by_those_who_keep_it(
    session: Session, sign_in_as: SignInAs, visitor: PageClient, locale: str
) -> None:
    need = needs.need(session, NeedPhase.DELIBERATING)
    held = meeting(session, need, held=True)
    session.commit()
    street = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    page = street.get("/deliberations").click(
        "公布本单位的规则" if locale == "zh" else "Publish your own rules"
    )
    assert ("还没有公布过" if locale == "zh" else "Nothing published yet") in page.text
    page = page.form(WHERE).fill(FILLED).submit(follow=True)
    assert page.flashes
    assert FILLED["reason"] in page.text
    worker = sign_in_as(Role.COMMUNITY_WORKER, locale=locale)
    page = worker.get("/deliberations")
    assert FILLED["invited"] in page.text
    assert ("该开了" if locale == "zh" else "due") in page.text.lower()
    assert FILLED["invited"] in worker.get(f"/needs/{need.id}/deliberations/new").text
    assert FILLED["invited"] not in visitor.get(f"/deliberations/{held.id}").text  # it was held before


def test_a_meeting_shows_whose_rule_it_follows_and_whom_it_invites(
    session: Session, sign_in_as: SignInAs, visitor: PageClient
) -> None:
    need = needs.need(session, NeedPhase.DELIBERATING)
    session.commit()
    sign_in_as(Role.STREET_OFFICIAL).get(WHERE).form(WHERE).fill(FILLED).submit(follow=True)
    form = sign_in_as(Role.COMMUNITY_WORKER).get(f"/needs/{need.id}/deliberations/new").form()
    notice = {"meeting_type": "hearing", "clock": "14:30", "place": "活动室"}
    page = form.fill(**notice, scheduled_at="2026-11-26").submit("公示", status=422)
    assert "至少提前 7 天" in " ".join(page.errors)
    page = form.fill(**notice, scheduled_at="2026-11-27").submit("公示", follow=True)
    for words in ("澄江街道", "2026年11月20日 起", "楼组长、物业"):
        assert words in page.text
    assert "楼组长、物业" in page.click("打印公示").text


def test_history_exports(session: Session, sign_in_as: SignInAs) -> None:
    parties.place(session)
    pages = sign_in_as(Role.STREET_OFFICIAL)
    pages.get(WHERE).form(WHERE).fill(FILLED).submit(follow=True)
    answer = pages.client.get(f"{WHERE}?format=xlsx")
    rows = list(load_workbook(BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert [row[:5] for row in rows[1:]] == [("听证会", 7, 2, 40, "楼组长、物业")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"notice_days": "0"},
        {"notice_days": "一周"},
        {"times_a_year": "60"},
        {"least_present": ""},
        {"meeting_type": "residents", "times_a_year": ""},
        {"valid_from": "2026-11-19"},
        {"valid_from": "明天"},
        {"reason": ""},
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_what_was_typed(
    session: Session, sign_in_as: SignInAs, wrong: dict[str, str]
) -> None:
    parties.place(session)
    form = sign_in_as(Role.STREET_OFFICIAL).get(WHERE).form(WHERE)
    page = form.fill({**FILLED, **wrong}).submit(status=422)
    assert len(page.errors) == 1
    assert FILLED["invited"] in page.html
    assert session.scalars(select(MeetingRuleVersion)).all() == []
