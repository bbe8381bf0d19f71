"""A learning run: what an area's reviews would have the matcher weigh, and whether a person adopts it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, UnitCode, Words
from models.parties.person import Person
from models.parties.unit import AdministrativeUnit


class LearningPhase(StrEnum):
    """Phases of a learning run, derived from its dates."""

    WAITING = "waiting"
    TRAINED = "trained"
    ADOPTED = "adopted"
    DISCARDED = "discarded"
    WITHDRAWN = "withdrawn"


class LearningRun(Base):
    """One training, kept with all it takes to repeat it; `learned` says whether there was enough to learn.

    It is asked for at `made_at`, and done in the background: until `trained_at` what it came to is empty.
    `metrics` hold nDCG, exposure and changed examples before and after, in ids and figures.
    """

    __tablename__ = "learning_run"
    __table_args__ = (
        CheckConstraint("adopted_at IS NULL OR learned", name="learned_before_adopted"),
        CheckConstraint("adopted_at IS NULL OR discarded_at IS NULL", name="decided_once"),
        CheckConstraint("withdrawn_at IS NULL OR adopted_at IS NOT NULL", name="adopted_before_withdrawn"),
        CheckConstraint(
            "trained_at IS NOT NULL OR (adopted_at IS NULL AND discarded_at IS NULL)",
            name="trained_before_decided",
        ),
        CheckConstraint("needs >= 0 AND reviews >= 0", name="counts"),
        Index("ix_learning_run_place", "unit_code", "made_at"),
    )

    id: Mapped[Id]
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"))
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    seed: Mapped[int]
    trained_at: Mapped[datetime | None]
    model_version: Mapped[str] = mapped_column(String(40), default="")
    data_hash: Mapped[str] = mapped_column(String(64), default="")
    needs: Mapped[int] = mapped_column(default=0)
    reviews: Mapped[int] = mapped_column(default=0)
    learned: Mapped[bool] = mapped_column(default=False)
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    weights: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    metrics: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    words: Mapped[Words] = mapped_column(default="")
    adopted_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    unit: Mapped[AdministrativeUnit] = relationship()
    maker: Mapped[Person | None] = relationship()


class MatchingRule(Base):
    """Whether an area's matching counts track records and learned weights; the newest holds, all are kept."""

    __tablename__ = "matching_rule"
    __table_args__ = (
        CheckConstraint("words <> ''", name="words"),
        Index("ix_matching_rule_place", "unit_code", "made_at"),
    )

    id: Mapped[Id]
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"))
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    counts_records: Mapped[bool]
    counts_learning: Mapped[bool]
    words: Mapped[Words]

    unit: Mapped[AdministrativeUnit] = relationship()
    maker: Mapped[Person | None] = relationship()
