"""Sealing a bid, replacing and withdrawing it until the deadline, standing by it after an amendment."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.metering import hand_on, spend
from models.audit.record import record
from models.audit.time_taken import Task
from models.bids import documents
from models.bids.attaching import attachments
from models.bids.bid import Bid, BidPhase
from models.bids.completeness import Incomplete, completeness
from models.bids.consortia import PREFIX, consortium_of, seat_elsewhere
from models.bids.consortium import Consortium
from models.bids.draft import BidDraft
from models.bids.drafting import SAVED, load
from models.bids.lifecycle import BID, BidMove, phase_at
from models.bids.taking_part import (
    bidder,
    draft_of,
    live_bid,
    obstacles,
    refuse_once_opening,
    refuse_unless_open,
)
from models.errors import Conflict
from models.lifecycle import advance
from models.reference import hold_references, next_reference
from models.sealing.content import Content, pack
from models.sealing.copies import make_copy
from models.sealing.drafts import DraftKeeper
from models.sealing.envelope import digest, seal
from models.sealing.keys import Envelope
from models.sealing.receipt import Receipt, Sealed
from models.tenders.key import TenderKey
from models.tenders.lot import Lot
from models.tenders.queries import last_amendment


@dataclass(frozen=True)
class _Packed:
    """What goes into the two envelopes; no repr, so that it reaches no log."""

    technical: bytes = field(repr=False)
    price: bytes = field(repr=False)


def submit(session: Session, lot: Lot, act: Act, *, keeper: DraftKeeper) -> tuple[Bid, Receipt, bytes]:
    """Seal the draft to the tender's keys; the draft is destroyed, and a bid sealed before is replaced.

    The last of what is given is the bidder's own copy: nobody can make it again (87 art 33, R51, R54).
    """
    organisation_id = bidder(act)
    hold_references(session, PREFIX, act.at)  # of two at once the second sees what the first has done
    refuse_unless_open(session, lot, act)
    refuse_once_opening(session, lot)
    draft = draft_of(session, lot, organisation_id, lock=True)
    if draft is None:
        raise Conflict("bid_draft_gone")
    if seat_elsewhere(session, lot, organisation_id) is not None:
        raise Conflict("bid_alone_and_in_consortium", rule="R51")
    consortium = consortium_of(session, lot, organisation_id)
    members = [member.organisation_id for member in consortium.members] if consortium else [organisation_id]
    for obstacle in obstacles(session, lot, members, act):
        raise obstacle
    packed = _pack(session, draft, consortium, act, keeper)
    before = live_bid(session, lot, organisation_id, lock=True)
    if before is not None:
        advance(session, BID, before, BidMove.REPLACE, act)
        before.copy = None
    bid = _sealed(session, lot, organisation_id, packed, act)
    session.add(bid)
    spend(session, act, SAVED, draft.id, lot.unit_code)
    hand_on(session, Task.BID, draft.id, bid.id)
    session.delete(draft)
    digests = {Envelope.TECHNICAL.value: bid.technical_digest, Envelope.PRICE.value: bid.price_digest}
    session.flush()  # the event names the new bid
    record(session, act, "bid.submit", bid, **digests)
    return bid, receipt(bid), make_copy(packed.technical, packed.price)


def receipt(bid: Bid) -> Receipt:
    """What the bidder holds against us: the same lines whenever they are asked for."""
    return Receipt(
        tender=bid.lot.tender.reference,
        lot=str(bid.lot.number),
        bidder_id=bid.organisation_id,
        received_at=bid.submitted_at,
        technical=Sealed(bid.technical_digest, bid.technical_size),
        price=Sealed(bid.price_digest, bid.price_size),
    )


def withdraw(session: Session, bid: Bid, act: Act) -> None:
    """Take a bid back before the deadline; it stays shut for ever."""
    ensure(act, Permission.BID_SUBMIT, bid)
    refuse_unless_open(session, bid.lot, act)
    refuse_once_opening(session, bid.lot)
    advance(session, BID, bid, BidMove.WITHDRAW, act)
    bid.copy = None


def confirm(session: Session, bid: Bid, act: Act) -> None:
    """The bidder has seen the last amendment and stands by the bid; unconfirmed it will be invalid (R22)."""
    ensure(act, Permission.BID_SUBMIT, bid)
    refuse_unless_open(session, bid.lot, act)
    session.refresh(bid, with_for_update=True)
    phase = phase_at(bid, act.at)
    if phase != BidPhase.SEALED:
        raise Conflict("wrong_phase", phase=phase, move="confirm")
    number = last_amendment(session, bid.lot.tender)
    if bid.confirmed == number:
        return  # pressed twice
    bid.confirmed = number
    record(session, act, "bid.confirm", bid, amendment=number)


def _pack(
    session: Session, draft: BidDraft, consortium: Consortium | None, act: Act, keeper: DraftKeeper
) -> _Packed:
    """The contents of both envelopes. Raises Incomplete, which names all that is lacking."""
    written = load(session, draft, act, keeper=keeper)
    tender = draft.lot.tender
    technical, price = documents.technical(tender, written.technical), documents.price(written.price)
    found = completeness(draft.lot, technical, price, consortium)
    if found.missing:
        raise Incomplete(found.missing)
    technical["consortium"] = _members(consortium)
    contents = [
        Content(document, attachments(draft, act, envelope, keeper=keeper))
        for document, envelope in ((technical, Envelope.TECHNICAL), (price, Envelope.PRICE))
    ]
    return _Packed(*map(pack, contents))


def _members(consortium: Consortium | None) -> list[dict[str, Any]]:
    return [
        {
            "organisation": str(member.organisation_id),
            "name": member.organisation.name,
            "share": f"{member.share:.2f}",
            "work": member.work,
        }
        for member in (consortium.members if consortium else ())
    ]


def _sealed(session: Session, lot: Lot, organisation_id: UUID, packed: _Packed, act: Act) -> Bid:
    key = session.get_one(TenderKey, lot.tender_id)
    whose = {"tender_id": lot.tender_id, "lot_id": lot.id, "bidder_id": organisation_id}
    technical = seal(key.technical, packed.technical, envelope=Envelope.TECHNICAL, **whose)
    price = seal(key.price, packed.price, envelope=Envelope.PRICE, **whose)
    return Bid(
        id=uuid4(),
        reference=next_reference(session, PREFIX, act.at),
        lot_id=lot.id,
        organisation_id=organisation_id,
        submitted_at=act.at,
        submitted_by=act.actor.person_id,
        technical=technical,
        price=price,
        technical_digest=digest(technical),
        price_digest=digest(price),
        technical_size=len(technical),
        price_size=len(price),
        confirmed=last_amendment(session, lot.tender),
    )
