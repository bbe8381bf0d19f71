"""What an evaluation found wrong, how it is to be mended, and what was seen afterwards (评价-整改-反馈)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Short, Words
from models.evaluations.evaluation import Evaluation
from models.files import StoredFile


class Severity(StrEnum):
    """How bad a finding is."""

    MINOR = "minor"
    SERIOUS = "serious"
    GRAVE = "grave"


class RectificationPhase(StrEnum):
    """Phases of a rectification: one round, a second when its re-check fails, then an official decides."""

    ISSUED = "issued"
    PLANNED = "planned"
    DONE = "done"
    FAILED = "failed"
    REPLANNED = "replanned"
    REDONE = "redone"
    UNMENDED = "unmended"
    PASSED = "passed"
    CONCLUDED = "concluded"


class Rectification(Base):
    """The findings of one evaluation and what became of them. Without findings it is passed at once."""

    __tablename__ = "rectification"
    __table_args__ = (
        CheckConstraint("done_at IS NULL OR planned_at IS NOT NULL", name="planned_first"),
        CheckConstraint("failed_at IS NULL OR done_at IS NOT NULL", name="done_first"),
        CheckConstraint("replanned_at IS NULL OR failed_at IS NOT NULL", name="failed_first"),
        CheckConstraint("redone_at IS NULL OR replanned_at IS NOT NULL", name="replanned_first"),
        CheckConstraint("refailed_at IS NULL OR redone_at IS NOT NULL", name="redone_first"),
        CheckConstraint("passed_at IS NULL OR refailed_at IS NULL", name="passed_or_failed"),
        CheckConstraint("passed_at IS NULL OR concluded_at IS NULL", name="ends_once"),
        CheckConstraint("concluded_at IS NULL OR concluded_words IS NOT NULL", name="concluded_words"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation.id"), unique=True)
    words: Mapped[Words] = mapped_column(default="")
    issued_at: Mapped[datetime]
    issued_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    planned_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    done_words: Mapped[Words] = mapped_column(default="")
    failed_at: Mapped[datetime | None]
    replanned_at: Mapped[datetime | None]
    redone_at: Mapped[datetime | None]
    redone_words: Mapped[Words] = mapped_column(default="")
    refailed_at: Mapped[datetime | None]
    passed_at: Mapped[datetime | None]
    concluded_at: Mapped[datetime | None]
    concluded_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    concluded_words: Mapped[Words | None]

    evaluation: Mapped[Evaluation] = relationship()
    findings: Mapped[list["Finding"]] = relationship(
        back_populates="rectification", cascade="all, delete-orphan", order_by="Finding.number"
    )

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.evaluation.unit_code

    @property
    def organisation_id(self) -> UUID:
        """The supplier, who mends."""
        return self.evaluation.contract.organisation_id

    @property
    def agency_id(self) -> UUID | None:
        """The evaluation agency, which looks again."""
        return self.evaluation.agency_id

    @property
    def shown_at(self) -> datetime | None:
        """When everybody was shown the result: with the re-check that passed, or the official's decision."""
        return self.passed_at or self.concluded_at

    @property
    def is_public(self) -> bool:
        """Whether everybody may read what came of it."""
        return self.shown_at is not None


class Finding(Base):
    """One thing found wrong, of one item of the sheet."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("rectification_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("words <> ''", name="words"),
    )

    id: Mapped[Id]
    rectification_id: Mapped[UUID] = mapped_column(ForeignKey("rectification.id"))
    number: Mapped[int]
    item_code: Mapped[str] = mapped_column(String(20), default="")
    severity: Mapped[Severity]
    words: Mapped[Words]

    rectification: Mapped[Rectification] = relationship(back_populates="findings")
    remedies: Mapped[list["Remedy"]] = relationship(
        back_populates="finding", cascade="all, delete-orphan", order_by="Remedy.round"
    )

    @property
    def passed(self) -> bool | None:
        """What the latest re-check said of it; None before there was one."""
        checked = [each.passed for each in self.remedies if each.passed is not None]
        return checked[-1] if checked else None


class Remedy(Base):
    """What is done about a finding in a round, by whom, by when; and what was seen at the re-check."""

    __tablename__ = "remedy"
    __table_args__ = (
        UniqueConstraint("finding_id", "round"),
        CheckConstraint("round IN (1, 2)", name="round"),
        CheckConstraint("what <> '' AND who <> ''", name="words"),
        CheckConstraint("(passed IS NULL) = (seen_words = '')", name="seen_words"),
        CheckConstraint("(passed IS NULL) = (file_id IS NULL)", name="file"),
    )

    id: Mapped[Id]
    finding_id: Mapped[UUID] = mapped_column(ForeignKey("finding.id"))
    round: Mapped[int]
    what: Mapped[Words]
    who: Mapped[Short]
    due_on: Mapped[date]
    seen_words: Mapped[Words] = mapped_column(default="")
    passed: Mapped[bool | None]
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))

    finding: Mapped[Finding] = relationship(back_populates="remedies")
    file: Mapped[StoredFile | None] = relationship()

    is_public = False
    """Its file may show people: the area, the organisation and the agency open it, nobody else."""

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.finding.rectification.unit_code

    @property
    def organisation_id(self) -> UUID:
        """The supplier."""
        return self.finding.rectification.organisation_id

    @property
    def agency_id(self) -> UUID | None:
        """The evaluation agency."""
        return self.finding.rectification.agency_id
