"""A small place with people: one district, two streets, three neighbourhoods."""

import hashlib
import secrets
from datetime import UTC, date, datetime, timedelta
from itertools import count

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from models.act import Act, Actor, Role
from models.parties import accounts
from models.parties.organisation import Organisation, OrganisationType
from models.parties.person import Person, SignIn
from models.parties.unit import AdministrativeUnit, CommunityType, UnitKind
from tests.support.stages import remembered

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai, a Friday
CITY, DISTRICT = "31", "310190"
STREET, OTHER_STREET = "310190001", "310190002"
NEIGHBOURHOOD, NEXT_DOOR, ELSEWHERE = "310190001001", "310190001002", "310190002001"
PASSWORD = "correct horse battery"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
CREDIT_CODES = [
    "52310101MJ4900013E",
    "52310104MJ4A0033X0",
]

_numbers = count(1)


def system(at: datetime = NOON) -> Act:
    """The machine's own act."""
    return Act.of_system(at)


@remembered
def place(session: Session) -> None:
    """City, district, two streets, three neighbourhoods."""
    if session.get(AdministrativeUnit, CITY) is not None:
        return
    units = [
        (CITY, UnitKind.CITY, "上海市", None),
        (DISTRICT, UnitKind.DISTRICT, "临澄区", CITY),
        (STREET, UnitKind.STREET, "澄江街道", DISTRICT),
        (OTHER_STREET, UnitKind.STREET, "望湖街道", DISTRICT),
        (NEIGHBOURHOOD, UnitKind.NEIGHBOURHOOD, "澄江一村", STREET),
        (NEXT_DOOR, UnitKind.NEIGHBOURHOOD, "澄江二村", STREET),
        (ELSEWHERE, UnitKind.NEIGHBOURHOOD, "望湖花园", OTHER_STREET),
    ]
    for code, kind, name, parent in units:
        lowest = kind == UnitKind.NEIGHBOURHOOD
        accounts.create_unit(
            session,
            system(NOON - timedelta(days=400)),
            code=code,
            kind=kind,
            name=name,
            parent_code=parent,
            community_type=CommunityType.C1 if lowest else None,
            population=4200 if lowest else None,
            households=1600 if lowest else None,
            strata={"age:60_79": 1200, "age:80_plus": 300, "sex:female": 2200, "sex:male": 2000}
            if lowest
            else None,
        )
    session.flush()


def neighbourhoods(session: Session, number: int, kind: CommunityType = CommunityType.C1) -> list[str]:
    """The codes of so many more neighbourhoods of a type; the small place has three of C1."""
    place(session)
    codes = [f"{STREET}{100 + each + 50 * (kind is not CommunityType.C1)}" for each in range(number)]
    for code in codes:
        accounts.create_unit(
            session,
            system(),
            code=code,
            kind=UnitKind.NEIGHBOURHOOD,
            name=code,
            parent_code=STREET,
            community_type=kind,
        )
    session.flush()
    return codes


def credit_code(number: int, kind: OrganisationType = OrganisationType.SERVICE_ORGANISATION) -> str:
    """A valid, invented unified social credit code."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    prefix = {"association": "51", "service_organisation": "52", "foundation": "53"}[kind.value]
    body = f"{prefix}310190MJ49{number:05d}"
    total = sum(alphabet.index(sign) * 3**i % 31 for i, sign in enumerate(body))
    return body + alphabet[(31 - total % 31) % 31]


@remembered
def organisation(session: Session, *, name: str = "上海澄江乐龄服务中心", **values: object) -> Organisation:
    """A registered organisation."""
    place(session)
    kind = OrganisationType.SERVICE_ORGANISATION
    made = Organisation(
        **{
            "credit_code": credit_code(next(_numbers), kind),
            "name": name,
            "type": kind,
            "registered_place": DISTRICT,
            "established_on": date(2018, 5, 1),
            "description": "为老年人提供助餐、探访与日间照料。",
            "created_at": NOON - timedelta(days=300),
            **values,
        }
    )
    session.add(made)
    session.flush()
    return made


def person(
    session: Session,
    role: Role | None = Role.COMMUNITY_WORKER,
    *,
    unit: str | None = None,
    organisation: Organisation | None = None,
    login: str | None = None,
    name: str = "王丽萍",
) -> Person:
    """Somebody with an account, and a role where one is given."""
    place(session)
    act = system(NOON - timedelta(days=200))
    made = accounts.create_person(session, act, login=login or f"user{next(_numbers):05d}", name=name)
    made.password_hash = CHEAP.hash(PASSWORD)
    if role is not None:
        found = session.get(AdministrativeUnit, unit) if unit else None
        accounts.give_role(session, made, act, role=role, unit=found, organisation=organisation)
    session.flush()
    return made


USUAL_UNIT = {
    Role.CITY_OFFICIAL: CITY,
    Role.DISTRICT_OFFICIAL: DISTRICT,
    Role.STREET_OFFICIAL: STREET,
    Role.COMMUNITY_WORKER: NEIGHBOURHOOD,
    Role.HUB: DISTRICT,
    Role.PANEL_MEMBER: DISTRICT,
    Role.AUDITOR: DISTRICT,
    Role.ADMINISTRATOR: DISTRICT,
}


def act_as(
    session: Session,
    role: Role = Role.COMMUNITY_WORKER,
    *,
    unit: str | None = None,
    organisation: Organisation | None = None,
    at: datetime = NOON,
) -> Act:
    """The act of somebody new in a role, in its usual unit unless told otherwise."""
    if organisation is None:
        unit = unit or USUAL_UNIT[role]
    someone = person(session, role, unit=unit, organisation=organisation)
    (membership,) = someone.memberships
    return Act(
        Actor(
            person_id=someone.id,
            role=role,
            unit_code=unit,
            organisation_id=organisation.id if organisation else None,
            membership_id=membership.id,
        ),
        at,
        "test",
    )


def nobody(at: datetime = NOON) -> Act:
    """A visitor who is not signed in."""
    return Act(Actor(), at, "test")


def token_for(session: Session, someone: Person, at: datetime) -> str:
    """An open session of somebody; the token goes into the cookie."""
    token = secrets.token_urlsafe(16)
    session.add(
        SignIn(
            token_hash=hashlib.sha256(token.encode()).hexdigest(),
            person_id=someone.id,
            membership_id=someone.memberships[0].id if someone.memberships else None,
            created_at=at,
            expires_at=at + timedelta(days=1),
        )
    )
    session.flush()
    return token
