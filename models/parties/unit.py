"""Administrative units: city > district > street or town > neighbourhood, by hierarchical code."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Short, UnitCode


class UnitKind(StrEnum):
    """The four levels; the length of the code says which (2, 6, 9, 12 digits)."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    NEIGHBOURHOOD = "neighbourhood"


CODE_LENGTH = {UnitKind.CITY: 2, UnitKind.DISTRICT: 6, UnitKind.STREET: 9, UnitKind.NEIGHBOURHOOD: 12}


class CommunityType(StrEnum):
    """Kinds of neighbourhood, used to compare like with like."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"
    C6 = "C6"
    C7 = "C7"


class AdministrativeUnit(Base):
    """A unit; its code begins with its parent's, so a scope is a prefix."""

    __tablename__ = "administrative_unit"
    __table_args__ = (
        CheckConstraint(
            "parent_code IS NULL OR substr(code, 1, length(parent_code)) = parent_code", name="prefix"
        ),
        CheckConstraint("community_type IS NULL OR kind = 'neighbourhood'", name="community_type"),
    )

    code: Mapped[UnitCode] = mapped_column(primary_key=True)
    kind: Mapped[UnitKind]
    name: Mapped[Short]
    name_en: Mapped[str | None] = mapped_column(String(200))
    parent_code: Mapped[UnitCode | None] = mapped_column(ForeignKey("administrative_unit.code"), index=True)
    community_type: Mapped[CommunityType | None]
    households: Mapped[int | None]
    population: Mapped[int | None]

    parent: Mapped["AdministrativeUnit | None"] = relationship(remote_side=[code])
    strata: Mapped[list["PopulationStratum"]] = relationship(cascade="all, delete-orphan")

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.code


class PopulationStratum(Base):
    """How many of a unit's people are of one stratum, such as `age:60_79` or `tenure:tenant`."""

    __tablename__ = "population_stratum"
    __table_args__ = (CheckConstraint("people >= 0", name="people"),)

    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"), primary_key=True)
    stratum: Mapped[str] = mapped_column(String(40), primary_key=True)
    people: Mapped[int]
