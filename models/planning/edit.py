"""What people want otherwise: a pair that must be in the next plan, or may not."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id
from models.catalogue.service import Service
from models.needs.need import Need
from models.parties.person import Person
from models.planning.plan import Plan


class EditKind(StrEnum):
    """Both ways of changing a plan by hand."""

    FORCE = "force"
    FORBID = "forbid"


class PlanEdit(Base):
    """One edit. `carried` tells those the plan was solved with from those that wait for the next one."""

    __tablename__ = "plan_edit"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        Index(
            "uq_plan_edit_pair",
            "plan_id",
            "need_id",
            "service_id",
            unique=True,
            sqlite_where=text("dropped_at IS NULL"),
            postgresql_where=text("dropped_at IS NULL"),
        ),
        Index(
            "uq_plan_edit_force",
            "plan_id",
            "need_id",
            unique=True,
            sqlite_where=text("dropped_at IS NULL AND kind = 'force'"),
            postgresql_where=text("dropped_at IS NULL AND kind = 'force'"),
        ),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"))
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"))
    kind: Mapped[EditKind]
    reason: Mapped[str] = mapped_column(String(1000))
    edited_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    carried: Mapped[bool]
    dropped_at: Mapped[datetime | None]

    plan: Mapped[Plan] = relationship()
    need: Mapped[Need] = relationship()
    service: Mapped[Service] = relationship()
    editor: Mapped[Person | None] = relationship()

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.plan.unit_code

    @property
    def waits(self) -> bool:
        """The plan does not show it yet: added, or dropped, since it was solved."""
        return self.carried == (self.dropped_at is not None)
