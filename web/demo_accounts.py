"""One account per role of the seeded district: who it is, its password, and the sheet that shows them."""

import csv
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from unicodedata import east_asian_width

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import OFFICIALS, Act, Role
from models.audit.event import AuditEvent
from models.parties import accounts
from models.parties.person import Membership, Person

ROLES = {
    Role.COMMUNITY_WORKER: "社区工作者 community worker",
    Role.STREET_OFFICIAL: "街道经办人 street official",
    Role.DISTRICT_OFFICIAL: "区级经办人 district official",
    Role.CITY_OFFICIAL: "市级经办人 city official",
    Role.ORGANISATION_STAFF: "社会组织 organisation staff",
    Role.HUB: "枢纽 hub",
    Role.PANEL_MEMBER: "评审专家 panel member",
    Role.EVALUATOR: "第三方评估 evaluator",
    Role.AUDITOR: "审计监督 auditor",
    Role.ADMINISTRATOR: "系统管理员 administrator",
}
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are read for one another
HEADINGS = ("角色 role", "登录名 login", "密码 password", "姓名 name", "所属 where")


@dataclass(frozen=True)
class Account:
    """One row of the sheet."""

    role: str
    login: str
    password: str
    name: str
    where: str


def give_passwords(session: Session, act: Act, *, officers: Iterable[str] = ()) -> list[Account]:
    """Give the busiest person of each role a new random password, and each of the officers by login."""
    ensure(act, Permission.ACCOUNT_MANAGE)
    busiest = [_busiest(session, act, role) for role in ROLES]
    found = {each.person_id: each for each in busiest if each is not None}
    for membership in _officials(session, act, officers):
        found.setdefault(membership.person_id, membership)
    return [_open(session, act, membership.role, membership) for membership in found.values()]


def _officials(session: Session, act: Act, logins: Iterable[str]) -> Sequence[Membership]:
    """The offices that people of these logins hold."""
    query = (
        select(Membership)
        .join(Person)
        .where(Person.login.in_(list(logins)), Membership.role.in_(OFFICIALS))
        .where(Membership.started_at <= act.at, Membership.ended_at.is_(None))
    )
    return session.scalars(query.order_by(Person.login)).all()


def _busiest(session: Session, act: Act, role: Role) -> Membership | None:
    """Whoever did most in the role, so that there is something to see."""
    done = func.count(AuditEvent.number)
    query = (
        select(Membership)
        .join(Person)
        .outerjoin(AuditEvent, (AuditEvent.person_id == Person.id) & (AuditEvent.role == role))
        .where(Membership.role == role, Membership.started_at <= act.at, Membership.ended_at.is_(None))
        .group_by(Membership.id, Person.login)
        .order_by(done.desc(), Person.login)
        .limit(1)
    )
    return session.scalar(query)


def _open(session: Session, act: Act, role: Role, membership: Membership) -> Account:
    person = membership.person
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    accounts.set_password(session, person, act, password=password)
    where = membership.unit or membership.organisation
    return Account(ROLES[role], person.login, password, person.name, where.name if where else "")


def write(path: Path, sheet: list[Account]) -> None:
    """Keep the sheet where only its owner can read it."""
    keep(path, [HEADINGS, *(astuple(account) for account in sheet)])


def keep(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write rows into a new file that only its owner can read."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows(rows)


def read(path: Path) -> list[Account]:
    """The sheet as it was kept."""
    with path.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file, delimiter="\t")
    return [Account(*row) for row in rows if len(row) == len(fields(Account))]


def table(sheet: list[Account]) -> str:
    """The sheet for a terminal, where a Chinese character is two columns wide."""
    rows = [HEADINGS, *(astuple(account) for account in sheet)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  " + "  ".join(map(_padded, row, widths)).rstrip() for row in rows)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
