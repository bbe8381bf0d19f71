"""Who below the committee raised a need: a building group, a lane, owners, residents (demand 30)."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Short

LEAST_HOUSEHOLDS, MOST_HOUSEHOLDS = 2, 20_000
"""One household is a family and no group."""


class RaiserKind(StrEnum):
    """Groups that rule themselves below the committee."""

    BUILDING = "building"  # 楼组
    LANE = "lane"  # 弄堂
    OWNERS = "owners"  # 业主
    RESIDENTS = "residents"  # a team or an interest group


class Raiser(Base):
    """One group that raised a need. `brought` is one that came with a need merged into this one."""

    __tablename__ = "need_raiser"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint(f"households BETWEEN {LEAST_HOUSEHOLDS} AND {MOST_HOUSEHOLDS}", name="households"),
    )

    id: Mapped[Id]
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), index=True)
    kind: Mapped[RaiserKind]
    name: Mapped[Short]
    covers: Mapped[Short] = mapped_column(default="")
    households: Mapped[int | None]
    brought: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]
