"""What an evaluator found: one mark an item, vetoes, and the reports as they were handed over."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Hundredths, Id, Points, Words
from models.evaluations.evaluation import Evaluation


class ReportKind(StrEnum):
    """Which of an evaluation's reports."""

    DRAFT = "draft"
    FINAL = "final"
    RESCORE = "rescore"  # the second agency's sheet


def figures() -> tuple[CheckConstraint, ...]:
    """What the database checks of a mark."""
    return (
        CheckConstraint("points >= 0", name="points"),
        CheckConstraint("planned > 0", name="planned"),
        CheckConstraint("actual >= 0", name="actual"),
    )


class Marked:
    """What is said of one item: points, or a figure planned and one reached; or why there is no evidence."""

    points: Mapped[Points | None]
    planned: Mapped[Decimal | None] = mapped_column(Hundredths())
    actual: Mapped[Decimal | None] = mapped_column(Hundredths())
    words: Mapped[Words] = mapped_column(default="")
    missing_words: Mapped[Words] = mapped_column(default="")


class EvaluationMark(Marked, Base):
    """The mark of one item. Its points follow from it by the indicator set, never the other way."""

    __tablename__ = "evaluation_mark"
    __table_args__ = (UniqueConstraint("evaluation_id", "item_code"), *figures())

    id: Mapped[Id]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation.id"))
    item_code: Mapped[str] = mapped_column(String(10))

    evaluation: Mapped[Evaluation] = relationship()


class EvaluationVeto(Base):
    """A veto: with one, the grade is the lowest, whatever the score."""

    __tablename__ = "evaluation_veto"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "code"),
        CheckConstraint("words <> ''", name="words"),
    )

    id: Mapped[Id]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation.id"))
    code: Mapped[str] = mapped_column(String(40))
    words: Mapped[Words]
    made_at: Mapped[datetime]

    evaluation: Mapped[Evaluation] = relationship()


class EvaluationReport(Base):
    """A report as it was handed over: the file anyone can compute it from again, and what came out."""

    __tablename__ = "evaluation_report"
    __table_args__ = (UniqueConstraint("evaluation_id", "kind"),)

    id: Mapped[Id]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation.id"))
    kind: Mapped[ReportKind]
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]

    evaluation: Mapped[Evaluation] = relationship()
