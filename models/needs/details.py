"""The parts of a need: codes, indicators, evidence, resources, funding."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Short
from models.catalogue.term import TaxonomyTerm
from models.files import StoredFile


class IndicatorCode(StrEnum):
    """The twelve indicators; N1..N4 are Bradshaw's four measures. N11 is the gate and is kept on the need."""

    N1 = "N1"  # felt
    N2 = "N2"  # expressed
    N3 = "N3"  # normative
    N4 = "N4"  # comparative
    N5 = "N5"  # severity
    N6 = "N6"  # urgency
    N7 = "N7"  # reach
    N8 = "N8"  # equity
    N9 = "N9"  # current supply (negative)
    N10 = "N10"  # assets
    N12 = "N12"  # strength of evidence


class EvidenceKind(StrEnum):
    """Where a need was heard (demand 41)."""

    SURVEY = "survey"
    HOTLINE = "hotline"
    VISIT = "visit"
    MEETING = "meeting"
    GRID = "grid"
    WAITING_LIST = "waiting_list"
    PHOTO = "photo"
    REPORT = "report"  # the same thing told again, folded in while somebody was writing it


class ResourceKind(StrEnum):
    """What the neighbourhood can bring beside money (demand 47)."""

    VENUE = "venue"
    VOLUNTEERS = "volunteers"
    SKILLS = "skills"
    EQUIPMENT = "equipment"
    MONEY = "money"


class FundingSource(StrEnum):
    """Where the money comes from (demand 5, 6)."""

    STREET_BUDGET = "street_budget"
    COMMUNITY_BUDGET = "community_budget"
    WELFARE_LOTTERY = "welfare_lottery"
    COMMUNITY_FOUNDATION = "community_foundation"
    DONATION = "donation"
    SELF_RAISED = "self_raised"
    UNKNOWN = "unknown"


class NeedTerm(Base):
    """A code of the need: service codes and beneficiary groups, in the order chosen."""

    __tablename__ = "need_term"

    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), primary_key=True)
    term_code: Mapped[str] = mapped_column(ForeignKey("taxonomy_term.code"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)

    term: Mapped[TaxonomyTerm] = relationship()

    @property
    def is_group(self) -> bool:
        """Whether the code is a beneficiary group (B01..B20); otherwise it is a service code."""
        return self.term_code.startswith("B")


class NeedIndicator(Base):
    """One indicator's value, 0 to 4, with the note that supports it."""

    __tablename__ = "need_indicator"
    __table_args__ = (CheckConstraint("value BETWEEN 0 AND 4", name="value"),)

    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), primary_key=True)
    code: Mapped[IndicatorCode] = mapped_column(primary_key=True)
    value: Mapped[int]
    note: Mapped[Short] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class Evidence(Base):
    """One source that speaks for the need."""

    __tablename__ = "evidence"
    __table_args__ = (CheckConstraint("count IS NULL OR count >= 0", name="count"),)

    id: Mapped[Id]
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), index=True)
    kind: Mapped[EvidenceKind]
    words: Mapped[Short] = mapped_column(default="")
    count: Mapped[int | None]
    seen_on: Mapped[date | None]
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    added_at: Mapped[datetime]

    file: Mapped[StoredFile | None] = relationship()


class NeedResource(Base):
    """Something offered with the need."""

    __tablename__ = "need_resource"

    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), primary_key=True)
    kind: Mapped[ResourceKind] = mapped_column(primary_key=True)
    words: Mapped[Short] = mapped_column(default="")


class NeedFunding(Base):
    """A source of money, with its amount where known."""

    __tablename__ = "need_funding"
    __table_args__ = (CheckConstraint("amount IS NULL OR amount >= 0", name="amount"),)

    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), primary_key=True)
    source: Mapped[FundingSource] = mapped_column(primary_key=True)
    amount: Mapped[Decimal | None]


class NeedModel(Base):
    """A need that asks for what another one got (demand 46): the link, and nobody's words."""

    __tablename__ = "need_model"
    __table_args__ = (CheckConstraint("need_id <> model_id", name="not_itself"),)

    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), primary_key=True)
    model_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), index=True)
