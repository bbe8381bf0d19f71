"""A hub speaks for an organisation's service, by name and with its reason; it decides nothing (demand 43)."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, UnitCode
from models.catalogue.service import Service
from models.needs.need import Need
from models.parties.organisation import Organisation
from models.parties.person import Person
from models.parties.unit import AdministrativeUnit

REASON_LIMIT = 1000


class HubRelation(StrEnum):
    """What the hub has to do with the organisation, as it declares itself."""

    NONE = "none"
    MEMBER = "member"  # a member of the federation
    INCUBATED = "incubated"
    FOUNDED = "founded"  # the hub is its founder or parent


class Recommendation(Base):
    """One service that a hub of an area recommends for a need, until it is withdrawn."""

    __tablename__ = "recommendation"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= at", name="withdrawn_at"),
        Index(
            "uq_recommendation_live",
            "need_id",
            "service_id",
            "unit_code",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"))
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), index=True)
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"), index=True)
    relation: Mapped[HubRelation]
    reason: Mapped[str] = mapped_column(String(REASON_LIMIT))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    need: Mapped[Need] = relationship()
    service: Mapped[Service] = relationship()
    unit: Mapped[AdministrativeUnit] = relationship()
    by: Mapped[Person | None] = relationship()

    @property
    def organisation(self) -> Organisation:
        """Whose service it is."""
        return self.service.organisation
