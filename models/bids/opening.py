"""An opening session: officers give their phrases, each in their own session; then the envelopes open."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from models.base import Base, Id, Words
from models.parties.person import Person
from models.sealing.keys import Envelope
from models.tenders.key import KeyHolder
from models.tenders.tender import Tender


class OpeningOutcome(StrEnum):
    """How a session ended: opened; not opened for want of bids (R23, R42); broken off without opening."""

    OPENED = "opened"
    TOO_FEW_BIDS = "too_few_bids"
    BROKEN_OFF = "broken_off"


_UNDER_WAY = text("ended_at IS NULL")


class Opening(Base):
    """One session for one kind of envelope. Only one is under way at a time."""

    __tablename__ = "opening"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name="outcome"),
        Index(
            "uq_opening_under_way",
            "tender_id",
            unique=True,
            sqlite_where=_UNDER_WAY,
            postgresql_where=_UNDER_WAY,
        ),
    )

    id: Mapped[Id]
    tender_id: Mapped[UUID] = mapped_column(ForeignKey("tender.id"), index=True)
    envelope: Mapped[Envelope]
    started_at: Mapped[datetime]
    started_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    outcome: Mapped[OpeningOutcome | None]
    minutes: Mapped[Words] = mapped_column(default="")

    tender: Mapped[Tender] = relationship()
    shares: Mapped[list["OpeningShare"]] = relationship(
        cascade="all, delete-orphan", order_by="OpeningShare.given_at"
    )

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.tender.unit_code


class OpeningShare(Base):
    """That a holder was there and gave the phrase; the phrase itself is wiped when the session ends."""

    __tablename__ = "opening_share"
    __table_args__ = (UniqueConstraint("opening_id", "holder_id"),)

    id: Mapped[Id]
    opening_id: Mapped[UUID] = mapped_column(ForeignKey("opening.id"))
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("key_holder.id"))
    given_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime]
    hidden: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))

    holder: Mapped[KeyHolder] = relationship()
    giver: Mapped[Person | None] = relationship()
