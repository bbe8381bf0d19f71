"""The marking sheet on a tablet: by keyboard, without a connection, with a lost answer, sent once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from models.act import Role
from models.catalogue.taxonomy import load_taxonomy
from models.evaluations.evaluation import Evaluation
from models.evaluations.marking import marks_of
from models.migrate import upgrade
from models.parties.organisation import Organisation
from models.session import make_engine, make_sessions, transaction
from tests.factories import evaluations, parties
from tests.stories.conftest import serving, sign_in, sound
from tests.support import browser as chromium
from web import create_app, db
from web.config import Config

pytestmark = [
    pytest.mark.story,
    pytest.mark.skipif(chromium.find() is None, reason=f"no Chromium: {chromium.HOW_TO_INSTALL}"),
]
TABLET = {"width": 768, "height": 1024}
Portal = tuple[str, str, sessionmaker[Session]]


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """A portal with one evaluation under way: its address, that of the sheet, and the database behind it."""
    monkeypatch.setattr(db, "now", lambda: parties.NOON)
    url = f"sqlite:///{tmp_path / 'field.db'}"
    engine = make_engine(url)
    upgrade(engine)
    sessions = make_sessions(engine)
    with sessions() as session, transaction(session):
        load_taxonomy(session, parties.system())
        made = evaluations.started(session)
        session.refresh(made)
        agency = session.get_one(Organisation, made.agency_id)
        parties.person(session, Role.EVALUATOR, organisation=agency, login="evaluator")
        where = f"/evaluations/{made.id}/sheet"
    with serving(
        create_app(Config(var=tmp_path, database_url=url, secret_key="for stories only"))
    ) as address:
        yield address, where, sessions
    engine.dispose()


@pytest.fixture
def tablet(browser: Browser, portal: Portal) -> Iterator[BrowserContext]:
    """A tablet on which an evaluator has signed in."""
    context = browser.new_context(base_url=portal[0], viewport=TABLET, locale="zh-CN")
    page = context.new_page()
    sign_in(page, "evaluator")
    page.close()
    yield context
    context.close()


def opened(tablet: BrowserContext, portal: Portal) -> Page:
    """The sheet in a new window."""
    page = tablet.new_page()
    page.goto(portal[1])
    page.wait_for_selector("html[data-ready]")
    return page


def kept(portal: Portal) -> tuple[int, dict[str, str]]:
    """What the portal has: how often the sheet was saved, and its points."""
    with portal[2]() as session:
        made = session.scalars(select(Evaluation)).one()
        points = {code: str(mark.points) for code, mark in marks_of(session, made).items()}
        return made.sheet_revision, points


def test_the_sheet_is_filled_in_by_keyboard_on_a_tablet(tablet: BrowserContext, portal: Portal) -> None:
    page = opened(tablet, portal)
    sound(page)
    first = page.locator('[name="points_E1.1"]')
    first.focus()
    page.keyboard.type("3.5")
    page.keyboard.press("Tab")
    page.keyboard.type("需求编号仍在有效期内。")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator('[name="planned_E1.2"]')).to_be_focused()
    page.keyboard.type("300")
    page.keyboard.press("Tab")
    page.keyboard.type("287")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report")
    assert kept(portal) == (1, {"E1.1": "3.50", "E1.2": "None"})


def test_what_is_filled_in_without_a_connection_is_sent_once_when_there_is_one(
    tablet: BrowserContext, portal: Portal
) -> None:
    page = opened(tablet, portal)
    page.locator('[name="points_E1.1"]').fill("4")
    tablet.set_offline(True)
    page.get_by_role("button", name="保存评分表").click()
    expect(page.locator("[data-field-status]")).to_contain_text("现在没有网络")
    page.locator('[name="points_E1.3"]').fill("2")
    assert kept(portal) == (0, {})
    tablet.set_offline(False)
    page.wait_for_url("**/report")
    assert kept(portal) == (1, {"E1.1": "4.00", "E1.3": "2.00"})
    assert opened(tablet, portal).locator("[data-field-status]").inner_text() == ""


def test_a_sheet_whose_answer_was_lost_is_not_taken_for_anothers(
    tablet: BrowserContext, portal: Portal
) -> None:
    page = opened(tablet, portal)
    page.locator('[name="points_E1.1"]').fill("4")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/sheet", lose)
    page.get_by_role("button", name="保存评分表").click()
    expect(page.locator("[data-field-status]")).to_contain_text("现在没有网络")
    page.unroute("**/sheet")
    assert kept(portal)[0] == 1
    page.locator('[name="points_E1.1"]').fill("3")
    page.get_by_role("button", name="保存评分表").click()
    page.wait_for_url("**/report")
    assert kept(portal) == (2, {"E1.1": "3.00"})


def test_a_closed_window_loses_nothing(tablet: BrowserContext, portal: Portal) -> None:
    page = opened(tablet, portal)
    page.locator('[name="points_E1.1"]').fill("4")
    page.locator('[name="missing_E4.1"]').fill("没有看到专账。")
    page.close()
    page = opened(tablet, portal)
    expect(page.locator("[data-field-status]")).to_contain_text("已放回表里")
    expect(page.locator('[name="missing_E4.1"]')).to_have_value("没有看到专账。")
    page.locator('[name="points_E1.1"]').fill("40")
    page.get_by_role("button", name="保存评分表").click()
    expect(page.locator(".errors")).to_contain_text("E1.1 满分 4 分")
    page.wait_for_selector("html[data-ready]")
    page.locator('[name="points_E1.1"]').fill("4")
    page.get_by_role("button", name="保存评分表").click()
    page.wait_for_url("**/report")
    assert kept(portal) == (1, {"E1.1": "4.00", "E4.1": "None"})


def test_the_sheet_is_a_plain_form_without_javascript(browser: Browser, portal: Portal) -> None:
    context = browser.new_context(base_url=portal[0], java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    sign_in(page, "evaluator")
    page.goto(portal[1])
    page.locator('[name="points_E1.1"]').fill("4")
    page.get_by_role("button", name="Save the sheet").click()
    page.wait_for_url("**/report")
    assert kept(portal) == (1, {"E1.1": "4.00"})
    context.close()
