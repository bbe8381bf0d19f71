"""Accounts: which roles go together, in which units, and who may change whose."""

from contextlib import nullcontext

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import OFFICIALS, Act, Role
from models.errors import Conflict, Invalid, NotAllowed
from models.paging import EVERYTHING
from models.parties import accounts, people, signing
from models.parties.organisation import Organisation
from models.parties.person import SignIn
from models.parties.unit import AdministrativeUnit
from tests.factories import parties
from tests.factories.parties import (
    CITY,
    DISTRICT,
    NEIGHBOURHOOD,
    NOON,
    PASSWORD,
    STREET,
    USUAL_UNIT,
    act_as,
    person,
    system,
)

BIDDING = {Role.ORGANISATION_STAFF, Role.EVALUATOR}
BUYING = OFFICIALS | {Role.PANEL_MEMBER, Role.AUDITOR, Role.HUB}
HELD = sorted(set(Role) - {Role.SYSTEM})


def unit(session: Session, code: str) -> AdministrativeUnit:
    found = session.get(AdministrativeUnit, code)
    assert found is not None
    return found


def give(session: Session, act: Act, someone: object, role: Role, place: Organisation) -> None:
    scope = {"organisation": place} if role in BIDDING else {"unit": unit(session, USUAL_UNIT[role])}
    accounts.give_role(session, someone, act, role=role, **scope)  # type: ignore[arg-type]  # a person


@pytest.mark.parametrize("first", HELD)
@pytest.mark.parametrize("second", HELD)
def test_bidder_evaluator_and_purchaser_are_kept_apart(session: Session, first: Role, second: Role) -> None:
    place = parties.organisation(session)
    someone = person(session, role=None)
    give(session, system(), someone, first, place)
    sides = [{first, second} & BIDDING, {first, second} & BUYING]
    if first == second:
        expected: str | None = "role_held"
    else:
        expected = "roles_conflict" if all(sides) or {first, second} == BIDDING else None
    refusal = nullcontext() if expected is None else pytest.raises(Conflict, match=expected)
    with refusal:
        give(session, system(), someone, second, place)


def test_an_ended_role_no_longer_stands_in_the_way(session: Session) -> None:
    place = parties.organisation(session)
    someone = person(session, Role.AUDITOR, unit=DISTRICT)
    accounts.end_role(session, someone.memberships[0], system())
    give(session, system(), someone, Role.ORGANISATION_STAFF, place)
    with pytest.raises(Conflict, match="role_ended"):
        accounts.end_role(session, someone.memberships[0], system())


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.COMMUNITY_WORKER, STREET),
        (Role.STREET_OFFICIAL, DISTRICT),
        (Role.DISTRICT_OFFICIAL, NEIGHBOURHOOD),
        (Role.CITY_OFFICIAL, DISTRICT),
    ],
)
def test_a_role_is_held_in_the_kind_of_unit_its_name_says(session: Session, role: Role, code: str) -> None:
    someone = person(session, role=None)
    with pytest.raises(Invalid, match="role_needs_other_unit"):
        accounts.give_role(session, someone, system(), role=role, unit=unit(session, code))


def test_a_role_in_an_organisation_is_not_held_in_a_unit(session: Session) -> None:
    someone = person(session, role=None)
    with pytest.raises(Invalid, match="role_needs_other_scope"):
        accounts.give_role(session, someone, system(), role=Role.EVALUATOR, unit=unit(session, DISTRICT))
    with pytest.raises(Invalid, match="role_needs_other_scope"):
        accounts.give_role(session, someone, system(), role=Role.HUB)


@pytest.mark.parametrize("login", ["", "ab", "Wang", "王丽萍", "1wang", "wang li", "w" * 61, "wang\x00li"])
def test_a_login_people_cannot_spell_is_refused(session: Session, login: str) -> None:
    with pytest.raises(Invalid, match="login_wrong"):
        accounts.create_person(session, system(), login=login, name="王丽萍")


def test_a_login_is_given_once(session: Session) -> None:
    accounts.create_person(session, system(), login="wangliping", name="王丽萍")
    with pytest.raises(Conflict, match="login_taken"):
        accounts.create_person(session, system(), login="wangliping", name="另一位")


