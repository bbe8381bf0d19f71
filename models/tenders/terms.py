"""Who may bid (R50) and how the contract will be paid: milestones that sum to 100 per cent."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Percent, Short, Words


class RequirementKind(StrEnum):
    """The six conditions of 法 art 22, and what the project itself needs."""

    CIVIL_LIABILITY = "civil_liability"
    CREDIT = "credit"
    EQUIPMENT = "equipment"
    TAX = "tax"
    NO_VIOLATION = "no_violation"
    OTHER_LEGAL = "other_legal"
    PARTICULAR = "particular"


class Requirement(Base):
    """A condition for taking part; it is met or not, and never scored."""

    __tablename__ = "requirement"

    id: Mapped[Id]
    tender_id: Mapped[UUID] = mapped_column(ForeignKey("tender.id"), index=True)
    position: Mapped[int]
    kind: Mapped[RequirementKind]
    words: Mapped[Words]
    evidence_words: Mapped[Short] = mapped_column(default="")


class TenderMilestone(Base):
    """A milestone as the contract will have it: a share of the price, due some days after the service begins.

    Where the contract is signed later than that, the days are counted from the signing.
    """

    __tablename__ = "tender_milestone"
    __table_args__ = (
        CheckConstraint("percent > 0 AND percent <= 10000", name="percent"),
        CheckConstraint("due_days >= 0", name="due_days"),
    )

    id: Mapped[Id]
    tender_id: Mapped[UUID] = mapped_column(ForeignKey("tender.id"), index=True)
    position: Mapped[int]
    title: Mapped[Short]
    deliverable: Mapped[Words] = mapped_column(default="")
    due_days: Mapped[int]
    percent: Mapped[Percent]
