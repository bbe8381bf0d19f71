"""A need of a neighbourhood, standardised enough that an organisation can answer it."""

import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Short, UnitCode, Words
from models.needs.assessment import Assessment
from models.needs.details import Evidence, NeedFunding, NeedIndicator, NeedModel, NeedResource, NeedTerm
from models.needs.raiser import Raiser
from models.parties.person import Person
from models.parties.unit import AdministrativeUnit

LONGEST_HEADLINE = 40


class NeedPhase(StrEnum):
    """Phases, derived from dates. Procurement adds its own when tenders exist."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DELIBERATING = "deliberating"
    STANDARDISED = "standardised"
    MATCHED = "matched"
    UNMET = "unmet"
    CLOSED = "closed"


class ClosedReason(StrEnum):
    """Why a need is closed."""

    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    ROUTED = "routed"
    SETTLED = "settled"


class ReturnReason(StrEnum):
    """Why a need is sent back; words go with it."""

    UNCLEAR = "unclear"
    EVIDENCE_MISSING = "evidence_missing"
    NUMBERS_MISSING = "numbers_missing"
    DUPLICATE = "duplicate"
    DELIBERATE_FIRST = "deliberate_first"


class Engagement(StrEnum):
    """Form of taking part (demand 48)."""

    ACTIVITY = "activity"  # 活动
    PROJECT = "project"  # 项目
    ENTRUSTED = "entrusted"  # 托管: a place is run
    ON_POST = "on_post"  # 派驻: a person works on the spot; a service all the same, no labour dispatch (R04)


def headline(description: str) -> str:
    """The first sentence of a description, short enough to be a title."""
    first = re.split(r"[。！？；!?;\n]", description.strip(), maxsplit=1)[0].strip()
    return first if len(first) <= LONGEST_HEADLINE else first[: LONGEST_HEADLINE - 1] + "…"


class Need(Base):
    """One need. Decision dates are set by `advance()` alone; everything else is what people told."""

    __tablename__ = "need"
    __table_args__ = (
        CheckConstraint("affected_people IS NULL OR affected_people > 0", name="affected_people"),
        CheckConstraint("budget IS NULL OR budget >= 0", name="budget"),
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="period"),
        CheckConstraint("severity IS NULL OR severity BETWEEN 0 AND 4", name="severity"),
        CheckConstraint("urgency IS NULL OR urgency BETWEEN 0 AND 4", name="urgency"),
        CheckConstraint("(closed_at IS NULL) = (closed_reason IS NULL)", name="closed_reason"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_into_itself"),
        Index("ix_need_phase", "closed_at", "standardised_at", "submitted_at"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"), index=True)
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(nullable=False)

    title: Mapped[Short] = mapped_column(default="")
    description: Mapped[Words]
    existing_supply: Mapped[Words] = mapped_column(default="")
    affected_people: Mapped[int | None]
    severity: Mapped[int | None]
    urgency: Mapped[int | None]
    since: Mapped[date | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    budget: Mapped[Decimal | None]
    engagement: Mapped[Engagement | None]
    suitable: Mapped[bool | None]  # N11, the gate: is it an organisation's work at all?
    route_code: Mapped[str | None] = mapped_column(ForeignKey("taxonomy_term.code"))
    assessment_id: Mapped[UUID | None] = mapped_column(ForeignKey("assessment.id"), index=True)
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("need.id"), index=True)

    submitted_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    return_reason: Mapped[ReturnReason | None]
    return_words: Mapped[str | None] = mapped_column(String(1000))
    deliberating_at: Mapped[datetime | None]
    standardised_at: Mapped[datetime | None]
    standardised_words: Mapped[str | None] = mapped_column(String(1000))
    matched_at: Mapped[datetime | None]
    unmet_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_reason: Mapped[ClosedReason | None]
    closed_words: Mapped[str | None] = mapped_column(String(1000))

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # SQLAlchemy reads it as a class attribute

    unit: Mapped[AdministrativeUnit] = relationship()
    author: Mapped[Person | None] = relationship()
    assessment: Mapped[Assessment | None] = relationship()
    terms: Mapped[list[NeedTerm]] = relationship(cascade="all, delete-orphan", order_by=NeedTerm.position)
    indicators: Mapped[list[NeedIndicator]] = relationship(
        cascade="all, delete-orphan", order_by=NeedIndicator.position
    )
    evidence: Mapped[list[Evidence]] = relationship(cascade="all, delete-orphan", order_by=Evidence.added_at)
    raisers: Mapped[list[Raiser]] = relationship(cascade="all, delete-orphan", order_by=Raiser.added_at)
    resources: Mapped[list[NeedResource]] = relationship(
        cascade="all, delete-orphan", order_by=NeedResource.kind
    )
    model: Mapped["Need | None"] = relationship(
        secondary=NeedModel.__table__,
        primaryjoin=lambda: Need.id == NeedModel.need_id,
        secondaryjoin=lambda: Need.id == NeedModel.model_id,
        viewonly=True,
    )
    funding: Mapped[list[NeedFunding]] = relationship(
        cascade="all, delete-orphan", order_by=NeedFunding.source
    )

    @property
    def heading(self) -> str:
        """What the need is called: its title, or else its first sentence, or else its number."""
        return self.title or headline(self.description) or self.reference

    @property
    def is_draft(self) -> bool:
        """Never handed in: nobody else's business yet."""
        return self.submitted_at is None

    @hybrid_property
    def is_public(self) -> bool:
        """On the public board: from the moment it is deliberated or standardised, for good.

        A merged need stays readable, since residents hold its number; it points to the one it went into.
        """
        return self.deliberating_at is not None or self.standardised_at is not None

    @is_public.inplace.expression
    @classmethod
    def _is_public_sql(cls):  # type: ignore[no-untyped-def]  # the hybrid's SQL twin
        return cls.deliberating_at.is_not(None) | cls.standardised_at.is_not(None)
