"""An area in counts: needs by place, domain and phase, what is offered, how long things take."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.catalogue.lifecycle import phase_sql as service_phase
from models.catalogue.queries import serves
from models.catalogue.service import Service, ServiceStatus, ServiceTerm
from models.catalogue.taxonomy import terms
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.matching.gap import GapEntry
from models.needs.details import NeedTerm
from models.needs.lifecycle import phase_sql
from models.needs.need import Need, NeedPhase
from models.parties.unit import AdministrativeUnit

OPEN = (
    NeedPhase.SUBMITTED,
    NeedPhase.RETURNED,
    NeedPhase.DELIBERATING,
    NeedPhase.STANDARDISED,
    NeedPhase.MATCHED,
    NeedPhase.UNMET,
)
"""Handed in and not closed; a draft is its author's own business."""

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Overview:
    """Counts of one area. A need counts in the domain of its first service code, or in none."""

    area: AdministrativeUnit
    places: list[AdministrativeUnit]
    domains: list[TaxonomyTerm]
    counts: Counter[tuple[str, str | None, NeedPhase]]
    supply: Counter[str]
    open_gaps: int
    days_to_standard: list[float] = field(default_factory=list)
    days_to_match: list[float] = field(default_factory=list)

    def needs(
        self, *, place: str | None = None, domain: str | None = None, phases: tuple[NeedPhase, ...] = OPEN
    ) -> int:
        """How many needs of a place, of a domain, in some phases; what is not said does not matter."""
        return sum(
            count
            for (at, of, phase), count in self.counts.items()
            if place in {None, at} and domain in {None, of} and phase in phases
        )


def overview(session: Session, act: Act) -> Overview:
    """The actor's area: a city by districts, a district by streets, a street by neighbourhoods."""
    area = session.get_one(AdministrativeUnit, act.actor.unit_code)
    ensure(act, Permission.DISTRICT_OVERVIEW, area)
    places = list(
        session.scalars(
            select(AdministrativeUnit)
            .where(AdministrativeUnit.parent_code == area.code)
            .order_by(AdministrativeUnit.code)
        )
    )
    digits = len(places[0].code) if places else len(area.code)
    return Overview(
        area=area,
        places=places or [area],
        domains=terms(session, Taxonomy.DOMAIN),
        counts=_counts(session, act.at, area.code, digits),
        supply=_supply(session, act.at, area.code),
        open_gaps=_open_gaps(session, area.code),
        days_to_standard=_days(session, act.at, area.code, Need.standardised_at),
        days_to_match=_days(session, act.at, area.code, Need.matched_at),
    )


def _counts(
    session: Session, now: datetime, area: str, digits: int
) -> Counter[tuple[str, str | None, NeedPhase]]:
    first = (
        select(TaxonomyTerm.parent_code)
        .join(NeedTerm, NeedTerm.term_code == TaxonomyTerm.code)
        .where(NeedTerm.need_id == Need.id, TaxonomyTerm.taxonomy == Taxonomy.SERVICE)
        .order_by(NeedTerm.position, NeedTerm.term_code)
        .limit(1)
        .correlate(Need)
        .scalar_subquery()
    )
    lines = (
        select(
            func.substr(Need.unit_code, 1, digits).label("place"),
            first.label("domain"),
            phase_sql(now).label("phase"),
        )
        .where(Need.unit_code.startswith(area, autoescape=True), Need.submitted_at <= now)
        .subquery()
    )
    place, domain, phase = lines.c.place, lines.c.domain, lines.c.phase
    query = select(place, domain, phase, func.count()).group_by(place, domain, phase)
    return Counter({(at, of, NeedPhase(which)): count for at, of, which, count in session.execute(query)})


def _supply(session: Session, at: datetime, area: str) -> Counter[str]:
    """Active services offered in the area or in a part of it, by domain."""
    query = (
        select(TaxonomyTerm.parent_code, func.count(Service.id.distinct()))
        .join(ServiceTerm, ServiceTerm.term_code == TaxonomyTerm.code)
        .join(Service, Service.id == ServiceTerm.service_id)
        .where(
            TaxonomyTerm.taxonomy == Taxonomy.SERVICE,
            service_phase(at) == ServiceStatus.ACTIVE.value,
            serves(area),
        )
        .group_by(TaxonomyTerm.parent_code)
    )
    return Counter({domain: count for domain, count in session.execute(query) if domain})


def _open_gaps(session: Session, area: str) -> int:
    query = (
        select(func.count(GapEntry.id))
        .join(GapEntry.need)
        .where(
            GapEntry.unit_code.startswith(area, autoescape=True),
            GapEntry.closed_at.is_(None),
            Need.closed_at.is_(None),
        )
    )
    return session.scalar(query) or 0


def _days(session: Session, at: datetime, area: str, stamp: Any) -> list[float]:
    """Days from handing in to a decision, for every need that got as far."""
    query = select(Need.submitted_at, stamp).where(
        Need.unit_code.startswith(area, autoescape=True), Need.submitted_at <= at, stamp <= at
    )
    spans = [decided - submitted for submitted, decided in session.execute(query)]
    return [round(span / DAY, 1) for span in spans if span >= timedelta(0)]
