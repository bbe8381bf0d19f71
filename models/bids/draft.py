"""A bid that is being written: hidden at rest, and gone when it is sealed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from models.base import Base, Id
from models.parties.organisation import Organisation
from models.tenders.lot import Lot


class BidDraft(Base):
    """The draft of an organisation for a lot; `hidden` is encrypted under a key outside the database."""

    __tablename__ = "bid_draft"
    __table_args__ = (
        UniqueConstraint("lot_id", "organisation_id"),
        CheckConstraint("filled >= 0 AND filled <= 100", name="filled"),
    )

    id: Mapped[Id]
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("lot.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    hidden: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    filled: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime]
    saved_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    revision: Mapped[int] = mapped_column(nullable=False)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # SQLAlchemy reads it as a class attribute

    lot: Mapped[Lot] = relationship()
    organisation: Mapped[Organisation] = relationship()
    files: Mapped[list["DraftFile"]] = relationship(
        cascade="all, delete-orphan", order_by="DraftFile.position"
    )


class DraftFile(Base):
    """An attachment of a draft, hidden like the draft; its name too is inside."""

    __tablename__ = "bid_draft_file"

    id: Mapped[Id]
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("bid_draft.id"), index=True)
    position: Mapped[int]
    in_price: Mapped[bool] = mapped_column(default=False)
    size: Mapped[int]
    hidden: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    added_at: Mapped[datetime]
