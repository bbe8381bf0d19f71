"""Append to the chain, and prove it whole."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from models.act import Act
from models.audit.event import AuditEvent, AuditHead
from models.audit.metering import notice

GENESIS = "0" * 64


def record(session: Session, act: Act, action: str, subject: Any, **facts: Any) -> AuditEvent:
    """Append one event about a mapped subject, in the caller's transaction."""
    session.flush()  # rows are locked before the head: in one order, so that writers cannot wait crosswise
    head = session.get(AuditHead, 1, with_for_update=True, populate_existing=True)
    if head is None:
        head = AuditHead(id=1, number=0, hash=GENESIS)
        session.add(head)
    (identity,) = inspect(subject).identity
    event = AuditEvent(
        number=head.number + 1,
        at=act.at.astimezone(UTC),
        person_id=act.actor.person_id,
        role=act.actor.role,
        request_id=act.request_id,
        action=action,
        subject_type=subject.__tablename__,
        subject_id=str(identity),
        facts=json.loads(json.dumps(facts, default=str)),
        previous_hash=head.hash,
    )
    event.hash = digest(event)
    head.number, head.hash = event.number, event.hash
    session.add(event)
    session.flush()  # the next event of this transaction reads the head from the database
    notice(session, act, action, subject)
    return event


def digest(event: AuditEvent) -> str:
    """SHA-256 over the previous hash and the event's canonical JSON."""
    body = json.dumps(
        {
            "number": event.number,
            "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "person_id": str(event.person_id) if event.person_id else None,
            "role": event.role,
            "request_id": event.request_id,
            "action": event.action,
            "subject_type": event.subject_type,
            "subject_id": event.subject_id,
            "facts": event.facts,
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(f"{event.previous_hash}\n{body}".encode()).hexdigest()


@dataclass(frozen=True)
class Verification:
    """What reading the whole chain found. `broken_at` is the first event that does not fit."""

    events: int
    head: str
    broken_at: int | None


def verify(session: Session) -> Verification:
    """Read every event in order and recompute its hash; the head must be the last of them."""
    expected_number, expected_hash = 1, GENESIS
    events = select(AuditEvent).order_by(AuditEvent.number).execution_options(yield_per=1000)
    found = session.scalars(events)
    for event in found:
        whole = (
            event.number == expected_number
            and event.previous_hash == expected_hash
            and event.hash == digest(event)
        )
        if not whole:
            found.close()  # a cursor on the server waits otherwise
            return Verification(expected_number - 1, expected_hash, expected_number)
        expected_number, expected_hash = event.number + 1, event.hash
        session.expunge(event)
    head = session.get(AuditHead, 1)
    held = (head.number, head.hash) if head else (0, GENESIS)
    if held != (expected_number - 1, expected_hash):
        return Verification(expected_number - 1, expected_hash, expected_number)
    return Verification(expected_number - 1, expected_hash, None)


def head(session: Session) -> tuple[int, str]:
    """The number and hash of the last event: published, so that nobody can shorten the chain unseen."""
    found = session.get(AuditHead, 1)
    return (found.number, found.hash) if found else (0, GENESIS)
