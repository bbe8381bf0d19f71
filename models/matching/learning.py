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

    TRAINED = "trained"
    ADOPTED = "adopted"
    DISCARDED = "discarded"
    WITHDRAWN = "withdrawn"


class LearningRun(Base):
    """One training, kept with all it takes to repeat it; `learned` says whether there was enough to learn.

    `metrics` hold nDCG, exposure and changed examples before and after, in ids and figures.
    """

    __tablename__ = "learning_run"
    __table_args__ = (
        CheckConstraint("adopted_at IS NULL OR learned", name="learned_before_adopted"),
        CheckConstraint("adopted_at IS NULL OR discarded_at IS NULL", name="decided_once"),
        CheckConstraint("withdrawn_at IS NULL OR adopted_at IS NOT NULL", name="adopted_before_withdrawn"),
        CheckConstraint("needs >= 0 AND reviews >= 0", name="counts"),
        Index("ix_learning_run_place", "unit_code", "made_at"),
    )

    id: Mapped[Id]
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"))
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    model_version: Mapped[str] = mapped_column(String(40))
    data_hash: Mapped[str] = mapped_column(String(64))
    seed: Mapped[int]
    needs: Mapped[int]
    reviews: Mapped[int]
    learned: Mapped[bool]
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    weights: Mapped[dict[str, Any]] = mapped_column(JSON)
    metrics: Mapped[dict[str, Any]] = mapped_column(JSON)
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
