"""Bids as far as they are public, lot by lot."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.act import Act
from models.bids.bid import Bid
from models.bids.consortium import Consortium, ConsortiumMember
from models.bids.opened import OpenedBid
from models.contracts.award import Award, AwardPhase
from models.contracts.lifecycle import award_phase_at
from models.disclosure.process import BidCount, PublicBid, shows_bidders, shows_counts, shows_findings
from models.parties.organisation import Organisation
from models.tenders.lot import Lot
from models.tenders.tender import Tender

Members = dict[tuple[UUID, UUID], list[Organisation]]
"""By lot and lead: the organisations that have joined its consortium."""


def opened_bids(session: Session, ids: list[UUID]) -> defaultdict[UUID, list[OpenedBid]]:
    """By tender: every opened bid."""
    query = (
        select(Lot.tender_id, OpenedBid)
        .join(Bid, Bid.id == OpenedBid.bid_id)
        .join(Lot, Lot.id == Bid.lot_id)
        .where(Lot.tender_id.in_(ids))
        .order_by(Lot.number, Bid.reference)
        .options(
            joinedload(OpenedBid.bid).joinedload(Bid.organisation),
            joinedload(OpenedBid.bid).joinedload(Bid.lot),
        )
    )
    found: defaultdict[UUID, list[OpenedBid]] = defaultdict(list)
    for tender_id, opened in session.execute(query):
        found[tender_id].append(opened)
    return found


def consortium_members(session: Session, ids: list[UUID]) -> Members:
    """Who has joined whose consortium."""
    query = select(Consortium).join(Lot, Lot.id == Consortium.lot_id).where(Lot.tender_id.in_(ids))
    whole = selectinload(Consortium.members).joinedload(ConsortiumMember.organisation)
    return {
        (each.lot_id, each.organisation_id): [
            member.organisation for member in each.members if member.confirmed_at is not None
        ]
        for each in session.scalars(query.options(whole))
    }


def counts(tender: Tender, bids: list[OpenedBid], act: Act) -> tuple[BidCount, ...]:
    """How many bids each lot had."""
    if tender.opened_at is None or not shows_counts(tender, act.at):
        return ()
    decided = shows_findings(tender, act.at)
    found = []
    for lot in tender.lots:
        own = [each for each in bids if each.bid.lot_id == lot.id]
        valid = sum(each.invalid_at is None for each in own) if decided else None
        found.append(BidCount(lot, len(own), valid, tender.opened_at))
    return tuple(found)


def public_bids(
    tender: Tender, bids: list[OpenedBid], members: Members, awards: list[Award], act: Act
) -> tuple[PublicBid, ...]:
    """Who bid, and what came of it: a price only of who has won by a noticed award that stands (R33)."""
    if not shows_bidders(tender, act.at):
        return ()
    decided = shows_findings(tender, act.at)
    won = {each.bid_id for each in awards if award_phase_at(each, act.at) != AwardPhase.CANCELLED}
    return tuple(_public_bid(each, members, decided=decided, won=each.bid_id in won) for each in bids)


def _public_bid(opened: OpenedBid, members: Members, *, decided: bool, won: bool) -> PublicBid:
    bid = opened.bid
    joined = members.get((bid.lot_id, bid.organisation_id), [])
    together = {each.id: each for each in (bid.organisation, *joined)}
    return PublicBid(
        reference=bid.reference,
        lot=bid.lot,
        organisations=tuple(together.values()),
        submitted_at=bid.submitted_at,
        is_valid=opened.invalid_at is None if decided else None,
        price=opened.price if won else None,
    )
