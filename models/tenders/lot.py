"""A lot of a tender: what one bid answers, and the needs it comes from."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Short, Words
from models.catalogue.service import CostUnit
from models.needs.need import Need

if TYPE_CHECKING:
    from models.tenders.tender import Tender


class FailReason(StrEnum):
    """Why a tender or a lot comes to nothing (法 art 36); a cancelled one has words of its own."""

    FEW_BIDS = "few_bids"
    FEW_VALID = "few_valid"
    IRREGULARITY = "irregularity"
    ABOVE_BUDGET = "above_budget"
    NEED_CHANGED = "need_changed"


class Lot(Base):
    """One lot. A tender has at least one, numbered from 1."""

    __tablename__ = "lot"
    __table_args__ = (
        UniqueConstraint("tender_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("budget > 0", name="budget"),
        CheckConstraint("ceiling IS NULL OR (ceiling > 0 AND ceiling <= budget)", name="ceiling"),
        CheckConstraint("quantity IS NULL OR quantity > 0", name="quantity"),
        CheckConstraint("(failed_at IS NULL) = (fail_reason IS NULL)", name="fail_reason"),
        CheckConstraint("failed_at IS NULL OR cancelled_at IS NULL", name="ends_once"),
    )

    id: Mapped[Id]
    tender_id: Mapped[UUID] = mapped_column(ForeignKey("tender.id"))
    number: Mapped[int]
    title: Mapped[Short]
    description: Mapped[Words] = mapped_column(default="")
    budget: Mapped[Decimal]
    ceiling: Mapped[Decimal | None]
    quantity: Mapped[int | None]
    quantity_unit: Mapped[CostUnit | None]
    failed_at: Mapped[datetime | None]
    fail_reason: Mapped[FailReason | None]
    cancelled_at: Mapped[datetime | None]
    end_words: Mapped[Words | None]

    tender: Mapped["Tender"] = relationship(back_populates="lots")
    needs: Mapped[list["LotNeed"]] = relationship(cascade="all, delete-orphan", order_by="LotNeed.position")

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.tender.unit_code

    @property
    def is_live(self) -> bool:
        """Neither failed nor cancelled."""
        return self.failed_at is None and self.cancelled_at is None

    @property
    def limit(self) -> Decimal:
        """The highest price that is valid: the ceiling, or else the budget (R30)."""
        return self.ceiling if self.ceiling is not None else self.budget


class LotNeed(Base):
    """A need that a lot is to meet."""

    __tablename__ = "lot_need"

    lot_id: Mapped[UUID] = mapped_column(ForeignKey("lot.id"), primary_key=True)
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)

    need: Mapped[Need] = relationship()
