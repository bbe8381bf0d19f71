"""The residents: registered by the contractor, drawn by the platform, asked on a telephone and on paper."""

from urllib.parse import urlsplit
from uuid import UUID

from playwright.sync_api import expect
from sqlalchemy import select

from models.act import Act, Actor
from models.session import transaction
from models.surveys import answering
from models.surveys.items import CODES
from models.surveys.survey import Survey, SurveyInvitation
from tests.factories.surveys import TELEPHONE
from tests.stories.conftest import sound
from tests.stories.evaluation.stage import CONTRACTOR, WORKER, picture
from tests.stories.procurement.stage import OFFICIAL, Stage, follow, seen, send, tick, told

SERVED = 40
LINES = ["登记号\t称呼\t服务对象\t年龄"] + [f"{n}\t{n}号阿婆\tB03\t82" for n in range(1, SERVED + 1)]
SAID = "饭菜热的，希望周末也送。"
ANSWERED = 24
"""So many answer in the end, of thirty."""


def register(stage: Stage, contract: str) -> None:
    """The contractor pastes its list, reads it over, and has it kept."""
    page = stage.window(CONTRACTOR, contract)
    follow(page, "看服务对象登记")
    follow(page, "批量登记")
    page.locator("[name=rows]").fill("\n".join(LINES))
    send(page, "看一遍")
    seen(page, f"{SERVED} 人可以登记")
    picture(page, "register")
    send(page, f"登记这 {SERVED} 人")
    told(page, f"已登记 {SERVED} 人", "1号阿婆")


def open_(stage: Stage, contract: str) -> str:
    """The official draws the sample of the final and opens the survey; gives its address."""
    page = stage.window(OFFICIAL, contract)
    follow(page, "居民评价")
    row = page.locator("#stages tbody tr", has_text="终期")
    row.locator("summary").click()
    row.get_by_role("button", name="抽样").click()
    told(page, f"登记 {SERVED} 人，抽 30 人")
    survey = page.url
    follow(page, "开始调查")
    page.locator("[name=telephone]").fill(TELEPHONE)
    send(page, "开始调查")
    seen(page, "调查已开始")
    picture(page, "survey")
    return survey


def sheets(stage: Stage, survey: str) -> list[str]:
    """The addresses that the sheets carry, under their codes."""
    page = stage.window(OFFICIAL, survey)
    follow(page, "打印问卷")
    links = page.locator("p.link").all_inner_texts()
    assert len(links) == page.locator(".code svg").count() == 30
    return [urlsplit(each).path for each in links]


def resident(stage: Stage, address: str) -> None:
    """On a telephone, without an account: one question a screen, sent once."""
    page = stage.open_page(narrow=True)
    page.goto(address)
    seen(page, "您对这项服务满意吗")
    picture(page, "resident-begin")
    page.get_by_role("button", name="开始回答").click()
    for number in range(1, len(CODES) + 1):
        told(page, f"第 {number} 题")
        assert page.locator("h1").count() == 1
        if number == 1:
            sound(page)
            picture(page, "resident-question")
        page.locator("button[name=pick]").nth(0).click()
    page.locator("[name=words]").fill(SAID)
    page.get_by_role("button", name="好了，下一步").click()
    seen(page, SAID)
    picture(page, "resident-check")
    page.get_by_role("button", name="交上去").click()
    seen(page, "谢谢您")
    page.goto(address)
    expect(page.get_by_role("button", name="开始回答")).to_have_count(0)


def paper(stage: Stage, survey: str) -> None:
    """A community worker keys in the second sheet; it counts like any other."""
    page = stage.window(WORKER, survey)
    follow(page, "录入纸质和电话的回答")
    page.locator("[name=number]").fill("2")
    for name, value in {"channel": "paper", **dict.fromkeys(CODES, "4")}.items():
        tick(page, name, value)
    picture(page, "paper")
    send(page, "保存，录下一份")
    seen(page, "第 2 号已录入")


def others(stage: Stage, survey: str) -> None:
    """The rest of those who answer, by the verb that the telephone's page calls."""
    nobody = Act(Actor(), stage.clock(), "story")
    with stage.session() as session, transaction(session):
        found = session.get_one(Survey, UUID(survey.rsplit("/", 1)[-1]))
        query = select(SurveyInvitation).where(SurveyInvitation.survey_id == found.id)
        for invitation in session.scalars(query.order_by(SurveyInvitation.number).limit(ANSWERED)):
            if invitation.answered_on is None:
                answering.answer(session, invitation, nobody, values=dict.fromkeys(CODES, 5))


def unread(stage: Stage, survey: str) -> None:
    """Nobody reads a result while it runs, and the contractor never who was asked."""
    told(stage.window(OFFICIAL, survey), "结果等调查结束以后才显示")
    answer = stage.client(CONTRACTOR).client.get(f"{urlsplit(survey).path}/sample")
    assert answer.status_code in {403, 404}


def closed(stage: Stage, survey: str) -> None:
    """It closes by its date, and is rated."""
    page = stage.window(OFFICIAL, survey)
    seen(page, "Wilson", f"{ANSWERED}", SAID)
    picture(page, "survey-closed")
