"""Whom to tell: the purchaser's people, the supplier's, everybody who bid."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import OFFICIALS, Act
from models.bids.bid import Bid
from models.parties.accounts import people_of, staff_of
from models.tenders.lot import Lot
from models.tenders.tender import Tender


def purchaser(session: Session, act: Act, tender: Tender) -> set[UUID]:
    """Whoever wrote the tender, and the officials of its unit."""
    found = {id_ for role in OFFICIALS for id_ in people_of(session, act, role, tender.unit_code)}
    return found | ({tender.created_by} if tender.created_by else set())


def supplier(session: Session, act: Act, organisation_id: UUID) -> set[UUID]:
    """The staff of an organisation."""
    return set(staff_of(session, act, organisation_id))


def bids_of(session: Session, lot: Lot) -> list[Bid]:
    """The bids of a lot that counted at its opening."""
    live = (Bid.withdrawn_at.is_(None), Bid.replaced_at.is_(None))
    query = select(Bid).where(Bid.lot_id == lot.id, *live).order_by(Bid.submitted_at, Bid.id)
    return list(session.scalars(query))
