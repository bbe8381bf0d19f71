"""Two agencies with finals of one district, some of them marked twice; built once a file."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from models.agencies.agency import Agency
from models.evaluations.evaluation import Evaluation
from models.session import WRITES
from tests.factories import agencies, supervision

Built = tuple[Connection, list[UUID], list[UUID]]

FINALS = [  # whose, what share of the points, when it was final
    (0, "1", datetime(2026, 5, 12, 4, tzinfo=UTC)),
    (0, "0.9", datetime(2026, 8, 12, 4, tzinfo=UTC)),
    (0, "1", datetime(2026, 8, 20, 4, tzinfo=UTC)),
    (1, "0.7", datetime(2026, 8, 25, 4, tzinfo=UTC)),
    (1, "0.8", datetime(2026, 9, 2, 4, tzinfo=UTC)),
]


@pytest.fixture(scope="module")
def built(engine: Engine) -> Iterator[Built]:
    """The connection in whose transaction they stand, the agencies' and the finals' ids."""
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            mild, strict = (
                agencies.agency(session, name="上海甲评估中心"),
                agencies.agency(session, name="上海乙评估中心"),
            )
            finals = [
                supervision.final(session, (mild, strict)[whose], share=share, at=at)
                for whose, share, at in FINALS
            ]
            supervision.rescored(session, finals[0], strict, share="0.7")
            supervision.rescored(session, finals[1], strict, share="0.9", E1_1="4")
            ids = [mild.organisation_id, strict.organisation_id], [each.id for each in finals]
            session.commit()
        yield connection, *ids
        outer.rollback()


@pytest.fixture
def connection(built: Built) -> Iterator[Connection]:
    """The connection, in a savepoint of this test."""
    inner = built[0].begin_nested()
    yield built[0]
    inner.rollback()


@pytest.fixture
def pair(session: Session, built: Built) -> tuple[Agency, Agency]:
    """The mild and the strict agency."""
    mild, strict = (session.get_one(Agency, key) for key in built[1])
    return mild, strict


@pytest.fixture
def finals(session: Session, built: Built) -> list[Evaluation]:
    """The finals, in the order of `FINALS`."""
    return [session.get_one(Evaluation, key) for key in built[2]]
