"""Who may bid for a lot, and until when: asked before anything is drafted, and again before it is sealed."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.bids.bid import Bid
from models.bids.draft import BidDraft
from models.bids.opening import Opening
from models.calendar.clocks import local_date
from models.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from models.parties.organisation import ListFlag, Organisation
from models.tenders.lifecycle import phase_at
from models.tenders.lot import Lot
from models.tenders.tender import TenderPhase

OVER = frozenset({TenderPhase.CANCELLED, TenderPhase.FAILED})


def bidder(act: Act) -> UUID:
    """The organisation the actor bids for."""
    ensure(act, Permission.BID_SUBMIT)
    if act.actor.organisation_id is None:
        raise NotAllowed("not_allowed", permission=Permission.BID_SUBMIT)
    return act.actor.organisation_id


def refuse_unless_open(session: Session, lot: Lot, act: Act) -> None:
    """Bids are taken until the deadline and not at it (87 art 33), and only for a lot that stands.

    The tender stays as it is until the caller has committed: an opening waits for what came in time.
    """
    session.refresh(lot.tender, with_for_update={"read": True})
    session.refresh(lot)
    phase = phase_at(lot.tender, act.at)
    if phase == TenderPhase.DRAFT:
        raise NotFound("not_found")
    if phase in OVER or not lot.is_live:
        raise Conflict("bid_lot_ended")
    if phase != TenderPhase.TENDERING:
        raise Conflict("bid_late")


def refuse_once_opening(session: Session, lot: Lot) -> None:
    """Nothing goes into the box once the room has begun to empty it."""
    if session.scalar(select(Opening.id).where(Opening.tender_id == lot.tender_id)) is not None:
        raise Conflict("bid_opening_begun")


def obstacles(session: Session, lot: Lot, organisation_ids: Collection[UUID], act: Act) -> list[DomainError]:
    """Why these may not bid: one wrote the specification (R54), or is on the dishonest list (R50)."""
    found: list[DomainError] = []
    if lot.tender.author_organisation_id in organisation_ids:
        found.append(Invalid("bid_author_barred", rule="R54"))
    day = local_date(act.at)
    organisations = session.scalars(select(Organisation).where(Organisation.id.in_(organisation_ids)))
    found += [
        Invalid("bid_organisation_dishonest", rule="R50", name=each.name)
        for each in organisations
        if ListFlag.DISHONEST in each.flags_at(day)
    ]
    return found


def live_bid(session: Session, lot: Lot, organisation_id: UUID, *, lock: bool = False) -> Bid | None:
    """The bid that counts, of an organisation for a lot; locked, a withdrawal under way is waited for."""
    mine = (Bid.lot_id == lot.id) & (Bid.organisation_id == organisation_id)
    query = select(Bid).where(mine, Bid.withdrawn_at.is_(None), Bid.replaced_at.is_(None))
    return session.scalar(
        query.with_for_update().execution_options(populate_existing=True) if lock else query
    )


def draft_of(session: Session, lot: Lot, organisation_id: UUID, *, lock: bool = False) -> BidDraft | None:
    """The draft of an organisation for a lot; locked, the second of two who press at once waits."""
    query = select(BidDraft).where(BidDraft.lot_id == lot.id, BidDraft.organisation_id == organisation_id)
    return session.scalar(
        query.with_for_update().execution_options(populate_existing=True) if lock else query
    )
