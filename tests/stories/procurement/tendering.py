"""The purchaser's part: from a need to a published tender, and a question that everybody sees answered."""

from playwright.sync_api import Page

from tests.stories.procurement.stage import (
    OFFICERS,
    OFFICIAL,
    Stage,
    follow,
    last_of,
    seen,
    send,
    tick,
    told,
)

QUESTION = "周末也要探访吗？"
ANSWER = "周末不要求探访，遇有预警除外。"


def draft(stage: Stage) -> str:
    """A draft from a matched need, filled in; what the task list asks is written. Gives its id."""
    page = stage.window(OFFICIAL, "/tenders/new")
    told(page, "独居老人每周探访")
    page.locator("fieldset:has(input[name=needs]) label").first.click()
    send(page, "按需求填好草稿")
    page.wait_for_url("**/write")
    seen(page, "还要完成的事")
    tender = last_of(page)
    follow(page, "修改基本情况")
    page.locator("select[name=method]").select_option("competitive_consultation")
    fill = {
        "method_words": "服务需求明确，适用竞争性磋商。",
        "budget_item": "社区服务（街道部门预算第 12 项）",
        "price_weight": "10",
        "service_starts_on": "2027-03-01",
        "service_ends_on": "2027-08-31",
        "surveyed_on": "2026-10-30",
        "surveyed_respondents": "４",
        "reservation_words": "面向社会组织，属于政府购买公共服务。",
        "users_words": "独居老人和家属各三人。",
    }
    for name, value in fill.items():
        page.locator(f"[name={name}]").fill(value)
    send(page, "保存")
    page.wait_for_url("**/write#basics")
    told(page, "开标口令")
    return tender


def keys(stage: Stage, tender: str) -> dict[str, str]:
    """Two officers fetch their phrases, each in a window of their own; the maker prints the spare one."""
    page = stage.window(OFFICIAL, f"/tenders/{tender}/keys")
    for name in ("吴刚", "郑洁"):
        page.locator("label", has_text=name).click()
    page.locator("[name=threshold]").fill("2")
    page.locator("[name=escrow_place]").fill("街道档案室保险柜")
    send(page, "生成口令")
    seen(page, "等本人来取")
    found = {}
    for login in OFFICERS:
        page = stage.window(login)
        page.goto(f"/tenders/{tender}")
        follow(page, "取走我的开标口令")
        found[login] = _fetch(page)
    page = stage.window(OFFICIAL, f"/tenders/{tender}/keys")
    follow(page, "打印备用口令")
    _fetch(page)
    return found


def _fetch(page: Page) -> str:
    """Once shown, never again; what was written down is compared."""
    where = page.url
    tick(page, "ready")
    send(page, "显示口令")
    words = " ".join(page.locator("ol.phrase li").all_inner_texts())
    assert len(words.split()) == 33
    page.goto(where)
    assert words.split()[5] not in page.locator("main").inner_text().split()
    page.locator("[name=phrase]").fill(words)
    send(page, "我已抄好，核对")
    seen(page, "抄对了")
    return words


def publish(stage: Stage, tender: str) -> None:
    """Nothing is left to do; the proposed day is lawful."""
    page = stage.window(OFFICIAL, f"/tenders/{tender}/write")
    told(page, "都齐了")
    follow(page, "定截止时间并发布")
    tick(page, "sure")
    send(page, "发布")
    told(page, "已发布")


def enquire(stage: Stage, tender: str, asker: str, name: str) -> None:
    """One asks, all read the answer, nobody learns who asked."""
    page = stage.window(asker, f"/tenders/{tender}")
    follow(page, "提一个问题")
    page.locator("[name=question]").fill(QUESTION)
    send(page, "送出问题")
    told(page, QUESTION, "您单位问的")
    page = stage.window(OFFICIAL, f"/tenders/{tender}")
    page.locator("main").get_by_role("link", name=f"答复 {QUESTION}").click()
    page.locator("[name=answer]").fill(ANSWER)
    send(page, "公开答复")
    told(page, ANSWER)
    assert name not in page.content()
    page = stage.visitor(f"/tenders/{tender}")
    seen(page, QUESTION, ANSWER)
    assert name not in page.content()