def test_a_district_administrator_does_not_touch_the_citys_accounts(session: Session) -> None:
    act = act_as(session, Role.ADMINISTRATOR)
    official = person(session, Role.CITY_OFFICIAL, unit=CITY)
    for verb in (accounts.disable, accounts.enable):
        with pytest.raises(NotAllowed):
            verb(session, official, act)
    with pytest.raises(NotAllowed):
        accounts.set_password(session, official, act, password="a long enough word")
    with pytest.raises(NotAllowed):
        accounts.end_role(session, official.memberships[0], act)
    someone = person(session, role=None)
    with pytest.raises(NotAllowed):
        accounts.give_role(session, someone, act, role=Role.CITY_OFFICIAL, unit=unit(session, CITY))
    assert people.person(session, official.id, act) is None


def test_the_accounts_listed_are_those_that_may_be_changed(session: Session) -> None:
    act = act_as(session, Role.ADMINISTRATOR)
    place = parties.organisation(session)
    made = [person(session, role, unit=USUAL_UNIT[role]) for role in USUAL_UNIT]
    made += [person(session, role=None), person(session, Role.EVALUATOR, organisation=place)]
    listed = people.list_people(session, act, people.Wanted(), paging=EVERYTHING)
    shown = {row.person.id for row in listed.rows}
    assert {each.id for each in made if accounts.manages(act, each)} == shown & {each.id for each in made}
    assert listed.total == len(listed.rows)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.SYSTEM}))
def test_nobody_else_sees_accounts(session: Session, role: Role) -> None:
    place = parties.organisation(session)
    act = act_as(session, role, organisation=place if role in BIDDING else None)
    assert people.list_people(session, act, people.Wanted()).rows == []


def test_people_are_found_by_name_login_unit_and_organisation(session: Session) -> None:
    act = act_as(session, Role.ADMINISTRATOR)
    place = parties.organisation(session, name="澄江百灵鸟社工站")
    found = person(session, Role.ORGANISATION_STAFF, organisation=place, login="bailing01", name="周百灵")
    worker = person(session, Role.COMMUNITY_WORKER, unit=NEIGHBOURHOOD, login="shequ01", name="吴社工")

    def search(words: str) -> set[object]:
        listed = people.list_people(session, act, people.Wanted(words=words), paging=EVERYTHING)
        return {row.person.id for row in listed.rows}

    assert search("周百灵") == search("ＢＡＩＬＩＮＧ01") == search("百灵鸟") == {found.id}
    assert worker.id in search("澄江一村")
    assert search("100%\x00") == set()


def test_a_new_password_ends_every_session(session: Session) -> None:
    someone = person(session, Role.COMMUNITY_WORKER, unit=NEIGHBOURHOOD)
    token = signing.sign_in(session, system(), login=someone.login, password=PASSWORD, address="-")
    assert token
    accounts.set_password(session, someone, system(), password="a long enough word")
    assert signing.current(session, token, NOON) is None
    assert session.scalars(select(SignIn).where(SignIn.person_id == someone.id)).one().ended_at == NOON


def test_an_administrator_neither_disables_nor_demotes_themselves(session: Session) -> None:
    act = act_as(session, Role.ADMINISTRATOR)
    me = session.get(accounts.Person, act.actor.person_id)
    assert me is not None
    with pytest.raises(Conflict, match="own_account"):
        accounts.disable(session, me, act)
    with pytest.raises(Conflict, match="own_account"):
        accounts.end_role(session, me.memberships[0], act)


def test_a_closed_account_can_be_opened_again(session: Session) -> None:
    someone = person(session, Role.COMMUNITY_WORKER, unit=NEIGHBOURHOOD)
    accounts.disable(session, someone, system())
    with pytest.raises(Conflict, match="account_disabled"):
        accounts.disable(session, someone, system())
    assert not signing.sign_in(session, system(), login=someone.login, password=PASSWORD, address="-")
    accounts.enable(session, someone, system())
    assert signing.sign_in(session, system(), login=someone.login, password=PASSWORD, address="-")
