"""A rating one side of a contract gives another: five-point items and words, given once and never changed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, UnitCode, Words
from models.contracts.contract import Contract


class Side(StrEnum):
    """Who has to do with a contract. An evaluation agency is rated, and rates nobody here."""

    ORGANISATION = "organisation"
    COMMUNITY = "community"
    PURCHASER = "purchaser"
    AGENCY = "agency"


ABOUT = Enum(
    Side,
    name="about_side",
    native_enum=False,
    length=40,
    create_constraint=True,
    values_callable=lambda kind: [member.value for member in kind],
)
"""As every enum column, under a name of its own: two constraints of a table cannot share one."""


class RatingItem(StrEnum):
    """What is rated, from 1 to 5."""

    VENUE = "venue"
    COOPERATION = "cooperation"
    PROMPTNESS = "promptness"
    PAYMENT = "payment"
    SCOPE_CHANGES = "scope_changes"
    SERVICE = "service"
    SCHEDULE = "schedule"
    COMMUNICATION = "communication"
    TASK_LIST = "task_list"
    SUPPORT = "support"
    FAIRNESS = "fairness"
    CARE = "care"
    BURDEN = "burden"


class Rating(Base):
    """What one side of a contract thinks of another. It is blind until it is released (releasing.py)."""

    __tablename__ = "rating"
    __table_args__ = (
        UniqueConstraint("contract_id", "by_side", "about_side"),
        CheckConstraint("by_side <> about_side AND by_side <> 'agency'", name="sides"),
        CheckConstraint(
            "(about_side IN ('organisation', 'agency')) = (about_organisation_id IS NOT NULL)",
            name="about_organisation",
        ),
        CheckConstraint(
            "(about_side IN ('community', 'purchaser')) = (about_unit_code IS NOT NULL)", name="about_unit"
        ),
        Index("ix_rating_about_organisation", "about_organisation_id", "about_side"),
        Index("ix_rating_about_unit", "about_unit_code", "about_side"),
    )

    id: Mapped[Id]
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    by_side: Mapped[Side]
    about_side: Mapped[Side] = mapped_column(ABOUT)
    about_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    about_unit_code: Mapped[UnitCode | None] = mapped_column(ForeignKey("administrative_unit.code"))
    words: Mapped[Words] = mapped_column(default="")
    given_at: Mapped[datetime]
    given_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    contract: Mapped[Contract] = relationship()
    points: Mapped[list["RatingPoint"]] = relationship(
        cascade="all, delete-orphan", order_by="RatingPoint.position"
    )

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.contract.unit_code

    @property
    def organisation_id(self) -> UUID:
        """The supplier of the contract."""
        return self.contract.organisation_id


class RatingPoint(Base):
    """One item of a rating."""

    __tablename__ = "rating_point"
    __table_args__ = (CheckConstraint("points BETWEEN 1 AND 5", name="points"),)

    rating_id: Mapped[UUID] = mapped_column(ForeignKey("rating.id"), primary_key=True)
    item: Mapped[RatingItem] = mapped_column(primary_key=True)
    position: Mapped[int]
    points: Mapped[int]
