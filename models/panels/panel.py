"""The panel of a tender: drawn by a seed that can be replayed, declaring interests, marking alone."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, UnitCode, Words
from models.panels.pool import TieKind
from models.parties.organisation import Organisation
from models.parties.person import Person
from models.tenders.tender import Tender


class MemberKind(StrEnum):
    """An expert from the pool, or the purchaser's person (who cannot be the chair, R24)."""

    EXPERT = "expert"
    PURCHASER = "purchaser"


_CURRENT = text("superseded_at IS NULL")


class Panel(Base):
    """The panel of one tender. `pool` is what was drawn from, ids alone, list after list.

    A panel against which a challenge was upheld stays on record, with its marks, beside the one drawn anew.
    """

    __tablename__ = "panel"
    __table_args__ = (
        CheckConstraint("size % 2 = 1 AND size >= 3", name="odd"),
        CheckConstraint("experts <= size AND experts > 0", name="experts"),
        Index(
            "uq_panel_current",
            "tender_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
    )

    id: Mapped[Id]
    tender_id: Mapped[UUID] = mapped_column(ForeignKey("tender.id"), index=True)
    size: Mapped[int]
    experts: Mapped[int]
    seed: Mapped[str] = mapped_column(String(64))
    pool_digest: Mapped[str] = mapped_column(String(64))
    pool: Mapped[list[list[str]]] = mapped_column(JSON)
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    qualified_at: Mapped[datetime | None]
    consensus_at: Mapped[datetime | None]
    consensus_words: Mapped[Words] = mapped_column(default="")
    superseded_at: Mapped[datetime | None]

    tender: Mapped[Tender] = relationship()
    members: Mapped[list["PanelMember"]] = relationship(
        back_populates="panel", cascade="all, delete-orphan", order_by="PanelMember.position"
    )

    @property
    def unit_code(self) -> UnitCode:
        """What the policy looks at."""
        return self.tender.unit_code

    @property
    def seated(self) -> list["PanelMember"]:
        """The members who have not been recused, in the order of their seats."""
        return [member for member in self.members if member.recused_at is None]


_CHAIR = text("is_chair AND recused_at IS NULL")


class PanelMember(Base):
    """A member. Whoever was recused stays on record beside the one who was drawn instead."""

    __tablename__ = "panel_member"
    __table_args__ = (
        UniqueConstraint("panel_id", "person_id"),
        CheckConstraint("NOT is_chair OR kind = 'expert'", name="chair_is_expert"),
        CheckConstraint("submitted_at IS NULL OR declared_at IS NOT NULL", name="declared_first"),
        CheckConstraint("(recused_at IS NULL) = (recused_words IS NULL)", name="recused_words"),
        Index("uq_panel_member_chair", "panel_id", unique=True, sqlite_where=_CHAIR, postgresql_where=_CHAIR),
    )

    id: Mapped[Id]
    panel_id: Mapped[UUID] = mapped_column(ForeignKey("panel.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    position: Mapped[int]
    kind: Mapped[MemberKind]
    is_chair: Mapped[bool] = mapped_column(default=False)
    declared_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    recused_at: Mapped[datetime | None]
    recused_words: Mapped[Words | None]

    panel: Mapped[Panel] = relationship(back_populates="members")
    person: Mapped[Person] = relationship()
    interests: Mapped[list["Interest"]] = relationship(cascade="all, delete-orphan")

    @property
    def unit_code(self) -> UnitCode:
        """What the policy looks at."""
        return self.panel.tender.unit_code


class Interest(Base):
    """An interest a member declared, or the data showed, in one of the bidders."""

    __tablename__ = "interest"
    __table_args__ = (UniqueConstraint("member_id", "organisation_id", "kind"),)

    id: Mapped[Id]
    member_id: Mapped[UUID] = mapped_column(ForeignKey("panel_member.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[TieKind]
    from_data: Mapped[bool]
    words: Mapped[Words] = mapped_column(default="")

    organisation: Mapped[Organisation] = relationship()
