"""The finance department's approval to go on with two bidders after a failed open tender (74 art 27, R44)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Short, Words


class Approval(Base):
    """What the department wrote, under which number, on which day; a tender has one or none."""

    __tablename__ = "approval"
    __table_args__ = (CheckConstraint("number <> ''", name="number"),)

    tender_id: Mapped[UUID] = mapped_column(ForeignKey("tender.id"), primary_key=True)
    number: Mapped[Short]
    approved_on: Mapped[date]
    words: Mapped[Words]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
