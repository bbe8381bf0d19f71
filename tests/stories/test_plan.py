"""A plan, whole: built, a pair excluded by hand, solved again, compared, adopted; on a telephone as well."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from models.act import Act, Role
from models.audit.record import verify
from models.matching.engine import Engine
from models.matching.review import Decision, Review
from models.session import transaction
from tests.factories import matching, needs, parties
from tests.stories.conftest import OpenPage, sign_in, sound

pytestmark = pytest.mark.story
PLAN = re.compile(r"/plans/[0-9a-f-]{36}$")


def two_matched_needs(sessions: sessionmaker[Session]) -> None:
    """Meals and visits, standardised last month and run yesterday."""
    now, engine = datetime.now(UTC), Engine()
    with sessions() as session, transaction(session):
        before = now - timedelta(days=30)
        made = [
            needs.need(session, unit=parties.ELSEWHERE, at=before, title="望湖花园老人午饭没着落"),
            needs.need(
                session, unit=parties.ELSEWHERE, at=before, title="望湖花园独居老人没人探访", codes=["EL-04"]
            ),
        ]
        by = parties.act_as(session, Role.DISTRICT_OFFICIAL, at=now - timedelta(days=1))
        for need in made:
            matching.run(session, need, by=Act(by.actor, by.at, "story"), engine=engine)


def press(page: Page, name: str) -> None:
    """Press a button that asks before it acts."""
    page.locator("summary", has_text=name).click()
    page.locator("details.confirm[open]").get_by_role("button", name="确定").click()


def test_a_plan_is_built_edited_compared_and_adopted(
    open_page: OpenPage, sessions: sessionmaker[Session]
) -> None:
    two_matched_needs(sessions)
    page, phone, auditor = open_page(), open_page(narrow=True, javascript=False), open_page(narrow=True)
    sign_in(page, "district")
    page.get_by_role("link", name="服务计划").click()
    page.goto("/plans/new")
    sound(page)
    page.get_by_role("button", name="做出计划").click()
    page.wait_for_url(PLAN)
    sound(page)
    expect(page.locator("#needs")).to_contain_text("上海澄江乐龄服务中心")

    page.locator("#needs").get_by_role("link", name="望湖花园老人午饭没着落").click()
    sound(page)
    planned = page.locator("select[name=service_id] option").first.inner_text()
    page.locator("input[name=kind][value=forbid] + label").click()
    page.locator("textarea[name=reason]").fill("这家机构下半年装修。")
    page.get_by_role("button", name="记下改动").click()
    page.wait_for_url("**/plans/*#edits")
    sound(page)
    page.get_by_role("button", name="重新求解").click()
    page.wait_for_url("**/compare")
    sound(page)
    expect(page.locator("#changes")).to_contain_text(planned.split("（")[0])
    page.get_by_role("link", name="回到计划").click()
    press(page, "采用这份计划")
    expect(page.locator("main")).to_contain_text("现在是已采纳")
    sound(page)

    sign_in(phone, "district")
    phone.goto(page.url)
    expect(phone.locator("main")).to_contain_text("接着做下一份")
    sign_in(auditor, "auditor")
    for where in (page.url, f"{page.url}/compare", "/plans"):
        auditor.goto(where)
        sound(auditor)
    expect(auditor.locator("main")).to_contain_text("已采用")

    with sessions() as session:
        reviews = session.scalars(select(Review).join(Review.match).where(Review.withdrawn_at.is_(None)))
        mine = [each for each in reviews if each.match.run.need.title.startswith("望湖花园")]
        assert [each.decision for each in mine] == [Decision.ACCEPT] * 2
        assert planned.split("（")[0] not in {
            each.match.service.title for each in mine if "午饭" in each.match.run.need.title
        }
        assert verify(session).broken_at is None
