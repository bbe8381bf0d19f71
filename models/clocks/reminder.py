"""That somebody was reminded of a date: once for each kind, subject and date."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id


class ReminderKind(StrEnum):
    """What is coming up; each is a kind of message as well."""

    TENDER_NEW = "tender_new"
    TENDER_CLOSES_SOON = "tender_closes_soon"
    TENDER_CLOSES_NEXT = "tender_closes_next"
    TENDER_RESULT = "tender_result"
    OPENING_DUE = "opening_due"
    DECISION_DUE = "decision_due"
    NOTICE_DUE = "notice_due"
    SIGNING_DUE = "signing_due"
    PUBLICATION_DUE = "publication_due"
    FILING_DUE = "filing_due"
    CHALLENGE_REPLY_DUE = "challenge_reply_due"
    PAYMENT_DUE = "payment_due"
    EVALUATION_DUE = "evaluation_due"
    EVALUATION_OVERDUE = "evaluation_overdue"
    EVALUATION_UNDRAWN = "evaluation_undrawn"
    ANSWER_DUE = "answer_due"
    ANSWER_OVER = "answer_over"
    RESCORE_WAITS = "rescore_waits"
    SURVEY_CLOSES = "survey_closes"
    SURVEY_UNPUBLISHED = "survey_unpublished"
    SUSPENSION_APPEAL_WAITS = "suspension_appeal_waits"
    FINDINGS_DUE = "findings_due"
    PLAN_DUE = "plan_due"
    MENDING_DUE = "mending_due"
    RECHECK_DUE = "recheck_due"
    RATING_OPEN = "rating_open"


class Reminder(Base):
    """One reminder. A date that was moved is a new date, and is reminded of again."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("kind", "subject_id", "due_at", "person_id"),)

    id: Mapped[Id]
    kind: Mapped[ReminderKind]
    subject_id: Mapped[str] = mapped_column(String(60))
    due_at: Mapped[datetime]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    reminded_at: Mapped[datetime]
