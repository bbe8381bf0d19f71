"""What a bidder has before it for one lot: the lot, its draft, what is sealed, and what stands in the way."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can
from models.act import Act
from models.bids.bid import Bid
from models.bids.consortia import consortium_of, seat_elsewhere
from models.bids.consortium import Consortium
from models.bids.draft import BidDraft
from models.bids.taking_part import bidder, draft_of, live_bid, obstacles
from models.errors import Conflict, DomainError
from models.parties.organisation import Organisation
from models.tenders.lifecycle import phase_at
from models.tenders.lot import Lot
from models.tenders.tender import TenderPhase


@dataclass(frozen=True)
class Desk:
    """One organisation's place at one lot."""

    lot: Lot
    organisation: Organisation
    draft: BidDraft | None
    bid: Bid | None
    consortium: Consortium | None
    obstacles: list[DomainError]
    is_open: bool

    @property
    def organisation_id(self) -> UUID:
        """What the policy looks at."""
        return self.organisation.id

    @property
    def may_write(self) -> bool:
        """Whether bids are taken, and this one may bid."""
        return self.is_open and not self.obstacles


def desk(session: Session, lot_id: UUID, act: Act) -> Desk | None:
    """The actor's own desk; None for what is not published, and for whoever bids for nobody."""
    lot = session.get(Lot, lot_id)
    if lot is None or not can(act, Permission.TENDER_VIEW, lot.tender) or not can(act, Permission.BID_SUBMIT):
        return None
    own = bidder(act)
    consortium = consortium_of(session, lot, own)
    members = [member.organisation_id for member in consortium.members] if consortium else [own]
    found = obstacles(session, lot, members, act)
    if seat_elsewhere(session, lot, own) is not None:
        found.append(Conflict("bid_alone_and_in_consortium", rule="R51"))
    return Desk(
        lot=lot,
        organisation=session.get_one(Organisation, own),
        draft=draft_of(session, lot, own),
        bid=live_bid(session, lot, own),
        consortium=consortium,
        obstacles=found,
        is_open=lot.is_live and phase_at(lot.tender, act.at) == TenderPhase.TENDERING,
    )
