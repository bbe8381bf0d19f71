"""Signing in: attempts are counted, sessions end."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.act import Role
from models.errors import Invalid
from models.parties import accounts, signing
from models.parties.person import Person, SignInFailure
from models.parties.unit import AdministrativeUnit
from tests.factories.parties import NEIGHBOURHOOD, NEXT_DOOR, NOON, PASSWORD, person, system

SECOND = timedelta(seconds=1)
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def someone(session: Session) -> Person:
    return person(session, Role.COMMUNITY_WORKER, unit=NEIGHBOURHOOD)


def attempt(
    session: Session, login: str, password: str, *, after: timedelta = timedelta(), address: str = "-"
):
    return signing.sign_in(session, system(NOON + after), login=login, password=password, address=address)


def fail(session: Session, login: str, times: int, *, address: str = "-") -> None:
    for number in range(times):
        assert attempt(session, login, "wrong", after=number * SECOND, address=address) is None


def test_after_four_wrong_passwords_the_fifth_attempt_may_succeed(session: Session, someone: Person) -> None:
    fail(session, someone.login, 4)
    assert attempt(session, someone.login, PASSWORD, after=5 * SECOND)


def test_after_five_wrong_passwords_not_even_the_right_one_is_tried(
    session: Session, someone: Person
) -> None:
    fail(session, someone.login, 5)
    with pytest.raises(Invalid, match="too_many_attempts"):
        attempt(session, someone.login, PASSWORD, after=5 * SECOND)


def test_the_window_ends_fifteen_minutes_after_the_first_failure(session: Session, someone: Person) -> None:
    fail(session, someone.login, 5)
    with pytest.raises(Invalid, match="too_many_attempts"):
        attempt(session, someone.login, PASSWORD, after=signing.WINDOW - INSTANT)
    assert attempt(session, someone.login, PASSWORD, after=signing.WINDOW)


def test_the_way_a_login_is_written_does_not_buy_more_attempts(session: Session, someone: Person) -> None:
    fail(session, someone.login, 3)
    fail(session, someone.login.upper(), 2)
    with pytest.raises(Invalid, match="too_many_attempts"):
        attempt(session, someone.login, PASSWORD, after=5 * SECOND)


def test_an_unknown_login_is_counted_like_a_known_one(session: Session) -> None:
    fail(session, "nobody", 5)
    with pytest.raises(Invalid, match="too_many_attempts"):
        attempt(session, "nobody", "wrong")


def test_one_address_cannot_try_many_logins(session: Session, someone: Person) -> None:
    for number in range(signing.FAILURES_PER_ADDRESS):
        session.add(SignInFailure(key=signing._key("address", "10.0.0.9"), at=NOON - number * SECOND))
    session.flush()
    with pytest.raises(Invalid, match="too_many_attempts"):
        attempt(session, someone.login, PASSWORD, address="10.0.0.9")
    assert attempt(session, someone.login, PASSWORD, address="10.0.0.10")


def test_somebody_elses_failures_do_not_lock_me_out(session: Session, someone: Person) -> None:
    other = person(session, Role.COMMUNITY_WORKER, unit=NEXT_DOOR)
    fail(session, other.login, 5)
    assert attempt(session, someone.login, PASSWORD, after=5 * SECOND)


def test_old_failures_are_swept_away_by_a_success(session: Session, someone: Person) -> None:
    fail(session, someone.login, 2)
    assert attempt(session, someone.login, PASSWORD, after=signing.WINDOW + timedelta(minutes=1))
    assert session.scalar(select(func.count()).select_from(SignInFailure)) == 0


def test_a_session_ends_five_days_after_signing_in(session: Session, someone: Person) -> None:
    token = attempt(session, someone.login, PASSWORD)
    assert token
    end = NOON + signing.SESSION_LENGTH
    assert signing.current(session, token, end - INSTANT) is not None
    assert signing.current(session, token, end) is None


def test_a_copied_cookie_is_worth_nothing_after_signing_out(session: Session, someone: Person) -> None:
    token = attempt(session, someone.login, PASSWORD)
    assert token
    opened = signing.current(session, token, NOON)
    assert opened is not None
    signing.sign_out(session, opened, system())
    assert signing.current(session, token, NOON) is None
    assert signing.current(session, "made up", NOON) is None


def test_a_disabled_person_is_out_at_once(session: Session, someone: Person) -> None:
    token = attempt(session, someone.login, PASSWORD)
    assert token
    accounts.disable(session, someone, system())
    assert signing.current(session, token, NOON) is None


def test_an_ended_role_leaves_a_person_without_powers(session: Session, someone: Person) -> None:
    token = attempt(session, someone.login, PASSWORD)
    assert token
    opened = signing.current(session, token, NOON)
    assert opened is not None
    assert signing.actor_of(opened, NOON).role == Role.COMMUNITY_WORKER
    accounts.end_role(session, someone.memberships[0], system(NOON + SECOND))
    assert signing.actor_of(opened, NOON).role == Role.COMMUNITY_WORKER
    assert signing.actor_of(opened, NOON + SECOND).role is None


def test_a_changed_password_ends_the_other_sessions_only(session: Session, someone: Person) -> None:
    here, there = (attempt(session, someone.login, PASSWORD) for _device in range(2))
    assert here
    assert there
    opened = signing.current(session, here, NOON)
    assert opened is not None
    with pytest.raises(Invalid, match="password_wrong"):
        signing.change_password(session, opened, system(), old="wrong", new="another long word")
    with pytest.raises(Invalid, match="password_too_short"):
        signing.change_password(session, opened, system(), old=PASSWORD, new="short")
    signing.change_password(session, opened, system(), old=PASSWORD, new="another long word")
    assert signing.current(session, here, NOON) is not None
    assert signing.current(session, there, NOON) is None
    assert attempt(session, someone.login, "another long word")


def test_one_acts_in_ones_own_open_roles_only(session: Session, someone: Person) -> None:
    other = person(session, Role.COMMUNITY_WORKER, unit=NEXT_DOOR)
    token = attempt(session, someone.login, PASSWORD)
    assert token
    opened = signing.current(session, token, NOON)
    assert opened is not None
    with pytest.raises(signing.NotFound):
        signing.switch_role(session, opened, other.memberships[0].id, system())
    second = accounts.give_role(
        session,
        someone,
        system(),
        role=Role.COMMUNITY_WORKER,
        unit=session.get(AdministrativeUnit, NEXT_DOOR),
    )
    session.flush()
    signing.switch_role(session, opened, second.id, system())
    assert signing.actor_of(opened, NOON).unit_code == NEXT_DOOR
