"""What an organisation does with its catalogue: write, publish, confirm, retire, restore."""

from uuid import UUID

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.catalogue.entry import (
    Entry,
    check_ages,
    check_complete,
    check_dates,
    checked_areas,
    checked_capacities,
    checked_prices,
    checked_terms,
    checked_words,
)
from models.catalogue.lifecycle import SERVICE, ServiceMove, phase_at
from models.catalogue.service import (
    CostOption,
    Service,
    ServiceArea,
    ServiceCapacity,
    ServiceStatus,
    ServiceTerm,
)
from models.errors import Conflict, NotAllowed
from models.lifecycle import advance
from models.reference import hold_references, next_reference


def create(
    session: Session,
    act: Act,
    entry: Entry,
    *,
    id: UUID | None = None,  # noqa: A002  # it is the record's id
) -> Service:
    """Write a draft of the actor's own organisation. The same `id` again returns what already stands."""
    organisation_id = act.actor.organisation_id
    if organisation_id is None:
        raise NotAllowed("not_allowed", permission=Permission.SERVICE_EDIT)
    service = Service(id=id, organisation_id=organisation_id)
    ensure(act, Permission.SERVICE_EDIT, service)
    hold_references(session, "FW", act.at)
    standing = session.get(Service, id) if id else None
    if standing is not None:
        ensure(act, Permission.SERVICE_EDIT, standing)
        return standing
    _write(session, service, entry, act)
    service.created_at = act.at
    service.reference = next_reference(session, "FW", act.at)
    session.add(service)
    record(session, act, "service.create", service)
    return service


def edit(session: Session, service: Service, act: Act, entry: Entry, *, revision: int | None = None) -> None:
    """Write an entry anew. What is published stays complete; saving confirms the entry."""
    ensure(act, Permission.SERVICE_EDIT, service)
    if revision is not None and revision != service.revision:
        raise Conflict("stale")
    if phase_at(service, act.at) == ServiceStatus.RETIRED:
        raise Conflict("service_retired")
    with session.no_autoflush:  # the old parts leave only together with the new ones arriving
        _write(session, service, entry, act)
    flag_modified(service, "verified_on")  # terms alone would leave the revision as it was
    session.flush()  # a changed part shows in the relationships that the next check reads
    if phase_at(service, act.at) == ServiceStatus.ACTIVE:
        check_complete(session, service)
    record(session, act, "service.edit", service)


def publish(session: Session, service: Service, act: Act) -> None:
    """Show a draft to everybody."""
    advance(session, SERVICE, service, ServiceMove.PUBLISH, act)
    check_complete(session, service)
    service.verified_on = local_date(act.at)


def retire(session: Session, service: Service, act: Act) -> None:
    """Take an entry out of the public catalogue; what refers to it still finds it."""
    advance(session, SERVICE, service, ServiceMove.RETIRE, act)


def restore(session: Session, service: Service, act: Act) -> None:
    """Show a retired entry again."""
    advance(session, SERVICE, service, ServiceMove.RESTORE, act)
    check_complete(session, service)
    service.verified_on = local_date(act.at)


def confirm(session: Session, service: Service, act: Act) -> None:
    """Say that everything still holds today."""
    ensure(act, Permission.SERVICE_EDIT, service)
    if phase_at(service, act.at) != ServiceStatus.ACTIVE:
        raise Conflict("service_not_active")
    service.verified_on = local_date(act.at)
    record(session, act, "service.confirm", service)


def _write(session: Session, service: Service, entry: Entry, act: Act) -> None:
    check_ages(entry)
    check_dates(entry)
    words = checked_words(entry)
    terms, areas = checked_terms(session, entry), checked_areas(session, entry)
    prices, capacities = checked_prices(entry), checked_capacities(entry)
    for name, value in words.items():
        setattr(service, name, value)
    service.minimum_age, service.maximum_age = entry.minimum_age, entry.maximum_age
    service.available_from, service.available_to = entry.available_from, entry.available_to
    service.verified_on = local_date(act.at)
    _set_terms(service, terms)
    _set_areas(service, areas)
    service.cost_options = [
        CostOption(**price._asdict(), position=position) for position, price in enumerate(prices)
    ]
    held = {capacity.unit: capacity for capacity in service.capacities}
    for capacity in capacities:
        kept = held.get(capacity.unit) or ServiceCapacity(unit=capacity.unit)
        available = capacity.maximum if capacity.available is None else capacity.available
        if (kept.maximum, kept.available) != (capacity.maximum, available):
            kept.maximum, kept.available, kept.updated_at = capacity.maximum, available, act.at
        kept.unit_words = capacity.unit_words
        held[capacity.unit] = kept
    service.capacities = [held[capacity.unit] for capacity in capacities]


def _set_terms(service: Service, codes: list[str]) -> None:
    held = {term.term_code: term for term in service.terms}
    service.terms = [held.get(code) or ServiceTerm(term_code=code) for code in codes]
    for position, term in enumerate(service.terms):
        term.position = position


def _set_areas(service: Service, codes: list[str]) -> None:
    held = {area.unit_code: area for area in service.areas}
    service.areas = [held.get(code) or ServiceArea(unit_code=code) for code in codes]
