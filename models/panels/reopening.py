"""Going back: an upheld challenge takes the panel to the step it is about; what follows is redone.

A panel that is itself what was challenged is set aside: it stays on record with its marks and counts no more.
"""

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
from models.panels.qualifying import FOUND_BY_PANEL
from models.tenders.lot import Lot

SET_ASIDE = (InvalidReason.NOT_QUALIFIED, *FOUND_BY_PANEL)
"""Refusals that the check finds anew."""


def reopen_marks(session: Session, panel: Panel, act: Act) -> None:
    """Who has handed in marks again and is told so: the sheet is open, as it was handed in."""
    _ensure_replayed(session, panel, act)
    for member in panel.seated:
        if member.submitted_at is None:
            continue
        member.submitted_at = None
        told, reference = [member.person_id], panel.tender.reference
        outbox.add(session, act, "panel_reopened", member, to=told, reference=reference)
    panel.consensus_at = None
    record(session, act, "panel.reopen_marks", panel)


def reopen_check(session: Session, panel: Panel, act: Act) -> None:
    """The check of qualification is open again, and with it all that follows."""
    reopen_marks(session, panel, act)
    panel.qualified_at = None
    _forget_refusals(session, panel)
    record(session, act, "panel.reopen_check", panel)


def set_aside(session: Session, panel: Panel, act: Act) -> None:
    """The panel is at its end, and its members are told; the one that is drawn anew begins with the check."""
    _ensure_replayed(session, panel, act)
    panel.superseded_at = act.at
    _forget_refusals(session, panel)
    record(session, act, "panel.set_aside", panel)
    for member in panel.seated:
        told, reference = [member.person_id], panel.tender.reference
        outbox.add(session, act, "panel_set_aside", member, to=told, reference=reference)


def _forget_refusals(session: Session, panel: Panel) -> None:
    """Whom the panel has refused is in again, and the findings that refused are made anew."""
    lots = select(Bid.id).join(Bid.lot).where(Lot.tender_id == panel.tender_id)
    refused = select(OpenedBid).where(OpenedBid.bid_id.in_(lots), OpenedBid.invalid_reason.in_(SET_ASIDE))
    for bid in session.scalars(refused):
        bid.invalid_at = bid.invalid_reason = None
        bid.invalid_words = ""
        session.execute(delete(Qualification).where(Qualification.bid_id == bid.bid_id, ~Qualification.meets))


def _ensure_replayed(session: Session, panel: Panel, act: Act) -> None:
    ensure(act, Permission.PANEL_MAKE, panel)
    hold_panel(session, panel, act)
    if panel.tender.replayed_at is None:
        raise Conflict("not_replayed")
