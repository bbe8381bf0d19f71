"""Services that look alike (demand 53): those of other organisations most like one, and what it has alone.

Likeness is that of content: the service's own words and codes are asked as a need, without limits, price or
place. What it has alone is a fact of the catalogue, shown to everybody and counted nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from matcher import NEED_COLUMNS
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.catalogue.service import CostUnit, Service, ServiceArea, ServiceTerm
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.matching.encode import draft_row
from models.matching.engine import Engine
from models.matching.run import WORTH_A_LOOK
from models.parties.unit import AdministrativeUnit

MOST = 5
LOOKED_AT = 40
"""Of so many the organisation's own services are left out."""


@dataclass(frozen=True)
class Alike:
    """A service of another organisation, and how well it would answer what this one offers, 0 to 1."""

    service: Service
    score: float


@dataclass(frozen=True)
class Alone:
    """What a service has and none of those most like it."""

    codes: list[TaxonomyTerm]
    groups: list[TaxonomyTerm]
    areas: list[AdministrativeUnit]
    cheapest: list[CostUnit]
    """Units of its prices for which none of the others asks as little; two at least have such a price."""

    @property
    def is_nothing(self) -> bool:
        """Whether nothing tells it apart."""
        return not (self.codes or self.groups or self.areas or self.cheapest)


@dataclass(frozen=True)
class LookalikePage:
    """A service among those like it, the most alike first."""

    service: Service
    alike: list[Alike]
    alone: Alone


def lookalikes(session: Session, service: Service, act: Act, engine: Engine) -> LookalikePage:
    """The services of other organisations worth a look for what this one offers."""
    ensure(act, Permission.SERVICE_VIEW, service)
    found = _nearest(session, service, act, engine)
    query = select(Service).where(Service.id.in_([UUID(key) for key in found]))
    parts = (
        joinedload(Service.organisation),
        selectinload(Service.terms).joinedload(ServiceTerm.term),
        selectinload(Service.areas).joinedload(ServiceArea.unit),
        selectinload(Service.cost_options),
    )
    alike = [Alike(each, found[str(each.id)]) for each in session.scalars(query.options(*parts))]
    alike.sort(key=lambda each: (-each.score, str(each.service.id)))
    return LookalikePage(service, alike, alone(service, [each.service for each in alike]))


def alone(service: Service, others: Sequence[Service]) -> Alone:
    """What none of the others has; nothing where there are no others."""
    if not others:
        return Alone([], [], [], [])
    terms = {term.term_code for each in others for term in each.terms}
    areas = [area.unit_code for each in others for area in each.areas]
    mine = [term.term for term in service.terms if term.term_code not in terms]
    own = {option.unit: option.amount for option in service.cost_options}
    return Alone(
        codes=[term for term in mine if term.taxonomy is Taxonomy.SERVICE],
        groups=[term for term in mine if term.taxonomy is Taxonomy.BENEFICIARY],
        areas=[area.unit for area in service.areas if not any(_meet(area.unit_code, code) for code in areas)],
        cheapest=[unit for unit, amount in own.items() if _is_cheapest(amount, _prices(others, unit))],
    )


def _nearest(session: Session, service: Service, act: Act, engine: Engine) -> dict[str, float]:
    """service_id -> score, of other organisations' active services."""
    fitted = engine.last_catalogue(session, act.at)
    if fitted.table.empty:
        return {}
    rows = fitted.model.match(pd.DataFrame([_asked(service)]), LOOKED_AT, rules=False)
    owners = dict(zip(fitted.table["service_id"], fitted.table["org_id"], strict=True))
    others = [
        (key, float(score))
        for key, score in zip(rows["service_id"], rows["score"], strict=True)
        if owners[key] != str(service.organisation_id) and score >= WORTH_A_LOOK
    ]
    return dict(others[:MOST])


def _asked(service: Service) -> dict[str, Any]:
    """What the service offers, as if somebody asked for it."""
    codes = tuple(term.term_code for term in service.terms)
    known = draft_row(service.description, service.organisation.registered_place, codes)
    return {
        **dict.fromkeys((column.name for column in NEED_COLUMNS), ""),
        **known,
        "need_id": "asked",
        "title": service.title,
    }


def _meet(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _prices(others: Sequence[Service], unit: CostUnit) -> list[Decimal]:
    """What the others ask by a unit."""
    options = (option for each in others for option in each.cost_options)
    return [option.amount for option in options if option.unit is unit]


def _is_cheapest(amount: Decimal, others: Sequence[Decimal]) -> bool:
    return bool(others) and amount < min(others)
