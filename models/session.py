"""Engines, sessions and the only commit."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

WRITES = "duijie_writes"


def make_engine(url: str) -> Engine:
    """An engine for SQLite (WAL, full synchronisation, foreign keys on) or PostgreSQL."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 20})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late for a consistent read
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer that starts as a reader can lose its snapshot to another writer and fail at commit;
    # taking the write lock first makes writers queue instead, which is what a row lock does elsewhere.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions that may write: on SQLite they take the write lock when they begin."""
    return sessionmaker(engine.execution_options(**{WRITES: True}))


def make_reading_sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions for pages that only read: they never wait for a writer."""
    return sessionmaker(engine)


@contextmanager
def transaction(session: Session) -> Iterator[Session]:
    """The only commit: everything inside happens, or nothing. One per request or job."""
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
