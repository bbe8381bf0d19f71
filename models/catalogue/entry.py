"""What a catalogue entry is written from: plain values, checked before anything is stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.catalogue.service import CostUnit, Service
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.errors import Invalid
from models.parties.unit import AdministrativeUnit
from models.wording import bounded

MOST_TERMS = 12
MOST_AREAS = 200
MOST_PRICES = 6
MOST_CAPACITIES = 3
HIGHEST_PRICE = Decimal(100_000_000)
LARGEST_CAPACITY = 100_000_000
HIGHEST_AGE = 120


class Price(NamedTuple):
    """One price: what is paid for one unit. No price at all reads 面议 (by agreement)."""

    amount: Decimal
    unit: CostUnit
    unit_words: str = ""
    description: str = ""


class Capacity(NamedTuple):
    """How much there is in a year; `available` is what is free now, all of it unless said."""

    unit: CostUnit
    maximum: int
    available: int | None = None
    unit_words: str = ""


@dataclass(frozen=True)
class Entry:
    """Everything an organisation says about a service."""

    title: str
    description: str
    terms: Sequence[str] = ()
    areas: Sequence[str] = ()
    prices: Sequence[Price] = ()
    capacities: Sequence[Capacity] = ()
    eligibility_description: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    schedule_description: str = ""
    licences: str = ""
    available_from: date | None = None
    available_to: date | None = None


def checked_words(entry: Entry) -> dict[str, str]:
    """The texts of an entry, within their columns; a title and a description are never empty."""
    words = {
        "title": bounded(entry.title, 200, field="title"),
        "description": bounded(entry.description, 4000, field="description"),
        "eligibility_description": bounded(
            entry.eligibility_description, 4000, field="eligibility_description"
        ),
        "schedule_description": bounded(entry.schedule_description, 200, field="schedule_description"),
        "licences": bounded(entry.licences, 200, field="licences"),
    }
    for name, missing in (("title", "service_title_missing"), ("description", "service_description_missing")):
        if not words[name]:
            raise Invalid(missing, field=name)
    return words


def checked_terms(session: Session, entry: Entry) -> list[str]:
    """Service codes and beneficiary groups that exist, once each, in the order given."""
    codes = list(dict.fromkeys(code.strip().upper() for code in entry.terms))
    if len(codes) > MOST_TERMS:
        raise Invalid("service_terms_too_many", field="service_codes", most=MOST_TERMS)
    query = select(TaxonomyTerm.code).where(
        TaxonomyTerm.code.in_(codes), TaxonomyTerm.taxonomy.in_((Taxonomy.SERVICE, Taxonomy.BENEFICIARY))
    )
    _all_known(codes, session.scalars(query), "term_unknown", "service_codes")
    return codes


def checked_areas(session: Session, entry: Entry) -> list[str]:
    """Units that exist; one that lies in another of the same list says nothing and is left out."""
    codes = sorted({code.strip() for code in entry.areas})
    if len(codes) > MOST_AREAS:
        raise Invalid("service_areas_too_many", field="areas", most=MOST_AREAS)
    query = select(AdministrativeUnit.code).where(AdministrativeUnit.code.in_(codes))
    _all_known(codes, session.scalars(query), "unit_unknown", "areas")
    return [code for code in codes if not any(o != code and code.startswith(o) for o in codes)]


def checked_prices(entry: Entry) -> list[Price]:
    """Prices that can be paid: not negative, whole fen, one a unit and description."""
    if len(entry.prices) > MOST_PRICES:
        raise Invalid("prices_too_many", field="prices", most=MOST_PRICES)
    seen, found = set(), []
    for price in entry.prices:
        if price.amount < 0:
            raise Invalid("price_negative", field="prices", amount=price.amount)
        if price.amount > HIGHEST_PRICE or price.amount * 100 % 1:
            raise Invalid("price_wrong", field="prices", amount=price.amount)
        words = bounded(price.unit_words, 40, field="prices")
        told = bounded(price.description, 200, field="prices")
        if (price.unit, words, told) in seen:
            raise Invalid("price_twice", field="prices", unit=price.unit)
        seen.add((price.unit, words, told))
        found.append(price._replace(unit_words=words, description=told))
    return found


def checked_capacities(entry: Entry) -> list[Capacity]:
    """Capacities that hold together: something in a year, and no more free than there is."""
    if len(entry.capacities) > MOST_CAPACITIES:
        raise Invalid("capacities_too_many", field="capacities", most=MOST_CAPACITIES)
    found: dict[CostUnit, Capacity] = {}
    for capacity in entry.capacities:
        if not 0 < capacity.maximum <= LARGEST_CAPACITY:
            raise Invalid("capacity_wrong", field="capacities", maximum=capacity.maximum)
        available = capacity.maximum if capacity.available is None else capacity.available
        if not 0 <= available <= capacity.maximum:
            raise Invalid(
                "capacity_available_wrong", field="capacities", available=available, maximum=capacity.maximum
            )
        if capacity.unit in found:
            raise Invalid("capacity_twice", field="capacities", unit=capacity.unit)
        words = bounded(capacity.unit_words, 40, field="capacities")
        found[capacity.unit] = capacity._replace(available=available, unit_words=words)
    return list(found.values())


def check_ages(entry: Entry) -> None:
    """From zero to a hundred and twenty, the younger first."""
    for name in ("minimum_age", "maximum_age"):
        age = getattr(entry, name)
        if age is not None and not 0 <= age <= HIGHEST_AGE:
            raise Invalid("age_wrong", field=name, age=age, most=HIGHEST_AGE)
    youngest = 0 if entry.minimum_age is None else entry.minimum_age
    if entry.maximum_age is not None and entry.maximum_age < youngest:
        raise Invalid("ages_turned", field="maximum_age", minimum=youngest)


def check_dates(entry: Entry) -> None:
    """From the first day to the last, both belonging to it; an end nobody has named is open."""
    first, last = entry.available_from, entry.available_to
    if first is not None and last is not None and last < first:
        raise Invalid("dates_turned", field="available_to", first=first)


def check_complete(session: Session, service: Service) -> None:
    """What the public must be told: at least one service code, one group, one area."""
    codes = [term.term_code for term in service.terms]
    query = select(TaxonomyTerm.taxonomy).where(TaxonomyTerm.code.in_(codes))
    kinds = set(session.scalars(query))
    if Taxonomy.SERVICE not in kinds:
        raise Invalid("service_code_missing", field="service_codes")
    if Taxonomy.BENEFICIARY not in kinds:
        raise Invalid("service_group_missing", field="groups")
    if not service.areas:
        raise Invalid("service_area_missing", field="areas")


def _all_known(codes: list[str], known: Iterable[str], error: str, field: str) -> None:
    missing = set(codes) - set(known)
    if missing:
        raise Invalid(error, field=field, code=min(missing), typed=min(missing))
