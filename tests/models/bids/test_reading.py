"""Before the opening nobody but the bidder sees that it bid; hashes are public from the deadline on."""

import pytest
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can
from models.act import Role
from models.bids import queries
from models.bids.bid import BidPhase
from models.tenders import amending
from models.tenders.tender import Tender, TenderPhase
from tests.factories import bids, parties, tenders
from tests.factories.tenders import CLOSES


@pytest.fixture
def tender(session: Session) -> Tender:
    """A tender with three bids."""
    made = tenders.tender(session)
    bids.bids(session, made)
    return made


@pytest.mark.parametrize(
    "role", [Role.STREET_OFFICIAL, Role.DISTRICT_OFFICIAL, Role.AUDITOR, Role.PANEL_MEMBER]
)
def test_who_bid_is_not_told_before_the_opening(session: Session, tender: Tender, role: Role) -> None:
    act = parties.act_as(session, role, at=CLOSES)
    assert queries.bids_of(session, tender, act) == []
    sealed = queries.bids_of(session, tender, bids.staff(session, bids.bidder(session, "旁人")))
    assert sealed == []
    bids.opened(session, tender)
    seen = role != Role.PANEL_MEMBER
    assert len(queries.bids_of(session, tender, act)) == (3 if seen else 0)


def test_a_bidder_sees_its_own(session: Session, tender: Tender) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    bid = bids.bid(session, tender.lots[0], own, by=act)
    assert queries.bids_of(session, tender, act) == [bid]
    assert queries.bid(session, bid.id, act) is bid
    for other in (
        tenders.official(session),
        bids.staff(session, bids.bidder(session, "旁人")),
        parties.nobody(),
    ):
        assert queries.bid(session, bid.id, other) is None


def test_what_is_listed_equals_what_the_policy_allows(session: Session, tender: Tender) -> None:
    everybody = [tenders.official(session), parties.nobody(), parties.act_as(session, Role.AUDITOR)]
    for opened in (False, True):
        if opened:
            bids.opened(session, tender)
        for act in everybody:
            listed = queries.bids_of(session, tender, act)
            found = queries.opened(session, tender.lots[0])
            allowed = [each.bid for each in found if can(act, Permission.BID_VIEW, each.bid)]
            assert {each.id for each in listed} == {each.id for each in allowed}


@pytest.mark.parametrize("hidden", [True, False])
def test_the_number_of_bids_is_hidden_where_the_tender_says_so(session: Session, hidden: bool) -> None:
    tender = tenders.tender(session, count_hidden=hidden)
    bids.bids(session, tender)
    lot = tender.lots[0]
    assert queries.count_of(session, lot, parties.nobody(bids.LAST)) == (None if hidden else 3)
    assert queries.count_of(session, lot, parties.nobody(CLOSES)) == 3


def test_hashes_are_published_at_the_deadline_and_names_at_the_opening(
    session: Session, tender: Tender
) -> None:
    withdrawn = bids.bid(session, tender.lots[0], own := bids.bidder(session))
    bids.submitting.withdraw(session, withdrawn, bids.staff(session, own))
    session.flush()
    assert queries.envelopes(session, tender, parties.nobody(bids.LAST)) is None
    found = queries.envelopes(session, tender, parties.nobody(CLOSES))
    assert found is not None
    assert len(found) == 3
    assert {each.name for each in found} == {None}
    assert [each.technical for each in found] == sorted(each.technical for each in found)
    bids.opened(session, tender)
    named = queries.envelopes(session, tender, parties.nobody(CLOSES))
    assert named is not None
    assert {each.name for each in named} == {f"上海投标{n}号服务中心" for n in (1, 2, 3)}


def test_ones_own_list_has_drafts_bids_and_what_to_confirm(session: Session) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    one, two = tenders.tender(session), tenders.tender(session)
    bids.draft(session, one.lots[0], own, by=act)
    bids.bid(session, two.lots[0], own, by=act)
    amending.amend(session, two, tenders.official(session), words="改为每周两次。", bears_on_bids=True)
    rows = queries.own(session, act)
    assert {(row.draft is not None, row.phase, row.confirm) for row in rows} == {
        (True, None, False),
        (False, BidPhase.SEALED, True),
    }
    assert queries.own(session, bids.staff(session, bids.bidder(session, "旁人"))) == []


def test_tenders_to_open_are_those_of_the_area_whose_deadline_is_over(
    session: Session, tender: Tender
) -> None:
    tenders.tender(session, TenderPhase.CANCELLED)
    own, other = (
        tenders.official(session, CLOSES, unit=each) for each in (parties.STREET, parties.OTHER_STREET)
    )
    assert queries.to_open(session, own) == [tender]
    assert queries.to_open(session, bids.at(own, bids.LAST)) == []
    assert queries.to_open(session, other) == []
    assert queries.to_open(session, bids.staff(session, bids.bidder(session))) == []
    bids.opened(session, tender)
    assert queries.to_open(session, own) == []


def test_bidders_are_told_what_becomes_of_a_tender(session: Session) -> None:
    tender = tenders.tender(session)
    act = bids.staff(session, own := bids.bidder(session))
    bids.bid(session, tender.lots[0], own, by=act)
    assert queries.bidders(session, tender, tenders.official(session)) == {act.actor.person_id}
