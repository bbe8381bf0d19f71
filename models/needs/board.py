"""The public board: every need that has been published, filtered, sorted and cut into pages in SQL."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.act import Act
from models.needs.details import NeedTerm
from models.needs.lifecycle import phase_sql
from models.needs.need import Engagement, Need, NeedPhase
from models.needs.priority import priority_sql
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.parties.unit import AdministrativeUnit
from models.wording import search_words

OPEN_PHASES = frozenset(NeedPhase) - {NeedPhase.DRAFT, NeedPhase.CLOSED}
SORTS: Mapping[str, ColumnElement[Any]] = {
    "title": Need.title.expression,
    "place": Need.unit_code.expression,
    "people": Need.affected_people.expression,
    "budget": Need.budget.expression,
    "starts": Need.starts_on.expression,
    "priority": priority_sql(),
    "published": func.coalesce(Need.standardised_at, Need.deliberating_at),
    "updated": Need.updated_at.expression,
}
USUAL_SORT = "-published"


@dataclass(frozen=True)
class BoardFilter:
    """What somebody looks for; what is not said filters nothing."""

    unit_code: str = ""
    """A district, a street or a neighbourhood, with everything in it."""
    code: str = ""
    """A service code (EL-01) or a whole domain (EL)."""
    group: str = ""
    phases: Collection[NeedPhase] | None = None
    least_budget: Decimal | None = None
    most_budget: Decimal | None = None
    engagement: Engagement | None = None
    month: date | None = None
    """A day of the month in which the need wants to be met."""
    words: str = ""


def board(
    session: Session, act: Act, wanted: BoardFilter, *, sort: str = USUAL_SORT, paging: Paging = FIRST_PAGE
) -> Listed[Need]:
    """The needs on the public board: what every visitor may see, and nothing else, whoever looks."""
    return listed(session, filtered(wanted, act).where(Need.is_public), sort, paging)


def filtered(wanted: BoardFilter, act: Act) -> Select[Need]:
    """The needs that fit a filter, whoever may see them."""
    query = select(Need).join(Need.unit)
    for condition in _conditions(wanted, act):
        query = query.where(condition)
    return query


def listed(session: Session, query: Select[Need], sort: str, paging: Paging) -> Listed[Need]:
    """One page of a query, sorted by a key of SORTS ("-" before it: downwards), with what a row shows."""
    sort = sort if sort.removeprefix("-") in SORTS else USUAL_SORT
    key = SORTS[sort.removeprefix("-")]
    order = key.desc() if sort.startswith("-") else key.asc()
    rows = cut(query.order_by(order.nulls_last(), Need.reference), paging).options(
        joinedload(Need.unit).joinedload(AdministrativeUnit.parent),
        selectinload(Need.terms).joinedload(NeedTerm.term),
        selectinload(Need.indicators),
        selectinload(Need.raisers),
    )
    return Listed(list(session.scalars(rows)), count(session, query))


def _conditions(wanted: BoardFilter, act: Act) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.unit_code:
        found.append(Need.unit_code.startswith(wanted.unit_code, autoescape=True))
    if wanted.code:
        domain = NeedTerm.term_code.startswith(f"{wanted.code}-", autoescape=True)
        found.append(Need.terms.any(or_(NeedTerm.term_code == wanted.code, domain)))
    if wanted.group:
        found.append(Need.terms.any(NeedTerm.term_code == wanted.group))
    if wanted.phases is not None:
        found.append(phase_sql(act.at).in_(sorted(wanted.phases)))
    if wanted.least_budget is not None:
        found.append(Need.budget >= wanted.least_budget)
    if wanted.most_budget is not None:
        found.append(Need.budget <= wanted.most_budget)
    if wanted.engagement is not None:
        found.append(Need.engagement == wanted.engagement)
    if wanted.month is not None:
        found.append(_in_month(wanted.month))
    for word in search_words(wanted.words):
        columns = (Need.title, Need.description, Need.reference, AdministrativeUnit.name)
        found.append(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return found


def _in_month(day: date) -> ColumnElement[bool]:
    """Begun before the month is over, and not ended before it began. Without an end: in its first month."""
    first = day.replace(day=1)
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return and_(Need.starts_on <= last, func.coalesce(Need.ends_on, Need.starts_on) >= first)
