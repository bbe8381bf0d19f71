"""What the panel decides: who qualifies, marks with notes, questions about low prices, the ranking."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Points, Words
from models.bids.opened import OpenedBid
from models.panels.panel import PanelMember
from models.tenders.criterion import Criterion
from models.tenders.lot import Lot
from models.tenders.terms import Requirement


class Qualification(Base):
    """Whether a bid meets a requirement; a refusal has words."""

    __tablename__ = "qualification"
    __table_args__ = (CheckConstraint("meets OR words <> ''", name="refusal_has_words"),)

    bid_id: Mapped[UUID] = mapped_column(ForeignKey("opened_bid.bid_id"), primary_key=True)
    requirement_id: Mapped[UUID] = mapped_column(ForeignKey("requirement.id"), primary_key=True)
    meets: Mapped[bool]
    words: Mapped[Words] = mapped_column(default="")
    checked_at: Mapped[datetime]
    checked_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    requirement: Mapped[Requirement] = relationship()


class Mark(Base):
    """One member's points for one criterion of one bid. Nobody else sees it before all have submitted."""

    __tablename__ = "mark"
    __table_args__ = (
        UniqueConstraint("member_id", "bid_id", "criterion_id"),
        CheckConstraint("points >= 0", name="points"),
    )

    id: Mapped[Id]
    member_id: Mapped[UUID] = mapped_column(ForeignKey("panel_member.id"))
    bid_id: Mapped[UUID] = mapped_column(ForeignKey("opened_bid.bid_id"), index=True)
    criterion_id: Mapped[UUID] = mapped_column(ForeignKey("criterion.id"))
    points: Mapped[Points]
    note: Mapped[Words] = mapped_column(default="")
    saved_at: Mapped[datetime]

    member: Mapped[PanelMember] = relationship()
    bid: Mapped[OpenedBid] = relationship()
    criterion: Mapped[Criterion] = relationship()


class CorrectionGround(StrEnum):
    """The only four grounds on which a result may change (87 art 64, R32)."""

    SUM = "sum"
    OUT_OF_RANGE = "out_of_range"
    UNEQUAL_OBJECTIVE = "unequal_objective"
    EXTREME = "extreme"


class Correction(Base):
    """A mark that was put right, with its ground and what it was."""

    __tablename__ = "correction"

    id: Mapped[Id]
    mark_id: Mapped[UUID] = mapped_column(ForeignKey("mark.id"), index=True)
    ground: Mapped[CorrectionGround]
    before: Mapped[Points]
    after: Mapped[Points]
    words: Mapped[Words]
    at: Mapped[datetime]
    by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class LowPriceQuestion(Base):
    """A question about an abnormally low price, the answer in time, the decision (财库〔2026〕2号, R29)."""

    __tablename__ = "low_price_question"
    __table_args__ = (
        CheckConstraint("due_at > asked_at", name="time_to_answer"),
        CheckConstraint("(decided_at IS NULL) = (is_accepted IS NULL)", name="decision"),
    )

    bid_id: Mapped[UUID] = mapped_column(ForeignKey("opened_bid.bid_id"), primary_key=True)
    triggers: Mapped[str] = mapped_column(String(100))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[Words] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    is_accepted: Mapped[bool | None]
    decision_words: Mapped[Words] = mapped_column(default="")

    bid: Mapped[OpenedBid] = relationship()

    @property
    def organisation_id(self) -> UUID:
        """What the policy looks at."""
        return self.bid.bid.organisation_id


_STANDS = text("superseded_at IS NULL")


class Ranking(Base):
    """A ranking of a lot: the question and the answer as bytes, so that anybody can recompute it."""

    __tablename__ = "ranking"
    __table_args__ = (
        UniqueConstraint("lot_id", "number"),
        Index("uq_ranking_stands", "lot_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    )

    id: Mapped[Id]
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("lot.id"))
    number: Mapped[int]
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    superseded_at: Mapped[datetime | None]

    lot: Mapped[Lot] = relationship()

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.lot.unit_code
