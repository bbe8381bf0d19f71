"""Verbs on people and units: create, give and end roles, disable, reset."""

import re
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can, ensure
from models.act import OFFICIALS, Act, Role
from models.audit.record import record
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.parties.organisation import Organisation
from models.parties.passwords import hashed
from models.parties.person import Membership, Person, SignIn
from models.parties.strata import ALL_STRATA
from models.parties.unit import CODE_LENGTH, AdministrativeUnit, CommunityType, PopulationStratum, UnitKind
from models.wording import bounded

ORGANISATION_ROLES = frozenset({Role.ORGANISATION_STAFF, Role.EVALUATOR})
"""Roles held in an organisation; all others are held in an administrative unit."""

PURCHASER_SIDE = OFFICIALS | {Role.PANEL_MEMBER, Role.AUDITOR, Role.HUB}
"""Nobody who works for a bidder or an evaluator may hold these (实施条例 art 9, R53; hub: no bidding)."""

UNIT_KINDS = {
    Role.CITY_OFFICIAL: {UnitKind.CITY},
    Role.DISTRICT_OFFICIAL: {UnitKind.DISTRICT},
    Role.STREET_OFFICIAL: {UnitKind.STREET},
    Role.COMMUNITY_WORKER: {UnitKind.NEIGHBOURHOOD},
}
"""Roles whose name says in which kind of unit they are held; the others may be held in any."""

LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,59}")


def create_unit(
    session: Session,
    act: Act,
    *,
    code: str,
    kind: UnitKind,
    name: str,
    name_en: str | None = None,
    parent_code: str | None = None,
    community_type: CommunityType | None = None,
    households: int | None = None,
    population: int | None = None,
    strata: dict[str, int] | None = None,
) -> AdministrativeUnit:
    """Create an administrative unit under its parent."""
    unit = AdministrativeUnit(
        code=code,
        kind=kind,
        name=name,
        name_en=name_en,
        parent_code=parent_code,
        community_type=community_type,
        households=households,
        population=population,
    )
    ensure(act, Permission.UNIT_MANAGE, unit)
    if len(code) != CODE_LENGTH[kind] or not code.isdigit() or not code.startswith(parent_code or ""):
        raise Invalid("unit_code_wrong", field="code", code=code)
    unknown = set(strata or {}) - ALL_STRATA
    if unknown:
        raise Invalid("stratum_unknown", field="strata", stratum=sorted(unknown)[0])
    if session.get(AdministrativeUnit, code) is not None:
        raise Conflict("unit_exists", field="code", code=code)
    unit.strata = [PopulationStratum(stratum=name, people=people) for name, people in (strata or {}).items()]
    session.add(unit)
    record(session, act, "administrative_unit.create", unit)
    return unit


def create_person(
    session: Session, act: Act, *, login: str, name: str, password: str | None = None
) -> Person:
    """Create an account; without a password nobody can sign in to it yet."""
    ensure(act, Permission.ACCOUNT_MANAGE)
    kept = bounded(name, 200, field="name")
    if not LOGIN.fullmatch(login):
        raise Invalid("login_wrong", field="login", login=login)
    if not kept:
        raise Invalid("name_missing", field="name")
    if session.scalar(select(Person.id).where(Person.login == login)):
        raise Conflict("login_taken", field="login", login=login)
    person = Person(login=login, name=kept, created_at=act.at)
    person.password_hash = hashed(password) if password is not None else None
    session.add(person)
    record(session, act, "person.create", person)
    return person


def give_role(
    session: Session,
    person: Person,
    act: Act,
    *,
    role: Role,
    unit: AdministrativeUnit | None = None,
    organisation: Organisation | None = None,
) -> Membership:
    """Give a role in a unit or an organisation; roles that must be kept apart are refused."""
    ensure(act, Permission.ACCOUNT_MANAGE, unit or organisation)
    if (organisation is not None) != (role in ORGANISATION_ROLES) or (unit is None) == (organisation is None):
        raise Invalid("role_needs_other_scope", field="role", role=role)
    if unit is not None and unit.kind not in UNIT_KINDS.get(role, UnitKind):
        raise Invalid("role_needs_other_unit", field="unit_code", role=role, kind=unit.kind)
    scope = (unit.code if unit else None, organisation.id if organisation else None)
    for held in person.memberships:
        if not held.is_open(act.at):
            continue
        if held.role == role and (held.unit_code, held.organisation_id) == scope:
            raise Conflict("role_held", field="role", role=role)
        if conflicting(held.role, role):
            raise Conflict("roles_conflict", field="role", role=role, held=held.role)
    membership = Membership(
        person_id=person.id,
        role=role,
        unit_code=unit.code if unit else None,
        organisation_id=organisation.id if organisation else None,
        started_at=act.at,
    )
    person.memberships.append(membership)
    record(session, act, "membership.give", membership, role=role, person=person.id)
    return membership


