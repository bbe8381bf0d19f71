"""Going back: an upheld challenge takes the panel to the step it is about; what follows is redone."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.bids.bid import Bid
from models.bids.opened import InvalidReason, OpenedBid
from models.errors import Conflict
from models.panels.holding import hold_panel
from models.panels.marking import Qualification
from models.panels.panel import Panel
from models.tenders.lot import Lot


def reopen_marks(session: Session, panel: Panel, act: Act) -> None:
    """The members mark again and are told so: their sheets are open, as they were handed in."""
    _ensure_replayed(session, panel, act)
    for member in panel.seated:
        member.submitted_at = None
        told, reference = [member.person_id], panel.tender.reference
        outbox.add(session, act, "panel_reopened", member, to=told, reference=reference)
    panel.consensus_at = None
    record(session, act, "panel.reopen_marks", panel)


def reopen_check(session: Session, panel: Panel, act: Act) -> None:
    """The check of qualification is open again, and with it all that follows."""
    reopen_marks(session, panel, act)
    panel.qualified_at = None
    lots = select(Bid.id).join(Bid.lot).where(Lot.tender_id == panel.tender_id)
    refused = select(OpenedBid).where(
        OpenedBid.bid_id.in_(lots), OpenedBid.invalid_reason == InvalidReason.NOT_QUALIFIED
    )
    for bid in session.scalars(refused):
        bid.invalid_at = bid.invalid_reason = None
        bid.invalid_words = ""
        # The refusal has been set aside: it is found anew.
        session.execute(delete(Qualification).where(Qualification.bid_id == bid.bid_id, ~Qualification.meets))
    record(session, act, "panel.reopen_check", panel)


def _ensure_replayed(session: Session, panel: Panel, act: Act) -> None:
    ensure(act, Permission.PANEL_MAKE, panel)
    hold_panel(session, panel, act)
    if panel.tender.replayed_at is None:
        raise Conflict("not_replayed")
