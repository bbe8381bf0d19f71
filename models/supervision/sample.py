"""Which finals a second agency marks again: of each ten, the seed of the half year chooses (R84)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Percent, UnitCode
from models.contracts.contract import Contract


class RescoreSample(Base):
    """The sample of an area's half year. Its seed is shown when the half year is over, its digest at once."""

    __tablename__ = "rescore_sample"
    __table_args__ = (
        UniqueConstraint("unit_code", "year", "half"),
        CheckConstraint("half IN (1, 2)", name="half"),
        CheckConstraint("share > 0 AND share <= 10000", name="share"),
    )

    id: Mapped[Id]
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"))
    year: Mapped[int]
    half: Mapped[int]
    share: Mapped[Percent]
    seed: Mapped[str] = mapped_column(String(64))
    begun_at: Mapped[datetime]
    begun_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    entries: Mapped[list["SampleEntry"]] = relationship(
        back_populates="sample", cascade="all, delete-orphan", order_by="SampleEntry.position"
    )

    agency_id = None
    """What the policy looks at: whose work is marked again is told to no agency."""

    @property
    def ends_on(self) -> date:
        """The first day after the half year."""
        return date(self.year, 7, 1) if self.half == 1 else date(self.year + 1, 1, 1)


class SampleEntry(Base):
    """A contract whose final was handed over in the half year, in the order in which they came in."""

    __tablename__ = "rescore_sample_entry"
    __table_args__ = (
        UniqueConstraint("sample_id", "position"),
        CheckConstraint("position >= 0", name="position"),
        CheckConstraint("missed_at IS NULL OR is_chosen", name="missed"),
    )

    id: Mapped[Id]
    sample_id: Mapped[UUID] = mapped_column(ForeignKey("rescore_sample.id"))
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"), unique=True)
    position: Mapped[int]
    is_chosen: Mapped[bool]
    listed_at: Mapped[datetime]
    missed_at: Mapped[datetime | None]
    """It was chosen, but its result was public before anybody asked: no second sheet would be blind."""

    sample: Mapped[RescoreSample] = relationship(back_populates="entries")
    contract: Mapped[Contract] = relationship()
