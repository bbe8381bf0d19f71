"""Alembic's door: the engine comes from models.migrate, the shape from models.tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, Engine

from models.base import Money, UTCDateTime
from models.tables import metadata


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations name plain column types: they must not change when our classes do."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Money):
        return "sa.BigInteger()"
    return False


def run() -> None:
    """Run the migrations on the engine given."""
    engine: Engine = context.config.attributes["engine"]
    with engine.connect() as connection, references_at_the_end(connection):
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=False,
        )
        with context.begin_transaction():
            context.run_migrations()
        ensure_references(connection)
        connection.commit()


@contextmanager
def references_at_the_end(connection: Connection) -> Iterator[None]:
    """SQLite changes a constraint by making its table anew: what points at its rows is checked afterwards."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")  # within a transaction it would be without effect
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def ensure_references(connection: Connection) -> None:
    """Raise ValueError when a migration has left rows that point nowhere."""
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        msg = "the migration leaves rows that point nowhere"
        raise ValueError(msg)


run()
