"""Reads on the catalogue: what everybody sees, one service's page, and one's own entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from models.access.permissions import Permission
from models.access.policy import can
from models.act import OFFICIALS, Act, Role
from models.audit.timeline import Entry as TimelineEntry
from models.audit.timeline import timeline
from models.calendar.clocks import local_date
from models.catalogue.lifecycle import phase_at, phase_sql
from models.catalogue.service import (
    STALE_AFTER_DAYS,
    CostOption,
    Service,
    ServiceArea,
    ServiceStatus,
    ServiceTerm,
)
from models.catalogue.taxonomy import directory_fields
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.parties.organisation import Organisation
from models.parties.unit import AdministrativeUnit, UnitKind
from models.wording import search_words


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the catalogue; None is "any"."""

    words: str | None = None
    domain: str | None = None
    code: str | None = None
    group: str | None = None
    area: str | None = None
    price_to: Decimal | None = None
    organisation_id: UUID | None = None
    phase: ServiceStatus | None = ServiceStatus.ACTIVE


@dataclass(frozen=True)
class ServiceRow:
    """A line of the catalogue."""

    service: Service
    phase: ServiceStatus
    is_stale: bool

    @property
    def codes(self) -> list[TaxonomyTerm]:
        """Its service codes."""
        return terms_of(self.service, Taxonomy.SERVICE)

    @property
    def groups(self) -> list[TaxonomyTerm]:
        """Whom it is for."""
        return terms_of(self.service, Taxonomy.BENEFICIARY)


@dataclass(frozen=True)
class ServicePage(ServiceRow):
    """One service with what happened to it."""

    events: list[TimelineEntry]
    fields: list[TaxonomyTerm]
    """The fields of the city's directory that its codes belong to."""


def terms_of(service: Service, taxonomy: Taxonomy) -> list[TaxonomyTerm]:
    """The service's terms of one list, in its own order."""
    return [each.term for each in service.terms if each.term.taxonomy == taxonomy]


def service(session: Session, service_id: UUID, act: Act) -> Service | None:
    """An entry the act may see."""
    found = session.get(Service, service_id)
    return found if found is not None and can(act, Permission.SERVICE_VIEW, found) else None


def service_page(session: Session, service_id: UUID, act: Act) -> ServicePage | None:
    """Everything on one service's page."""
    query = select(Service).where(Service.id == service_id, visible(act)).options(*_parts())
    found = session.scalar(query)
    if found is None:
        return None
    return ServicePage(
        service=found,
        phase=phase_at(found, act.at),
        is_stale=found.is_stale(local_date(act.at)),
        events=timeline(session, found),
        fields=directory_fields(session, [term.code for term in terms_of(found, Taxonomy.SERVICE)]),
    )


def list_services(
    session: Session, act: Act, wanted: Wanted, *, sort: str = "-confirmed", paging: Paging = FIRST_PAGE
) -> Listed[ServiceRow]:
    """The catalogue, filtered: everybody's published services, and of drafts what the act may see."""
    query = _filtered(act, wanted)
    found = session.scalars(cut(query.order_by(*_order(sort)), paging).options(*_parts()))
    day = local_date(act.at)
    rows = [ServiceRow(each, phase_at(each, act.at), each.is_stale(day)) for each in found]
    return Listed(rows, count(session, query))


def mine(
    session: Session, act: Act, *, phase: ServiceStatus | None = None, sort: str = "-confirmed"
) -> list[ServiceRow]:
    """The catalogue of the actor's own organisation, drafts and retired entries too."""
    if act.actor.organisation_id is None:
        return []
    wanted = Wanted(organisation_id=act.actor.organisation_id, phase=phase)
    return list_services(session, act, wanted, sort=sort, paging=Paging(size=None)).rows


def stale(session: Session, act: Act) -> list[ServiceRow]:
    """Published entries of one's own that nobody has confirmed for a year."""
    return [row for row in mine(session, act, phase=ServiceStatus.ACTIVE, sort="confirmed") if row.is_stale]


def going_stale(session: Session, act: Act, days: int = 30) -> list[ServiceRow]:
    """Published entries of one's own that will be stale within so many days."""
    last = local_date(act.at) - timedelta(days=STALE_AFTER_DAYS - days)
    active = mine(session, act, phase=ServiceStatus.ACTIVE, sort="confirmed")
    return [row for row in active if not row.is_stale and row.service.verified_on <= last]


