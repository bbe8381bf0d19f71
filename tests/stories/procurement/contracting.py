"""The award, a challenge that is upheld, the contract, and its first milestone from report to payment."""

from models.calendar.clocks import local_date
from tests.stories.procurement.stage import OFFICIAL, TITLE, Stage, follow, press, seen, send, tick, told

SITE = "https://www.zfcg.sh.gov.cn/site/detail?id="
OPINION = "每周都来，记得住我们的名字。"


def award(stage: Stage, tender: str, winner: str, number: int) -> None:
    """The first in rank wins; the notice stood on the official site today."""
    page = stage.window(OFFICIAL, f"/tenders/{tender}")
    follow(page, "确定结果")
    told(page, winner)
    press(page, "确定第一名")
    follow(page, "登记结果公告")
    page.locator("[name=url]").fill(f"{SITE}{number}")
    page.locator("[name=published_on]").fill(str(local_date(stage.clock.at)))
    send(page, "登记，并通知所有投标人")
    seen(page, "质疑期到", winner)


def challenge(stage: Stage, loser: str) -> None:
    """A loser reads the letter, which has nothing of the others' marks, and challenges the result."""
    page = stage.window(loser, "/results/mine")
    told(page, "未中标")
    follow(page, TITLE)
    seen(page, "贵单位各项得分", "与中标者相差")
    follow(page, "提出质疑")
    page.locator("fieldset:has(input[name=window]) label", has_text="结果").last.click()
    page.locator("[name=points]").fill("我们第一项的得分与评分标准的档次不符。")
    page.locator("[name=remedy]").fill("请重新评分。")
    send(page, "提出质疑")
    seen(page, "质疑已提出")


def uphold(stage: Stage, tender: str) -> None:
    """It is upheld: the award is undone, and the panel takes it up again from the marks on."""
    page = stage.window(OFFICIAL)
    page.locator("main").get_by_role("link", name="答复质疑").first.click()
    told(page, "合同暂停签订")
    follow(page, "答复")
    tick(page, "upheld", "yes")
    page.locator("[name=replay_from]").select_option("marking")
    page.locator("[name=words]").fill("第一项的档次适用有误，由评审小组重新评分。")
    send(page, "答复")
    seen(page, "已答复")
    told(stage.visitor(f"/results/{tender}"), "还没有结果")


def contract(stage: Stage, tender: str, supplier: str) -> str:
    """Made from the tender and the winning bid, signed by the purchaser, then by the supplier."""
    page = stage.window(OFFICIAL, f"/results/{tender}/desk")
    follow(page, "拟订合同")
    page.locator("[name=negotiation]").fill("谈过一次，价格不变。")
    send(page, "拟订合同")
    told(page, "合同已拟订")
    told(page, "谈过一次，价格不变。", "代表采购人签署")
    where = page.url
    press(page, "代表采购人签署")
    told(page, "等供应商签署")
    page = stage.window(supplier, where)
    press(page, "代表供应商签署")
    seen(page, "合同生效")
    page = stage.window(OFFICIAL, where)
    follow(page, "登记合同公告")
    page.locator("[name=url]").fill(f"{SITE}9")
    page.locator("[name=published_on]").fill(str(local_date(stage.clock.at)))
    send(page, "登记")
    press(page, "登记备案")
    told(page, "备案已登记")
    return where


def milestone(stage: Stage, contract: str, supplier: str) -> None:
    """The supplier reports; it is accepted with what its users say, invoiced, and paid."""
    page = stage.window(supplier, contract)
    page.locator("#milestones tbody a").first.click()
    where = page.url
    follow(page, "报告这一期")
    page.locator("[name=words]").fill("提交实施计划和 47 位老人的名册。")
    send(page, "报告，请采购人验收")
    told(page, "已报告")
    page = stage.window(OFFICIAL, where)
    follow(page, "验收")
    for name, value in {"users_asked": "３０", "users_satisfied": "27", "users_words": OPINION}.items():
        page.locator(f"[name={name}]").fill(value)
    send(page, "验收通过")
    told(page, "已验收", "30 人中 27 人满意")
    page = stage.window(supplier, where)
    press(page, "登记已开票")
    told(page, "已登记开票")
    page = stage.window(OFFICIAL, where)
    follow(page, "登记付款")
    send(page, "登记已付款")
    seen(page, "付款已登记", "已付款")
