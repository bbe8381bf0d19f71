"""Questions about a tender, answered to all; who asked is known to the asker alone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Words
from models.tenders.tender import Tender


class Enquiry(Base):
    """One question. `organisation_id` is for the asker's own page; no list and no export shows it."""

    __tablename__ = "enquiry"
    __table_args__ = (CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answer"),)

    id: Mapped[Id]
    tender_id: Mapped[UUID] = mapped_column(ForeignKey("tender.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    asked_at: Mapped[datetime]
    question: Mapped[Words]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[Words | None]

    tender: Mapped[Tender] = relationship()

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.tender.unit_code
