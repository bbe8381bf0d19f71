"""The prices: shut until the technical marks are in, and invalid above the limit (R27, R30)."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bids import opening_room
from models.bids.opened import InvalidReason
from models.bids.queries import opened
from models.errors import Conflict
from models.sealing.keys import Envelope
from models.tenders.tender import Tender
from tests.factories import bids, tenders
from tests.factories.tenders import KEEPER


@pytest.fixture
def tender(session: Session) -> Tender:
    """A tender with three bids."""
    made = tenders.tender(session)
    bids.bids(session, made)
    return made


def bids_of(session: Session, tender: Tender) -> list[bids.Bid]:
    return list(session.scalars(select(bids.Bid).where(bids.Bid.lot_id == tender.lots[0].id)))


def test_prices_wait_until_the_marks_are_in(session: Session, tender: Tender) -> None:
    first, second, *_rest = bids.officers(session, tender)
    with pytest.raises(Conflict, match="wrong_phase"):
        opening_room.start(session, tender, first, envelope=Envelope.PRICE)
    bids.opened(session, tender)
    opening = opening_room.start(session, tender, first, envelope=Envelope.PRICE)
    for act in (first, second):
        bids.give(session, opening, act)
    with pytest.raises(Conflict, match="marks_not_in"):
        opening_room.open_(session, opening, first, keeper=KEEPER)
    assert [each.price for each in opened(session, tender.lots[0])] == [None] * 3
    opening_room.open_(session, opening, first, keeper=KEEPER, marks_are_in=True)
    assert sorted(each.price for each in opened(session, tender.lots[0]) if each.price) == [
        430000,
        440000,
        450000,
    ]
    with pytest.raises(Conflict, match="opening_held_already"):
        opening_room.start(session, tender, first, envelope=Envelope.PRICE)


@pytest.mark.parametrize(
    ("price", "reason"), [("500000.00", None), ("500000.01", InvalidReason.ABOVE_CEILING)]
)
def test_r30_a_price_above_the_limit_is_invalid(
    session: Session, price: str, reason: InvalidReason | None
) -> None:
    tender = tenders.tender(session)
    bid = bids.bid(session, tender.lots[0], bids.bidder(session), price=price)
    bids.bids(session, tender, 2)
    bids.opened(session, tender, prices=True)
    found = {each.bid_id: each for each in opened(session, tender.lots[0])}
    assert found[bid.id].invalid_reason == reason
    assert str(found[bid.id].price) == price


def test_the_price_of_an_invalid_bid_stays_shut(session: Session, tender: Tender) -> None:
    one, *_others = bids_of(session, tender)
    one.technical = one.technical[:-1] + bytes([one.technical[-1] ^ 1])
    session.flush()
    bids.opened(session, tender, prices=True)
    found = {each.bid_id: each for each in opened(session, tender.lots[0])}
    assert (found[one.id].price, found[one.id].priced_at) == (None, None)