def places(session: Session) -> Sequence[AdministrativeUnit]:
    """Where somebody may look for services: districts and their streets, where there are streets at all."""
    streets = aliased(AdministrativeUnit)
    whole = select(streets.parent_code).where(streets.kind == UnitKind.STREET)
    query = select(AdministrativeUnit).where(
        or_(AdministrativeUnit.kind == UnitKind.STREET, AdministrativeUnit.code.in_(whole))
    )
    return session.scalars(query.order_by(AdministrativeUnit.code)).all()


def areas_to_choose(session: Session, service: Service | None = None) -> Sequence[AdministrativeUnit]:
    """Where a service may be offered: cities, districts, streets, and what the entry already names."""
    held = [area.unit_code for area in service.areas] if service else []
    query = select(AdministrativeUnit).where(
        or_(AdministrativeUnit.kind != UnitKind.NEIGHBOURHOOD, AdministrativeUnit.code.in_(held))
    )
    return session.scalars(query.order_by(AdministrativeUnit.code)).all()


def visible(act: Act) -> ColumnElement[bool]:
    """As SQL: which entries the act may see; the policy of SERVICE_VIEW says the same."""
    published = and_(Service.published_at.is_not(None), Service.retired_at.is_(None))
    if act.actor.role in OFFICIALS or act.actor.role == Role.AUDITOR:
        return Service.published_at.is_not(None)
    if act.actor.role == Role.ORGANISATION_STAFF:
        return or_(published, Service.organisation_id == act.actor.organisation_id)
    return published


def serves(area: str) -> ColumnElement[bool]:
    """As SQL: the service is offered in the unit, in all of it or in a part."""
    around = [area[:length] for length in (2, 6, 9, 12) if length <= len(area)]
    offered = select(ServiceArea.service_id).where(
        or_(ServiceArea.unit_code.in_(around), ServiceArea.unit_code.startswith(area, autoescape=True))
    )
    return Service.id.in_(offered)


def coded(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """As SQL: the service has a term for which all conditions hold."""
    having = select(ServiceTerm.service_id).join(ServiceTerm.term).where(*conditions)
    return Service.id.in_(having)


def has_words(words: Sequence[str]) -> ColumnElement[bool]:
    """As SQL: every word is in the entry, in its organisation's name, or in the name of one of its codes."""
    owner = aliased(Organisation)
    found = []
    for word in words:
        of_owner = select(owner.id).where(owner.search_text.contains(word, autoescape=True))
        named = (TaxonomyTerm.code, TaxonomyTerm.name_zh, TaxonomyTerm.name_en)
        found.append(
            or_(
                Service.search_text.contains(word, autoescape=True),
                Service.organisation_id.in_(of_owner),
                coded(or_(*(func.lower(name).contains(word, autoescape=True) for name in named))),
            )
        )
    return and_(*found)


def _filtered(act: Act, wanted: Wanted) -> Select[Service]:
    query = select(Service).join(Service.organisation).where(visible(act))
    if wanted.phase is not None:
        query = query.where(phase_sql(act.at) == wanted.phase.value)
    if wanted.organisation_id is not None:
        query = query.where(Service.organisation_id == wanted.organisation_id)
    if wanted.domain:
        query = query.where(coded(TaxonomyTerm.parent_code == wanted.domain))
    if wanted.code:
        query = query.where(coded(TaxonomyTerm.code == wanted.code))
    if wanted.group:
        query = query.where(coded(TaxonomyTerm.code == wanted.group))
    if wanted.area:
        query = query.where(serves(wanted.area))
    if wanted.price_to is not None:
        cheap = select(CostOption.service_id).where(CostOption.amount <= wanted.price_to)
        query = query.where(Service.id.in_(cheap))
    words = search_words(wanted.words)
    return query.where(has_words(words)) if words else query


def _order(sort: str) -> list[ColumnElement[Any]]:
    price = (
        select(func.min(CostOption.amount))
        .where(CostOption.service_id == Service.id)
        .correlate(Service)
        .scalar_subquery()
    )
    columns: dict[str, ColumnElement[Any]] = {
        "title": Service.title.expression,
        "organisation": Organisation.name.expression,
        "price": price,
        "confirmed": Service.verified_on.expression,
    }
    column = columns.get(sort.removeprefix("-"), columns["confirmed"])
    ordered = column.desc() if sort.startswith("-") else column.asc()
    return [ordered.nulls_last(), Service.reference.expression]


def _parts() -> tuple[ORMOption, ...]:
    return (
        joinedload(Service.organisation),
        selectinload(Service.terms).joinedload(ServiceTerm.term),
        selectinload(Service.areas).joinedload(ServiceArea.unit),
        selectinload(Service.cost_options),
        selectinload(Service.capacities),
    )
