"""The database of a test: real, a copy of one that was migrated once, rolled back after each test."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session, sessionmaker

from matcher import lessons
from models.act import Role
from models.catalogue.taxonomy import load_taxonomy
from models.migrate import upgrade
from models.parties.organisation import Organisation
from models.session import WRITES, make_engine, make_sessions, transaction
from tests.factories import parties
from tests.factories.tenders import KEEPER
from tests.page import PageClient
from tests.support import postgres, sqlite
from tests.support.browser import launch_options
from tests.support.stages import watch
from web import create_app, db
from web.config import Config

# Thousands of mapped classes stay: the collector spent a seventh of the time going over them.
gc.set_threshold(100_000, 50, 100)

# Nothing here asserts how long it takes: a busy machine is no fault of the code.
settings.register_profile(
    "duijie",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("duijie")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--db postgres` runs everything that touches a database on PostgreSQL.

    `--pages-elsewhere` leaves to such a run the pages of each subject: the browser's stories and
    everywhere/test_access.py go to every address on SQLite as well.
    """
    parser.addoption("--db", choices=["sqlite", "postgres"], default="sqlite")
    parser.addoption("--pages-elsewhere", action="store_true")


HUNG_UP = "ignore:.*web/static:pytest.PytestUnraisableExceptionWarning"
"""A browser that goes elsewhere in the middle of a file leaves it open in werkzeug's development server."""


LONGEST = (
    "tests/models/test_seed.py",
    "tests/stories/test_main_job.py",
    "tests/stories/test_procurement.py",
    "tests/web/everywhere",
    "tests/setup/test_demo_run.py",
    "tests/stories",
    "tests/matcher",
)
"""What takes longest begins first, so that no worker is left alone with it."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what touches a database, but for what can only be shown on SQLite."""
    items.sort(key=_turn)
    skip = pytest.mark.skip(reason="shown on SQLite only")
    left = {item for item in items if _is_left(item, config)}
    config.hook.pytest_deselected(items=list(left))
    items[:] = [item for item in items if item not in left]
    for item in items:
        if config.getoption("--db") == "postgres" and item.get_closest_marker("sqlite_only"):
            item.add_marker(skip)
        if item.get_closest_marker("story"):
            item.add_marker(pytest.mark.filterwarnings(HUNG_UP))


def _is_left(item: pytest.Item, config: pytest.Config) -> bool:
    pure = "make_database" not in getattr(item, "fixturenames", ())
    if config.getoption("--db") == "postgres":
        return pure
    kept = pure or any(item.get_closest_marker(name) for name in ("story", "sqlite_only"))
    return bool(config.getoption("--pages-elsewhere")) and item.nodeid.startswith("tests/web/") and not kept


def _turn(item: pytest.Item) -> int:
    places = [turn for turn, path in enumerate(LONGEST) if item.nodeid.startswith(path)]
    return min(places, default=len(LONGEST))


MakeDatabase = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="session")
def make_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> MakeDatabase:
    """`make_database("own")` -> a new database while the block lasts; `of=` makes it a copy of another."""
    if request.config.getoption("--db") == "sqlite":
        return partial(sqlite.database, tmp_path_factory)
    return partial(postgres.database, worker=os.environ.get("PYTEST_XDIST_WORKER", "main"))


@pytest.fixture(scope="session")
def migrated(make_database: MakeDatabase) -> Iterator[str]:
    """A database of the newest shape, with the taxonomy. Nobody writes to it: the others are copies of it."""
    with make_database("migrated") as url:
        made = make_engine(url)
        upgrade(made)
        with make_sessions(made)() as session, transaction(session):
            load_taxonomy(session, parties.system())
        made.dispose()
        yield url


@pytest.fixture(scope="session")
def database_url(make_database: MakeDatabase, migrated: str) -> Iterator[str]:
    """The worker's database."""
    with make_database("worker", of=migrated) as url:
        yield url


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    """The worker's database: what a test writes is rolled back."""
    made = make_engine(database_url)
    watch(made)
    yield made
    made.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A connection whose transaction is rolled back: every test starts from the same database."""
    with engine.execution_options(**{WRITES: True}).connect() as made:
        outer = made.begin()
        yield made
        outer.rollback()


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    """A session inside the test's transaction; its commits are savepoints."""
    with Session(connection, join_transaction_mode="create_savepoint") as made:
        yield made


@pytest.fixture(scope="session")
def portal(database_url: str, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The portal of this worker."""
    var = tmp_path_factory.mktemp("var")
    made = create_app(Config(var=var, database_url=database_url, secret_key="for tests only", testing=True))
    made.extensions["keeper"] = KEEPER  # that of the factories: what they hide the portal can show
    if lessons.VARIABLE in os.environ:  # one cache for all workers: templates too are compiled once
        made.jinja_env.bytecode_cache = FileSystemBytecodeCache(os.environ[lessons.VARIABLE])
    return made


@pytest.fixture
def app(portal: Flask, connection: Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The portal inside the test's transaction, at noon of 20 November 2026."""
    sessions = sessionmaker(connection, join_transaction_mode="create_savepoint")
    monkeypatch.setitem(portal.extensions, "sessions", sessions)
    monkeypatch.setitem(portal.extensions, "reading_sessions", sessions)
    monkeypatch.setattr(db, "now", lambda: parties.NOON)
    return portal


@pytest.fixture
def visitor(app: Flask) -> PageClient:
    """Somebody who is not signed in."""
    return PageClient(app.test_client())


SignInAs = Callable[..., PageClient]


@pytest.fixture
def sign_in_as(app: Flask, session: Session) -> SignInAs:
    """`sign_in_as(Role.STREET_OFFICIAL, unit=..., locale="en")` -> a client that is somebody in that role."""

    def sign_in(
        role: Role | None = Role.COMMUNITY_WORKER,
        *,
        unit: str | None = None,
        organisation: Organisation | None = None,
        locale: str = "zh",
    ) -> PageClient:
        if role is not None and organisation is None:
            unit = unit or parties.USUAL_UNIT[role]
        someone = parties.person(session, role, unit=unit, organisation=organisation)
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie[db.TOKEN] = parties.token_for(session, someone, parties.NOON)
            cookie["locale"] = locale
        session.commit()
        return PageClient(client)

    return sign_in


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium per worker, for all: playwright refuses to be started twice in a process."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**launch_options())
        yield chromium
        chromium.close()


@pytest.fixture
def own_engine(make_database: MakeDatabase, migrated: str) -> Iterator[Engine]:
    """A migrated database of this test alone, for what needs several connections or a real commit."""
    with make_database("own", of=migrated) as url:
        made = make_engine(url)
        yield made
        made.dispose()


@pytest.fixture
def empty_engine(make_database: MakeDatabase) -> Iterator[Engine]:
    """A database without any table, for migrations."""
    with make_database("empty") as url:
        made = make_engine(url)
        yield made
        made.dispose()
