"""Signing in and out, and acting in one role at a time."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload

from models.act import Act, Actor
from models.audit.record import record
from models.errors import Invalid, NotFound
from models.parties.passwords import hashed, matches
from models.parties.person import Membership, Person, SignIn, SignInFailure

SESSION_LENGTH = timedelta(days=5)
WINDOW = timedelta(minutes=15)
FAILURES_PER_LOGIN = 5
FAILURES_PER_ADDRESS = 50
SHOWN = (
    joinedload(SignIn.person),
    joinedload(SignIn.membership).joinedload(Membership.unit),
    joinedload(SignIn.membership).joinedload(Membership.organisation),
)
"""What every page says of who is signed in: read at once."""


def sign_in(session: Session, act: Act, *, login: str, password: str, address: str) -> str | None:
    """Check a password and open a session; returns its token, or None when login or password is wrong.

    A wrong attempt is counted, so the caller commits in both cases. Raises Invalid("too_many_attempts").
    """
    keys = {_key("login", login.lower()): FAILURES_PER_LOGIN, _key("address", address): FAILURES_PER_ADDRESS}
    for key, allowed in keys.items():
        if _failures(session, key, act.at) >= allowed:
            raise Invalid("too_many_attempts", minutes=int(WINDOW.total_seconds() // 60))
    person = session.scalar(select(Person).where(Person.login == login.lower(), Person.disabled_at.is_(None)))
    if not matches(person.password_hash if person else None, password) or person is None:
        session.add_all(SignInFailure(key=key, at=act.at) for key in keys)
        return None
    session.execute(delete(SignInFailure).where(SignInFailure.at < act.at - WINDOW))
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            token_hash=_hash(token),
            person_id=person.id,
            membership_id=next((m.id for m in person.memberships if m.is_open(act.at)), None),
            created_at=act.at,
            expires_at=act.at + SESSION_LENGTH,
        )
    )
    record(session, Act(Actor(person_id=person.id), act.at, act.request_id), "person.sign_in", person)
    return token


def current(session: Session, token: str, at: datetime) -> SignIn | None:
    """The open session of a token, if its person may still act."""
    found = session.get(SignIn, _hash(token), options=SHOWN)
    if (
        found is None
        or found.ended_at is not None
        or found.expires_at <= at
        or found.person.disabled_at is not None
    ):
        return None
    return found


def actor_of(signed_in: SignIn, at: datetime) -> Actor:
    """The actor of a session; without an open membership it is a person who may do nothing special."""
    membership = signed_in.membership
    if membership is None or not membership.is_open(at):
        return Actor(person_id=signed_in.person_id)
    return Actor(
        person_id=signed_in.person_id,
        role=membership.role,
        unit_code=membership.unit_code,
        organisation_id=membership.organisation_id,
        membership_id=membership.id,
    )


def sign_out(session: Session, signed_in: SignIn, act: Act) -> None:
    """End the session on the server, so that a copied cookie is worth nothing."""
    signed_in.ended_at = act.at
    record(session, act, "person.sign_out", signed_in.person)


def switch_role(session: Session, signed_in: SignIn, membership_id: UUID, act: Act) -> Membership:
    """Act in another of one's own roles from now on."""
    membership = session.get(Membership, membership_id)
    if membership is None or membership.person_id != signed_in.person_id or not membership.is_open(act.at):
        raise NotFound("not_found")
    signed_in.membership = membership
    record(session, act, "person.switch_role", signed_in.person, membership=membership.id)
    return membership


def change_password(session: Session, signed_in: SignIn, act: Act, *, old: str, new: str) -> None:
    """Replace one's password and end one's other sessions."""
    person = signed_in.person
    if not matches(person.password_hash, old):
        raise Invalid("password_wrong", field="old")
    person.password_hash = hashed(new)
    others = select(SignIn).where(
        SignIn.person_id == person.id, SignIn.ended_at.is_(None), SignIn.token_hash != signed_in.token_hash
    )
    for other in session.scalars(others):
        other.ended_at = act.at
    record(session, act, "person.change_password", person)


def _failures(session: Session, key: str, at: datetime) -> int:
    recent = select(func.count()).where(SignInFailure.key == key, SignInFailure.at > at - WINDOW)
    return session.scalar(recent) or 0


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _key(kind: str, value: str) -> str:
    return _hash(f"{kind}:{value}")
