"""A contract in force and three agencies, built once a file: what a test changes is rolled back."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from models.agencies.agency import Agency
from models.contracts.contract import Contract
from models.session import WRITES
from tests.factories import agencies

Built = tuple[Connection, UUID, list[UUID]]


@pytest.fixture(scope="module")
def built(engine: Engine) -> Iterator[Built]:
    """Their ids, and the connection in whose transaction they stand."""
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            contract_id = agencies.running(session).id
            ids = [each.organisation_id for each in agencies.agencies(session)]
            session.commit()
        yield connection, contract_id, ids
        outer.rollback()


@pytest.fixture
def connection(built: Built) -> Iterator[Connection]:
    """The connection, in a savepoint of this test."""
    inner = built[0].begin_nested()
    yield built[0]
    inner.rollback()


@pytest.fixture
def contract(session: Session, built: Built) -> Contract:
    """The contract."""
    return session.get_one(Contract, built[1])


@pytest.fixture
def listed(session: Session, built: Built) -> list[Agency]:
    """The agencies on the district's list, none of them tied."""
    return [session.get_one(Agency, key) for key in built[2]]
