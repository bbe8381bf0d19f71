"""A bid that an upheld challenge lets in after the prices were opened is priced in a session of its own."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from models.bids import opening_room
from models.bids.opened import InvalidReason
from models.bids.room import room
from models.bids.unsealing import declare_invalid, opened_bids, unpriced
from models.errors import Conflict
from models.lifecycle import advance
from models.sealing.keys import Envelope
from models.tenders.lifecycle import TENDER, TenderMove
from models.tenders.tender import Tender
from tests.factories import bids, tenders
from tests.factories.tenders import CLOSES, KEEPER

LATER = CLOSES + timedelta(days=2)


def open_prices(session: Session, tender: Tender, when: datetime) -> None:
    first, second, *_rest = bids.officers(session, tender, when)
    opening = opening_room.start(session, tender, first, envelope=Envelope.PRICE)
    for act in (first, second):
        bids.give(session, opening, act)
    opening_room.open_(session, opening, second, keeper=KEEPER, marks_are_in=True, minutes="到场 2 人。")
    session.flush()


def test_the_price_of_a_bid_let_in_again_is_opened_in_a_session_of_its_own(session: Session) -> None:
    tender = tenders.tender(session)
    bids.bids(session, tender, 3)
    bids.opened(session, tender)
    refused, *others = opened_bids(session, tender.lots[0])
    act = tenders.official(session, CLOSES, unit=tender.unit_code)
    declare_invalid(session, refused, act, InvalidReason.NOT_QUALIFIED, words="没有提供审计报告。")
    open_prices(session, tender, CLOSES)
    assert (refused.price, unpriced(session, tender)) == (None, [])
    with pytest.raises(Conflict, match="opening_held_already"):
        open_prices(session, tender, LATER)

    act = tenders.official(session, LATER, unit=tender.unit_code)
    advance(session, TENDER, tender, TenderMove.REPLAY, act)
    refused.invalid_at = refused.invalid_reason = None
    assert unpriced(session, tender) == [refused]
    assert room(session, tender, act).may_open_prices
    open_prices(session, tender, LATER)
    assert refused.price is not None
    assert refused.priced_at == LATER
    assert [each.priced_at for each in others] == [CLOSES, CLOSES]
    assert not room(session, tender, act).may_open_prices
