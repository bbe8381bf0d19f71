"""Organisations that bid together (R51): each confirms, all are liable, and shares of the work sum to 100."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Percent, Words
from models.parties.organisation import Organisation
from models.tenders.lot import Lot


class Consortium(Base):
    """A consortium for one lot; the lead bids for all. Before the opening only its members know of it."""

    __tablename__ = "consortium"
    __table_args__ = (UniqueConstraint("lot_id", "organisation_id"),)

    id: Mapped[Id]
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("lot.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    made_at: Mapped[datetime]

    lot: Mapped[Lot] = relationship()
    organisation: Mapped[Organisation] = relationship()
    members: Mapped[list["ConsortiumMember"]] = relationship(
        back_populates="consortium", cascade="all, delete-orphan", order_by="ConsortiumMember.position"
    )


class ConsortiumMember(Base):
    """A member, its share and kind of the work, and its word that it is liable with the others."""

    __tablename__ = "consortium_member"
    __table_args__ = (
        UniqueConstraint("consortium_id", "organisation_id"),
        CheckConstraint("share > 0 AND share <= 10000", name="share"),
        CheckConstraint("confirmed_at IS NULL OR declined_at IS NULL", name="answers_once"),
    )

    id: Mapped[Id]
    consortium_id: Mapped[UUID] = mapped_column(ForeignKey("consortium.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    position: Mapped[int]
    share: Mapped[Percent]
    work: Mapped[Words] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]

    consortium: Mapped[Consortium] = relationship(back_populates="members")
    organisation: Mapped[Organisation] = relationship()
