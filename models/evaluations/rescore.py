"""The sheet of a second agency that does not see the first one's marks, and which of the scores stands."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, Uuid, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from models.agencies.assignment import Assignment, AssignmentKind
from models.base import Base, Id, Points, Words
from models.evaluations.evaluation import Evaluation
from models.evaluations.sheet import Marked, figures


class RescorePhase(StrEnum):
    """Phases of a re-scoring."""

    ORDERED = "ordered"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    WAIVED = "waived"


class RescoreOrigin(StrEnum):
    """How it came about. Only what was drawn is a fair sample of all finals."""

    DRAWN = "drawn"
    ORDERED = "ordered"  # by an official, with a reason


class ScoreStanding(StrEnum):
    """Which score stands after a review."""

    FIRST = "first"
    SECOND = "second"


class Rescore(Base):
    """One evaluation that a second agency marks again. Its place in the sample is kept by supervision."""

    __tablename__ = "rescore"
    __table_args__ = (
        CheckConstraint(
            "submitted_at IS NULL OR (score IS NOT NULL AND assignment_id IS NOT NULL)", name="submitted"
        ),
        CheckConstraint("score >= 0 AND score <= 10000", name="score"),
        CheckConstraint("gap >= 0", name="gap"),
        CheckConstraint("origin = 'ordered' OR reason = ''", name="reason"),
        CheckConstraint(
            "reviewed_at IS NULL OR (gap IS NOT NULL AND stands IS NOT NULL AND words <> '')", name="reviewed"
        ),
        CheckConstraint("waived_at IS NULL OR (submitted_at IS NULL AND words <> '')", name="waived"),
    )

    id: Mapped[Id]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation.id"), unique=True)
    ordered_at: Mapped[datetime]
    ordered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    origin: Mapped[RescoreOrigin]
    reason: Mapped[Words] = mapped_column(default="")
    """Why an official had it marked again; where it was drawn, the sample says it."""
    assignment_id: Mapped[UUID | None] = mapped_column(ForeignKey("assignment.id"), index=True)
    sheet_revision: Mapped[int] = mapped_column(default=0)
    sheet_key: Mapped[UUID | None]
    submitted_at: Mapped[datetime | None]
    score: Mapped[Points | None]
    gap: Mapped[Points | None]
    """Between the two scores, from the moment both are there."""
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    stands: Mapped[ScoreStanding | None]
    waived_at: Mapped[datetime | None]
    words: Mapped[Words] = mapped_column(default="")

    agency_id: Mapped[UUID | None] = column_property(
        func.coalesce(
            select(Assignment.agency_id).where(Assignment.id == assignment_id).scalar_subquery(),
            select(Assignment.agency_id)
            .join(Evaluation, Evaluation.contract_id == Assignment.contract_id)
            .where(
                Evaluation.id == evaluation_id,
                Assignment.kind == AssignmentKind.RESCORE,
                Assignment.declared_at.is_not(None),
                Assignment.recused_at.is_(None),
            )
            .scalar_subquery(),
            type_=Uuid(),
        )
    )
    """The second agency."""

    evaluation: Mapped[Evaluation] = relationship()
    assignment: Mapped[Assignment | None] = relationship()

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.evaluation.unit_code


class RescoreMark(Marked, Base):
    """The second agency's mark of one item."""

    __tablename__ = "rescore_mark"
    __table_args__ = (UniqueConstraint("rescore_id", "item_code"), *figures())

    id: Mapped[Id]
    rescore_id: Mapped[UUID] = mapped_column(ForeignKey("rescore.id"))
    item_code: Mapped[str] = mapped_column(String(10))

    rescore: Mapped[Rescore] = relationship()
