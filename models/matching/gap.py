"""The gap ledger: needs for which nothing suitable exists, by place and code, until something does."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, UnitCode
from models.matching.run import MatchRun
from models.needs.need import Need


class GapCause(StrEnum):
    """What is missing."""

    NO_SUPPLIER = "no_supplier"
    NOT_HERE = "not_here"
    NO_CAPACITY = "no_capacity"
    TOO_EXPENSIVE = "too_expensive"
    NOT_GOOD_ENOUGH = "not_good_enough"


class GapRemedy(StrEnum):
    """What would close it."""

    INCUBATE = "incubate"
    INVITE = "invite"
    CONSORTIUM = "consortium"
    RAISE_BUDGET = "raise_budget"
    OTHER = "other"


class GapEntry(Base):
    """One gap: opened by the answer "nothing suitable", closed when the need is reopened or settled."""

    __tablename__ = "gap_entry"
    __table_args__ = (
        Index(
            "uq_gap_entry_open",
            "need_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_gap_entry_place", "unit_code", "term_code"),
    )

    id: Mapped[Id]
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"))
    run_id: Mapped[UUID | None] = mapped_column(ForeignKey("match_run.id"))
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"))
    term_code: Mapped[str | None] = mapped_column(ForeignKey("taxonomy_term.code"))
    cause: Mapped[GapCause]
    remedy: Mapped[GapRemedy]
    words: Mapped[str] = mapped_column(String(1000), default="")
    opened_at: Mapped[datetime]
    opened_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]

    need: Mapped[Need] = relationship()
    run: Mapped[MatchRun | None] = relationship()
