"""The pool of experts, and what ties each of them to organisations: the draw looks at both (R24, R53)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Short, UnitCode
from models.parties.organisation import Organisation
from models.parties.person import Person


class TieKind(StrEnum):
    """The grounds of 实施条例 art 9, as the data can show them.

    A dealing is that of the person's own organisation with the other: what art 9 calls another interest.
    """

    EMPLOYMENT = "employment"
    BOARD = "board"
    CONTROL = "control"
    KINSHIP = "kinship"
    OTHER_INTEREST = "other_interest"
    DEALING = "dealing"


ASKED = tuple(kind for kind in TieKind if kind is not TieKind.DEALING)
"""What people are asked about; dealings of organisations are read from their contracts."""


class Expert(Base):
    """Somebody who can be drawn into panels of an area."""

    __tablename__ = "expert"
    __table_args__ = (CheckConstraint("left_on IS NULL OR left_on >= joined_on", name="period"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"), index=True)
    employer: Mapped[Short] = mapped_column(default="")
    title: Mapped[Short] = mapped_column(default="")
    joined_on: Mapped[date]
    left_on: Mapped[date | None]

    person: Mapped[Person] = relationship()
    terms: Mapped[list["ExpertTerm"]] = relationship(
        cascade="all, delete-orphan", order_by="ExpertTerm.term_code"
    )
    ties: Mapped[list["ExpertTie"]] = relationship(
        back_populates="expert", cascade="all, delete-orphan", order_by="ExpertTie.declared_at"
    )


class ExpertTerm(Base):
    """A service code or domain the expert knows."""

    __tablename__ = "expert_term"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("expert.person_id"), primary_key=True)
    term_code: Mapped[str] = mapped_column(ForeignKey("taxonomy_term.code"), primary_key=True)


class ExpertTie(Base):
    """A tie to an organisation; three years after it ended it no longer counts (R53)."""

    __tablename__ = "expert_tie"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR began_on IS NULL OR ended_on >= began_on", name="period"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("expert.person_id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[TieKind]
    began_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    declared_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship()
    expert: Mapped[Expert] = relationship(back_populates="ties")

    @property
    def unit_code(self) -> UnitCode:
        """What the policy looks at."""
        return self.expert.unit_code
