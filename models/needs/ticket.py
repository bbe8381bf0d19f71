"""A ticket of the citizen hotline or the grid: one call, without the caller (demand 49)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Short, UnitCode, Words
from models.needs.details import EvidenceKind
from models.needs.need import Need
from models.parties.unit import AdministrativeUnit

NUMBER_LIMIT = 60
WORDS_LIMIT = 4000
REASON_LIMIT = 200
CHANNELS = (EvidenceKind.HOTLINE, EvidenceKind.GRID)


class Ticket(Base):
    """A ticket waits until it is counted for a need, begins one, or is set aside with a reason.

    Its words are masked before they are kept, and its number is kept once: bringing it again adds nothing.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("channel", "number"),
        CheckConstraint("channel IN ('hotline', 'grid')", name="channel_of_calls"),
        CheckConstraint(
            "(settled_at IS NULL) = (need_id IS NULL AND aside_words IS NULL)", name="settled_with_reason"
        ),
        CheckConstraint("need_id IS NULL OR aside_words IS NULL", name="settled_once"),
        Index("ix_ticket_waiting", "unit_code", "settled_at"),
    )

    id: Mapped[Id]
    channel: Mapped[EvidenceKind]
    number: Mapped[str] = mapped_column(String(NUMBER_LIMIT))
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"))
    received_on: Mapped[date | None]
    category: Mapped[Short] = mapped_column(default="")
    words: Mapped[Words]
    brought_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    brought_at: Mapped[datetime]
    need_id: Mapped[UUID | None] = mapped_column(ForeignKey("need.id"), index=True)
    aside_words: Mapped[str | None] = mapped_column(String(REASON_LIMIT))
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]

    unit: Mapped[AdministrativeUnit] = relationship()
    need: Mapped[Need | None] = relationship()
