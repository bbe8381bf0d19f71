"""Reads on organisations: the public register, and one organisation's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.act import Act
from models.calendar.clocks import local_date
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.parties.independence import IndependenceStatement, statement_of
from models.parties.organisation import (
    Certificate,
    Grade,
    ListEntry,
    ListFlag,
    Organisation,
    OrganisationType,
)
from models.parties.unit import AdministrativeUnit, UnitKind
from models.wording import search_words

BEST_FIRST = (Grade.A5, Grade.A4, Grade.A3, Grade.A2, Grade.A1)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the register; None is "any"."""

    words: str | None = None
    type: OrganisationType | None = None
    least_grade: Grade | None = None
    place: str | None = None
    on_list: bool | None = None


@dataclass(frozen=True)
class OrganisationRow:
    """A line of the register; `grade` is the one in force that day."""

    id: UUID
    name: str
    credit_code: str
    type: OrganisationType
    place: AdministrativeUnit
    established_on: date | None
    grade: Grade | None
    grade_expires_on: date | None
    flags: list[ListFlag]


@dataclass(frozen=True)
class OrganisationPage:
    """One organisation, as it stands on the day of the act."""

    organisation: Organisation
    grade: Grade | None
    flags: list[ListFlag]
    certified: dict[Certificate, int]
    full_time: int
    residents_on_board: int
    stated: IndependenceStatement | None


def organisation(session: Session, organisation_id: UUID, _act: Act) -> Organisation | None:
    """An organisation; registration is public."""
    return session.get(Organisation, organisation_id)


def organisation_page(session: Session, organisation_id: UUID, act: Act) -> OrganisationPage | None:
    """Everything on one organisation's page."""
    query = (
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .options(
            joinedload(Organisation.place),
            selectinload(Organisation.reports),
            selectinload(Organisation.flags),
            selectinload(Organisation.staff),
            selectinload(Organisation.board),
        )
    )
    found = session.scalar(query)
    if found is None:
        return None
    day = local_date(act.at)
    held = [member.certificate for member in found.staff]
    return OrganisationPage(
        organisation=found,
        grade=found.grade_at(day),
        flags=found.flags_at(day),
        certified={level: held.count(level) for level in Certificate if level in held},
        full_time=sum(member.full_time for member in found.staff),
        residents_on_board=sum(member.is_resident for member in found.board),
        stated=statement_of(session, found.id, act.at),
    )


def list_organisations(
    session: Session, act: Act, wanted: Wanted, *, sort: str = "name", paging: Paging = FIRST_PAGE
) -> Listed[OrganisationRow]:
    """The register, filtered; it is public, so nobody sees less of it."""
    day = local_date(act.at)
    query = _filtered(wanted, day)
    found = session.scalars(
        cut(query.order_by(*_order(sort, day)), paging).options(
            joinedload(Organisation.place), selectinload(Organisation.flags)
        )
    )
    return Listed([_row(each, day) for each in found], count(session, query))


def places(session: Session) -> Sequence[AdministrativeUnit]:
    """Where organisations are registered: the units that occur, cities and districts first."""
    used = select(Organisation.registered_place).distinct()
    query = select(AdministrativeUnit).where(AdministrativeUnit.code.in_(used))
    return session.scalars(
        query.order_by(func.length(AdministrativeUnit.code), AdministrativeUnit.code)
    ).all()


def procuring_places(session: Session) -> Sequence[AdministrativeUnit]:
    """Where purchasers are: districts and streets, each district before its streets (R01)."""
    purchasing = (UnitKind.DISTRICT, UnitKind.STREET)
    query = select(AdministrativeUnit).where(AdministrativeUnit.kind.in_(purchasing))
    return session.scalars(query.order_by(AdministrativeUnit.code)).all()


def registrable_places(session: Session, act: Act) -> Sequence[AdministrativeUnit]:
    """Where the actor may register an organisation: their own area, down to its streets."""
    scope = act.actor.unit_code
    if not scope:
        return []
    query = select(AdministrativeUnit).where(
        AdministrativeUnit.code.startswith(scope, autoescape=True),
        AdministrativeUnit.kind != UnitKind.NEIGHBOURHOOD,
    )
    return session.scalars(query.order_by(AdministrativeUnit.code)).all()


def grade_in_force(day: date) -> ColumnElement[bool]:
    """As SQL: the grade has not expired; `Organisation.grade_at` says the same."""
    return and_(
        Organisation.grade.is_not(None),
        or_(Organisation.grade_expires_on.is_(None), Organisation.grade_expires_on > day),
    )


def on_list(day: date) -> ColumnElement[bool]:
    """As SQL: it stands on a public list; `Organisation.flags_at` says the same."""
    entry = select(ListEntry.id).where(
        ListEntry.organisation_id == Organisation.id,
        ListEntry.listed_on <= day,
        or_(ListEntry.removed_on.is_(None), ListEntry.removed_on > day),
    )
    return entry.exists()


def _filtered(wanted: Wanted, day: date) -> Select[Organisation]:
    query = select(Organisation)
    for word in search_words(wanted.words):
        query = query.where(Organisation.search_text.contains(word, autoescape=True))
    if wanted.type is not None:
        query = query.where(Organisation.type == wanted.type)
    if wanted.least_grade is not None:
        enough = BEST_FIRST[: BEST_FIRST.index(wanted.least_grade) + 1]
        query = query.where(Organisation.grade.in_(enough), grade_in_force(day))
    if wanted.place:
        query = query.where(Organisation.registered_place.startswith(wanted.place, autoescape=True))
    if wanted.on_list is not None:
        query = query.where(on_list(day) if wanted.on_list else ~on_list(day))
    return query


def _order(sort: str, day: date) -> list[ColumnElement[Any]]:
    from_top = sort.startswith("-")
    columns: dict[str, ColumnElement[Any]] = {
        "name": Organisation.name.expression,
        "established": Organisation.established_on.expression,
        "grade": case((grade_in_force(day), cast(Organisation.grade, String)), else_=""),
        "place": Organisation.registered_place.expression,
    }
    column = columns.get(sort.removeprefix("-"), columns["name"])
    return [column.desc() if from_top else column.asc(), Organisation.id.expression]


def _row(found: Organisation, day: date) -> OrganisationRow:
    return OrganisationRow(
        id=found.id,
        name=found.name,
        credit_code=found.credit_code,
        type=found.type,
        place=found.place,
        established_on=found.established_on,
        grade=found.grade_at(day),
        grade_expires_on=found.grade_expires_on,
        flags=found.flags_at(day),
    )
