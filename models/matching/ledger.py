"""The gap ledger as a list: by place, code, cause, open or closed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.catalogue.term import TaxonomyTerm
from models.matching.gap import GapCause, GapEntry
from models.needs.need import Need
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.parties.unit import AdministrativeUnit, UnitKind

STREET_DIGITS = 9


@dataclass(frozen=True)
class Wanted:
    """What a reader filters by; nothing means everything."""

    unit_code: str = ""
    code: str = ""
    """A service code, or a domain with all its codes."""
    cause: GapCause | None = None
    state: str = "open"
    """open, closed or all."""


@dataclass(frozen=True)
class GapRow:
    """A line of the ledger."""

    entry: GapEntry
    need: Need
    term: TaxonomyTerm | None
    place: AdministrativeUnit
    is_open: bool


@dataclass(frozen=True)
class GapCount:
    """How many gaps a street has in a code."""

    place: AdministrativeUnit
    term: TaxonomyTerm | None
    count: int


def gaps(
    session: Session, act: Act, wanted: Wanted, *, sort: str = "-opened", paging: Paging = FIRST_PAGE
) -> Listed[GapRow]:
    """The lines of the actor's area, a page at a time."""
    ensure(act, Permission.GAP_VIEW)
    query = _filtered(select(GapEntry, TaxonomyTerm), act, wanted)
    parts = joinedload(GapEntry.need).joinedload(Need.unit).joinedload(AdministrativeUnit.parent)
    found = session.execute(cut(query.order_by(*_order(sort)).options(parts), paging))
    rows = [GapRow(entry, entry.need, term, entry.need.unit, _is_open(entry)) for entry, term in found]
    return Listed(rows, count(session, _filtered(select(GapEntry.id), act, wanted)))


def gap_counts(session: Session, act: Act, wanted: Wanted, *, limit: int = 8) -> list[GapCount]:
    """Where most is missing: the same lines counted by street and code."""
    ensure(act, Permission.GAP_VIEW)
    street = func.substr(GapEntry.unit_code, 1, STREET_DIGITS).label("street")
    lines = _filtered(select(GapEntry.id, street, GapEntry.term_code), act, wanted).subquery()
    lines_there = func.count(lines.c.id)
    query = (
        select(lines.c.street, lines.c.term_code, lines_there)
        .group_by(lines.c.street, lines.c.term_code)
        .order_by(lines_there.desc(), lines.c.street, lines.c.term_code)
        .limit(limit)
    )
    found = list(session.execute(query))
    streets = {code for code, _, _ in found}
    places = {
        unit.code: unit
        for unit in session.scalars(select(AdministrativeUnit).where(AdministrativeUnit.code.in_(streets)))
    }
    codes = {code for _, code, _ in found if code}
    query_terms = select(TaxonomyTerm).where(TaxonomyTerm.code.in_(codes))
    terms = {term.code: term for term in session.scalars(query_terms)}
    return [GapCount(places[street], terms.get(code), number) for street, code, number in found]


def streets(session: Session, act: Act) -> list[AdministrativeUnit]:
    """The streets of the actor's area: what the ledger can be filtered by."""
    query = select(AdministrativeUnit).where(
        AdministrativeUnit.kind == UnitKind.STREET,
        AdministrativeUnit.code.startswith(act.actor.unit_code or "-", autoescape=True),
    )
    return list(session.scalars(query.order_by(AdministrativeUnit.code)))


def _is_open(entry: GapEntry) -> bool:
    return entry.closed_at is None and entry.need.closed_at is None


def _filtered(query: Any, act: Act, wanted: Wanted) -> Any:
    query = (
        query.select_from(GapEntry)
        .join(GapEntry.need)
        .outerjoin(TaxonomyTerm, TaxonomyTerm.code == GapEntry.term_code)
        .where(_in_area(act.actor.unit_code or "-"))
    )
    is_open = and_(GapEntry.closed_at.is_(None), Need.closed_at.is_(None))
    if wanted.state in {"open", "closed"}:
        query = query.where(is_open if wanted.state == "open" else ~is_open)
    if wanted.unit_code:
        query = query.where(_in_area(wanted.unit_code))
    if wanted.code:
        query = query.where(or_(TaxonomyTerm.code == wanted.code, TaxonomyTerm.parent_code == wanted.code))
    if wanted.cause:
        query = query.where(GapEntry.cause == wanted.cause)
    return query


def _in_area(code: str) -> ColumnElement[bool]:
    return GapEntry.unit_code.startswith(code, autoescape=True)


def _order(sort: str) -> list[Any]:
    columns: dict[str, ColumnElement[Any]] = {
        "opened": GapEntry.opened_at.expression,
        "place": GapEntry.unit_code.expression,
        "code": GapEntry.term_code.expression,
        "people": Need.affected_people.expression,
    }
    column = columns.get(sort.removeprefix("-"), columns["opened"])
    return [column.desc().nulls_last() if sort.startswith("-") else column.asc().nulls_last(), GapEntry.id]
