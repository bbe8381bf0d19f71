"""Where and when a statutory notice stood: the official site prevails, we keep its address (R56)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id
from models.tenders.tender import Tender


class NoticeKind(StrEnum):
    """What was announced."""

    INTENT = "intent"
    TENDER = "tender"
    AMENDMENT = "amendment"
    SINGLE_SOURCE = "single_source"
    AWARD = "award"
    FAILURE = "failure"
    CONTRACT = "contract"
    ACCEPTANCE = "acceptance"


class Notice(Base):
    """A notice on the official site."""

    __tablename__ = "notice"

    id: Mapped[Id]
    tender_id: Mapped[UUID] = mapped_column(ForeignKey("tender.id"), index=True)
    kind: Mapped[NoticeKind]
    url: Mapped[str] = mapped_column(String(500))
    published_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    tender: Mapped[Tender] = relationship()
