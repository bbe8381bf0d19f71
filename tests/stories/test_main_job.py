"""The main job, whole: a neighbourhood's need becomes a reviewed match, in four people's browsers."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from models.audit.record import verify
from models.matching.review import Decision, Review
from models.needs.need import Need
from tests.stories.conftest import OpenPage, sign_in, sound

pytestmark = pytest.mark.story

WORDS = "澄江一村有五十多位独居老人，中午没人烧饭，下楼买菜也难，常常一顿饭吃两天。已经两年多了。"


def ready(page: Page) -> None:
    """The page's scripts have been loaded."""
    page.locator("html[data-ready]").wait_for(state="attached")


def pick(page: Page, name: str, value: str) -> None:
    """Tick a box by its label, as a finger would, unless it was ticked for us."""
    box = page.locator(f"input[name={name}][value='{value}']")
    if not box.is_checked():
        page.locator(f"label[for='{box.get_attribute('id')}']").click()
    expect(box).to_be_checked()


def post_a_need(page: Page) -> str:
    """Three short pages, mostly picking; gives the need's number."""
    page.get_by_role("link", name="发布需求").first.click()
    ready(page)
    page.locator("textarea[name=description]").fill(WORDS)
    expect(page.locator("#proposals")).to_contain_text("助餐")
    pick(page, "codes", "EL-01")
    sound(page)
    page.get_by_role("button", name="下一步").click()
    page.wait_for_url("**/who")
    pick(page, "groups", "B03")
    page.locator("input[name=affected_people]").fill("５３")
    pick(page, "severity", "3")
    pick(page, "urgency", "3")
    page.locator("fieldset:has(input[name=since]) label").first.click()
    pick(page, "evidence", "visit")
    sound(page)
    page.get_by_role("button", name="下一步").click()
    page.wait_for_url("**/when")
    page.locator("select[name=starts]").select_option(index=2)
    page.locator("select[name=ends]").select_option(index=4)
    page.locator("input[name=budget]").fill("120000")
    sound(page)
    page.get_by_role("button", name="看预览").click()
    page.wait_for_url("**/check")
    sound(page)
    page.get_by_role("button", name="提交给街道").click()
    page.wait_for_url("**/submitted")
    sound(page)
    text = page.locator("main").inner_text()
    assert "工作日" in text or "前" in text
    return next(word for word in text.replace("，", " ").split() if word.startswith("XQ-"))


def standardise(page: Page) -> None:
    """The street's official reads the need and completes it."""
    page.goto("/handling")
    sound(page)
    page.get_by_role("link", name="澄江一村有五十多位独居老人").first.click()
    ready(page)
    sound(page)
    page.locator("form#standard").get_by_role("button", name="完成标准化").click()
    page.get_by_role("link", name="查看推荐").click()
    page.wait_for_url("**/matching**")


def review(page: Page) -> None:
    """Run, read the reasons, accept the first by keyboard, reject the second with a reason, conclude."""
    page.get_by_role("button", name="开始匹配").click()
    page.locator("[data-review-item]").first.wait_for()
    ready(page)
    sound(page)
    first = page.locator("[data-review-item]").first
    expect(first).to_contain_text("助餐")
    expect(first).to_contain_text("上海澄江乐龄服务中心")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("[data-review-item]").first).to_contain_text("已采纳")
    ready(page)
    second = page.locator("[data-review-item]").nth(1)
    second.locator("summary", has_text="不采纳").click()
    second.locator("input[name=reason][value=wrong_service] + label").click()
    second.get_by_role("button", name="确定不采纳").click()
    expect(page.locator("[data-review-item]").nth(1)).to_contain_text("未采纳")
    sound(page)
    page.locator("#finish summary", has_text="完成匹配").click()
    page.locator("#finish").get_by_role("button", name="确定").click()
    expect(page.locator("main")).to_contain_text("已匹配")


def test_a_need_becomes_a_reviewed_match(open_page: OpenPage, sessions: sessionmaker[Session]) -> None:
    worker, street, meals, stranger, resident = (open_page() for _ in range(5))
    sign_in(worker, "worker")
    sound(worker)
    number = post_a_need(worker)
    sign_in(street, "street")
    sound(street)
    standardise(street)
    review(street)

    sign_in(meals, "meals")
    sound(meals)
    expect(meals.locator("main")).to_contain_text(number)
    meals.goto("/fitting")
    sound(meals)
    expect(meals.locator("main")).to_contain_text("已采纳")

    worker.goto("/home")
    expect(worker.locator("main")).to_contain_text("已匹配")

    with sessions() as session:
        need = session.scalars(select(Need).where(Need.reference == number)).one()
        assert need.matched_at is not None
        decisions = session.scalars(select(Review.decision).order_by(Review.at)).all()
        assert decisions == [Decision.ACCEPT, Decision.REJECT]
        assert verify(session).broken_at is None

    sign_in(stranger, "visits")
    answer = stranger.goto(f"/needs/{need.id}/matching")
    assert answer is not None
    assert answer.status == 404

    resident.goto(f"/search?q={number}")
    resident.wait_for_url(f"**/needs/{need.id}")
    expect(resident.locator("h1")).to_contain_text("独居老人")
    sound(resident)


def test_a_need_can_be_posted_without_javascript_on_a_telephone(open_page: OpenPage) -> None:
    page = open_page(narrow=True, javascript=False)
    sign_in(page, "neighbour")
    page.get_by_role("link", name="发布需求").first.click()
    page.locator("textarea[name=description]").fill(
        "楼道里堆满了旧家具和纸箱，消防检查两次没过，老人走路要侧身。"
    )
    page.get_by_role("button", name="看看建议").click()
    expect(page.locator("#proposals")).to_contain_text("楼道环境")
    pick(page, "codes", "EN-04")
    page.get_by_role("button", name="下一步").click()
    page.wait_for_url("**/who")
    page.get_by_role("button", name="保存草稿").click()
    page.goto("/needs/mine")
    expect(page.locator("main")).to_contain_text("楼道里堆满了旧家具")
    page.goto("/")
    page.goto("/search?q=旧家具")
    expect(page.locator("main")).to_contain_text("没有找到")


def test_what_was_written_is_saved_by_itself(open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, "neighbour")
    page.get_by_role("link", name="发布需求").first.click()
    ready(page)
    page.locator("textarea[name=description]").fill("小区里的老人想学用手机挂号，儿女不在身边，没人教。")
    expect(page.locator("[data-autosave]")).to_contain_text("草稿已保存", timeout=15000)
    page.goto("/home")
    expect(page.locator("main")).to_contain_text("小区里的老人想学用手机挂号")
