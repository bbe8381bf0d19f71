"""After the final: a finding is mended, everybody reads what came of it, and the next match knows."""

from playwright.sync_api import expect
from sqlalchemy import select

from models.matching.engine import Engine
from models.matching.run import MatchRun
from models.needs.need import Need
from models.session import transaction
from tests.factories import matching
from tests.factories.rectifications import PNG
from tests.stories.evaluation.stage import (
    CONTRACTOR,
    CONTRACTORS,
    FIRST,
    NEXT_NEED,
    contract_of,
    organisation_of,
    picture,
)
from tests.stories.procurement.stage import OFFICIAL, Stage, follow, seen, send, tick, told

FINDING = "签到由他人代签，台账不实。"
PLAN = "改为刷卡签到，社工每周抽查。"
CHECKED = "抽查二十户，签到与电话回访一致。"


def issue(stage: Stage, evaluation: str) -> str:
    """The evaluator issues a finding; gives the address of the rectification."""
    page = stage.window(FIRST, evaluation)
    follow(page, "出具问题清单")
    page.locator("[name=words_1]").fill(FINDING)
    page.locator("[name=item_1]").select_option("E2.4")
    page.locator("[name=severity_1]").select_option("serious")
    picture(page, "findings")
    send(page, "出具清单，通知机构")
    seen(page, FINDING)
    return page.url


def mend(stage: Stage, where: str) -> None:
    """The contractor plans from its home page and reports that it is done."""
    page = stage.window(CONTRACTOR)
    page.locator("main").get_by_role("link", name="交整改方案").first.click()
    follow(page, "写整改方案")
    page.locator("[name=what_1]").fill(PLAN)
    page.locator("[name=who_1]").fill("项目主管 陈静")
    page.locator("[name=due_1]").fill("2027-09-20")
    send(page, "提交方案")
    seen(page, PLAN)
    picture(page, "plan-of-mending")
    page = stage.window(CONTRACTOR, where)
    follow(page, "报告整改完成")
    page.locator("[name=words]").fill("刷卡机已装好，台账逐周签字。")
    send(page, "报告完成，请来复查")
    told(page, "已报告完成")


def recheck(stage: Stage, where: str) -> None:
    """The evaluator looks again, with a photo; all is well."""
    page = stage.window(FIRST, where)
    follow(page, "写复查结论")
    tick(page, "passed_1", "yes")
    page.locator("[name=words_1]").fill(CHECKED)
    photo = {"name": "刷卡机.png", "mimeType": "image/png", "buffer": PNG}
    page.locator("[name=file_1]").set_input_files(photo)  # type: ignore[arg-type]  # a file of no folder
    send(page, "提交复查结论")
    seen(page, "已改好")


def what_came_of_it(stage: Stage) -> None:
    """On the public page of the need that the contract was for."""
    with stage.session() as session:
        lot = contract_of(session, CONTRACTOR).award.lot
        need = lot.needs[0].need_id
    page = stage.visitor(f"/needs/{need}")
    seen(page, "后来怎样")
    picture(page, "need")
    follow(page, "看整改结果")
    seen(page, CHECKED, PLAN)
    picture(page, "outcome")


def next_need(stage: Stage) -> str:
    """The address of the review of the next need."""
    with stage.session() as session:
        need = session.scalars(select(Need).where(Need.title == NEXT_NEED)).one()
        return f"/needs/{need.id}/matching"


def matched(stage: Stage) -> None:
    """Matched before anything was evaluated, by an official, as a row."""
    with stage.session() as session, transaction(session):
        need = session.scalars(select(Need).where(Need.title == NEXT_NEED)).one()
        matching.run(session, need, engine=Engine())
    assert len(set(_scores(stage))) == 1


def record(stage: Stage) -> None:
    """Once nobody can object any more, the organisation's record is public, with its arithmetic."""
    with stage.session() as session:
        mine = organisation_of(session, CONTRACTORS[CONTRACTOR]).id
    page = stage.visitor(f"/organisations/{mine}")
    follow(page, "看怎么算的")
    seen(page, "怎么算的", "一票否决")
    picture(page, "record")


def rematched(stage: Stage) -> None:
    """The next match puts the organisation lower, and the review page says why."""
    page = stage.window(OFFICIAL, next_need(stage))
    send(page, "重新匹配")
    expect(page.get_by_text("评估过 1 次").first).to_be_visible()
    seen(page, "低于同类平均", "减分")
    picture(page, "rematched")
    scores = _scores(stage)
    assert scores[-1] < scores[0]
    text = page.locator("main").inner_text()
    assert max(CONTRACTORS, key=lambda login: text.index(CONTRACTORS[login])) == CONTRACTOR


def _scores(stage: Stage) -> list[float]:
    """The scores of the latest run, best first."""
    with stage.session() as session:
        run = session.scalars(select(MatchRun).order_by(MatchRun.at.desc())).first()
        assert run is not None
        return [each.score for each in sorted(run.matches, key=lambda match: match.rank)]
