"""The draw of an agency for a contract, who was barred and why, and what the drawn one declared."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.agencies.agency import Agency
from models.agencies.ground import Ground
from models.base import Base, Id, Short, Words
from models.contracts.contract import Contract


class AssignmentKind(StrEnum):
    """The evaluator of a contract, or the second one who marks a final again without seeing the first's."""

    PRIMARY = "primary"
    RESCORE = "rescore"


class AgencyDraw(Base):
    """The draw for one contract: one seed, never a second. `pool` is what was drawn from, list after list."""

    __tablename__ = "agency_draw"
    __table_args__ = (UniqueConstraint("contract_id", "kind"),)

    id: Mapped[Id]
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    kind: Mapped[AssignmentKind]
    seed: Mapped[str] = mapped_column(String(64))
    pool_digest: Mapped[str] = mapped_column(String(64))
    pool: Mapped[list[list[str]]] = mapped_column(JSON)
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    contract: Mapped[Contract] = relationship()
    assignments: Mapped[list["Assignment"]] = relationship(
        back_populates="draw", cascade="all, delete-orphan", order_by="Assignment.position"
    )
    barred: Mapped[list["AgencyBarred"]] = relationship(
        cascade="all, delete-orphan", order_by="AgencyBarred.at, AgencyBarred.agency_id, AgencyBarred.kind"
    )

    agency_id = None
    """What the policy looks at: a draw tells of other agencies, so no agency reads it."""

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.contract.unit_code


class AgencyBarred(Base):
    """An agency the draw left out or passed over, with one of its reasons."""

    __tablename__ = "agency_barred"
    __table_args__ = (UniqueConstraint("draw_id", "agency_id", "kind", "source", "at"),)

    id: Mapped[Id]
    draw_id: Mapped[UUID] = mapped_column(ForeignKey("agency_draw.id"))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.organisation_id"), index=True)
    kind: Mapped[Ground]
    source: Mapped[Short] = mapped_column(default="")
    at: Mapped[datetime]
    is_passed: Mapped[bool] = mapped_column(default=False)  # it was on the list, and its turn came

    agency: Mapped[Agency] = relationship()


_LIVE = text("recused_at IS NULL")


class Assignment(Base):
    """An agency that was drawn. Whoever was recused stays on record beside the one drawn instead."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("draw_id", "agency_id"),
        CheckConstraint("(recused_at IS NULL) = (recused_words IS NULL)", name="recused_words"),
        Index(
            "uq_assignment_live",
            "contract_id",
            "kind",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )

    id: Mapped[Id]
    draw_id: Mapped[UUID] = mapped_column(ForeignKey("agency_draw.id"))
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"), index=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.organisation_id"), index=True)
    kind: Mapped[AssignmentKind]
    position: Mapped[int]
    drawn_at: Mapped[datetime]
    declared_at: Mapped[datetime | None]
    declared_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    recused_at: Mapped[datetime | None]
    recused_words: Mapped[Words | None]

    draw: Mapped[AgencyDraw] = relationship(back_populates="assignments")
    contract: Mapped[Contract] = relationship()
    agency: Mapped[Agency] = relationship()
    answers: Mapped[list["AssignmentAnswer"]] = relationship(
        back_populates="assignment", cascade="all, delete-orphan", order_by="AssignmentAnswer.position"
    )

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.contract.unit_code

    @property
    def is_live(self) -> bool:
        """Nobody has taken it from the agency."""
        return self.recused_at is None


class AssignmentAnswer(Base):
    """The answer to one question of the declaration."""

    __tablename__ = "assignment_answer"
    __table_args__ = (
        UniqueConstraint("assignment_id", "ground"),
        CheckConstraint("NOT is_yes OR words <> ''", name="yes_with_words"),
    )

    id: Mapped[Id]
    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id"))
    ground: Mapped[Ground]
    position: Mapped[int]
    is_yes: Mapped[bool]
    words: Mapped[Words] = mapped_column(default="")

    assignment: Mapped[Assignment] = relationship(back_populates="answers")
