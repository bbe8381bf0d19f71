"""Two other eyes on an evaluation: an agency that is tied and refused, and one that marks again, blind."""

from decimal import Decimal
from uuid import UUID

from playwright.sync_api import expect

from models.agencies.agency import Agency
from models.agencies.ground import Ground
from models.evaluations import answering, reporting
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.rulebook.stages import Stage as Step
from models.session import transaction
from tests.factories import evaluations
from tests.stories.evaluation.judging import fill
from tests.stories.evaluation.stage import (
    AGENCIES,
    FIRST,
    OTHER,
    SECOND,
    TWICE,
    contract_of,
    contract_page,
    organisation_of,
    picture,
    tie,
)
from tests.stories.procurement.stage import OFFICIAL, Stage, follow, press, seen, send, tick, told

HALF = Decimal("0.5")
FIRST_WORDS = "服务按约定完成，账目清楚。"
REASONS = "复评核对了原始台账，扣分有据。"
ADDRESSES = (
    "",
    "/sheet",
    "/evidence",
    "/evidence/new",
    "/visits/new",
    "/vetoes",
    "/report",
    "/evaluation.json",
)


def started(stage: Stage) -> str:
    """An evaluation the first agency has begun; its address."""
    with stage.session() as session, transaction(session):
        contract = contract_of(session, OTHER)
        agency = session.get_one(Agency, organisation_of(session, AGENCIES[FIRST]).id)
        made = evaluations.evaluation(
            session, Step.MIDTERM, EvaluationPhase.STARTED, contract=contract, agency=agency
        )
        return f"/evaluations/{made.id}"


def refused(stage: Stage, where: str) -> None:
    """It marks until the district notes a tie; then every address says no, and never what it read before."""
    seen(stage.window(FIRST, f"{where}/sheet"), "评分表")
    with stage.session() as session, transaction(session):
        tie(session, FIRST, OTHER, Ground.PAID_WORK)
    contract = contract_page(stage, OTHER)
    client = stage.client(FIRST).client
    for address in ADDRESSES:
        assert client.get(f"{where}{address}").status_code == 403, address
    page = stage.window(FIRST, where)
    seen(page, "利害关系")
    picture(page, "refused")
    expect(page.locator("main")).not_to_contain_text("证据")
    outsider = stage.client(SECOND).client
    assert client.get(f"{contract}/surveys").status_code == 403
    assert {outsider.get(f"{where}{address}").status_code for address in ADDRESSES} == {404}


def drafted(stage: Stage) -> str:
    """A final whose draft the first agency has handed over, with the best marks; its address."""
    with stage.session() as session, transaction(session):
        contract = contract_of(session, TWICE)
        agency = session.get_one(Agency, organisation_of(session, AGENCIES[FIRST]).id)
        made = evaluations.evaluation(
            session, Step.FINAL, EvaluationPhase.STARTED, contract=contract, agency=agency
        )
        by = evaluations.evaluator(session, made)
        evaluations.filled(session, made, by)
        reporting.draft(session, made, by, summary=FIRST_WORDS)
        return f"/evaluations/{made.id}"


def order(stage: Stage, where: str) -> None:
    """The official has it marked again, and draws who does."""
    page = stage.window(OFFICIAL, where)
    follow(page, "安排复评")
    page.locator("[name=words]").fill("终期评分与居民在评议会上说的差得多。")
    send(page, "安排复评")
    told(page, "已列入复评")
    press(page, "抽取复评机构")
    seen(page, "已随机抽取复评机构")
    picture(page, "second-ordered")
    follow(page, "看复评机构的抽取")
    told(page, AGENCIES[SECOND], "核对一致")


def mark_again(stage: Stage, where: str) -> None:
    """From its home page, by the same evidence, without a mark or a word of the first."""
    page = stage.window(SECOND)
    page.locator("main").get_by_role("link", name="复评").first.click()
    seen(page, "看不到前一次的评分", "现场查看，与记录一致")
    assert FIRST_WORDS not in page.content()
    fields = page.locator("#sheet input[name^=points_], #sheet input[name^=actual_]")
    assert {field.input_value() for field in fields.all()} == {""}
    assert stage.client(SECOND).client.get(where).status_code == 404
    fill(page, HALF)
    picture(page, "second-sheet")
    send(page, "保存评分表")
    expect(page.locator("[data-field-status]")).not_to_contain_text("正在保存")
    page.wait_for_load_state()
    press(page, "提交复评")
    told(page, "复评已提交")


def decided(stage: Stage, where: str) -> None:
    """Both scores are in and far apart: nothing is published before the official has said which stands."""
    with stage.session() as session, transaction(session):
        made = session.get_one(Evaluation, UUID(where.rsplit("/", 1)[-1]))
        answering.answer(session, made, evaluations.supplier(session, made), words={}, done=True)
    page = stage.window(FIRST, f"{where}/report")
    send(page, "定稿")
    told(page, "报告已定稿")
    page = stage.window(OFFICIAL, where)
    seen(page, "超过限度")
    expect(page.locator("main").get_by_text("公开评估结果")).to_have_count(0)
    follow(page, "审查复评差距")
    picture(page, "gap")
    tick(page, "stands", "second")
    page.locator("[name=words]").fill(REASONS)
    send(page, "决定")
    seen(page, "已决定", REASONS)
    press(page, "公开评估结果")
    page = stage.visitor(where)
    seen(page, "结果已公开", REASONS)
    picture(page, "second-public")
