"""Agencies that evaluate delivery: who is on the list of an area, and what shows that they are fit (R77)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, UnitCode, Words
from models.parties.organisation import Organisation


class QualificationKind(StrEnum):
    """What an evaluator must show (R77), and what speaks for it besides."""

    LEGAL_BODY = "legal_body"
    STAFF = "staff"
    INTERNAL_CONTROL = "internal_control"
    CLEAN_RECORD = "clean_record"  # no major violation in three years
    EXPERIENCE = "experience"


NECESSARY = (
    QualificationKind.LEGAL_BODY,
    QualificationKind.STAFF,
    QualificationKind.INTERNAL_CONTROL,
    QualificationKind.CLEAN_RECORD,
)
"""Without one of these nobody is drawn (R77)."""


class Agency(Base):
    """An organisation on the list of an area's evaluation agencies, from one day to another."""

    __tablename__ = "agency"
    __table_args__ = (CheckConstraint("left_on IS NULL OR left_on >= joined_on", name="period"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"), index=True)
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    words: Mapped[Words] = mapped_column(default="")

    organisation: Mapped[Organisation] = relationship()
    qualifications: Mapped[list["AgencyQualification"]] = relationship(
        back_populates="agency", cascade="all, delete-orphan", order_by="AgencyQualification.noted_at"
    )

    @property
    def agency_id(self) -> UUID:
        """What the policy looks at."""
        return self.organisation_id

    def is_listed(self, day: date) -> bool:
        """Whether it is on the list on a day."""
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)

    def lacks(self, day: date) -> list[QualificationKind]:
        """What R77 asks for and nothing in force shows."""
        held = {each.kind for each in self.qualifications if each.is_in_force(day)}
        return [kind for kind in NECESSARY if kind not in held]


class AgencyQualification(Base):
    """One thing the agency has shown, with the papers it was seen in, and until when it holds."""

    __tablename__ = "agency_qualification"
    __table_args__ = (
        CheckConstraint("expires_on IS NULL OR expires_on > issued_on", name="period"),
        CheckConstraint("words <> ''", name="words"),
    )

    id: Mapped[Id]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.organisation_id"), index=True)
    kind: Mapped[QualificationKind]
    words: Mapped[Words]
    issued_on: Mapped[date]
    expires_on: Mapped[date | None]
    noted_at: Mapped[datetime]
    noted_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    agency: Mapped[Agency] = relationship(back_populates="qualifications")

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.agency.unit_code

    def is_in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.issued_on <= day and (self.expires_on is None or day < self.expires_on)
