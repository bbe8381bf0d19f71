"""Social organisations: identity, standing, staff and board."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, String, Text, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from models.base import Base, Id, Short, UnitCode, Words
from models.parties.unit import AdministrativeUnit
from models.wording import normalised


class OrganisationType(StrEnum):
    """The three legal forms (R65); the prefix of the credit code must agree (R66)."""

    ASSOCIATION = "association"
    SERVICE_ORGANISATION = "service_organisation"
    FOUNDATION = "foundation"


CODE_PREFIX = {
    OrganisationType.ASSOCIATION: "51",
    OrganisationType.SERVICE_ORGANISATION: "52",
    OrganisationType.FOUNDATION: "53",
}


class Grade(StrEnum):
    """Assessment grades of social organisations, valid for five years (R68)."""

    A5 = "5A"
    A4 = "4A"
    A3 = "3A"
    A2 = "2A"
    A1 = "1A"


class ReportResult(StrEnum):
    """Result of the annual report (R69)."""

    PASSED = "passed"
    BASICALLY_PASSED = "basically_passed"
    FAILED = "failed"
    NOT_FILED = "not_filed"


class ListFlag(StrEnum):
    """Public lists an organisation may stand on (R70, R71)."""

    ABNORMAL = "abnormal"
    DISHONEST = "dishonest"


class Certificate(StrEnum):
    """Levels of the social workers' certificate (R73)."""

    ASSISTANT = "assistant"
    SOCIAL_WORKER = "social_worker"
    SENIOR = "senior"


class Organisation(Base):
    """A social organisation as registered."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("length(credit_code) = 18", name="credit_code"),
        CheckConstraint("(grade IS NULL) = (grade_issued_on IS NULL)", name="grade_issued"),
        CheckConstraint(
            "grade_expires_on IS NULL OR grade_expires_on > grade_issued_on", name="grade_period"
        ),
    )

    id: Mapped[Id]
    credit_code: Mapped[str] = mapped_column(String(18), unique=True)
    name: Mapped[Short] = mapped_column(index=True)
    name_en: Mapped[str | None] = mapped_column(String(200))
    type: Mapped[OrganisationType]
    registered_place: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"), index=True)
    established_on: Mapped[date | None]
    description: Mapped[Words] = mapped_column(default="")
    website: Mapped[str | None] = mapped_column(String(300))
    grade: Mapped[Grade | None]
    grade_issued_on: Mapped[date | None]
    grade_expires_on: Mapped[date | None]
    created_at: Mapped[datetime]
    search_text: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(nullable=False)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # SQLAlchemy reads it as a class attribute

    place: Mapped[AdministrativeUnit] = relationship()
    reports: Mapped[list["AnnualReport"]] = relationship(
        cascade="all, delete-orphan", order_by="AnnualReport.year.desc()"
    )
    flags: Mapped[list["ListEntry"]] = relationship(
        cascade="all, delete-orphan", order_by="ListEntry.listed_on"
    )
    staff: Mapped[list["StaffMember"]] = relationship(
        cascade="all, delete-orphan", order_by="StaffMember.name"
    )
    board: Mapped[list["BoardMember"]] = relationship(
        cascade="all, delete-orphan", order_by="BoardMember.name"
    )

    @property
    def organisation_id(self) -> UUID:
        """What the policy looks at."""
        return self.id

    @property
    def unit_code(self) -> str:
        """Whose registrar answers for it."""
        return self.registered_place

    @property
    def is_public(self) -> bool:
        """Registration is public."""
        return True

    def grade_at(self, day: date) -> Grade | None:
        """The grade in force on a day: an expired one no longer counts (R68)."""
        expired = self.grade_expires_on is not None and self.grade_expires_on <= day
        return None if expired else self.grade

    def flags_at(self, day: date) -> list[ListFlag]:
        """The lists it stands on that day."""
        return [
            e.flag for e in self.flags if e.listed_on <= day and (e.removed_on is None or day < e.removed_on)
        ]


@event.listens_for(Organisation, "before_insert")
@event.listens_for(Organisation, "before_update")
def _index(_mapper: Mapper[Organisation], _connection: Connection, organisation: Organisation) -> None:
    organisation.search_text = normalised(
        organisation.name, organisation.name_en, organisation.credit_code, organisation.description
    )


class AnnualReport(Base):
    """The result of one year's report."""

    __tablename__ = "annual_report"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    result: Mapped[ReportResult]


class ListEntry(Base):
    """A time on a public list."""

    __tablename__ = "list_entry"
    __table_args__ = (CheckConstraint("removed_on IS NULL OR removed_on >= listed_on", name="period"),)

    id: Mapped[Id]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    flag: Mapped[ListFlag]
    listed_on: Mapped[date]
    removed_on: Mapped[date | None]
    reason: Mapped[Short] = mapped_column(default="")


class StaffMember(Base):
    """Somebody who works for the organisation, with a certificate or without."""

    __tablename__ = "staff_member"

    id: Mapped[Id]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[Short]
    title: Mapped[Short] = mapped_column(default="")
    certificate: Mapped[Certificate | None]
    full_time: Mapped[bool] = mapped_column(default=True)


class BoardMember(Base):
    """Somebody on the board; residents are marked (demand 39)."""

    __tablename__ = "board_member"

    id: Mapped[Id]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[Short]
    position: Mapped[Short] = mapped_column(default="")
    is_resident: Mapped[bool] = mapped_column(default=False)
