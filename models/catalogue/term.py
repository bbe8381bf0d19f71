"""Taxonomy terms: service codes, beneficiary groups, community types, routes, directory fields."""

from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Short


class Taxonomy(StrEnum):
    """Which list a term belongs to."""

    DOMAIN = "domain"
    SERVICE = "service"
    BENEFICIARY = "beneficiary"
    COMMUNITY_TYPE = "community_type"
    ROUTE = "route"
    DIRECTORY_FIELD = "directory_field"


class TaxonomyTerm(Base):
    """A term. Codes are stable for ever; names may be corrected."""

    __tablename__ = "taxonomy_term"

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    taxonomy: Mapped[Taxonomy] = mapped_column(index=True)
    name_zh: Mapped[Short]
    name_en: Mapped[Short]
    parent_code: Mapped[str | None] = mapped_column(String(10), ForeignKey("taxonomy_term.code"))
    position: Mapped[int]


class Crosswalk(Base):
    """A service code in another directory's words (the 13 fields of the city's directory)."""

    __tablename__ = "crosswalk"

    term_code: Mapped[str] = mapped_column(String(10), ForeignKey("taxonomy_term.code"), primary_key=True)
    field_code: Mapped[str] = mapped_column(String(10), ForeignKey("taxonomy_term.code"), primary_key=True)
