"""An uploaded sheet between its preview and its confirmation."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Short


class SheetKind(StrEnum):
    """What the rows are."""

    NEEDS = "needs"
    SERVICES = "services"
    ORGANISATIONS = "organisations"
    TICKETS = "tickets"


class ImportBatch(Base):
    """The rows as uploaded, tickets masked; confirmed, they have become records."""

    __tablename__ = "import_batch"

    id: Mapped[Id]
    kind: Mapped[SheetKind]
    file_name: Mapped[Short]
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    uploaded_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    uploaded_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    imported: Mapped[int | None]
