"""Writing a need in a browser: it saves itself, proposes meanwhile, and loses neither word nor tick."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from models.needs.need import Need
from tests.stories.conftest import OpenPage, sign_in, sound

pytestmark = pytest.mark.story

SAVED = re.compile(r"草稿已保存：\d")
FIRST = "楼里高龄老人没人烧饭，"


def begin(page: Page) -> None:
    """The first page of a new need, with its scripts."""
    sign_in(page, "neighbour")
    page.goto("/needs/new")
    page.locator("html[data-ready]").wait_for(state="attached")


def count(sessions: sessionmaker[Session]) -> int:
    """How many needs there are."""
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(Need)) or 0


def test_a_draft_saves_itself_again_and_again_and_stays_one(
    open_page: OpenPage, sessions: sessionmaker[Session]
) -> None:
    before = count(sessions)
    page = open_page()
    begin(page)
    box, status = page.locator("textarea[name=description]"), page.locator("[data-autosave-status]")
    box.fill(FIRST)
    expect(status).to_have_text(SAVED)
    revision = page.locator("input[name=revision]")
    expect(revision).not_to_have_value("")
    first = revision.input_value()
    box.press_sequentially("已经半年了")
    expect(revision).not_to_have_value(first)
    page.get_by_role("button", name="下一步").click()
    page.wait_for_url("**/who")
    page.goto("/needs/mine")
    sound(page)
    assert count(sessions) == before + 1
    page.get_by_role("link", name="楼里高龄老人没人烧饭").first.click()
    expect(page.locator("main")).to_contain_text(FIRST + "已经半年了")


def test_what_was_ticked_stays_ticked_while_proposals_come(open_page: OpenPage) -> None:
    page = open_page(narrow=True)
    begin(page)
    box = page.locator("textarea[name=description]")
    box.fill(FIRST)
    page.locator("label[for=codes-EL-01]").click()
    box.press_sequentially("放学后孩子没人管")
    expect(page.locator("#codes-WF-02")).to_be_visible()
    expect(page.locator("#codes-EL-01")).to_be_checked()
    expect(page.locator("#codes-WF-02")).not_to_be_checked()
    sound(page)


def test_pressing_on_at_once_waits_for_the_save_on_its_way(
    open_page: OpenPage, sessions: sessionmaker[Session]
) -> None:
    page = open_page()
    begin(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        """Keep the page's own save waiting; let everything else through."""
        if route.request.resource_type == "fetch":
            held.append(route)
        else:
            route.continue_()

    page.route("**/needs/new", hold)
    page.locator("textarea[name=description]").fill("电梯口有人摔跤")
    expect(page.locator("[data-autosave-status]")).to_have_text("正在保存")
    page.get_by_role("button", name="下一步").click()
    held[0].continue_()
    page.wait_for_url("**/who")
    with sessions() as session:
        newest = session.scalars(select(Need).order_by(Need.created_at.desc())).first()
        assert newest is not None
        assert newest.description == "电梯口有人摔跤"


def test_everything_can_be_written_without_scripts(open_page: OpenPage) -> None:
    page = open_page(javascript=False)
    sign_in(page, "neighbour")
    page.goto("/needs/new")
    page.locator("textarea[name=description]").fill(FIRST + "吃饭难。")
    page.get_by_role("button", name="看看建议").click()
    page.locator("label[for=codes-EL-01]").click()
    page.get_by_role("button", name="下一步").click()
    page.wait_for_url("**/who")
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="看预览").click()
    page.wait_for_url("**/check")
    expect(page.locator(".errors")).to_contain_text("请选一个词，说明有多急。")
    expect(page.locator("main")).to_contain_text("助餐")
