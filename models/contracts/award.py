"""The award of a lot: decided in rank order (R33), noticed, and undone only by an upheld challenge."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Words
from models.bids.opened import OpenedBid
from models.panels.marking import Ranking
from models.tenders.lot import Lot

_STANDS = text("cancelled_at IS NULL")


class AwardPhase(StrEnum):
    """Phases of an award. OCDS knows a noticed one as pending still."""

    PENDING = "pending"
    NOTICED = "noticed"  # the notice stands on the official site and still runs
    ACTIVE = "active"
    CANCELLED = "cancelled"


class PassingGround(StrEnum):
    """Why the purchaser passes over those ranked before (87 art 70, 71; 实施条例 art 49; 94 art 32)."""

    DECLINED = "declined"
    CANNOT_PERFORM = "cannot_perform"
    NO_CONTRACT = "no_contract"
    UNLAWFUL = "unlawful"


class TieBreak(StrEnum):
    """How one of several equals was chosen: by the documents' rule, or by a draw (R28)."""

    DOCUMENT_RULE = "document_rule"
    DRAW = "draw"


class Award(Base):
    """One award; a lot has one that stands. `rank_words` say why when it is not the first in rank.

    Of equals, `tie_words` name the rule of the documents, or else `tie_seed` replays the draw.
    """

    __tablename__ = "award"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("rank > 0", name="rank"),
        CheckConstraint(
            "rank = 1 OR (rank_words <> '' AND rank_ground IS NOT NULL)", name="passed_over_with_words"
        ),
        CheckConstraint("noticed_at IS NULL OR noticed_on IS NOT NULL", name="noticed_on"),
        CheckConstraint("cancelled_at IS NULL OR cancelled_words IS NOT NULL", name="cancelled_words"),
        Index("uq_award_stands", "lot_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    )

    id: Mapped[Id]
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("lot.id"), index=True)
    ranking_id: Mapped[UUID] = mapped_column(ForeignKey("ranking.id"))
    bid_id: Mapped[UUID] = mapped_column(ForeignKey("opened_bid.bid_id"))
    rank: Mapped[int]
    rank_ground: Mapped[PassingGround | None]
    rank_words: Mapped[Words] = mapped_column(default="")
    tie_break: Mapped[TieBreak | None]
    tie_words: Mapped[Words] = mapped_column(default="")
    tie_seed: Mapped[str | None] = mapped_column(String(64))
    amount: Mapped[Decimal]
    decided_at: Mapped[datetime]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    noticed_at: Mapped[datetime | None]
    noticed_on: Mapped[date | None]
    notice_ends_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_words: Mapped[Words | None]

    lot: Mapped[Lot] = relationship()
    ranking: Mapped[Ranking] = relationship()
    bid: Mapped[OpenedBid] = relationship()

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.lot.tender.unit_code

    @property
    def organisation_id(self) -> UUID:
        """The supplier."""
        return self.bid.bid.organisation_id
