"""A tender: what a purchaser will buy, by which method, until when, for how much at most."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Percent, Short, UnitCode, Words
from models.needs.need import Engagement
from models.parties.organisation import Organisation
from models.parties.person import Person
from models.parties.unit import AdministrativeUnit
from models.rulebook.methods import Method
from models.tenders.criterion import Criterion
from models.tenders.lot import FailReason, Lot
from models.tenders.terms import Requirement, TenderMilestone


class TenderPhase(StrEnum):
    """Phases of a tender, derived from its dates: a deadline needs no job to pass."""

    DRAFT = "draft"
    TENDERING = "tendering"
    CLOSED = "closed"  # the deadline is over, nothing is opened yet
    EVALUATION = "evaluation"
    REPORTED = "reported"  # the panel's report lies before the purchaser
    DECIDED = "decided"
    COMPLETE = "complete"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Tender(Base):
    """One tender. Bids, panels and contracts point to it; it points to none of them."""

    __tablename__ = "tender"
    __table_args__ = (
        CheckConstraint("budget > 0", name="budget"),
        CheckConstraint("ceiling IS NULL OR (ceiling > 0 AND ceiling <= budget)", name="ceiling"),
        CheckConstraint("price_weight BETWEEN 0 AND 10000", name="price_weight"),
        CheckConstraint("service_ends_on >= service_starts_on", name="service_period"),
        CheckConstraint(
            "surveyed_respondents IS NULL OR surveyed_respondents >= 0", name="surveyed_respondents"
        ),
        CheckConstraint("published_at IS NULL OR bids_until > published_at", name="tender_period"),
        CheckConstraint("opened_at IS NULL OR opened_at >= bids_until", name="opened_after_deadline"),
        CheckConstraint("priced_at IS NULL OR priced_at >= opened_at", name="priced_after_opened"),
        CheckConstraint("reported_at IS NULL OR reported_at >= priced_at", name="reported_after_priced"),
        CheckConstraint("decided_at IS NULL OR decided_at >= reported_at", name="decided_after_reported"),
        CheckConstraint("(failed_at IS NULL) = (fail_reason IS NULL)", name="fail_reason"),
        Index("ix_tender_phase", "published_at", "bids_until"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"), index=True)
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(nullable=False)

    title: Mapped[Short]
    description: Mapped[Words] = mapped_column(default="")
    method: Mapped[Method]
    method_words: Mapped[Words] = mapped_column(default="")
    budget_item: Mapped[Short] = mapped_column(default="")
    budget: Mapped[Decimal]
    ceiling: Mapped[Decimal | None]
    price_weight: Mapped[Percent]
    fixed_price: Mapped[bool] = mapped_column(default=False)
    engagement: Mapped[Engagement | None]
    service_starts_on: Mapped[date | None]
    service_ends_on: Mapped[date | None]
    consortium_allowed: Mapped[bool] = mapped_column(default=True)
    subcontracting_allowed: Mapped[bool] = mapped_column(default=False)
    count_hidden: Mapped[bool] = mapped_column(default=True)
    author_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    users_words: Mapped[Words] = mapped_column(default="")
    surveyed_on: Mapped[date | None]
    surveyed_respondents: Mapped[int | None]
    reservation_words: Mapped[Words] = mapped_column(default="")
    contract_words: Mapped[Words] = mapped_column(default="")
    bids_until: Mapped[datetime | None]

    published_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    priced_at: Mapped[datetime | None]
    reported_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    replayed_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    fail_reason: Mapped[FailReason | None]
    cancelled_at: Mapped[datetime | None]
    end_words: Mapped[Words | None]

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # SQLAlchemy reads it as a class attribute

    unit: Mapped[AdministrativeUnit] = relationship()
    creator: Mapped[Person | None] = relationship()
    author_organisation: Mapped[Organisation | None] = relationship()
    lots: Mapped[list[Lot]] = relationship(
        back_populates="tender", cascade="all, delete-orphan", order_by=Lot.number
    )
    criteria: Mapped[list[Criterion]] = relationship(
        cascade="all, delete-orphan", order_by=Criterion.position
    )
    requirements: Mapped[list[Requirement]] = relationship(
        cascade="all, delete-orphan", order_by=Requirement.position
    )
    milestones: Mapped[list[TenderMilestone]] = relationship(
        cascade="all, delete-orphan", order_by=TenderMilestone.position
    )

    @property
    def is_draft(self) -> bool:
        """Never published: the purchaser's business alone."""
        return self.published_at is None

    @hybrid_property
    def is_public(self) -> bool:
        """Published, and readable for good from then on."""
        return self.published_at is not None

    @is_public.inplace.expression
    @classmethod
    def _is_public_sql(cls):  # type: ignore[no-untyped-def]  # the hybrid's SQL twin
        return cls.published_at.is_not(None)
