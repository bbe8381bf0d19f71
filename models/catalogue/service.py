"""A service in an organisation's catalogue, with HSDS's parts: area, cost options, capacity, terms."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, String, Text, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from models.base import Base, Id, Short, UnitCode, Words
from models.catalogue.term import TaxonomyTerm
from models.parties.organisation import Organisation
from models.parties.unit import AdministrativeUnit
from models.wording import normalised

STALE_AFTER_DAYS = 365
"""An entry nobody has confirmed for a year is shown as possibly out of date."""


class CostUnit(StrEnum):
    """What one price buys."""

    PERSON_TIME = "person_time"  # 人次
    PERSON_MONTH = "person_month"
    PERSON_YEAR = "person_year"
    PERSON_COURSE = "person_course"  # 人/期
    HOUSEHOLD = "household"
    HOUSEHOLD_MONTH = "household_month"
    HOUSEHOLD_YEAR = "household_year"
    SESSION = "session"  # 场
    COURSE = "course"  # 期
    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"
    PROJECT = "project"
    PLACE_YEAR = "place_year"  # 居/年, 村/年
    ITEM = "item"


class ServiceStatus(StrEnum):
    """Phases of a catalogue entry, derived from its dates."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class Service(Base):
    """What an organisation can do, for whom, where, for how much, how often."""

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("retired_at IS NULL OR published_at IS NOT NULL", name="retired_after_published"),
        CheckConstraint("minimum_age IS NULL OR minimum_age >= 0", name="minimum_age"),
        CheckConstraint(
            "maximum_age IS NULL OR minimum_age IS NULL OR maximum_age >= minimum_age", name="ages"
        ),
        CheckConstraint("available_to >= available_from", name="available_period"),
        Index("ix_service_active", "published_at", "retired_at"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[Short]
    description: Mapped[Words]
    eligibility_description: Mapped[Words] = mapped_column(default="")
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]
    schedule_description: Mapped[Short] = mapped_column(default="")
    licences: Mapped[Short] = mapped_column(default="")
    available_from: Mapped[date | None]
    available_to: Mapped[date | None]
    verified_on: Mapped[date]
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
    search_text: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(nullable=False)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # SQLAlchemy reads it as a class attribute

    organisation: Mapped[Organisation] = relationship()
    terms: Mapped[list["ServiceTerm"]] = relationship(
        cascade="all, delete-orphan", order_by="ServiceTerm.position"
    )
    areas: Mapped[list["ServiceArea"]] = relationship(
        cascade="all, delete-orphan", order_by="ServiceArea.unit_code"
    )
    cost_options: Mapped[list["CostOption"]] = relationship(
        cascade="all, delete-orphan", order_by="CostOption.position"
    )
    capacities: Mapped[list["ServiceCapacity"]] = relationship(cascade="all, delete-orphan")

    @property
    def is_draft(self) -> bool:
        """Never published: nobody else's business yet."""
        return self.published_at is None

    @property
    def is_public(self) -> bool:
        """In the public catalogue: published, not retired."""
        return self.published_at is not None and self.retired_at is None

    def is_stale(self, day: date) -> bool:
        """Nobody has confirmed the entry for a year."""
        return (day - self.verified_on).days > STALE_AFTER_DAYS


@event.listens_for(Service, "before_insert")
@event.listens_for(Service, "before_update")
def _index(_mapper: Mapper[Service], _connection: Connection, service: Service) -> None:
    service.search_text = normalised(
        service.reference, service.title, service.description, service.eligibility_description
    )


class ServiceTerm(Base):
    """A code of the service: service codes and beneficiary groups alike."""

    __tablename__ = "service_term"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    term_code: Mapped[str] = mapped_column(ForeignKey("taxonomy_term.code"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)

    term: Mapped[TaxonomyTerm] = relationship()


class ServiceArea(Base):
    """Where the service is offered: a unit and everything in it."""

    __tablename__ = "service_area"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    unit_code: Mapped[UnitCode] = mapped_column(
        ForeignKey("administrative_unit.code"), primary_key=True, index=True
    )

    unit: Mapped[AdministrativeUnit] = relationship()


class CostOption(Base):
    """A price for one unit of the service."""

    __tablename__ = "cost_option"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount"),)

    id: Mapped[Id]
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), index=True)
    amount: Mapped[Decimal]
    unit: Mapped[CostUnit]
    unit_words: Mapped[str] = mapped_column(String(40), default="")
    description: Mapped[Short] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class ServiceCapacity(Base):
    """How much of the service there is in a year, in its own unit; `available` is what is free now."""

    __tablename__ = "service_capacity"
    __table_args__ = (
        CheckConstraint("maximum > 0", name="maximum"),
        CheckConstraint("available >= 0 AND available <= maximum", name="available"),
    )

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    unit: Mapped[CostUnit] = mapped_column(primary_key=True)
    unit_words: Mapped[str] = mapped_column(String(40), default="")
    maximum: Mapped[int]
    available: Mapped[int]
    updated_at: Mapped[datetime]
