"""Limits that cannot hold together, each with the records it is about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.plan import Limit
from models.catalogue.service import Service
from models.needs.need import Need
from models.parties.organisation import Organisation
from models.parties.unit import AdministrativeUnit


@dataclass(frozen=True)
class Binding:
    """One limit: its code and figures, and whose it is."""

    code: str
    facts: Mapping[str, object]
    need: Need | None
    service: Service | None
    organisation: Organisation | None
    street: AdministrativeUnit | None


def binding(session: Session, limits: Sequence[Limit]) -> list[Binding]:
    """The limits of a plan that cannot be, in the planner's order."""
    needs = select(Need).where(Need.id.in_(_ids(limits, "need_id")))
    services = select(Service).where(Service.id.in_(_ids(limits, "service_id")))
    owners = select(Organisation).where(Organisation.id.in_(_ids(limits, "org_id")))
    codes = {str(limit.facts["street"]) for limit in limits if "street" in limit.facts}
    streets = select(AdministrativeUnit).where(AdministrativeUnit.code.in_(codes))
    found_needs = {str(each.id): each for each in session.scalars(needs)}
    found_services = {str(each.id): each for each in session.scalars(services)}
    found_owners = {str(each.id): each for each in session.scalars(owners)}
    found_streets = {each.code: each for each in session.scalars(streets)}
    return [
        Binding(
            limit.code,
            limit.facts,
            found_needs.get(str(limit.facts.get("need_id"))),
            found_services.get(str(limit.facts.get("service_id"))),
            found_owners.get(str(limit.facts.get("org_id"))),
            found_streets.get(str(limit.facts.get("street"))),
        )
        for limit in limits
    ]


def _ids(limits: Iterable[Limit], name: str) -> set[UUID]:
    return {UUID(str(limit.facts[name])) for limit in limits if name in limit.facts}
