"""A contract with a final report, built once a file: what a test changes is rolled back."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from models.evaluations.evaluation import Evaluation
from models.session import WRITES
from tests.factories import rectifications

Built = tuple[Connection, UUID]


@pytest.fixture(scope="module")
def built(engine: Engine) -> Iterator[Built]:
    """The connection in whose transaction the report stands, and the report's id."""
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            made = rectifications.final(session).id
            session.commit()
        yield connection, made
        outer.rollback()


@pytest.fixture
def connection(built: Built) -> Iterator[Connection]:
    """The connection, in a savepoint of this test."""
    inner = built[0].begin_nested()
    yield built[0]
    inner.rollback()


@pytest.fixture
def evaluation(session: Session, built: Built) -> Evaluation:
    """A final report of NOON about a contract in force."""
    return session.get_one(Evaluation, built[1])
