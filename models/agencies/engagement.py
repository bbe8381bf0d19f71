"""The contract and fee of an evaluation, kept apart from its result: agreed once, and never changed."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.agencies.assignment import Assignment
from models.base import Base, Id, Words


class Engagement(Base):
    """What the purchaser pays an agency for an assignment, whatever the evaluation says."""

    __tablename__ = "engagement"
    __table_args__ = (
        CheckConstraint("fee > 0", name="fee"),
        CheckConstraint("paid_on IS NULL OR paid_on >= agreed_on", name="paid_after"),
    )

    id: Mapped[Id]
    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id"), unique=True)
    fee: Mapped[Decimal]
    agreed_on: Mapped[date]
    paid_on: Mapped[date | None]
    words: Mapped[Words] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    assignment: Mapped[Assignment] = relationship()

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.assignment.unit_code

    @property
    def agency_id(self) -> UUID:
        """What the policy looks at."""
        return self.assignment.agency_id
