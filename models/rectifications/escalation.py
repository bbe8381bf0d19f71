"""That somebody above was told of an overdue step: once for each step and its day."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id


class StepKind(StrEnum):
    """What must be done by a day on the way from a report to its result."""

    FINDINGS = "findings"
    PLAN = "plan"
    MENDING = "mending"
    RECHECK = "recheck"
    SECOND_PLAN = "second_plan"
    SECOND_MENDING = "second_mending"
    SECOND_RECHECK = "second_recheck"


class Escalation(Base):
    """One notice of an overdue step to the officials and auditors of the area."""

    __tablename__ = "rectification_escalation"
    __table_args__ = (UniqueConstraint("evaluation_id", "kind"),)

    id: Mapped[Id]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation.id"))
    kind: Mapped[StepKind]
    due_on: Mapped[date]
    escalated_at: Mapped[datetime]
