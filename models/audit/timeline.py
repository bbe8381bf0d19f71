"""What happened to a record, from the audit trail: the timeline every record page shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import false, inspect, or_, select
from sqlalchemy.orm import Session

from models.act import Role
from models.audit.event import AuditEvent


@dataclass(frozen=True)
class Entry:
    """One line: when, in which role, what. People are named by role alone: the pages are public."""

    at: datetime
    role: Role | None
    person_id: UUID | None
    action: str
    facts: dict[str, Any]


def timeline(session: Session, *subjects: Any, without: frozenset[str] = frozenset()) -> list[Entry]:
    """The events of one record, or of several that belong together, oldest first, but those `without`."""
    ids: dict[str, list[str]] = {}
    for subject in subjects:
        (identity,) = inspect(subject).identity
        ids.setdefault(subject.__tablename__, []).append(str(identity))
    about = (
        (AuditEvent.subject_type == kind) & AuditEvent.subject_id.in_(found) for kind, found in ids.items()
    )
    query = select(AuditEvent).where(or_(false(), *about)).order_by(AuditEvent.number)
    return [
        Entry(event.at, event.role, event.person_id, event.action, event.facts)
        for event in session.scalars(query)
        if event.action not in without
    ]
