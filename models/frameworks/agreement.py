"""A closed framework agreement: who was admitted, at which price, until when; and each call-off (R47).

It rests on the report of a tender by the method 框架协议. Open agreements, which anybody joins at a uniform
fee, are not made here.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Words
from models.bids.opened import OpenedBid
from models.contracts.award import Award
from models.panels.marking import Ranking
from models.parties.organisation import Organisation
from models.tenders.lot import Lot

_STANDS = text("ended_at IS NULL")


class AgreementPhase(StrEnum):
    """Phases of an agreement; whether it can be called off from is for its dates to say as well."""

    STANDING = "standing"
    ENDED = "ended"


class ChosenBy(StrEnum):
    """Who chose among the suppliers: the users of the service, or the purchaser (110 art 32)."""

    USERS = "users"
    PURCHASER = "purchaser"


class FrameworkAgreement(Base):
    """The agreement of one lot. `uniform`: one price for all; otherwise each has a price it may go below."""

    __tablename__ = "framework_agreement"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="period"),
        CheckConstraint("ended_at IS NULL OR ended_words IS NOT NULL", name="ended_words"),
        Index("uq_framework_stands", "lot_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("lot.id"))
    ranking_id: Mapped[UUID] = mapped_column(ForeignKey("ranking.id"))
    uniform: Mapped[bool]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    ended_words: Mapped[Words | None]

    lot: Mapped[Lot] = relationship()
    ranking: Mapped[Ranking] = relationship()
    suppliers: Mapped[list["FrameworkSupplier"]] = relationship(
        back_populates="agreement", order_by="FrameworkSupplier.rank, FrameworkSupplier.id"
    )

    @property
    def unit_code(self) -> str:
        """The purchaser who concluded it; the units below it may call off too."""
        return self.lot.unit_code

    @property
    def is_public(self) -> bool:
        """From the day it is made: its notice stands on the official site."""
        return True

    @property
    def services(self) -> frozenset[str]:
        """The service codes of the needs it was concluded for."""
        terms = (term for row in self.lot.needs for term in row.need.terms)
        return frozenset(term.term_code for term in terms if not term.is_group)


class FrameworkSupplier(Base):
    """A supplier that was admitted, with its price a unit."""

    __tablename__ = "framework_supplier"
    __table_args__ = (
        UniqueConstraint("agreement_id", "bid_id"),
        CheckConstraint("rank > 0", name="rank"),
        CheckConstraint("unit_price > 0", name="unit_price"),
    )

    id: Mapped[Id]
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("framework_agreement.id"))
    bid_id: Mapped[UUID] = mapped_column(ForeignKey("opened_bid.bid_id"))
    rank: Mapped[int]
    unit_price: Mapped[Decimal]

    agreement: Mapped[FrameworkAgreement] = relationship(back_populates="suppliers")
    bid: Mapped[OpenedBid] = relationship()

    @property
    def organisation(self) -> Organisation:
        """Who it is."""
        return self.bid.bid.organisation


class CallOff(Base):
    """A need given to a supplier without a new competition: how much, at which price, by whom and why."""

    __tablename__ = "call_off"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("unit_price > 0", name="unit_price"),
        CheckConstraint("words <> ''", name="words"),
    )

    award_id: Mapped[UUID] = mapped_column(ForeignKey("award.id"), primary_key=True)
    supplier_id: Mapped[UUID] = mapped_column(ForeignKey("framework_supplier.id"), index=True)
    quantity: Mapped[int]
    unit_price: Mapped[Decimal]
    chosen_by: Mapped[ChosenBy]
    words: Mapped[Words]

    award: Mapped[Award] = relationship()
    supplier: Mapped[FrameworkSupplier] = relationship()
