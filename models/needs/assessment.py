"""A needs assessment: how it was asked, who answered against who lives there, what was found."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Short, UnitCode, Words
from models.files import StoredFile
from models.parties.organisation import Organisation
from models.parties.unit import AdministrativeUnit


class AssessmentMethod(StrEnum):
    """Ways of asking (facts on indicators: methods)."""

    QUESTIONNAIRE = "questionnaire"
    HOUSEHOLD_VISIT = "household_visit"
    HEARING = "hearing"
    FOCUS_GROUP = "focus_group"
    WALK_THROUGH = "walk_through"
    HOTLINE_DATA = "hotline_data"
    STOCK_LIST = "stock_list"


class AssessmentPhase(StrEnum):
    """Phases, derived from dates."""

    DRAFT = "draft"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class Assessment(Base):
    """One assessment of one unit. Completed, it can be the evidence of needs for a year (R08)."""

    __tablename__ = "assessment"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="period"),)

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"), index=True)
    title: Mapped[Short]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    summary: Mapped[Words] = mapped_column(default="")
    assessor_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(nullable=False)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # SQLAlchemy reads it as a class attribute

    unit: Mapped[AdministrativeUnit] = relationship()
    assessor: Mapped[Organisation | None] = relationship()
    methods: Mapped[list["MethodUsed"]] = relationship(cascade="all, delete-orphan")
    respondents: Mapped[list["RespondentStratum"]] = relationship(cascade="all, delete-orphan")
    findings: Mapped[list["AssessmentFinding"]] = relationship(
        cascade="all, delete-orphan", order_by="AssessmentFinding.position"
    )
    files: Mapped[list["AssessmentFile"]] = relationship(cascade="all, delete-orphan")

    @property
    def is_draft(self) -> bool:
        """Never completed: nobody else's business yet."""
        return self.completed_at is None

    @property
    def is_public(self) -> bool:
        """A completed assessment is public; it names nobody."""
        return self.completed_at is not None and self.withdrawn_at is None


class MethodUsed(Base):
    """One of the assessment's methods, with how many took part in it."""

    __tablename__ = "assessment_method"
    __table_args__ = (CheckConstraint("participants >= 0", name="participants"),)

    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    method: Mapped[AssessmentMethod] = mapped_column(primary_key=True)
    participants: Mapped[int]


class RespondentStratum(Base):
    """How many respondents belong to a stratum; held against PopulationStratum."""

    __tablename__ = "respondent_stratum"
    __table_args__ = (CheckConstraint("respondents >= 0", name="respondents"),)

    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    stratum: Mapped[str] = mapped_column(String(40), primary_key=True)
    respondents: Mapped[int]


class AssessmentFinding(Base):
    """One problem found, ranked: what, how coded, and the share of respondents who named it."""

    __tablename__ = "assessment_finding"
    __table_args__ = (CheckConstraint("share IS NULL OR (share >= 0 AND share <= 1)", name="share"),)

    id: Mapped[Id]
    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"), index=True)
    position: Mapped[int]
    problem: Mapped[Short]
    term_code: Mapped[str | None] = mapped_column(ForeignKey("taxonomy_term.code"))
    share: Mapped[float | None]


class AssessmentFile(Base):
    """An evidence file of the assessment."""

    __tablename__ = "assessment_file"

    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)

    file: Mapped[StoredFile] = relationship()
