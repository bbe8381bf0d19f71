"""Reads on bids, by what the act may know: before the opening only one's own."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from models.access.permissions import Permission
from models.access.policy import can, ensure
from models.act import Act
from models.bids.bid import Bid, BidPhase
from models.bids.consortium import Consortium, ConsortiumMember
from models.bids.draft import BidDraft
from models.bids.lifecycle import phase_at
from models.bids.opened import OpenedBid
from models.bids.opening import Opening
from models.bids.taking_part import bidder
from models.bids.unsealing import opened_bids
from models.parties.accounts import staff_of
from models.tenders.lifecycle import phase_at as tender_phase_at
from models.tenders.lot import Lot
from models.tenders.queries import last_amendment
from models.tenders.tender import Tender, TenderPhase

BEFORE_DEADLINE = frozenset({TenderPhase.DRAFT, TenderPhase.TENDERING})
LIVE = Bid.withdrawn_at.is_(None) & Bid.replaced_at.is_(None)


@dataclass(frozen=True)
class Envelope:
    """What is published of a sealed bid: hashes after the deadline, and whose they are after the opening."""

    lot: Lot
    technical: str
    price: str
    name: str | None


@dataclass(frozen=True)
class OwnRow:
    """A line of an organisation's own list: a bid, or a draft that is not sealed yet."""

    lot: Lot
    at: datetime
    bid: Bid | None = None
    phase: BidPhase | None = None
    draft: BidDraft | None = None
    confirm: bool = False

    @property
    def until(self) -> datetime | None:
        """The deadline."""
        return self.lot.tender.bids_until


def bid(session: Session, bid_id: UUID, act: Act) -> Bid | None:
    """A bid, unless the actor may not know that there is one."""
    found = session.get(Bid, bid_id)
    return found if found is not None and can(act, Permission.BID_VIEW, found) else None


def opening(session: Session, opening_id: UUID, act: Act) -> Opening | None:
    """A session, for those who hold it."""
    found = session.get(Opening, opening_id)
    return found if found is not None and can(act, Permission.TENDER_OPEN, found) else None


def seat(session: Session, member_id: UUID, act: Act) -> ConsortiumMember | None:
    """One's own place in a consortium."""
    found = session.get(ConsortiumMember, member_id)
    return found if found is not None and can(act, Permission.BID_SUBMIT, found) else None


def bids_of(session: Session, tender: Tender, act: Act) -> list[Bid]:
    """The live bids of a tender that the actor may know of: nobody's but the own before the opening."""
    query = select(Bid).join(Bid.lot).where(Lot.tender_id == tender.id, LIVE)
    found = session.scalars(
        query.order_by(Lot.number, Bid.submitted_at).options(joinedload(Bid.organisation))
    )
    return [each for each in found if can(act, Permission.BID_VIEW, each)]


def count_of(session: Session, lot: Lot, act: Act) -> int | None:
    """How many have bid for a lot; None while that is hidden, until the deadline at least."""
    phase = tender_phase_at(lot.tender, act.at)
    if phase == TenderPhase.DRAFT or (lot.tender.count_hidden and phase in BEFORE_DEADLINE):
        return None
    return session.scalar(select(func.count(Bid.id)).where(Bid.lot_id == lot.id, LIVE)) or 0


def envelopes(session: Session, tender: Tender, act: Act) -> list[Envelope] | None:
    """The hashes of all sealed bids from the deadline on, else None. Their order tells nothing."""
    ensure(act, Permission.TENDER_VIEW, tender)
    if tender.is_draft or tender.bids_until is None or act.at < tender.bids_until:
        return None
    query = select(Bid).join(Bid.lot).where(Lot.tender_id == tender.id, LIVE)
    found = session.scalars(
        query.order_by(Lot.number, Bid.technical_digest).options(joinedload(Bid.organisation))
    )
    named = tender.opened_at is not None and tender.opened_at <= act.at
    return [
        Envelope(
            each.lot,
            each.technical_digest,
            each.price_digest,
            each.organisation.name if named and each.lot.is_live else None,
        )
        for each in found
    ]


def opened(session: Session, lot: Lot) -> list[OpenedBid]:
    """What was opened for a lot, by alias; nothing before. Who may see what of it is its caller's to ask."""
    return opened_bids(session, lot)


def own(session: Session, act: Act) -> list[OwnRow]:
    """The drafts and bids of the actor's organisation, the next deadline first."""
    mine = bidder(act)
    found = select(BidDraft).where(BidDraft.organisation_id == mine)
    drafts = session.scalars(found.options(joinedload(BidDraft.lot).joinedload(Lot.tender)))
    sealed = select(Bid).where(Bid.organisation_id == mine, Bid.replaced_at.is_(None))
    bids = session.scalars(sealed.options(joinedload(Bid.lot).joinedload(Lot.tender)))
    rows = [OwnRow(each.lot, each.saved_at, draft=each) for each in drafts]
    rows += [
        OwnRow(
            each.lot,
            each.submitted_at,
            bid=each,
            phase=phase_at(each, act.at),
            confirm=to_confirm(session, each, act),
        )
        for each in bids
    ]
    return sorted(
        rows, key=lambda row: (row.until is None or row.until <= act.at, row.until or row.at, row.at)
    )


def to_confirm(session: Session, bid: Bid, act: Act) -> bool:
    """Whether the bid must be confirmed after an amendment, and still can be."""
    tender = bid.lot.tender
    taken = tender_phase_at(tender, act.at) == TenderPhase.TENDERING and bid.lot.is_live and bid.is_live
    return taken and bid.confirmed < last_amendment(session, tender)


def invitations(session: Session, act: Act) -> list[ConsortiumMember]:
    """The consortia in which others want the actor's organisation, while bids are taken."""
    mine = bidder(act)
    query = (
        select(ConsortiumMember)
        .join(ConsortiumMember.consortium)
        .where(ConsortiumMember.organisation_id == mine, Consortium.organisation_id != mine)
        .order_by(Consortium.made_at.desc())
    )
    return [
        each
        for each in session.scalars(query)
        if tender_phase_at(each.consortium.lot.tender, act.at) == TenderPhase.TENDERING
    ]


def bidders(session: Session, tender: Tender, act: Act) -> set[UUID]:
    """The people of everybody with a live bid, to be told what becomes of the tender; for messages only."""
    query = select(Bid.organisation_id).join(Bid.lot).where(Lot.tender_id == tender.id, LIVE).distinct()
    return {person for each in session.scalars(query) for person in staff_of(session, act, each)}


def to_open(session: Session, act: Act, *, limit: int = 20) -> list[Tender]:
    """Tenders of the actor's area whose deadline is over and whose envelopes are still shut."""
    if not can(act, Permission.TENDER_OPEN):
        return []
    area = Tender.unit_code.startswith(act.actor.unit_code or "-", autoescape=True)
    shut = (Tender.opened_at.is_(None), Tender.failed_at.is_(None), Tender.cancelled_at.is_(None))
    query = select(Tender).where(area, *shut, Tender.published_at.is_not(None), Tender.bids_until <= act.at)
    return list(session.scalars(query.order_by(Tender.bids_until).limit(limit)))
