"""What an opening does with the envelopes: one that is not as it was sealed is noted, the others go on."""

import secrets
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act
from models.audit.metering import finish
from models.audit.record import record
from models.audit.time_taken import Task
from models.bids.bid import Bid
from models.bids.documents import total
from models.bids.opened import InvalidReason, OpenedBid, OpenedFile
from models.bids.opening import Opening
from models.errors import Invalid
from models.files import store
from models.sealing.content import Content, unpack
from models.sealing.envelope import digest, unseal
from models.sealing.keys import Envelope, private_key
from models.tenders.lot import Lot
from models.tenders.queries import last_amendment
from models.tenders.tender import Tender


def open_technical(session: Session, opening: Opening, act: Act, master: bytes) -> None:
    """Open the technical envelopes of every live lot, in an order drawn by chance that is the alias."""
    amendment = last_amendment(session, opening.tender)
    for lot in opening.tender.lots:
        if not lot.is_live:
            continue
        bids = live_bids(session, lot)
        secrets.SystemRandom().shuffle(bids)
        for alias, bid in enumerate(bids, start=1):
            content = _content(bid, Envelope.TECHNICAL, master)
            opened = OpenedBid(
                bid=bid, alias=alias, opened_at=act.at, technical=dict(content.document) if content else {}
            )
            session.add(opened)
            session.flush()  # its files and its event name it
            finish(session, Task.BID, bid.id, act)
            if content is None:
                declare_invalid(session, opened, act, InvalidReason.ENVELOPE_TAMPERED)
            elif bid.confirmed < amendment:
                declare_invalid(session, opened, act, InvalidReason.NOT_CONFIRMED)
            _keep_files(session, opened, content, Envelope.TECHNICAL, act)
        order = [str(bid.id) for bid in bids]
        record(session, act, "opening.order", opening, lot=lot.number, order=order)


def open_prices(session: Session, opening: Opening, act: Act, master: bytes) -> None:
    """Open the price envelopes of the bids that are still valid; one above the limit no longer is (R30)."""
    for opened in unpriced(session, opening.tender):
        opened.priced_at = act.at
        content = _content(opened.bid, Envelope.PRICE, master)
        if content is None:
            declare_invalid(session, opened, act, InvalidReason.ENVELOPE_TAMPERED)
            continue
        opened.price_document = dict(content.document)
        _keep_files(session, opened, content, Envelope.PRICE, act)
        opened.price = _price(content)
        if opened.price is None:
            declare_invalid(session, opened, act, InvalidReason.PRICE_UNREADABLE)
        elif opened.price > opened.bid.lot.limit:
            declare_invalid(session, opened, act, InvalidReason.ABOVE_CEILING)


def unpriced(session: Session, tender: Tender) -> list[OpenedBid]:
    """The valid bids whose price is shut still: all at first, then whom an upheld challenge has let in."""
    live = (lot for lot in tender.lots if lot.is_live)
    found = (opened for lot in live for opened in opened_bids(session, lot))
    return [opened for opened in found if opened.invalid_at is None and opened.priced_at is None]


def declare_invalid(
    session: Session, opened: OpenedBid, act: Act, reason: InvalidReason, *, words: str = ""
) -> None:
    """Note why a bid does not count; its place among the opened stays."""
    opened.invalid_at, opened.invalid_reason, opened.invalid_words = act.at, reason, words
    record(session, act, "bid.invalid", opened.bid, reason=reason)


def live_bids(session: Session, lot: Lot) -> list[Bid]:
    """The bids that count for a lot."""
    live = (Bid.lot_id == lot.id) & Bid.withdrawn_at.is_(None) & Bid.replaced_at.is_(None)
    return list(session.scalars(select(Bid).where(live).order_by(Bid.id)))


def opened_bids(session: Session, lot: Lot) -> list[OpenedBid]:
    """The opened bids of a lot, by alias."""
    query = select(OpenedBid).join(OpenedBid.bid).where(Bid.lot_id == lot.id)
    return list(session.scalars(query.order_by(OpenedBid.alias)))


def _content(bid: Bid, envelope: Envelope, master: bytes) -> Content | None:
    """What is in an envelope, or nothing if it is not what its bidder handed in."""
    sealed = bid.technical if envelope == Envelope.TECHNICAL else bid.price
    stated = bid.technical_digest if envelope == Envelope.TECHNICAL else bid.price_digest
    tender_id = bid.lot.tender_id
    try:
        if digest(sealed) != stated:
            return None
        opened = unseal(
            private_key(master, tender_id, envelope),
            sealed,
            tender_id=tender_id,
            lot_id=bid.lot_id,
            bidder_id=bid.organisation_id,
            envelope=envelope,
        )
        return unpack(opened)
    except Invalid:
        return None


def _price(content: Content) -> Decimal | None:
    try:
        return total(dict(content.document))
    except Invalid:
        return None


def _keep_files(
    session: Session, opened: OpenedBid, content: Content | None, envelope: Envelope, act: Act
) -> None:
    for position, each in enumerate(content.attachments if content else (), start=1):
        file = store(session, act, name=each.name, content=each.content)
        opened.files.append(OpenedFile(position=position, envelope=envelope, file=file))
