"""Challenges to the purchaser and complaints above it, each with its clock (R58 to R60)."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Words
from models.parties.organisation import Organisation
from models.tenders.lot import Lot
from models.tenders.tender import Tender


class ChallengeStage(StrEnum):
    """What is challenged: the documents, the procedure, the result."""

    DOCUMENTS = "documents"
    PROCEDURE = "procedure"
    RESULT = "result"


class ReplayStep(StrEnum):
    """From where an upheld challenge takes the procedure up again."""

    QUALIFICATION = "qualification"
    MARKING = "marking"
    LOW_PRICE = "low_price"
    RANKING = "ranking"
    PANEL = "panel"  # by other members, drawn anew


class ChallengePhase(StrEnum):
    """Phases of a challenge."""

    FILED = "filed"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Challenge(Base):
    """One challenge. While it waits for its answer, no contract of the lot is signed (条例 art 54)."""

    __tablename__ = "challenge"
    __table_args__ = (
        CheckConstraint("(upheld_at IS NULL AND rejected_at IS NULL) OR reply <> ''", name="reply"),
        CheckConstraint("upheld_at IS NULL OR rejected_at IS NULL", name="answers_once"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    tender_id: Mapped[UUID] = mapped_column(ForeignKey("tender.id"), index=True)
    lot_id: Mapped[UUID | None] = mapped_column(ForeignKey("lot.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    stage: Mapped[ChallengeStage]
    points: Mapped[Words]
    remedy: Mapped[Words]
    filed_at: Mapped[datetime]
    reply: Mapped[Words] = mapped_column(default="")
    upheld_at: Mapped[datetime | None]
    rejected_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    replay_from: Mapped[ReplayStep | None]

    tender: Mapped[Tender] = relationship()
    lot: Mapped[Lot | None] = relationship()
    organisation: Mapped[Organisation] = relationship()

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.tender.unit_code

    @property
    def is_open(self) -> bool:
        """Neither answered nor withdrawn."""
        return not (self.upheld_at or self.rejected_at or self.withdrawn_at)


class Complaint(Base):
    """A complaint to the finance department about an answer; it goes no further than the challenge (R59)."""

    __tablename__ = "complaint"
    __table_args__ = (CheckConstraint("(decided_at IS NULL) = (is_upheld IS NULL)", name="decision"),)

    id: Mapped[Id]
    challenge_id: Mapped[UUID] = mapped_column(ForeignKey("challenge.id"), unique=True)
    filed_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    words: Mapped[Words]
    suspended_until: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    is_upheld: Mapped[bool | None]
    decision_words: Mapped[Words] = mapped_column(default="")

    challenge: Mapped[Challenge] = relationship()
