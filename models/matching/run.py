"""A run of the matcher for one need, and its matches: kept for ever, with their reasons."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    ScalarSelect,
    String,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id
from models.catalogue.service import Service
from models.needs.need import Need
from models.parties.person import Person

FITS_VERY_WELL, FITS, WORTH_A_LOOK = 0.6, 0.45, 0.3
"""From which score on a service fits so well; below the last a pair shares little more than that it is about
people."""


class Verdict(StrEnum):
    """The hard limits' answer. Unknown is shown, never refused."""

    ELIGIBLE = "eligible"
    UNKNOWN = "unknown"
    REFUSED = "refused"


class MatchRun(Base):
    """One run: enough to repeat it (model version, hash of the catalogue it saw, parameters)."""

    __tablename__ = "match_run"
    __table_args__ = (Index("ix_match_run_need", "need_id", "at"),)

    id: Mapped[Id]
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"))
    at: Mapped[datetime]
    requested_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    model_version: Mapped[str] = mapped_column(String(40))
    catalogue_hash: Mapped[str] = mapped_column(String(64))
    catalogue_size: Mapped[int]
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)

    need: Mapped[Need] = relationship()
    requester: Mapped[Person | None] = relationship()
    matches: Mapped[list["Match"]] = relationship(
        back_populates="run", cascade="all, delete-orphan", order_by="Match.rank"
    )

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.need.unit_code


class Match(Base):
    """One service a run looked at closely: rank and score, each contribution, each reason, each refusal."""

    __tablename__ = "match"
    __table_args__ = (
        UniqueConstraint("run_id", "service_id"),
        CheckConstraint("score >= 0 AND score <= 1", name="score"),
        CheckConstraint("rank >= 1", name="rank"),
        Index("ix_match_service", "service_id"),
    )

    id: Mapped[Id]
    run_id: Mapped[UUID] = mapped_column(ForeignKey("match_run.id"))
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"))
    rank: Mapped[int]
    score: Mapped[float]
    verdict: Mapped[Verdict]
    contributions: Mapped[dict[str, float]] = mapped_column(JSON)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    refusals: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON)  # words and codes with positions, both sides

    run: Mapped[MatchRun] = relationship(back_populates="matches")
    service: Mapped[Service] = relationship()

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.run.need.unit_code


def newest_run_id() -> ScalarSelect[UUID]:
    """As SQL, beside `Need`: the run that counts."""
    runs = select(MatchRun.id).where(MatchRun.need_id == Need.id).correlate(Need)
    return runs.order_by(MatchRun.at.desc(), MatchRun.id.desc()).limit(1).scalar_subquery()
