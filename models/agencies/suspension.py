"""The suspension of an agency: with reasons, for a time, open to an appeal that somebody else decides."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.agencies.agency import Agency
from models.base import Base, Id, Words


class SuspensionPhase(StrEnum):
    """Phases of a suspension. It keeps the agency from being drawn in all of them but the last."""

    IMPOSED = "imposed"
    APPEALED = "appealed"
    UPHELD = "upheld"
    LIFTED = "lifted"


class AgencySuspension(Base):
    """One suspension, over the period [from_at, until_at)."""

    __tablename__ = "agency_suspension"
    __table_args__ = (
        CheckConstraint("until_at > from_at", name="period"),
        CheckConstraint("reasons <> ''", name="reasons"),
        CheckConstraint("appealed_at IS NULL OR appeal_words <> ''", name="appeal_words"),
        CheckConstraint("upheld_at IS NULL OR appealed_at IS NOT NULL", name="appealed_first"),
        CheckConstraint("upheld_at IS NULL OR lifted_at IS NULL", name="decided_once"),
        CheckConstraint(
            "(upheld_at IS NULL AND lifted_at IS NULL) OR review_words <> ''", name="review_words"
        ),
        CheckConstraint(
            "appealed_at IS NULL OR reviewed_by IS NULL OR made_by IS NULL OR reviewed_by <> made_by",
            name="reviewed_by_another",
        ),
    )

    id: Mapped[Id]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.organisation_id"), index=True)
    reasons: Mapped[Words]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    appealed_at: Mapped[datetime | None]
    appealed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    appeal_words: Mapped[Words] = mapped_column(default="")
    upheld_at: Mapped[datetime | None]
    lifted_at: Mapped[datetime | None]
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    review_words: Mapped[Words] = mapped_column(default="")

    agency: Mapped[Agency] = relationship()

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.agency.unit_code

    def holds(self, at: datetime) -> bool:
        """Whether the agency is suspended by it at an instant; an appeal alone lifts nothing."""
        lifted = self.lifted_at is not None and self.lifted_at <= at
        return self.from_at <= at < self.until_at and not lifted
