"""Who bids for a tender: the bidders of its opened bids, and those who bid with them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.parties.organisation import Organisation
from models.tenders.lot import Lot
from models.tenders.tender import Tender


def opened_bids(session: Session, tender: Tender) -> list[OpenedBid]:
    """The opened bids of the lots that are live, by lot and alias."""
    query = (
        select(OpenedBid)
        .join(OpenedBid.bid)
        .join(Bid.lot)
        .where(Lot.tender_id == tender.id, Lot.failed_at.is_(None), Lot.cancelled_at.is_(None))
        .order_by(Lot.number, OpenedBid.alias, OpenedBid.bid_id)
        .options(contains_eager(OpenedBid.bid).contains_eager(Bid.lot))
    )
    return list(session.scalars(query))


def valid_bids(session: Session, tender: Tender) -> list[OpenedBid]:
    """Those of them that are to be marked."""
    return [bid for bid in opened_bids(session, tender) if bid.invalid_at is None]


def bidders(session: Session, tender: Tender) -> Sequence[Organisation]:
    """Every organisation that bids, alone or with others, by name: no order that tells an alias."""
    query = (
        select(OpenedBid)
        .join(OpenedBid.bid)
        .join(Bid.lot)
        .where(Lot.tender_id == tender.id)
        .options(contains_eager(OpenedBid.bid))
    )
    ids: set[UUID] = set()
    for opened in session.scalars(query):
        ids.add(opened.bid.organisation_id)
        ids |= partners(opened)
    found = select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.name, Organisation.id)
    return session.scalars(found).all()


def partners(opened: OpenedBid) -> set[UUID]:
    """The organisations a bid names as its consortium."""
    found = set()
    for member in opened.technical.get("consortium") or []:
        try:
            found.add(UUID(str(member["organisation"])))
        except (KeyError, TypeError, ValueError):
            continue  # what bidders write is no promise: a name without an id is declared by people
    return found
