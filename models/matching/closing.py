"""What would close the gaps of a street in a code: somebody from elsewhere, two together, or somebody new.

Proposals with names, from the catalogue of the day; a person decides.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.matching.encode import JOIN, STREET_DIGITS, rows_of, services_frame
from models.matching.gap import GapEntry, GapRemedy
from models.matching.ledger import Wanted, gaps
from models.needs.details import NeedTerm
from models.needs.need import Need
from models.paging import EVERYTHING
from models.parties.unit import AdministrativeUnit

MOST_INVITED, MOST_PAIRS = 5, 3


@dataclass(frozen=True)
class Offer:
    """A service as far as it matters here."""

    service_id: UUID
    title: str
    organisation_id: UUID
    organisation: str
    district: str
    codes: frozenset[str]
    areas: tuple[str, ...]
    free: Decimal | None
    unit: str

    def serves(self, place: str) -> bool:
        """Works in the place, in what lies around it, or in a part of it."""
        return any(place.startswith(area) or area.startswith(place) for area in self.areas)


@dataclass(frozen=True)
class Proposal:
    """One way to close a gap, with the services it would take; somebody new has none yet."""

    remedy: GapRemedy
    offers: tuple[Offer, ...] = ()
    for_capacity: bool = False
    """Two together would have room enough; else their services together are all that is asked."""


@dataclass(frozen=True)
class Closing:
    """The open gaps of a street in a code, and what would close them."""

    street: AdministrativeUnit
    term: TaxonomyTerm | None
    needs: list[Need]
    proposals: list[Proposal]

    @property
    def people(self) -> int:
        """How many people wait, as far as it is known."""
        return sum(need.affected_people or 0 for need in self.needs)


def closings(session: Session, act: Act, wanted: Wanted) -> list[Closing]:
    """By street and code, where most is missing first."""
    ensure(act, Permission.GAP_VIEW)
    lines = gaps(session, act, wanted, paging=EVERYTHING).rows
    groups: dict[tuple[str, str | None], list[GapEntry]] = defaultdict(list)
    for line in lines:
        groups[line.entry.unit_code[:STREET_DIGITS], line.entry.term_code].append(line.entry)
    _load_terms(session, [line.need.id for line in lines])
    terms = {line.term.code: line.term for line in lines if line.term}
    streets = _units(session, {street for street, _ in groups})
    offers = catalogue(session, act)
    found = [
        Closing(
            street=streets[street],
            term=terms.get(code) if code else None,
            needs=[entry.need for entry in entries],
            proposals=proposals(street, code, [entry.need for entry in entries], offers),
        )
        for (street, code), entries in groups.items()
    ]
    return sorted(
        found, key=lambda each: (-len(each.needs), each.street.code, each.term.code if each.term else "")
    )


def proposals(street: str, code: str | None, needs: list[Need], offers: list[Offer]) -> list[Proposal]:
    """Whom to invite, who could join, or that somebody new is needed."""
    here = [offer for offer in offers if offer.serves(street)]
    found = []
    away = [offer for offer in offers if code in offer.codes and not offer.serves(street)]
    if away:
        found.append(Proposal(GapRemedy.INVITE, invited(street, away)))
    for need in needs:
        found += [each for each in together(need, here) if each not in found]
    if not found:
        found.append(Proposal(GapRemedy.INCUBATE))
    return found


def invited(street: str, away: list[Offer]) -> tuple[Offer, ...]:
    """One service an organisation, those of the street's own district first, then by name."""
    nearest = sorted(
        away, key=lambda each: (not street.startswith(each.district), each.organisation, each.title)
    )
    first = {each.organisation_id: each for each in reversed(nearest)}
    return tuple(each for each in nearest if first[each.organisation_id] is each)[:MOST_INVITED]


def together(need: Need, here: list[Offer]) -> list[Proposal]:
    """Two organisations that work here and together have all codes of a need, or room for all its people."""
    codes = {term.term_code for term in need.terms if term.term.taxonomy == Taxonomy.SERVICE}
    if len(codes) > 1:
        near = [offer for offer in here if codes & offer.codes and not codes <= offer.codes]
        pairs = [(one, other) for one, other in _two(near) if codes <= one.codes | other.codes]
        return [Proposal(GapRemedy.CONSORTIUM, pair) for pair in pairs[:MOST_PAIRS]]
    people = need.affected_people
    if people is None:
        return []
    small = [offer for offer in here if codes <= offer.codes and offer.free and offer.free < people]
    pairs = [
        (one, other)
        for one, other in _two(small)
        if one.unit == other.unit and (one.free or 0) + (other.free or 0) >= people
    ]
    return [Proposal(GapRemedy.CONSORTIUM, pair, for_capacity=True) for pair in pairs[:MOST_PAIRS]]


def catalogue(session: Session, act: Act) -> list[Offer]:
    """The services of the day whose organisations stand on no list, by organisation and title."""
    rows = rows_of(services_frame(session, act.at))
    offers = [_offer(row) for row in rows if not row["list_flags"]]
    return sorted(offers, key=lambda each: (each.organisation, each.title, str(each.service_id)))


def _two(offers: list[Offer]) -> list[tuple[Offer, Offer]]:
    return [
        (one, other) for one, other in combinations(offers, 2) if one.organisation_id != other.organisation_id
    ]


def _offer(row: dict[str, Any]) -> Offer:
    free = row["capacity_free"]
    return Offer(
        service_id=UUID(row["service_id"]),
        title=row["title"],
        organisation_id=UUID(row["org_id"]),
        organisation=row["org_name"],
        district=row["org_district"],
        codes=frozenset(filter(None, row["service_codes"].split(JOIN))),
        areas=tuple(filter(None, row["coverage_codes"].split(JOIN))),
        free=None if free is None or free != free else Decimal(str(free)),  # NaN
        unit=row["capacity_unit"],
    )


def _units(session: Session, codes: set[str]) -> dict[str, AdministrativeUnit]:
    query = select(AdministrativeUnit).where(AdministrativeUnit.code.in_(codes))
    return {unit.code: unit for unit in session.scalars(query)}


def _load_terms(session: Session, needs: list[UUID]) -> None:
    query = select(Need).where(Need.id.in_(needs))
    session.scalars(query.options(selectinload(Need.terms).joinedload(NeedTerm.term))).all()
