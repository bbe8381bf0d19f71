"""A real portal on a real port, a real Chromium, and a small district with people who can sign in."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.serving import make_server

from models.act import Role
from models.session import make_engine, make_sessions, transaction
from tests.conftest import MakeDatabase
from tests.factories import catalogue, parties
from web import create_app
from web.config import Config

NARROW, WIDE = {"width": 375, "height": 740}, {"width": 1280, "height": 900}
PEOPLE = {
    "worker": (Role.COMMUNITY_WORKER, parties.NEIGHBOURHOOD),
    "neighbour": (Role.COMMUNITY_WORKER, parties.ELSEWHERE),
    "street": (Role.STREET_OFFICIAL, parties.STREET),
    "district": (Role.DISTRICT_OFFICIAL, parties.DISTRICT),
    "auditor": (Role.AUDITOR, parties.DISTRICT),
    "admin": (Role.ADMINISTRATOR, parties.DISTRICT),
}
BLOCKING = {"serious", "critical", "moderate", "minor"}


@pytest.fixture(scope="session")
def database(make_database: MakeDatabase, migrated: str) -> Iterator[str]:
    """The story's database: two organisations with services, people for every role."""
    with make_database("story", of=migrated) as url:
        engine = make_engine(url)
        with make_sessions(engine)() as session, transaction(session):
            furnish(session)
        engine.dispose()
        yield url


def furnish(session: Session) -> None:
    """Meals from two organisations, visits from one, fire safety from another."""
    parties.place(session)
    for login, (role, unit) in PEOPLE.items():
        parties.person(session, role, unit=unit, login=login)
    first = parties.organisation(session, name="上海澄江乐龄服务中心")
    second = parties.organisation(session, name="上海望湖邻里互助社")
    parties.person(session, Role.ORGANISATION_STAFF, organisation=first, login="meals")
    parties.person(session, Role.ORGANISATION_STAFF, organisation=second, login="visits")
    at = datetime.now(UTC) - timedelta(days=30)
    catalogue.service(session, organisation=first, at=at)
    catalogue.service(
        session,
        organisation=first,
        at=at,
        title="社区食堂与助餐点运营",
        description="在社区开设长者食堂，供应平价午餐晚餐，行动不便的送餐上门。",
    )
    catalogue.service(
        session,
        organisation=second,
        at=at,
        title="独居老人结对探访",
        description="志愿者与独居老人结对，每周上门探访、陪聊、查看安全隐患。",
        terms=("EL-04", "B03"),
    )
    catalogue.service(
        session,
        organisation=second,
        at=at,
        title="楼道消防安全巡查",
        description="定期巡查楼道堆物与飞线充电，组织居民消防演练。",
        terms=("SA-01", "B01"),
    )


@pytest.fixture(scope="session")
def sessions(database: str) -> Iterator[sessionmaker[Session]]:
    """The story's database, to look behind the pages."""
    engine = make_engine(database)
    yield make_sessions(engine)
    engine.dispose()


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """A portal on a real port while the block lasts; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["engine"].dispose()


@pytest.fixture(scope="session")
def address(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The portal, serving."""
    var: Path = tmp_path_factory.mktemp("var")
    app = create_app(Config(var=var, database_url=database, secret_key="for stories only"))
    with serving(app) as address:
        yield address


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[OpenPage]:
    """A fresh window; it fails the story when the page's console reports an error."""
    contexts, complaints = [], []

    def open_(*, narrow: bool = False, javascript: bool = True, language: str = "zh-CN") -> Page:
        context = browser.new_context(
            base_url=address,
            viewport=NARROW if narrow else WIDE,
            java_script_enabled=javascript,
            locale=language,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        return page

    yield open_
    for context in contexts:
        context.close()
    expected = ("status of 4",)  # a refused form is a 422, and the console says so
    assert [each for each in complaints if not any(part in each for part in expected)] == []


def sign_in(page: Page, login: str) -> None:
    """Sign in as one of the people above."""
    page.goto("/sign-in")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(parties.PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/home")


def sound(page: Page) -> None:
    """axe-core finds nothing, and nothing is wider than the window."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    faults = [
        f"{each['id']}: {node['html'][:160]}"
        for each in found.response["violations"]
        if each["impact"] in BLOCKING
        for node in each["nodes"][:3]
    ]
    assert faults == [], f"{page.url}\n" + "\n".join(faults)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{page.url} is {overflow}px wider than its window"
