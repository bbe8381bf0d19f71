"""Two at once on one lot: one live bid stays, the other is told clearly, and nothing is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from models.act import Act
from models.audit.record import verify
from models.bids import consortia, drafting, opening_room, submitting
from models.bids.bid import Bid
from models.bids.consortium import ConsortiumMember
from models.bids.draft import BidDraft
from models.bids.opening import Opening
from models.bids.queries import LIVE
from models.catalogue.taxonomy import load_taxonomy
from models.migrate import upgrade
from models.parties.organisation import Organisation
from models.sealing.keys import Envelope
from models.session import make_sessions, transaction
from models.tenders.lot import Lot
from models.tenders.tender import Tender
from tests.factories import bids, parties, tenders
from tests.factories.tenders import KEEPER
from tests.models.test_races import at_once, refusals

Deed = Callable[[Session], object]


@dataclass
class Place:
    """A lot that takes bids, and who is at work there."""

    engine: Engine
    lot_id: UUID
    own_id: UUID
    one: Act
    two: Act
    officers: list[Act]

    def submit(self, act: Act) -> Deed:
        return lambda session: submitting.submit(session, self.lot(session), act, keeper=KEEPER)[0].reference

    def lot(self, session: Session) -> Lot:
        return session.get_one(Lot, self.lot_id)

    def count(self, *where: object) -> int:
        with make_sessions(self.engine)() as session:
            assert verify(session).broken_at is None
            return session.scalar(select(func.count(Bid.id)).where(*where)) or 0  # type: ignore[arg-type]  # conditions


@pytest.fixture
def place(own_engine: Engine) -> Place:
    """A lot, an organisation with a draft, and two of its staff."""
    upgrade(own_engine)
    with make_sessions(own_engine)() as session, transaction(session):
        load_taxonomy(session, parties.system())
        tender = tenders.tender(session)
        own = bids.bidder(session)
        one, two = bids.staff(session, own), bids.staff(session, own)
        bids.draft(session, tender.lots[0], own, by=one)
        officers = bids.officers(session, tender)
        return Place(own_engine, tender.lots[0].id, own.id, one, two, officers)


def test_of_two_who_submit_one_draft_at_once_one_seals_it(place: Place) -> None:
    answers = at_once(place.engine, place.submit(place.one), place.submit(place.two))
    assert refusals(answers) == ["bid_draft_gone"]
    assert place.count(LIVE) == place.count() == 1


def test_of_a_submission_and_a_saving_at_once_nothing_is_lost(place: Place) -> None:
    with make_sessions(place.engine)() as session:
        seen = session.scalars(select(BidDraft.revision)).one()

    def save(session: Session) -> object:
        lot = place.lot(session)
        technical, price = bids.technical(lot, "改过"), bids.price("440000")
        return drafting.save(
            session, lot, place.two, technical=technical, price=price, keeper=KEEPER, revision=seen
        ).revision

    answers = at_once(place.engine, place.submit(place.one), save)
    assert refusals(answers) in ([], ["bid_draft_gone"])
    assert place.count(LIVE) == 1


def test_of_a_submission_and_a_withdrawal_at_once_one_live_bid_stays(place: Place) -> None:
    with make_sessions(place.engine)() as session, transaction(session):
        lot, own = place.lot(session), session.get_one(Organisation, place.own_id)
        first = submitting.submit(session, lot, place.one, keeper=KEEPER)[0].id
        bids.draft(session, lot, own, by=place.one)

    def withdraw(session: Session) -> object:
        return submitting.withdraw(session, session.get_one(Bid, first), place.two)

    answers = at_once(place.engine, place.submit(place.one), withdraw)
    assert refusals(answers) in ([], ["wrong_phase"])
    assert place.count(LIVE) == 1


def test_r51_alone_and_in_a_consortium_at_once_is_one_of_both(place: Place) -> None:
    with make_sessions(place.engine)() as session, transaction(session):
        lead = bids.bidder(session, "上海牵头")
        own = session.get_one(Organisation, place.own_id)
        parts = [
            consortia.Part(lead, consortia.WHOLE / 2, "甲"),
            consortia.Part(own, consortia.WHOLE / 2, "乙"),
        ]
        made = consortia.invite(session, place.lot(session), bids.staff(session, lead), parts=parts)
        assert made is not None
        session.flush()
        member_id = made.members[1].id

    def join(session: Session) -> object:
        return consortia.confirm(
            session, session.get_one(ConsortiumMember, member_id), place.two, liable=True
        )

    answers = at_once(place.engine, place.submit(place.one), join)
    assert refusals(answers) == ["bid_alone_and_in_consortium"]


def test_of_two_officials_who_begin_at_once_one_begins(place: Place) -> None:
    def start(act: Act) -> Deed:
        def do(session: Session) -> object:
            tender = place.lot(session).tender
            return opening_room.start(session, tender, act, envelope=Envelope.TECHNICAL).id

        return do

    with make_sessions(place.engine)() as session, transaction(session):
        bids.bids(session, session.get_one(Tender, place.lot(session).tender_id), 2)
    answers = at_once(place.engine, start(place.officers[0]), start(place.officers[1]))
    assert refusals(answers) == ["opening_under_way"]


def test_two_officers_give_at_once_and_both_phrases_count(place: Place) -> None:
    with make_sessions(place.engine)() as session, transaction(session):
        tender = session.get_one(Tender, place.lot(session).tender_id)
        bids.bids(session, tender, 2)
        opening_id = bids.started(session, tender).id

    def give(act: Act) -> Deed:
        return lambda session: bids.give(session, session.get_one(Opening, opening_id), act)

    assert refusals(at_once(place.engine, give(place.officers[0]), give(place.officers[1]))) == []
    answers = at_once(place.engine, give(place.officers[2]), give(place.officers[2]))
    assert refusals(answers) == ["share_twice"]
    with make_sessions(place.engine)() as session:
        assert len(session.get_one(Opening, opening_id).shares) == 3
