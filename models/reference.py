"""Short numbers people can say on the telephone: XQ-2026-0123, without gaps within a year."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.calendar.clocks import local_date


class Counter(Base):
    """The last number given for a prefix and a year."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int]


def next_reference(session: Session, prefix: str, at: datetime) -> str:
    """The next reference of a prefix in the local year of `at`; safe under concurrent writers."""
    return f"{_name(prefix, at)}-{_count(session, _name(prefix, at), 1):04d}"


def hold_references(session: Session, prefix: str, at: datetime) -> None:
    """Wait for whoever is just making such a record: the second of two clicks then finds the first one's."""
    _count(session, _name(prefix, at), 0)


def _name(prefix: str, at: datetime) -> str:
    return f"{prefix}-{local_date(at).year}"


def _count(session: Session, name: str, more: int) -> int:
    """Count on and lock the row until the end of the transaction."""
    insert: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = (
        insert(Counter)
        .values(name=name, value=more)
        .on_conflict_do_update(index_elements=["name"], set_={"value": Counter.value + more})
        .returning(Counter.value)
    )
    return int(session.execute(statement).scalar_one())
