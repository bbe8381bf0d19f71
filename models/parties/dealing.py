"""Dealings of organisations with each other: who works together, under which contract, until when.

Those who make a contract write here, so that whoever looks for a conflict of interest can read (R53).
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Id


class DealingKind(StrEnum):
    """How two organisations deal with each other."""

    CONSORTIUM = "consortium"
    SUBCONTRACT = "subcontract"


class Dealing(Base):
    """One dealing, kept once: it is the other's as well. `source` is the reference of its contract."""

    __tablename__ = "dealing"
    __table_args__ = (
        UniqueConstraint("organisation_id", "other_id", "kind", "source"),
        CheckConstraint("organisation_id <> other_id", name="two"),
        CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name="period"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    other_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[DealingKind]
    began_on: Mapped[date]
    ended_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(40), index=True)

    def with_whom(self, organisation_id: UUID) -> UUID:
        """The other side, seen from one of the two."""
        return self.other_id if self.organisation_id == organisation_id else self.organisation_id


def dealings_of(session: Session, organisations: Collection[UUID], since: date) -> list[Dealing]:
    """What these have had to do with any organisation, if it lasted until a day or longer; newest first."""
    query = select(Dealing).where(
        or_(Dealing.organisation_id.in_(organisations), Dealing.other_id.in_(organisations)),
        or_(Dealing.ended_on.is_(None), Dealing.ended_on >= since),
    )
    return list(session.scalars(query.order_by(Dealing.began_on.desc(), Dealing.id)))


def dealings_between(
    session: Session, organisation_id: UUID, others: Collection[UUID], since: date
) -> list[Dealing]:
    """Those of one organisation with some others: an expert's, an agency's."""
    found = dealings_of(session, [organisation_id], since)
    return [each for each in found if each.with_whom(organisation_id) in others]
