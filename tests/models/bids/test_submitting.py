"""Sealing, replacing, withdrawing: until the deadline to the microsecond, and one live bid at a time."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.audit.event import AuditEvent
from models.bids import copying, drafting, submitting
from models.bids.attaching import attach, attachments
from models.bids.bid import Bid
from models.bids.completeness import Incomplete, Lack
from models.bids.draft import BidDraft, DraftFile
from models.bids.queries import to_confirm
from models.bids.taking_part import draft_of, live_bid
from models.calendar.clocks import local_date
from models.errors import Conflict, DomainError, Invalid, NotAllowed
from models.parties.organisation import ListEntry, ListFlag
from models.sealing.envelope import digest
from models.sealing.keys import Envelope
from models.sealing.receipt import verify
from models.tenders import amending, ending
from models.tenders.lot import Lot
from tests.factories import bids, tenders
from tests.factories.parties import NOON
from tests.factories.tenders import CLOSES, KEEPER

PDF = b"%PDF-1.7 "


@pytest.fixture
def lot(session: Session) -> Lot:
    """The lot of a tender that takes bids."""
    return tenders.tender(session).lots[0]


def test_a_sealed_bid_has_a_receipt_and_its_draft_is_gone(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    draft = bids.draft(session, lot, own, by=act)
    attach(session, draft, act, name="方案.pdf", content=PDF, keeper=KEEPER)
    bid, receipt, _copy = submitting.submit(session, lot, act, keeper=KEEPER)
    assert verify(receipt.text(), bid.technical, bid.price) == receipt
    assert receipt.received_at == act.at
    assert (bid.technical_digest, bid.price_digest) == (digest(bid.technical), digest(bid.price))
    for table in (BidDraft, DraftFile):
        assert session.scalar(select(func.count()).select_from(table)) == 0


def test_bids_are_taken_until_the_deadline_and_not_at_it(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    bids.draft(session, lot, own, by=act)
    with pytest.raises(Conflict, match="bid_late"):
        submitting.submit(session, lot, bids.at(act, CLOSES), keeper=KEEPER)
    assert draft_of(session, lot, own.id) is not None, "nothing is lost"
    bid, _receipt, _copy = submitting.submit(session, lot, bids.at(act, bids.LAST), keeper=KEEPER)
    assert bid.submitted_at == CLOSES - timedelta(microseconds=1)


def test_a_bid_in_time_is_taken_however_long_the_machine_needs_unless_the_room_is_open(
    session: Session, lot: Lot
) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    bids.draft(session, lot, own, by=act)
    bids.bids(session, lot.tender, 3)
    bids.started(session, lot.tender)
    with pytest.raises(Conflict, match="bid_opening_begun"):
        submitting.submit(session, lot, bids.at(act, bids.LAST), keeper=KEEPER)
    assert draft_of(session, lot, own.id) is not None


def test_withdrawing_ends_with_the_deadline(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    bid = bids.bid(session, lot, own, by=act)
    with pytest.raises(Conflict, match="bid_late"):
        submitting.withdraw(session, bid, bids.at(act, CLOSES))
    submitting.withdraw(session, bid, bids.at(act, bids.LAST))
    assert not bid.is_live
    with pytest.raises(Conflict, match="wrong_phase"):
        submitting.withdraw(session, bid, bids.at(act, bids.LAST))
    assert bids.bid(session, lot, own, by=act).is_live, "a new one may follow"


def test_a_new_submission_replaces_the_one_before(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    first, second = (bids.bid(session, lot, own, by=act, price=each) for each in ("1", "2"))
    assert (first.replaced_at, second.replaced_at) == (act.at, None)
    assert live_bid(session, lot, own.id) is second
    with pytest.raises(Conflict, match="wrong_phase"):
        submitting.withdraw(session, first, act)


def test_two_live_bids_of_one_organisation_are_refused_by_the_database(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    bid = bids.bid(session, lot, own)
    columns = {each.key: getattr(bid, each.key) for each in Bid.__table__.columns}
    with pytest.raises(IntegrityError):
        session.execute(insert(Bid).values(**{**columns, "id": own.id, "reference": "TB-2026-9999"}))


def test_r23_a_bid_for_a_cancelled_lot_is_refused_and_the_draft_stays(session: Session) -> None:
    tender = tenders.tender(session, lots=2)
    own = bids.bidder(session)
    act = bids.staff(session, own)
    official = tenders.official(session)
    for lot in tender.lots:
        bids.draft(session, lot, own, by=act)
    ending.cancel_lot(session, tender.lots[0], official, words="预算调整。")
    with pytest.raises(Conflict, match="bid_lot_ended"):
        submitting.submit(session, tender.lots[0], act, keeper=KEEPER)
    assert draft_of(session, tender.lots[0], own.id) is not None
    ending.cancel(session, tender, official, words="预算调整。")
    with pytest.raises(Conflict, match="bid_lot_ended"):
        submitting.submit(session, tender.lots[1], act, keeper=KEEPER)


def test_r54_who_wrote_the_specification_may_not_bid(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    bids.draft(session, lot, own, by=act)
    lot.tender.author_organisation_id = own.id
    session.flush()
    with pytest.raises(Invalid, match="bid_author_barred") as refused:
        submitting.submit(session, lot, act, keeper=KEEPER)
    assert refused.value.facts["rule"] == "R54"


def test_r50_who_is_on_the_dishonest_list_that_day_may_not_bid(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    bids.draft(session, lot, own, by=act)
    today = local_date(NOON)
    entry = ListEntry(flag=ListFlag.DISHONEST, listed_on=today - timedelta(days=9))
    own.flags.append(entry)
    with pytest.raises(Invalid, match="bid_organisation_dishonest") as refused:
        submitting.submit(session, lot, act, keeper=KEEPER)
    assert refused.value.facts["rule"] == "R50"
    entry.removed_on = today
    assert submitting.submit(session, lot, act, keeper=KEEPER)[0].is_live


def test_r50_a_member_on_the_dishonest_list_bars_the_consortium(session: Session, lot: Lot) -> None:
    lead, other = bids.bidder(session), bids.bidder(session, "上海同行社工站")
    bids.consortium(session, lot, lead, other)
    other.flags.append(ListEntry(flag=ListFlag.DISHONEST, listed_on=local_date(NOON)))
    bids.draft(session, lot, lead)
    with pytest.raises(Invalid, match="bid_organisation_dishonest") as refused:
        submitting.submit(session, lot, bids.staff(session, lead), keeper=KEEPER)
    assert refused.value.facts["name"] == other.name


def test_what_is_not_complete_is_not_sealed(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    items = [{"words": "人员", "amount": "400000.00"}]
    price = {"price": "450000.00", "items": items}
    drafting.save(session, lot, act, technical=bids.technical(lot), price=price, keeper=KEEPER)
    with pytest.raises(Incomplete) as refused:
        submitting.submit(session, lot, act, keeper=KEEPER)
    assert [each.lack for each in refused.value.missing] == [Lack.ITEMS_NOT_PRICE]
    with pytest.raises(Conflict, match="bid_draft_gone"):
        submitting.submit(session, lot, bids.staff(session, bids.bidder(session, "没有草稿")), keeper=KEEPER)


def test_a_price_above_the_limit_is_sealed_and_becomes_invalid_at_its_opening(
    session: Session, lot: Lot
) -> None:
    assert bids.bid(session, lot, bids.bidder(session), price="500000.01").is_live


def test_nobody_else_withdraws_or_confirms(session: Session, lot: Lot) -> None:
    bid = bids.bid(session, lot, bids.bidder(session))
    for act in (bids.staff(session, bids.bidder(session, "别家")), tenders.official(session)):
        for verb in (submitting.withdraw, submitting.confirm):
            with pytest.raises(NotAllowed):
                verb(session, bid, act)


def test_r22_a_bid_is_confirmed_after_an_amendment_that_bears_on_it(session: Session, lot: Lot) -> None:
    act = bids.staff(session, own := bids.bidder(session))
    bid = bids.bid(session, lot, own, by=act)
    official = tenders.official(session)
    amending.amend(session, lot.tender, official, words="更正错字。", bears_on_bids=False)
    assert not to_confirm(session, bid, act)
    made = amending.amend(session, lot.tender, official, words="服务次数改为每周两次。", bears_on_bids=True)
    assert to_confirm(session, bid, act)
    submitting.confirm(session, bid, act)
    submitting.confirm(session, bid, act)
    assert bid.confirmed == made.number
    assert not to_confirm(session, bid, act)
    seen = select(func.count()).where(AuditEvent.action == "bid.confirm")
    assert session.scalar(seen) == 1
    late = bids.at(act, lot.tender.bids_until)
    with pytest.raises(Conflict, match="bid_late"):
        submitting.confirm(session, bid, late)


def test_a_bid_sealed_after_an_amendment_knows_of_it(session: Session, lot: Lot) -> None:
    made = amending.amend(
        session, lot.tender, tenders.official(session), words="改为每周两次。", bears_on_bids=True
    )
    assert bids.bid(session, lot, bids.bidder(session)).confirmed == made.number


def test_the_copy_is_fetched_once_with_the_key_that_only_the_browser_has(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    bids.draft(session, lot, own, by=act)
    bid, _receipt, copy = submitting.submit(session, lot, act, keeper=KEEPER)
    key = copying.keep_copy(bid, act, copy=copy)
    session.flush()
    assert bid.copy is not None
    assert copy not in bid.copy
    for wrong in ("00" * 32, "no key", ""):
        with pytest.raises(Conflict, match="bid_copy_gone"):
            copying.take_copy(session, bid, act, key=wrong)
    assert copying.take_copy(session, bid, act, key=key) == copy
    with pytest.raises(Conflict, match="bid_copy_gone"):
        copying.take_copy(session, bid, act, key=key)


def test_a_replacement_starts_from_the_copy(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    draft = bids.draft(session, lot, own, by=act, price="444000.50")
    attach(session, draft, act, name="方案.pdf", content=PDF, keeper=KEEPER)
    attach(session, draft, act, name="明细.pdf", content=PDF, keeper=KEEPER, in_price=True)
    before = drafting.load(session, draft, act, keeper=KEEPER)
    _bid, _receipt, copy = submitting.submit(session, lot, act, keeper=KEEPER)
    again = copying.start_from_copy(session, lot, act, file=copy, keeper=KEEPER)
    session.flush()
    assert drafting.load(session, again, act, keeper=KEEPER) == before
    assert attachments(again, act, Envelope.PRICE, keeper=KEEPER)[0].name == "明细.pdf"
    with pytest.raises(Conflict, match="bid_draft_exists"):
        copying.start_from_copy(session, lot, act, file=copy, keeper=KEEPER)


@pytest.mark.parametrize(
    "change", [lambda file: b"", lambda file: file[:-9], lambda file: file.replace(b"450000", b"450001")]
)
def test_what_is_no_copy_starts_nothing(session: Session, lot: Lot, change: object) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    bids.draft(session, lot, own, by=act)
    copy = submitting.submit(session, lot, act, keeper=KEEPER)[2]
    with pytest.raises(DomainError):
        copying.start_from_copy(session, lot, act, file=change(copy), keeper=KEEPER)  # type: ignore[operator]
    assert draft_of(session, lot, own.id) is None
