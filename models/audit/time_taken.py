"""How long a task took (demand 22): minutes without the person, and not when somebody worked."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, UnitCode


class Task(StrEnum):
    """Tasks whose burden is measured."""

    POST_NEED = "post_need"
    STANDARDISE = "standardise"
    WRITE_TENDER = "write_tender"
    BID = "bid"
    FILL_SHEET = "fill_sheet"
    ANSWER_DRAFT = "answer_draft"


class TimeTaken(Base):
    """One task. Once it is finished, what it was about is forgotten: the seconds and the day are left."""

    __tablename__ = "time_taken"
    __table_args__ = (
        UniqueConstraint("task", "subject_id"),
        CheckConstraint("seconds >= 0", name="seconds"),
        CheckConstraint("(finished_on IS NULL) = (subject_id IS NOT NULL)", name="subject_forgotten"),
        CheckConstraint("(finished_on IS NULL) = (touched_at IS NOT NULL)", name="hour_forgotten"),
        Index("ix_time_taken_finished_on", "finished_on"),
    )

    id: Mapped[Id]
    task: Mapped[Task]
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"))
    seconds: Mapped[int] = mapped_column(default=0)
    subject_id: Mapped[UUID | None]
    touched_at: Mapped[datetime | None]
    finished_on: Mapped[date | None]
