"""The opening and the panel: two officers, five members drawn by lot, marks without names or prices."""

from decimal import Decimal

from sqlalchemy import select

from models.panels.panel import Panel
from models.parties.person import Person
from tests.stories.procurement.bidding import WORDS
from tests.stories.procurement.stage import (
    BIDDERS,
    OFFICERS,
    OFFICIAL,
    TITLE,
    Stage,
    follow,
    press,
    seen,
    send,
    tick,
    told,
)

SIZE = 5
BY_HAND = 2
"""So many members mark in their windows; the others send the same forms."""
SHARES = {
    WORDS["linli"]: Decimal("0.9"),
    WORDS["leling"]: Decimal("0.8"),
    WORDS["nuanyang"]: Decimal("0.7"),
}
"""The share of each criterion's points that all members give to a plan."""


def opening(stage: Stage, tender: str, phrases: dict[str, str], *, first: str, then: str) -> None:
    """Two officers, each in a window of their own, give their phrases; the second opens."""
    for login in OFFICERS:
        page = stage.window(login, f"/openings/{tender}")
        if login == OFFICERS[0]:
            send(page, first)
        told(page, "已交的口令")
        page.locator("[name=phrase]").fill(phrases[login])
        send(page, "交上口令")
    page.locator("[name=minutes]").fill("到场 3 人，没有异议。")
    send(page, "打开信封")
    seen(page, then, *BIDDERS.values())


def draw(stage: Stage, tender: str) -> list[str]:
    """Five of the pool, drawn by lot; gives their logins by seat, the chair first."""
    page = stage.window(OFFICIAL, f"/tenders/{tender}")
    follow(page, "抽取评审小组")
    page.locator("[name=size]").fill(str(SIZE))
    send(page, "随机抽取")
    seen(page, "随机种子")
    with stage.session() as session:
        panel = session.scalars(select(Panel)).one()
        found = [session.get_one(Person, each.person_id).login for each in panel.seated]
    assert len(found) == SIZE
    return found


def declare(stage: Stage, members: list[str]) -> None:
    """Nobody has an interest; all say so, against the names."""
    for login in members[:BY_HAND]:
        page = stage.window(login)
        page.locator("main").get_by_role("link", name="申报利害关系").first.click()
        seen(page, *BIDDERS.values())
        tick(page, "honest")
        send(page, "提交申报")
        told(page, "您已申报" if login != members[0] else "您是组长")
    for login in members[BY_HAND:]:
        page = stage.client(login).get("/marking").click(TITLE)
        page.form("declare-form").fill(honest=True).submit(follow=True)


def qualify(stage: Stage, tender: str) -> None:
    """Every bid meets every requirement."""
    page = stage.window(OFFICIAL, f"/tenders/{tender}")
    follow(page, "评审小组")
    follow(page, "投标人 1")
    for _each in BIDDERS:
        told(page, "是否满足")
        for box in page.locator("#check-form input[value=yes]").all():
            page.locator(f"label[for='{box.get_attribute('id')}']").click()
        send(page, "保存，看下一份")
    told(page, "所有投标都已审查")
    press(page, "结束审查")
    seen(page, "资格与符合性审查已经结束")


def mark(stage: Stage, members: list[str], sealed: list[str]) -> None:
    """Five sheets: two with the keyboard, three by the same forms; none shows a name or a price."""
    for login in members[:BY_HAND]:
        _mark_by_hand(stage, login, sealed)
    for login in members[BY_HAND:]:
        _mark_by_form(stage, login, sealed)


def mark_again(stage: Stage, members: list[str]) -> None:
    """After the challenge all members give full marks to the plan of the one who challenged."""
    for login in members:
        page = stage.client(login).get("/marking").click(TITLE)
        seat, client = page.path, page.client
        cells = len(page.rows("我的评分")) - 1
        for number in range(1, cells + 1):
            sheet = client.get(f"{seat}/sheet/{number}")
            if WORDS["leling"] in sheet.text:
                sheet.form("mark").fill(points=_most(sheet.text), note="按档次重评。").submit()
        client.get(seat).form(f"{seat}/submit").submit(follow=True)


def _mark_by_form(stage: Stage, login: str, sealed: list[str]) -> None:
    page = stage.client(login).get("/marking").click(TITLE)
    seat = page.path
    page = page.client.get(f"{seat}/sheet/1")
    while "/sheet/" in page.path:
        assert [each for each in sealed if each in page.text] == []
        page = page.form("mark").fill(points=_points(page.text), note="见方案。").submit(follow=True)
    page.form(f"{seat}/submit").submit(follow=True)


def _mark_by_hand(stage: Stage, login: str, sealed: list[str]) -> None:
    page = stage.window(login, "/marking")
    follow(page, TITLE)
    seat = page.url
    assert "0/" in page.locator("#sheet").inner_text()
    page.goto(f"{seat}/sheet/1")
    while "/sheet/" in page.url:
        text = page.locator("body").inner_text()
        assert [each for each in sealed if each in text] == []
        here = page.url
        page.locator("[name=note]").fill("见方案。")
        page.locator("[name=points]").fill(str(_points(text)))
        page.locator("[name=points]").press("Enter")
        page.wait_for_url(lambda url, here=here: url != here)
    told(page, "我的评分")
    press(page, "提交全部评分")
    seen(page, "已提交，不能再改")


def _points(text: str) -> Decimal:
    """The points for the plan that a sheet shows."""
    share = next(share for words, share in SHARES.items() if words in text)
    return (_most(text) * share).quantize(Decimal("0.01"))


def _most(text: str) -> Decimal:
    return Decimal(text.split("满分 ")[1].split(" 分")[0])


def report(stage: Stage, tender: str) -> list[str]:
    """The meeting, the ranking, the report; gives the names in rank order."""
    page = stage.window(OFFICIAL, f"/tenders/{tender}")
    follow(page, "评审小组")
    panel = page.url
    follow(page, "看全部评分和合议")
    page.locator("[name=words]").fill("成员逐项核对评分，没有异议。")
    send(page, "记录合议")
    page.goto(panel)
    send(page, "排名次")
    seen(page, "核对一致")
    names = [row.split("\n")[0] for row in page.locator("#ranking tbody td:nth-of-type(1)").all_inner_texts()]
    press(page, "提交评审报告")
    told(page, "评审")
    return names
