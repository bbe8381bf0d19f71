"""A call for volunteers, for a need or within a contract; residents telephone, without account (D39)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, UnitCode
from models.calendar.clocks import local_date
from models.contracts.contract import Contract
from models.needs.need import Need
from models.parties.organisation import Organisation
from models.parties.unit import AdministrativeUnit

TITLE_LIMIT, WORDS_LIMIT, LINE_LIMIT, TELEPHONE_LIMIT = 40, 600, 100, 40
MOST_PEOPLE = 999
MOST_CAME = 9999


class CallPhase(StrEnum):
    """What was decided about a call. Whether its last day is over is `is_over()`."""

    OPEN = "open"
    CLOSED = "closed"


class VolunteerCall(Base):
    """One call. Of those who came forward it knows how many, and nobody's name."""

    __tablename__ = "volunteer_call"
    __table_args__ = (
        CheckConstraint("(need_id IS NULL) <> (contract_id IS NULL)", name="for_one_thing"),
        CheckConstraint("(organisation_id IS NULL) = (contract_id IS NULL)", name="poster"),
        CheckConstraint("people BETWEEN 1 AND 999", name="people"),
        CheckConstraint("came_forward BETWEEN 0 AND 9999", name="came_forward"),
        CheckConstraint("closed_at IS NULL OR came_forward IS NOT NULL", name="closed_with_number"),
        Index("ix_volunteer_call_open", "closed_at", "ends_on"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    need_id: Mapped[UUID | None] = mapped_column(ForeignKey("need.id"), index=True)
    contract_id: Mapped[UUID | None] = mapped_column(ForeignKey("contract.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    area_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"), index=True)
    posted_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    posted_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(nullable=False)

    title: Mapped[str] = mapped_column(String(TITLE_LIMIT))
    words: Mapped[str] = mapped_column(String(WORDS_LIMIT))
    people: Mapped[int]
    place: Mapped[str] = mapped_column(String(LINE_LIMIT))
    hours: Mapped[str] = mapped_column(String(LINE_LIMIT))
    ends_on: Mapped[date]
    telephone: Mapped[str] = mapped_column(String(TELEPHONE_LIMIT))
    office_hours: Mapped[str] = mapped_column(String(LINE_LIMIT))
    came_forward: Mapped[int | None]
    closed_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # SQLAlchemy reads it as a class attribute

    need: Mapped[Need | None] = relationship()
    contract: Mapped[Contract | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    unit: Mapped[AdministrativeUnit] = relationship()

    @property
    def unit_code(self) -> str | None:
        """Whose committee speaks for it: a contractor's call is the contractor's alone."""
        return self.area_code if self.organisation_id is None else None

    def is_over(self, at: datetime) -> bool:
        """Whether the last day to come forward has passed in Shanghai."""
        return local_date(at) > self.ends_on
