"""One of everything, built once a file: every test begins with it, and what a test changes is rolled back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from models.parties.organisation import Organisation
from models.session import WRITES
from tests.factories.world import World, world

Built = tuple[Connection, World]


@pytest.fixture(scope="module")
def built(engine: Engine) -> Iterator[Built]:
    """The world, and the connection in whose transaction it stands."""
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            made = world(session)
        yield connection, made
        outer.rollback()


@pytest.fixture
def connection(built: Built) -> Iterator[Connection]:
    """The world's connection, in a savepoint of this test."""
    inner = built[0].begin_nested()
    yield built[0]
    inner.rollback()


@pytest.fixture
def district(session: Session, built: Built) -> World:
    """One of everything."""
    made = built[1]
    assert made.owner is not None
    assert made.other is not None
    owner, other = (session.get_one(Organisation, each.id) for each in (made.owner, made.other))
    return replace(made, owner=owner, other=other)
