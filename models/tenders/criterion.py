"""What is scored beside the price: criteria in points that are their weight, with grades (R09, R27)."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Points, Short, Words


class Criterion(Base):
    """One criterion. `weight` is its share of 100 in per cent and the most points a member can give."""

    __tablename__ = "criterion"
    __table_args__ = (CheckConstraint("weight > 0 AND weight <= 10000", name="weight"),)

    id: Mapped[Id]
    tender_id: Mapped[UUID] = mapped_column(ForeignKey("tender.id"), index=True)
    position: Mapped[int]
    title: Mapped[Short]
    description: Mapped[Words] = mapped_column(default="")
    weight: Mapped[Points]
    is_objective: Mapped[bool] = mapped_column(default=False)

    levels: Mapped[list["CriterionLevel"]] = relationship(
        cascade="all, delete-orphan", order_by="CriterionLevel.position"
    )


class CriterionLevel(Base):
    """One grade of a criterion: what a bid must show, and the points it is worth."""

    __tablename__ = "criterion_level"
    __table_args__ = (CheckConstraint("points >= 0", name="points"),)

    criterion_id: Mapped[UUID] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[Short]
    points: Mapped[Points]
