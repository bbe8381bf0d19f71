"""The register of the people a contract serves, from which a sample is drawn; kept by the contractor."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Short
from models.catalogue.term import TaxonomyTerm
from models.contracts.contract import Contract


class ServedPerson(Base):
    """Somebody served: a number, what the contractor calls them, a group. The label is forgotten in time."""

    __tablename__ = "served_person"
    __table_args__ = (
        UniqueConstraint("contract_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("left_on IS NULL OR left_on >= added_on", name="period"),
    )

    id: Mapped[Id]
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    number: Mapped[int]
    label: Mapped[Short] = mapped_column(default="")
    stratum: Mapped[str] = mapped_column(String(10), ForeignKey("taxonomy_term.code"))
    age_band: Mapped[str | None] = mapped_column(String(40))
    added_on: Mapped[date]
    left_on: Mapped[date | None]

    contract: Mapped[Contract] = relationship()
    group: Mapped[TaxonomyTerm] = relationship()
