"""The check of qualification and conformity: requirement by requirement, a refusal in words (R23, R50)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can, ensure
from models.act import Act
from models.audit.record import record
from models.bids.opened import InvalidReason, OpenedBid
from models.bids.unsealing import declare_invalid
from models.errors import Conflict, Invalid
from models.lifecycle import advance
from models.panels.bidders import bidders, opened_bids
from models.panels.holding import hold_panel
from models.panels.marking import Qualification
from models.panels.panel import Panel
from models.panels.ranking.question import RANKED_METHODS
from models.panels.ranking.rank import bids_needed
from models.parties.accounts import staff_of
from models.tenders.approving import approval_of
from models.tenders.lifecycle import LOT, TENDER, LotMove, TenderMove
from models.tenders.lot import FailReason, Lot
from models.tenders.telling import tell
from models.tenders.tender import Tender
from models.tenders.terms import Requirement
from models.wording import bounded

FOUND_BY_PANEL = (InvalidReason.SUBSTANTIVE, InvalidReason.COLLUSION, InvalidReason.CONFLICT)


def check(
    session: Session,
    panel: Panel,
    act: Act,
    *,
    bid: OpenedBid,
    requirement: Requirement,
    meets: bool,
    words: str = "",
) -> Qualification:
    """Say whether a bid meets a requirement; until the check is closed it may be said anew."""
    ensure_checks(panel, act)
    _ensure_open(session, panel, act)
    if bid.bid.lot.tender_id != panel.tender_id or requirement.tender_id != panel.tender_id:
        raise Invalid("not_of_this_tender")
    if bid.invalid_at is not None:
        raise Conflict("bid_is_invalid")
    kept = bounded(words, 4000, field="words")
    if not meets and not kept:
        raise Invalid("refusal_without_words", field="words")
    found = session.get(Qualification, (bid.bid_id, requirement.id))
    if found is None:
        found = Qualification(bid_id=bid.bid_id, requirement_id=requirement.id)
        session.add(found)
    found.meets, found.words = meets, kept
    found.checked_at, found.checked_by = act.at, act.actor.person_id
    record(session, act, "opened_bid.check", bid, requirement=requirement.id, meets=meets)
    return found


def reject(
    session: Session, panel: Panel, act: Act, *, bid: OpenedBid, reason: InvalidReason, words: str
) -> None:
    """Find a bid invalid for what no requirement names: it misses the documents' substance, or R31, R54."""
    ensure_checks(panel, act)
    hold_panel(session, panel, act)
    session.refresh(bid)
    if bid.bid.lot.tender_id != panel.tender_id:
        raise Invalid("not_of_this_tender")
    if reason not in FOUND_BY_PANEL:
        raise Invalid("reason_not_the_panels", field="reason")
    if bid.invalid_at is not None:
        raise Conflict("bid_is_invalid")
    kept = bounded(words, 200, field="words")
    if not kept:
        raise Invalid("refusal_without_words", field="words")
    declare_invalid(session, bid, act, reason, words=kept)


def complete(session: Session, panel: Panel, act: Act) -> None:
    """Close the check: who fails a requirement is out, and a lot with too few qualified fails (R23, R42)."""
    ensure(act, Permission.PANEL_MAKE, panel)
    _ensure_open(session, panel, act)
    bids = [bid for bid in opened_bids(session, panel.tender) if bid.invalid_at is None]
    found = findings(session, bids)
    missing = len(bids) * len(panel.tender.requirements) - len(found)
    if missing:
        raise Invalid("checks_missing", missing=missing)
    for bid in bids:
        refused = [each for each in found if each.bid_id == bid.bid_id and not each.meets]
        if refused:
            declare_invalid(session, bid, act, InvalidReason.NOT_QUALIFIED, words=refused[0].words[:200])
    panel.qualified_at = act.at
    record(session, act, "panel.qualify", panel)
    for lot in panel.tender.lots:
        valid = [bid for bid in bids if bid.bid.lot_id == lot.id and bid.invalid_at is None]
        if lot.is_live and len(valid) < _needed(session, panel.tender):
            fail_lot(session, lot, act)


def findings(session: Session, bids: Sequence[OpenedBid]) -> list[Qualification]:
    """What has been found so far."""
    query = select(Qualification).where(Qualification.bid_id.in_([bid.bid_id for bid in bids]))
    return list(session.scalars(query))


def fail_lot(session: Session, lot: Lot, act: Act) -> None:
    """Too few valid bids: the lot fails, and with its last live lot the tender (法 art 36)."""
    tender = lot.tender
    concerned = {id_ for each in bidders(session, tender) for id_ in staff_of(session, act, each.id)}
    advance(session, LOT, lot, LotMove.FAIL_FEW_VALID, act)
    if any(other.is_live for other in tender.lots):
        tell(session, act, "lot_failed", tender, to=concerned, lot=lot.number, reason=FailReason.FEW_VALID)
        return
    advance(session, TENDER, tender, TenderMove.FAIL_FEW_VALID, act)
    tell(session, act, "tender_failed", tender, to=concerned, reason=FailReason.FEW_VALID)


def ensure_checks(panel: Panel, act: Act) -> None:
    """An official of the area checks, or the panel's chair."""
    chair = next((member for member in panel.seated if member.is_chair), None)
    if chair is None or not (can(act, Permission.PANEL_MARK, chair) and chair.declared_at is not None):
        ensure(act, Permission.PANEL_MAKE, panel)


def _needed(session: Session, tender: Tender) -> int:
    """How many valid bids a lot needs (R23, R42, R44, R45); where no rule says, one is judged alone."""
    if tender.method not in RANKED_METHODS:
        return 1
    return int(bids_needed(tender.method, approved=approval_of(session, tender) is not None).value)


def _ensure_open(session: Session, panel: Panel, act: Act) -> None:
    hold_panel(session, panel, act)
    if panel.qualified_at is not None:
        raise Conflict("check_is_closed")
