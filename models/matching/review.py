"""What an official made of a match: accept, shortlist or reject, with a coded reason and words."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id
from models.matching.run import Match
from models.parties.person import Person


class Decision(StrEnum):
    """The three answers."""

    ACCEPT = "accept"
    SHORTLIST = "shortlist"
    REJECT = "reject"


class RejectReason(StrEnum):
    """Why a match was rejected; kept for learning."""

    WRONG_SERVICE = "wrong_service"
    WRONG_GROUP = "wrong_group"
    TOO_FAR = "too_far"
    TOO_EXPENSIVE = "too_expensive"
    TOO_SMALL = "too_small"
    RECORD = "record"
    CONFLICT = "conflict"
    OTHER = "other"


class Review(Base):
    """One decision on one match. A change of mind withdraws it and adds another; nothing is overwritten."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("(decision = 'reject') = (reason IS NOT NULL)", name="reason"),
        Index(
            "uq_review_live",
            "match_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    match_id: Mapped[UUID] = mapped_column(ForeignKey("match.id"), index=True)
    decision: Mapped[Decision]
    reason: Mapped[RejectReason | None]
    words: Mapped[str] = mapped_column(String(1000), default="")
    reviewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    match: Mapped[Match] = relationship()
    reviewer: Mapped[Person | None] = relationship()
