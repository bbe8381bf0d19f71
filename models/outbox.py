"""Messages to people, written in the same transaction as what they tell of. The inbox reads them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, func, inspect, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.act import Act
from models.base import Base, Id
from models.errors import NotFound


class Message(Base):
    """One notice to one person. Its sentence is made of `kind` and `facts` when it is shown."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_inbox", "person_id", "created_at"),)

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


def add(session: Session, act: Act, kind: str, subject: Any, *, to: Iterable[UUID], **facts: Any) -> None:
    """Leave one message for each person, except for whoever acts."""
    (identity,) = inspect(subject).identity
    for person_id in sorted(set(to) - {act.actor.person_id}, key=str):
        session.add(
            Message(
                person_id=person_id,
                kind=kind,
                subject_type=subject.__tablename__,
                subject_id=str(identity),
                facts={name: str(value) for name, value in facts.items()},
                created_at=act.at,
            )
        )


def inbox(session: Session, act: Act, *, limit: int = 50, offset: int = 0) -> list[Message]:
    """The actor's messages, newest first."""
    query = (
        select(Message)
        .where(Message.person_id == act.actor.person_id)
        .order_by(Message.created_at.desc(), Message.id)
    )
    return list(session.scalars(query.limit(limit).offset(offset)))


def unread(session: Session, act: Act) -> int:
    """How many of the actor's messages are unread."""
    mine = Message.person_id == act.actor.person_id
    return session.scalar(select(func.count()).where(mine, Message.read_at.is_(None))) or 0


def mark_read(session: Session, message_id: UUID, act: Act) -> Message:
    """Mark one of the actor's own messages as read."""
    message = session.get(Message, message_id)
    if message is None or message.person_id != act.actor.person_id:
        raise NotFound("not_found")
    message.read_at = message.read_at or act.at
    return message


def mark_all_read(session: Session, act: Act) -> None:
    """Mark all of the actor's messages as read."""
    mine = (Message.person_id == act.actor.person_id) & Message.read_at.is_(None)
    session.execute(update(Message).where(mine).values(read_at=act.at))
