"""The bidder's own copy: waits to be fetched once, under a key we do not keep, and can begin a new draft."""

import secrets

from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.bids.attaching import attach
from models.bids.bid import Bid
from models.bids.draft import BidDraft
from models.bids.drafting import save
from models.bids.taking_part import bidder, draft_of
from models.errors import Conflict, Invalid
from models.sealing.copies import read_copy
from models.sealing.drafts import KEY_BYTES, DraftKeeper
from models.sealing.keys import Envelope
from models.tenders.lot import Lot


def keep_copy(bid: Bid, act: Act, *, copy: bytes) -> str:
    """Let the copy wait for its bidder; the key is given to the browser and forgotten here."""
    ensure(act, Permission.BID_SUBMIT, bid)
    key = secrets.token_bytes(KEY_BYTES)
    bid.copy = DraftKeeper([key]).hide(copy, draft_id=bid.id)
    return key.hex()


def take_copy(session: Session, bid: Bid, act: Act, *, key: str) -> bytes:
    """The copy, once; it is gone from here afterwards."""
    ensure(act, Permission.BID_SUBMIT, bid)
    session.refresh(bid, with_for_update=True)
    if bid.copy is None:
        raise Conflict("bid_copy_gone")
    try:
        copy = DraftKeeper([bytes.fromhex(key)]).show(bid.copy, draft_id=bid.id)
    except (Invalid, ValueError):
        raise Conflict("bid_copy_gone") from None
    bid.copy = None
    record(session, act, "bid.take_copy", bid)
    return copy


def start_from_copy(session: Session, lot: Lot, act: Act, *, file: bytes, keeper: DraftKeeper) -> BidDraft:
    """Begin a draft from a copy; every word and file is checked again as if it were typed."""
    organisation_id = bidder(act)
    if draft_of(session, lot, organisation_id) is not None:
        raise Conflict("bid_draft_exists")
    contents = read_copy(file)
    technical, price = contents[Envelope.TECHNICAL], contents[Envelope.PRICE]
    draft = save(session, lot, act, technical=technical.document, price=price.document, keeper=keeper)
    for envelope, content in contents.items():
        for each in content.attachments:
            attach(
                session,
                draft,
                act,
                name=each.name,
                content=each.content,
                keeper=keeper,
                in_price=envelope == Envelope.PRICE,
            )
    return draft
