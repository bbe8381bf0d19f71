"""What the contractor says of an item or a veto of the draft, and what the evaluator replies to it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Points, Words
from models.evaluations.evaluation import Evaluation


class ItemAnswer(Base):
    """An answer to one item; with its reply the points before and after are kept."""

    __tablename__ = "item_answer"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "item_code"),
        CheckConstraint("words <> ''", name="words"),
        CheckConstraint(
            "replied_at IS NULL OR (reply_words <> '' AND points_before IS NOT NULL"
            " AND points_after IS NOT NULL)",
            name="reply",
        ),
    )

    id: Mapped[Id]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation.id"))
    item_code: Mapped[str] = mapped_column(String(10))
    words: Mapped[Words]
    given_at: Mapped[datetime]
    given_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    reply_words: Mapped[Words] = mapped_column(default="")
    replied_at: Mapped[datetime | None]
    replied_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    points_before: Mapped[Points | None]
    points_after: Mapped[Points | None]

    evaluation: Mapped[Evaluation] = relationship()


class VetoAnswer(Base):
    """An answer to one veto, with the facts it contests; the reply upholds the veto or withdraws it."""

    __tablename__ = "veto_answer"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "code"),
        CheckConstraint("words <> '' AND veto_words <> ''", name="words"),
        CheckConstraint("(replied_at IS NULL) = (upheld IS NULL)", name="upheld"),
        CheckConstraint("replied_at IS NULL OR reply_words <> ''", name="reply"),
    )

    id: Mapped[Id]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation.id"))
    code: Mapped[str] = mapped_column(String(40))
    veto_words: Mapped[Words]
    words: Mapped[Words]
    given_at: Mapped[datetime]
    given_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    reply_words: Mapped[Words] = mapped_column(default="")
    replied_at: Mapped[datetime | None]
    replied_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    upheld: Mapped[bool | None]

    evaluation: Mapped[Evaluation] = relationship()
