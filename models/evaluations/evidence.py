"""What an evaluation rests on: documents and photos by their hash, talks, and visits to the site."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Short, Words
from models.evaluations.evaluation import Evaluation
from models.files import StoredFile


class EvaluationEvidenceKind(StrEnum):
    """What it is."""

    DOCUMENT = "document"
    PHOTO = "photo"  # without its metadata: where and when it was taken is nobody else's business
    INTERVIEW = "interview"
    OBSERVATION = "observation"


class SiteVisit(Base):
    """A visit to where the service is given."""

    __tablename__ = "site_visit"
    __table_args__ = (CheckConstraint("words <> ''", name="words"),)

    id: Mapped[Id]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation.id"), index=True)
    visited_at: Mapped[datetime]
    place: Mapped[Short]
    was_announced: Mapped[bool]
    words: Mapped[Words]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    evaluation: Mapped[Evaluation] = relationship()


class EvaluationEvidence(Base):
    """One piece of evidence for one item; the number names it in the report (ZJ-1, ZJ-2 ...)."""

    __tablename__ = "evaluation_evidence"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "number"),
        CheckConstraint("kind NOT IN ('document', 'photo') OR file_id IS NOT NULL", name="file"),
        CheckConstraint("words <> ''", name="words"),
    )

    id: Mapped[Id]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation.id"))
    number: Mapped[int]
    item_code: Mapped[str] = mapped_column(String(10))
    kind: Mapped[EvaluationEvidenceKind]
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("site_visit.id"), index=True)
    words: Mapped[Words]
    added_at: Mapped[datetime]
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    evaluation: Mapped[Evaluation] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    visit: Mapped[SiteVisit | None] = relationship()

    @property
    def name(self) -> str:
        """What the report calls it."""
        return f"ZJ-{self.number}"
