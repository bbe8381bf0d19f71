"""What was changed after publication: numbered, published, with the deadline before and after."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Words
from models.tenders.tender import Tender


class AmendmentKind(StrEnum):
    """A clarification, a change that bears on bids, or more time for all after an outage."""

    CLARIFICATION = "clarification"
    CHANGE = "change"
    OUTAGE = "outage"


class Amendment(Base):
    """One amendment. After one that bears on bids, bids sealed before it are asked to confirm (R22)."""

    __tablename__ = "amendment"
    __table_args__ = (
        UniqueConstraint("tender_id", "number"),
        CheckConstraint("until_after >= until_before", name="never_earlier"),
    )

    id: Mapped[Id]
    tender_id: Mapped[UUID] = mapped_column(ForeignKey("tender.id"))
    number: Mapped[int]
    kind: Mapped[AmendmentKind]
    bears_on_bids: Mapped[bool]
    words: Mapped[Words]
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    rule: Mapped[str | None] = mapped_column(String(10))
    until_before: Mapped[datetime]
    until_after: Mapped[datetime]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    tender: Mapped[Tender] = relationship()
