"""A set of indicators as versioned data: an area publishes a new version, and none ever changes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, UnitCode, Words


class IndicatorSet(Base):
    """One version of an area's set; without an area it is the default that the release brought.

    `content` is read by `models.scoring.indicators`, and nothing in the database filters on it.
    """

    __tablename__ = "indicator_set"
    __table_args__ = (
        UniqueConstraint("unit_code", "version"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("unit_code IS NULL OR words <> ''", name="words"),
    )

    id: Mapped[Id]
    unit_code: Mapped[UnitCode | None] = mapped_column(ForeignKey("administrative_unit.code"))
    version: Mapped[int]
    effective_on: Mapped[date]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    words: Mapped[Words] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