def conflicting(one: Role, other: Role) -> bool:
    """Whether one person may not hold both: bidder, evaluator and purchaser's side are kept apart."""
    if one == other:
        return False
    pair = {one, other}
    return bool(pair & ORGANISATION_ROLES) and (bool(pair & PURCHASER_SIDE) or pair <= ORGANISATION_ROLES)


def end_role(session: Session, membership: Membership, act: Act) -> None:
    """End a role now. Nobody ends the role they are acting in."""
    ensure(act, Permission.ACCOUNT_MANAGE, membership.unit or membership.organisation)
    if membership.id == act.actor.membership_id:
        raise Conflict("own_account")
    if membership.ended_at is not None:
        raise Conflict("role_ended")
    membership.ended_at = act.at
    record(session, act, "membership.end", membership, person=membership.person_id)


def disable(session: Session, person: Person, act: Act) -> None:
    """Close an account; what it did stays. Nobody closes their own."""
    ensure_manages(act, person)
    if person.id == act.actor.person_id:
        raise Conflict("own_account")
    if person.disabled_at is not None:
        raise Conflict("account_disabled")
    person.disabled_at = act.at
    record(session, act, "person.disable", person)


def enable(session: Session, person: Person, act: Act) -> None:
    """Open a closed account again."""
    ensure_manages(act, person)
    if person.disabled_at is None:
        raise Conflict("account_open")
    person.disabled_at = None
    record(session, act, "person.enable", person)


def set_password(session: Session, person: Person, act: Act, *, password: str) -> None:
    """Set somebody's password anew (handed over in person) and end their sessions."""
    ensure_manages(act, person)
    person.password_hash = hashed(password)
    opened = select(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    for sign_in in session.scalars(opened):
        sign_in.ended_at = act.at
    record(session, act, "person.set_password", person)


def manages(act: Act, person: Person) -> bool:
    """Whether the act may change an account: all its person does is in units of the actor's area, or in
    organisations registered there."""
    held = [m.unit or m.organisation for m in person.memberships if m.is_open(act.at)]
    return can(act, Permission.ACCOUNT_MANAGE) and all(can(act, Permission.ACCOUNT_MANAGE, s) for s in held)


def ensure_manages(act: Act, person: Person) -> None:
    """Raise NotAllowed unless `manages()`: a district's administrator resets no city account."""
    if not manages(act, person):
        raise NotAllowed("not_allowed", permission=Permission.ACCOUNT_MANAGE)


def person_by_login(session: Session, login: str) -> Person:
    """The account of a login. Raises NotFound."""
    person = session.scalar(select(Person).where(Person.login == login))
    if person is None:
        raise NotFound("person_not_found", login=login)
    return person


def people_of(session: Session, act: Act, role: Role, unit_code: str) -> list[UUID]:
    """Ids of people who hold a role in the unit itself: whom to tell."""
    query = select(Membership.person_id).where(
        Membership.role == role,
        Membership.unit_code == unit_code,
        Membership.started_at <= act.at,
        Membership.ended_at.is_(None) | (Membership.ended_at > act.at),
    )
    return list(session.scalars(query))


def staff_of(session: Session, act: Act, organisation_id: UUID) -> list[UUID]:
    """Ids of people who act for an organisation: whom to tell."""
    query = select(Membership.person_id).where(
        Membership.role == Role.ORGANISATION_STAFF,
        Membership.organisation_id == organisation_id,
        Membership.started_at <= act.at,
        Membership.ended_at.is_(None) | (Membership.ended_at > act.at),
    )
    return list(session.scalars(query))
