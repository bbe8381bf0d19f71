"""Writing a bid: saved as it is typed, hidden at rest, readable to its own organisation alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.metering import Step, spend
from models.audit.record import record
from models.audit.time_taken import Task
from models.bids import documents
from models.bids.completeness import completeness
from models.bids.consortia import consortium_of
from models.bids.documents import Document
from models.bids.draft import BidDraft
from models.bids.taking_part import bidder, draft_of, refuse_unless_open
from models.errors import Conflict
from models.sealing.drafts import DraftKeeper
from models.tenders.lot import Lot

SAVED = Step(Task.BID, begins=True)
"""Each saving adds to the meter of burden, which keeps no person."""


@dataclass(frozen=True)
class Written:
    """What a draft says; no repr, so that it reaches no log."""

    technical: Document = field(repr=False)
    price: Document = field(repr=False)


def save(
    session: Session,
    lot: Lot,
    act: Act,
    *,
    technical: Mapping[str, Any],
    price: Mapping[str, Any],
    keeper: DraftKeeper,
    revision: int | None = None,
) -> BidDraft:
    """Keep what is written so far. `revision` is that of the page, 0 for one without a draft.

    Only the first saving is on record: when somebody works on a bid is nobody's business.
    """
    organisation_id = bidder(act)
    refuse_unless_open(session, lot, act)
    draft = draft_of(session, lot, organisation_id, lock=True)
    if draft is None and revision:
        raise Conflict("bid_draft_gone")
    if draft is not None and revision is not None and revision != draft.revision:
        raise Conflict("stale")
    written = Written(documents.technical(lot.tender, technical), documents.price(price))
    consortium = consortium_of(session, lot, organisation_id)
    is_new = draft is None
    if draft is None:
        draft = BidDraft(id=uuid4(), lot_id=lot.id, organisation_id=organisation_id)
    draft.filled = completeness(lot, written.technical, written.price, consortium).percent
    draft.hidden = keeper.hide(_packed(written), draft_id=draft.id)
    draft.saved_at, draft.saved_by = act.at, act.actor.person_id
    session.add(draft)
    session.flush()  # the page carries the new revision
    if is_new:
        record(session, act, "bid.draft", draft)
    spend(session, act, SAVED, draft.id, lot.unit_code)
    return draft


def load(_session: Session, draft: BidDraft, act: Act, *, keeper: DraftKeeper) -> Written:
    """What the draft says. Raises "draft_unreadable" where its key is gone."""
    ensure(act, Permission.BID_SUBMIT, draft)
    found = json.loads(keeper.show(draft.hidden, draft_id=draft.id))
    return Written(found["technical"], found["price"])


def discard(session: Session, draft: BidDraft, act: Act) -> None:
    """Throw a draft away, with its attachments."""
    ensure(act, Permission.BID_SUBMIT, draft)
    record(session, act, "bid.discard", draft)
    session.delete(draft)


def _packed(written: Written) -> bytes:
    return json.dumps({"technical": written.technical, "price": written.price}, ensure_ascii=False).encode()
