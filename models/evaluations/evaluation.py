"""One evaluation of a contract by an agency that is independent of both sides."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Uuid, func, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from models.agencies.assignment import Assignment, AssignmentKind
from models.base import Base, Id, Points, Words
from models.contracts.contract import Contract
from models.evaluations.indicators import IndicatorSet
from models.rulebook.stages import Stage
from models.scoring.grades import Grade

_STANDS = text("cancelled_at IS NULL")


class EvaluationPhase(StrEnum):
    """Phases of an evaluation."""

    PLANNED = "planned"
    STARTED = "started"
    DRAFTED = "drafted"  # the contractor has the draft, and five working days
    ANSWERED = "answered"  # it has answered, has nothing to add, or let the days pass
    FINAL = "final"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Evaluation(Base):
    """One stage of a contract's evaluation: when it is due, by which indicators, and how far it is."""

    __tablename__ = "evaluation"
    __table_args__ = (
        CheckConstraint("due_until >= due_from", name="due"),
        CheckConstraint("started_at IS NULL OR assignment_id IS NOT NULL", name="assigned"),
        CheckConstraint("drafted_at IS NULL OR started_at IS NOT NULL", name="started_first"),
        CheckConstraint("answered_at IS NULL OR drafted_at IS NOT NULL", name="drafted_first"),
        CheckConstraint("finalised_at IS NULL OR drafted_at IS NOT NULL", name="drafted_before_final"),
        CheckConstraint("published_at IS NULL OR finalised_at IS NOT NULL", name="final_first"),
        CheckConstraint("finalised_at IS NULL OR score IS NOT NULL", name="final_score"),
        CheckConstraint("score >= 0 AND score <= 10000", name="score"),
        CheckConstraint("grade IS NULL OR stage = 'final'", name="graded_stage"),
        CheckConstraint("finalised_at IS NULL OR stage <> 'final' OR grade IS NOT NULL", name="final_grade"),
        CheckConstraint(
            "cancelled_at IS NULL OR (started_at IS NULL AND cancelled_words IS NOT NULL)", name="cancelled"
        ),
        Index(
            "uq_evaluation_stage",
            "contract_id",
            "stage",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("ix_evaluation_due", "due_until"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"), index=True)
    stage: Mapped[Stage]
    planned_at: Mapped[datetime]
    due_from: Mapped[date]
    due_until: Mapped[date]
    moved_words: Mapped[Words | None]
    """Why the days are not those of the contract's time; with words they are not computed again."""
    indicator_set_id: Mapped[UUID] = mapped_column(ForeignKey("indicator_set.id"))
    assignment_id: Mapped[UUID | None] = mapped_column(ForeignKey("assignment.id"), index=True)
    sheet_revision: Mapped[int] = mapped_column(default=0)
    sheet_key: Mapped[UUID | None]
    """The key of the sheet that was kept last: sent a second time, it changes nothing."""
    started_at: Mapped[datetime | None]
    drafted_at: Mapped[datetime | None]
    answer_ends_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    finalised_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_words: Mapped[Words | None]
    score: Mapped[Points | None]
    grade: Mapped[Grade | None]
    summary: Mapped[Words] = mapped_column(default="")

    agency_id: Mapped[UUID | None] = column_property(
        func.coalesce(
            select(Assignment.agency_id).where(Assignment.id == assignment_id).scalar_subquery(),
            select(Assignment.agency_id)
            .where(
                Assignment.contract_id == contract_id,
                Assignment.kind == AssignmentKind.PRIMARY,
                Assignment.declared_at.is_not(None),
                Assignment.recused_at.is_(None),
            )
            .scalar_subquery(),
            type_=Uuid(),
        )
    )
    """The agency that evaluates; until it has begun, whoever was drawn for the contract and has declared."""

    contract: Mapped[Contract] = relationship()
    indicator_set: Mapped[IndicatorSet] = relationship()
    assignment: Mapped[Assignment | None] = relationship()

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.contract.unit_code

    @property
    def organisation_id(self) -> UUID:
        """The supplier."""
        return self.contract.organisation_id

    @property
    def is_public(self) -> bool:
        """Whether everybody may read the result."""
        return self.published_at is not None

    @property
    def is_drafted(self) -> bool:
        """Whether the contractor has the draft."""
        return self.drafted_at is not None
