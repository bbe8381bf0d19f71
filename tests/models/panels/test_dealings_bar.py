"""R53: whoever belongs to an organisation that dealt with a bidder within three years is not drawn."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from models.panels import declaring, pooling
from models.panels.bidders import bidders
from models.panels.eligibility import Barred, Bond
from models.panels.pool import Expert, TieKind
from models.parties.dealing import Dealing, DealingKind
from models.parties.organisation import BoardMember, Organisation, StaffMember
from models.parties.person import Person
from models.tenders.tender import Tender
from tests.factories import panels, parties
from tests.models.panels.test_barred import can_be_drawn, registrar

DAY = timedelta(days=1)
SINCE = date(2023, 12, 14)
"""Three years before the draw."""


@pytest.fixture
def tender(session: Session) -> Tender:
    return panels.opened(session)


@pytest.fixture
def partner(session: Session) -> Organisation:
    return parties.organisation(session, name="上海联手社会工作发展中心")


@pytest.fixture
def person(session: Session, tender: Tender) -> Person:
    (found,) = panels.experts(session, 1)
    return found


def dealt(session: Session, tender: Tender, partner: Organisation, ended_on: date | None) -> Dealing:
    bidder = bidders(session, tender)[0]
    made = Dealing(
        organisation_id=bidder.id,
        other_id=partner.id,
        kind=DealingKind.CONSORTIUM,
        began_on=date(2022, 1, 1),
        ended_on=ended_on,
        source="HT-2022-0001",
    )
    session.add(made)
    session.flush()
    return made


def works_for(session: Session, person: Person, partner: Organisation) -> None:
    session.get_one(Expert, person.id).employer = partner.name


def test_r53_the_dealings_of_an_experts_employer_bar_for_three_years(
    session: Session, tender: Tender, partner: Organisation, person: Person
) -> None:
    works_for(session, person, partner)
    assert can_be_drawn(session, tender, person)
    dealing = dealt(session, tender, partner, SINCE)
    assert not can_be_drawn(session, tender, person)
    dealing.ended_on = SINCE - DAY
    assert can_be_drawn(session, tender, person)
    dealing.ended_on = None
    assert not can_be_drawn(session, tender, person)


@pytest.mark.parametrize("table", [StaffMember, BoardMember])
def test_r53_a_name_in_the_registers_of_who_dealt_bars(
    session: Session, tender: Tender, partner: Organisation, person: Person, table: type
) -> None:
    session.add(table(organisation_id=partner.id, name=person.name))
    assert can_be_drawn(session, tender, person)
    dealt(session, tender, partner, None)
    assert not can_be_drawn(session, tender, person)


def test_r53_the_reason_is_the_dealing_with_the_bidder(
    session: Session, tender: Tender, partner: Organisation, person: Person
) -> None:
    works_for(session, person, partner)
    dealt(session, tender, partner, None)
    barred = Barred(session, tender, panels.official(session, tender))
    assert barred.bonds(person) == [Bond(bidders(session, tender)[0].id, TieKind.DEALING)]


def test_kinship_with_somebody_of_a_partner_is_no_dealing_of_ones_own(
    session: Session, tender: Tender, partner: Organisation, person: Person
) -> None:
    expert = session.get_one(Expert, person.id)
    pooling.tie(session, expert, registrar(session), organisation_id=partner.id, kind=TieKind.KINSHIP)
    dealt(session, tender, partner, None)
    assert can_be_drawn(session, tender, person)


def test_r53_what_comes_to_light_after_the_draw_recuses_with_the_declaration(session: Session) -> None:
    panel = panels.drawn(session)
    partner = parties.organisation(session, name="上海联手社会工作发展中心")
    member = panel.members[0]
    works_for(session, member.person, partner)
    dealt(session, panel.tender, partner, None)
    declaring.declare(session, member, panels.member_act(member), interests=())
    assert member.recused_at == panels.DRAWN
    assert [(each.kind, each.from_data) for each in member.interests] == [(TieKind.DEALING, True)]
