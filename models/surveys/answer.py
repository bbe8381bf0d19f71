"""Answers of residents. Nothing in them leads to a person.

No link to an invitation, no time, random ids; and on SQLite no row numbers, which would tell the order. An
invitation and an answer have a stratum and nothing else in common, and `settle()` takes the small ones away.
"""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id
from models.surveys.survey import Channel

MOST_WORDS = 1000


class SurveyAnswer(Base):
    """One answer. Who keyed it in is known, who gave it is not. The words are masked before they are kept."""

    __tablename__ = "survey_answer"
    __table_args__ = (
        CheckConstraint("(channel = 'online') = (entered_by IS NULL)", name="entered_by"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Id]
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id"), index=True)
    stratum: Mapped[str | None] = mapped_column(String(10), ForeignKey("taxonomy_term.code"))
    channel: Mapped[Channel]
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(String(MOST_WORDS), default="")

    items: Mapped[list["SurveyAnswerItem"]] = relationship(cascade="all, delete-orphan")


class SurveyAnswerItem(Base):
    """One item of an answer: 1 to 5, or nothing for "I do not know"."""

    __tablename__ = "survey_answer_item"
    __table_args__ = (CheckConstraint("value BETWEEN 1 AND 5", name="value"), {"sqlite_with_rowid": False})

    answer_id: Mapped[UUID] = mapped_column(ForeignKey("survey_answer.id"), primary_key=True)
    item: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[int | None]
