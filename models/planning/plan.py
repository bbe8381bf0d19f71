"""A plan of an area, and what it says about each of its needs."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, UnitCode
from models.catalogue.service import Service
from models.matching.run import MatchRun
from models.needs.need import Need
from models.parties.person import Person
from models.parties.unit import AdministrativeUnit


class PlanPhase(StrEnum):
    """Phases of a plan, derived from its dates."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Proof(StrEnum):
    """How good a plan provably is; its gap says the rest."""

    OPTIMAL = "optimal"
    WITHIN_GAP = "within_gap"
    BEST_FOUND = "best_found"


class UnservedReason(StrEnum):
    """What stands in the way of a need's candidates."""

    NO_CANDIDATE = "no_candidate"
    REFUSED = "refused"
    FORBIDDEN = "forbidden"
    TOO_LARGE = "too_large"
    FULL = "full"
    SHARE_CAP = "share_cap"
    BUDGET = "budget"
    PRICE_UNKNOWN = "price_unknown"
    OUTWEIGHED = "outweighed"


class LineFlag(StrEnum):
    """What to know about a service that is planned."""

    FORCED = "forced"
    AGREED = "agreed"
    UNSCORED = "unscored"
    CAPACITY_UNKNOWN = "capacity_unknown"
    PRICE_UNKNOWN = "price_unknown"


class AdoptOutcome(StrEnum):
    """What adopting came to for one need. The last three are the refusals of the review itself."""

    ACCEPTED = "accepted"
    ALREADY_ACCEPTED = "already_accepted"
    NEED_MOVED_ON = "need_moved_on"
    NOT_LISTED = "not_listed"
    OTHER_ACCEPTED = "other_accepted"
    REJECTED = "rejected"
    SERVICE_NOT_OFFERED = "service_not_offered"
    ORGANISATION_DISHONEST = "organisation_dishonest"
    REFUSED_NEEDS_WORDS = "refused_needs_words"


class Plan(Base):
    """One solved plan: what was asked of it, and its figures. Nothing in it is solved again in place."""

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint("newcomer_percent IS NULL OR newcomer_percent BETWEEN 0 AND 100", name="newcomers"),
        CheckConstraint("cap_percent IS NULL OR cap_percent BETWEEN 1 AND 100", name="cap"),
        CheckConstraint("placed >= 0 AND placed <= asked", name="placed"),
        CheckConstraint("superseded_at IS NULL OR adopted_at IS NOT NULL", name="superseded_after_adopted"),
        CheckConstraint("follows_id IS NULL OR follows_id <> id", name="follows_another"),
        Index("ix_plan_place", "unit_code", "made_at"),
        Index(
            "uq_plan_in_force",
            "unit_code",
            unique=True,
            sqlite_where=text("adopted_at IS NOT NULL AND superseded_at IS NULL"),
            postgresql_where=text("adopted_at IS NOT NULL AND superseded_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"))
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan.id"), index=True)

    fair: Mapped[bool]
    newcomer_percent: Mapped[int | None]
    cap_percent: Mapped[int | None]
    street_budgets: Mapped[bool]
    catalogue_hash: Mapped[str] = mapped_column(String(64))

    proof: Mapped[Proof]
    objective: Mapped[float]
    bound: Mapped[float]
    gap: Mapped[float]
    score: Mapped[float]
    worst: Mapped[float | None]
    asked: Mapped[int]
    placed: Mapped[int]

    adopted_at: Mapped[datetime | None]
    superseded_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    unit: Mapped[AdministrativeUnit] = relationship()
    maker: Mapped[Person | None] = relationship()
    follows: Mapped["Plan | None"] = relationship(remote_side="Plan.id")
    lines: Mapped[list["PlanLine"]] = relationship(back_populates="plan", cascade="all, delete-orphan")
    budgets: Mapped[list["PlanBudget"]] = relationship(cascade="all, delete-orphan")


class PlanLine(Base):
    """What a plan says about one need: who meets it and who could stand in, or why nobody does.

    `units` are of the service's own capacity; the run is the one whose matches were its candidates.
    """

    __tablename__ = "plan_line"
    __table_args__ = (
        UniqueConstraint("plan_id", "need_id"),
        CheckConstraint("(service_id IS NULL) = (score IS NULL)", name="scored"),
        CheckConstraint("(service_id IS NULL) = (units IS NULL)", name="counted"),
        CheckConstraint("cost IS NULL OR service_id IS NOT NULL", name="cost"),
        CheckConstraint("outcome IS NULL OR service_id IS NOT NULL", name="outcome"),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), index=True)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("match_run.id"))
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id"))
    units: Mapped[int | None]
    score: Mapped[float | None]
    cost: Mapped[Decimal | None]
    flags: Mapped[list[str]] = mapped_column(JSON)
    reasons: Mapped[list[str]] = mapped_column(JSON)
    outcome: Mapped[AdoptOutcome | None]

    plan: Mapped[Plan] = relationship(back_populates="lines")
    need: Mapped[Need] = relationship()
    run: Mapped[MatchRun] = relationship()
    service: Mapped[Service | None] = relationship()
    alternates: Mapped[list["PlanAlternate"]] = relationship(
        cascade="all, delete-orphan", order_by="PlanAlternate.position"
    )

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.plan.unit_code

    @property
    def told(self) -> list[LineFlag] | list[UnservedReason]:
        """Its flags where it is served, the reasons where it is not."""
        if self.service_id is not None:
            return [LineFlag(flag) for flag in self.flags]
        return [UnservedReason(reason) for reason in self.reasons]


class PlanAlternate(Base):
    """A service that would have room for the need instead, the best first."""

    __tablename__ = "plan_alternate"

    line_id: Mapped[UUID] = mapped_column(ForeignKey("plan_line.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"))

    service: Mapped[Service] = relationship()


class PlanBudget(Base):
    """What a street has to spend on the needs of a plan: the sum of their budgets."""

    __tablename__ = "plan_budget"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount"),)

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"), primary_key=True)
    amount: Mapped[Decimal]
