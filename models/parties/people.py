"""Reads on accounts, for whoever manages them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from models.access.permissions import Permission
from models.access.policy import can
from models.act import Act, Role
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.parties.accounts import manages
from models.parties.organisation import Organisation
from models.parties.person import Membership, Person
from models.parties.unit import AdministrativeUnit
from models.wording import search_words


@dataclass(frozen=True)
class Wanted:
    """Which accounts somebody looks for."""

    words: str | None = None
    role: Role | None = None
    disabled: bool | None = None
    without_role: bool = False


@dataclass(frozen=True)
class PersonRow:
    """An account with the roles it holds now."""

    person: Person
    held: list[Membership]


def person(session: Session, person_id: UUID, act: Act) -> Person | None:
    """An account, for whoever manages it."""
    found = session.scalar(select(Person).where(Person.id == person_id).options(*_scopes()))
    return found if found is not None and manages(act, found) else None


def membership(session: Session, membership_id: UUID, act: Act) -> Membership | None:
    """A role somebody holds or held, for whoever manages their account."""
    found = session.get(Membership, membership_id)
    return found if found is not None and manages(act, found.person) else None


def list_people(
    session: Session, act: Act, wanted: Wanted, *, sort: str = "name", paging: Paging = FIRST_PAGE
) -> Listed[PersonRow]:
    """The accounts an administrator manages: with a role in their area or an organisation there, or none."""
    if not can(act, Permission.ACCOUNT_MANAGE):
        return Listed([], 0)
    query = _filtered(act, wanted)
    found = session.scalars(cut(query.order_by(*_order(sort)), paging).options(*_scopes()))
    rows = [PersonRow(each, [m for m in each.memberships if m.is_open(act.at)]) for each in found]
    return Listed(rows, count(session, query))


def without_role(session: Session, act: Act, *, limit: int) -> list[PersonRow]:
    """Open accounts that can do nothing, because they hold no role."""
    wanted = Wanted(disabled=False, without_role=True)
    return list_people(session, act, wanted, paging=Paging(size=limit)).rows


def units_of(session: Session, act: Act) -> Sequence[AdministrativeUnit]:
    """The units of the actor's area, in the order of their codes."""
    scope = act.actor.unit_code or ""
    query = select(AdministrativeUnit).where(AdministrativeUnit.code.startswith(scope, autoescape=True))
    return session.scalars(query.order_by(AdministrativeUnit.code)).all()


def organisations_named(session: Session, act: Act) -> Sequence[Organisation]:
    """The organisations registered in the actor's area, by name, for giving a role in them."""
    inside = Organisation.registered_place.startswith(act.actor.unit_code or "-", autoescape=True)
    return session.scalars(
        select(Organisation).where(inside).order_by(Organisation.name, Organisation.id)
    ).all()


def _filtered(act: Act, wanted: Wanted) -> Select[Person]:
    opened = select(Membership.person_id).where(
        Membership.started_at <= act.at, or_(Membership.ended_at.is_(None), Membership.ended_at > act.at)
    )
    query = select(Person)
    if act.actor.role != Role.SYSTEM:
        place = func.coalesce(Membership.unit_code, Organisation.registered_place)
        outside = opened.outerjoin(Membership.organisation).where(
            ~place.startswith(act.actor.unit_code or "-", autoescape=True)
        )
        query = query.where(Person.id.not_in(outside))
    if wanted.role is not None:
        query = query.where(Person.id.in_(opened.where(Membership.role == wanted.role)))
    if wanted.without_role:
        query = query.where(Person.id.not_in(opened))
    if wanted.disabled is not None:
        query = query.where(
            Person.disabled_at.is_not(None) if wanted.disabled else Person.disabled_at.is_(None)
        )
    for word in search_words(wanted.words):
        in_unit = opened.join(Membership.unit).where(AdministrativeUnit.name.icontains(word, autoescape=True))
        in_organisation = opened.join(Membership.organisation).where(
            Organisation.search_text.contains(word, autoescape=True)
        )
        query = query.where(
            or_(
                Person.login.icontains(word, autoescape=True),
                Person.name.icontains(word, autoescape=True),
                Person.id.in_(in_unit),
                Person.id.in_(in_organisation),
            )
        )
    return query


def _order(sort: str) -> list[ColumnElement[str]]:
    column = Person.login if sort.removeprefix("-") == "login" else Person.name
    ordered = column.desc() if sort.startswith("-") else column.asc()
    return [ordered, Person.login.expression]


def _scopes() -> tuple[ORMOption, ...]:
    held = selectinload(Person.memberships)
    return (held.joinedload(Membership.unit), held.joinedload(Membership.organisation))
