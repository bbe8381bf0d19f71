"""The evaluator's part: evidence, the sheet, a veto, the draft, its answer, the final report."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from playwright.sync_api import Page, expect
from sqlalchemy import select

from models.evaluations.evaluation import Evaluation
from models.rulebook.stages import Stage as Step
from tests.factories.rectifications import PNG
from tests.stories.conftest import sound
from tests.stories.evaluation.stage import CONTRACTOR, FIRST, contract_of, picture
from tests.stories.procurement.stage import OFFICIAL, Stage, follow, press, seen, send, told

VETO = "抽查 40 份签到表，其中 11 份签名不是本人。"
ANSWER = "签到表由家属代签，已补家属说明。"
REPLY = "家属说明与电话回访一致的 3 份改记为有效。"
SUMMARY = "送餐按时，居民满意；部分签到不实。"
A_MINUTE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)
ITEM = "E2.4"
"""The item the contractor answers about."""


def evaluation(stage: Stage, step: Step, login: str = CONTRACTOR) -> str:
    """The address of a contract's evaluation."""
    with stage.session() as session:
        of = (Evaluation.contract_id == contract_of(session, login).id, Evaluation.stage == step)
        return f"/evaluations/{session.scalars(select(Evaluation.id).where(*of)).one()}"


def begin(stage: Stage, where: str) -> Page:
    """The agency begins, with evidence for every item: a photo, and what was seen."""
    page = stage.window(FIRST, where)
    send(page, "开始评估")
    follow(page, "证据和走访")
    follow(page, "加一份证据")
    page.locator("[name=kind]").select_option("photo")
    photo = {"name": "签到表.png", "mimeType": "image/png", "buffer": PNG}
    page.locator("[name=file]").set_input_files(photo)  # type: ignore[arg-type]  # a file of no folder
    page.locator("[name=words]").fill("签到表和台账，逐份核对。")
    for box in page.locator("input[name=items]").all():
        page.locator(f"label[for='{box.get_attribute('id')}']").click()
    send(page, "加入")
    told(page, "证据已加入")
    return page


def fill(page: Page, share: Decimal = Decimal(1), *, within: str = "#sheet") -> None:
    """This share of every item's points, and of every number agreed on."""
    for item in page.locator(f"{within} .score-item:has(input)").all():
        most = Decimal(item.locator("h3 .sub").inner_text().removeprefix("满分 ").removesuffix(" 分"))
        for field in item.locator("input[name^=points_]").all():
            field.fill(str((most * share).quantize(Decimal("0.01"))))
        for field in item.locator("input[name^=planned_]").all():
            field.fill("100")
        for field in item.locator("input[name^=actual_]").all():
            field.fill(str((100 * share).quantize(Decimal("0.01"))))


def keep(page: Page, *, within: str = "#sheet") -> None:
    """The sheet is filled in and kept."""
    follow(page, "填评分表")
    fill(page, within=within)
    picture(page, "sheet")
    send(page, "保存评分表")
    page.wait_for_url("**/report")


def hand_over(page: Page) -> None:
    """The draft goes to the contractor."""
    told(page, "交出报告初稿")
    picture(page, "report")
    page.locator("[name=summary]").fill(SUMMARY)
    send(page, "交出报告初稿")
    told(page, "报告初稿已交给机构")


def veto(page: Page) -> None:
    """False data were found: whatever the points, the grade is a fail."""
    page.locator("dl a[href$=vetoes]").click()
    page.locator("[name=code]").select_option("false_data")
    page.locator("[name=words]").fill(VETO)
    send(page, "保存")
    told(page, "不合格")


def midterm(stage: Stage, where: str) -> None:
    """Issues and no grade; the contractor has nothing to add, so it need not take five days."""
    page = begin(stage, where)
    keep(page, within="#E2")
    hand_over(page)
    page = stage.window(CONTRACTOR, f"{where}/answers")
    send(page, "保存，并且答复完毕")
    page = stage.window(FIRST, f"{where}/report")
    send(page, "定稿")
    told(page, "报告已定稿")
    page = stage.window(OFFICIAL, where)
    press(page, "公开评估结果")
    page = stage.visitor(where)
    told(page, "不评等级", SUMMARY)
    picture(page, "midterm-public")


def final(stage: Stage, where: str) -> None:
    """Draft with a veto; the contractor answers one item within its days."""
    page = begin(stage, where)
    sound(page)
    keep(page)
    veto(page)
    hand_over(page)
    page = stage.window(CONTRACTOR)
    page.locator("main").get_by_role("link", name="答复报告初稿").first.click()
    page.locator(f"[name='words_{ITEM}']").fill(ANSWER)
    picture(page, "answers")
    send(page, "保存意见")
    told(page, "已保存")


def not_before_its_time(stage: Stage, where: str) -> None:
    """A moment before the answer period ends it can neither be made final nor be published."""
    with stage.session() as session:
        ends = session.get_one(Evaluation, UUID(where.rsplit("/", 1)[-1])).answer_ends_at
    assert ends is not None
    stage.clock.at = ends - AN_HOUR
    page = stage.window(FIRST, f"{where}/report")
    stage.clock.at = ends - A_MINUTE
    send(page, "定稿")
    told(page, "答复期还没有满")
    assert stage.clock.at < ends
    page = stage.window(OFFICIAL, where)
    expect(page.locator("main").get_by_text("公开评估结果")).to_have_count(0)
    stage.clock.at = ends


def publish(stage: Stage, where: str) -> None:
    """The evaluator replies, makes it final; the official publishes; everybody reads it."""
    page = stage.window(FIRST, f"{where}/report")
    page.locator("#answers a").first.click()
    picture(page, "reply")
    page.locator("[name=reply]").fill(REPLY)
    send(page, "保存答复")
    seen(page, REPLY)
    send(page, "定稿")
    told(page, "报告已定稿")
    page = stage.window(OFFICIAL, where)
    picture(page, "final-official")
    press(page, "公开评估结果")
    page = stage.visitor(where)
    seen(page, "不合格", VETO, ANSWER, REPLY)
    picture(page, "final-public")
