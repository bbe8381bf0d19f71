"""Whom the data bar from a panel: ties within three years, names in registers, the purchaser's own."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.panels import pooling
from models.panels.bidders import bidders
from models.panels.eligibility import drawable
from models.panels.pool import Expert, TieKind
from models.parties import accounts
from models.parties.organisation import BoardMember, StaffMember
from models.parties.person import Membership, Person
from models.parties.unit import AdministrativeUnit
from models.tenders.tender import Tender
from tests.factories import panels, parties


@pytest.fixture
def tender(session: Session) -> Tender:
    """A consultation with three bids opened."""
    return panels.opened(session)


def registrar(session: Session) -> Act:
    """Who keeps the pool."""
    return parties.act_as(session, Role.DISTRICT_OFFICIAL)


def can_be_drawn(session: Session, tender: Tender, person: Person) -> bool:
    """Whether the person is in the list."""
    session.flush()
    session.expire_all()
    act = panels.official(session, tender)
    return person.id in {expert.person_id for expert in drawable(session, tender, act)}


def test_r53_ties_of_the_pool_bar_for_three_years(session: Session, tender: Tender) -> None:
    (person,) = panels.experts(session, 1)
    expert = session.get_one(Expert, person.id)
    day = date(2026, 12, 14)
    tie = pooling.tie(
        session,
        expert,
        registrar(session),
        organisation_id=bidders(session, tender)[0].id,
        kind=TieKind.CONTROL,
    )
    assert not can_be_drawn(session, tender, person)
    tie.ended_on = day.replace(year=2023)
    assert not can_be_drawn(session, tender, person)
    tie.ended_on -= timedelta(days=1)
    assert can_be_drawn(session, tender, person)


@pytest.mark.parametrize("table", [StaffMember, BoardMember])
def test_r53_a_name_in_a_bidders_register_bars(session: Session, tender: Tender, table: type) -> None:
    (person,) = panels.experts(session, 1)
    assert can_be_drawn(session, tender, person)
    session.add(table(organisation_id=bidders(session, tender)[1].id, name=f" {person.name} "))
    assert not can_be_drawn(session, tender, person)


def test_r53_an_employer_that_bids_bars(session: Session, tender: Tender) -> None:
    (person,) = panels.experts(session, 1)
    session.get_one(Expert, person.id).employer = bidders(session, tender)[2].name
    assert not can_be_drawn(session, tender, person)


def test_r53_who_worked_for_a_bidder_within_three_years_is_barred(session: Session, tender: Tender) -> None:
    (person,) = panels.experts(session, 1)
    gone = panels.DRAWN - timedelta(days=1000)
    held = Membership(
        person_id=person.id,
        role=Role.ORGANISATION_STAFF,
        organisation_id=bidders(session, tender)[0].id,
        started_at=gone - timedelta(days=400),
        ended_at=gone,
    )
    session.add(held)
    assert not can_be_drawn(session, tender, person)
    held.ended_at = panels.DRAWN - timedelta(days=1200)
    assert can_be_drawn(session, tender, person)


def test_r53_a_member_of_a_consortium_bars_as_its_lead_does(session: Session, tender: Tender) -> None:
    (person,) = panels.experts(session, 1)
    partner = parties.organisation(session, name="上海联合服务社")
    session.add(StaffMember(organisation_id=partner.id, name=person.name))
    assert can_be_drawn(session, tender, person)
    bid = panels.opened_bids(session, tender)[0]
    named = {"organisation": str(partner.id), "name": partner.name, "share": "40.00", "work": "送餐"}
    bid.technical = {**bid.technical, "consortium": [named, {"name": "没有编号"}]}
    assert not can_be_drawn(session, tender, person)


def test_r54_who_is_tied_to_the_author_of_the_specification_is_barred(
    session: Session, tender: Tender
) -> None:
    (person,) = panels.experts(session, 1)
    author = parties.organisation(session, name="上海规范编制中心")
    session.add(StaffMember(organisation_id=author.id, name=person.name))
    assert can_be_drawn(session, tender, person)
    tender.author_organisation_id = author.id
    assert not can_be_drawn(session, tender, person)


def test_the_purchasers_own_people_are_no_experts(session: Session, tender: Tender) -> None:
    (person,) = panels.experts(session, 1)
    unit = session.get_one(AdministrativeUnit, tender.unit_code)
    accounts.give_role(session, person, parties.system(), role=Role.STREET_OFFICIAL, unit=unit)
    assert not can_be_drawn(session, tender, person)


def test_who_left_has_no_role_or_belongs_to_another_area_is_not_drawn(
    session: Session, tender: Tender
) -> None:
    left, roleless, elsewhere = panels.experts(session, 3)
    session.get_one(Expert, left.id).left_on = date(2026, 12, 14)
    roleless.memberships[0].ended_at = panels.OPENED
    session.get_one(Expert, elsewhere.id).unit_code = parties.OTHER_STREET
    for person in (left, roleless, elsewhere):
        assert not can_be_drawn(session, tender, person)
