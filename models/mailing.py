"""What of the inbox goes out by mail: claimed, sent and settled in three steps, so that nothing is lost.

Sending cannot be undone, so it stands between two transactions. A claim holds for a while; nobody else sends
meanwhile. A process that dies between sending and settling leaves a claim that runs out, and the message goes
again under the same Message-ID, by which mail programs know the copy.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.act import Act
from models.base import Base
from models.outbox import Message
from models.parties.person import Person

NEWS_FOR = timedelta(days=3)
"""A message that waited longer is no news any more: mail that is set up late does not flood anybody."""
CLAIM = timedelta(minutes=10)
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1440))
"""How long to wait after each failure; after one more failure it is given up."""


class Mail(Base):
    """How far the mail of one message is. `due_at` is when it may be tried next."""

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint("attempts > 0", name="attempts"),
        CheckConstraint("sent_at IS NULL OR failed_at IS NULL", name="ends_once"),
        Index("ix_mail_due", "due_at"),
    )

    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id"), primary_key=True)
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(200), default="")


@dataclass(frozen=True)
class Claimed:
    """A message to send now, and to whom, in which language."""

    message_id: UUID
    address: str
    locale: str | None
    kind: str
    facts: dict[str, Any]
    created_at: datetime


def claim(session: Session, act: Act) -> Claimed | None:
    """Take the oldest message that waits to be mailed, or None. The caller commits before it sends.

    Unread, not older than `NEWS_FOR`, to a person who has an address and wants mail.
    """
    skipped: list[UUID] = []
    while True:
        found = session.execute(_waiting(act, skipped)).first()
        if found is None:
            return None
        message, person = found
        # The lock on the message was perhaps waited for: what its last holder wrote is read anew.
        mail = session.get(Mail, message.id, populate_existing=True)
        if mail is None:
            session.add(Mail(message_id=message.id, attempts=1, due_at=act.at + CLAIM))
        elif mail.sent_at is None and mail.failed_at is None and mail.due_at <= act.at:
            mail.attempts += 1
            mail.due_at = act.at + CLAIM
        else:
            skipped.append(message.id)
            continue
        return Claimed(
            message.id, str(person.email), person.locale, message.kind, message.facts, message.created_at
        )


def _waiting(act: Act, skipped: list[UUID]) -> Any:
    return (
        select(Message, Person)
        .join(Person, Person.id == Message.person_id)
        .outerjoin(Mail, Mail.message_id == Message.id)
        .where(
            Person.email.is_not(None),
            Person.wants_mail,
            Person.disabled_at.is_(None),
            Message.read_at.is_(None),
            Message.created_at <= act.at,
            Message.created_at > act.at - NEWS_FOR,
            Message.id.not_in(skipped),
            Mail.message_id.is_(None)
            | (Mail.sent_at.is_(None) & Mail.failed_at.is_(None) & (Mail.due_at <= act.at)),
        )
        .order_by(Message.created_at, Message.id)
        .limit(1)
        .with_for_update(of=Message, skip_locked=True)
    )


def sent(session: Session, message_id: UUID, act: Act) -> None:
    """The server took it."""
    mail = session.get_one(Mail, message_id, with_for_update=True)
    mail.sent_at, mail.failed_at, mail.error = act.at, None, ""


def failed(session: Session, message_id: UUID, act: Act, *, error: str, for_good: bool = False) -> None:
    """The server did not take it: try again later, longer each time, and at last give up."""
    mail = session.get_one(Mail, message_id, with_for_update=True)
    if mail.sent_at is not None:
        return  # whoever took over a claim that had run out has sent it
    mail.error = error[:200]
    if for_good or mail.attempts > len(BACK_OFF):
        mail.failed_at = act.at
    else:
        mail.due_at = act.at + BACK_OFF[mail.attempts - 1]
