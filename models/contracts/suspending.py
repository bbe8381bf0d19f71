"""What keeps a contract from being signed: open challenges (条例 art 54), suspensions (R59)."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.act import Act
from models.contracts.challenge import Challenge, Complaint
from models.errors import Conflict
from models.tenders.lot import Lot


def suspended_by(session: Session, lot: Lot, act: Act) -> list[Challenge]:
    """Challenges of the lot, or of its whole tender, that are open or whose complaint suspends it still."""
    is_open = (
        Challenge.upheld_at.is_(None) & Challenge.rejected_at.is_(None) & Challenge.withdrawn_at.is_(None)
    )
    suspends = Complaint.decided_at.is_(None) & (Complaint.suspended_until > act.at)
    query = (
        select(Challenge)
        .outerjoin(Complaint, Complaint.challenge_id == Challenge.id)
        .where(Challenge.tender_id == lot.tender_id, or_(is_open, suspends))
        .where(or_(Challenge.lot_id.is_(None), Challenge.lot_id == lot.id))
    )
    return list(session.scalars(query.order_by(Challenge.filed_at, Challenge.id)))


def ensure_not_suspended(session: Session, lot: Lot, act: Act) -> None:
    """Raise Conflict while a challenge or a complaint suspends the lot."""
    found = suspended_by(session, lot, act)
    if found:
        raise Conflict("signing_suspended", reference=found[0].reference)
