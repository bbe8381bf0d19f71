"""Before anything is looked at: the stages are planned, an agency is drawn by lot, and declares."""

from tests.stories.evaluation.stage import AGENCIES, FIRST, SECOND, picture
from tests.stories.procurement.stage import OFFICIAL, Stage, follow, press, seen, send, tick, told


def plan(stage: Stage, contract: str) -> None:
    """From the contract's page: its stages by its own time."""
    page = stage.window(OFFICIAL, contract)
    follow(page, "看这份合同的评估")
    send(page, "按合同期限排评估")
    seen(page, "中期评估", "终期评估", "2027年8月")
    picture(page, "plan")


def draw(stage: Stage, contract: str) -> None:
    """The one that is tied is left out with the reason; anybody can replay the draw."""
    page = stage.window(OFFICIAL, contract)
    follow(page, "抽取评估机构")
    told(page, AGENCIES[FIRST], AGENCIES[SECOND], "排除")
    picture(page, "pool")
    press(page, "随机抽取")
    seen(page, "核对一致", AGENCIES[FIRST])
    picture(page, "draw")


def declare(stage: Stage, login: str) -> None:
    """Nothing ties it, question by question."""
    page = stage.window(login)
    page.locator("main").get_by_role("link", name="申报利害关系").first.click()
    follow(page, "申报利害关系")
    for box in page.locator("main input[type=radio][value=no]").all():
        tick(page, box.get_attribute("name") or "", "no")
    picture(page, "declaration")
    send(page, "申报")
    told(page, "已申报")
