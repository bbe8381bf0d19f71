"""What was in the envelopes, from the moment they were opened."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Short
from models.bids.bid import Bid
from models.files import StoredFile
from models.sealing.keys import Envelope


class InvalidReason(StrEnum):
    """Why a bid does not count; each names its rule where it is shown."""

    ENVELOPE_TAMPERED = "envelope_tampered"
    NOT_CONFIRMED = "not_confirmed"
    NOT_QUALIFIED = "not_qualified"
    ABOVE_CEILING = "above_ceiling"
    PRICE_UNREADABLE = "price_unreadable"
    LOW_PRICE_UNPROVED = "low_price_unproved"
    SUBSTANTIVE = "substantive"
    COLLUSION = "collusion"
    CONFLICT = "conflict"


class OpenedBid(Base):
    """A bid after its opening. `alias` is all a panel member sees of who it is, until the marks are in."""

    __tablename__ = "opened_bid"
    __table_args__ = (
        CheckConstraint("price IS NULL OR price > 0", name="price"),
        CheckConstraint("(invalid_at IS NULL) = (invalid_reason IS NULL)", name="invalid_reason"),
    )

    bid_id: Mapped[UUID] = mapped_column(ForeignKey("bid.id"), primary_key=True)
    alias: Mapped[int]
    opened_at: Mapped[datetime]
    technical: Mapped[dict[str, Any]] = mapped_column(JSON)
    priced_at: Mapped[datetime | None]
    price: Mapped[Decimal | None]
    price_document: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    invalid_at: Mapped[datetime | None]
    invalid_reason: Mapped[InvalidReason | None]
    invalid_words: Mapped[Short] = mapped_column(default="")

    bid: Mapped[Bid] = relationship()
    files: Mapped[list["OpenedFile"]] = relationship(
        cascade="all, delete-orphan", order_by="OpenedFile.position"
    )


class OpenedFile(Base):
    """An attachment of an opened envelope."""

    __tablename__ = "opened_file"

    id: Mapped[Id]
    bid_id: Mapped[UUID] = mapped_column(ForeignKey("opened_bid.bid_id"), index=True)
    position: Mapped[int]
    envelope: Mapped[Envelope]
    file_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id"))

    file: Mapped[StoredFile] = relationship()
