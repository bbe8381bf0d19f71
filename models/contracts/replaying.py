"""What an upheld challenge undoes: the award, the ranking, and the panel's work from the step concerned.

Before the report it is the same with less to undo. The panel itself can be what is undone: then another is
drawn of other people, and the procedure goes on from its marks.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act
from models.audit.record import record
from models.bids.bid import Bid
from models.bids.opened import InvalidReason, OpenedBid
from models.contracts.awarding import standing_award, undo
from models.contracts.challenge import Challenge, ReplayStep
from models.contracts.lifecycle import AwardMove
from models.contracts.locking import hold
from models.errors import Invalid
from models.lifecycle import advance
from models.panels import reopening, reporting
from models.panels.current import current_panel
from models.panels.marking import LowPriceQuestion
from models.tenders.lifecycle import TENDER, TenderMove, phase_at
from models.tenders.lot import Lot
from models.tenders.tender import Tender

WITH_PRICES = frozenset(
    {ReplayStep.QUALIFICATION, ReplayStep.MARKING, ReplayStep.LOW_PRICE, ReplayStep.PANEL}
)
"""Steps after which the questions about low prices are decided anew."""


def replay(session: Session, challenge: Challenge, act: Act, *, step: ReplayStep, words: str) -> None:
    """Cancel the awards concerned and put the tender back on the panel's table, from a step on (94 art 16).

    Nothing is deleted: awards and rankings stay on record, and marks stay until their members change them.
    Before the opening there is nothing to take back, and after the end nothing to go back to.
    """
    tender = challenge.tender
    hold(session, tender)
    if phase_at(tender, act.at) not in TENDER.moves[TenderMove.REPLAY].from_:
        return
    lots = [challenge.lot] if challenge.lot else [lot for lot in tender.lots if lot.is_live]
    for lot in lots:
        award = standing_award(session, lot)
        if award is not None:
            undo(session, award, act, AwardMove.OVERTURN, words=words)
        ranking = reporting.standing(session, lot)
        if ranking is not None:
            ranking.superseded_at = act.at
            record(session, act, "ranking.supersede", ranking, challenge=challenge.id, step=step)
    advance(session, TENDER, tender, TenderMove.REPLAY, act, challenge=challenge.id, step=step)
    if step in WITH_PRICES:
        _reopen_prices(session, lots)
    _reopen_panel(session, tender, act, step)


def _reopen_panel(session: Session, tender: Tender, act: Act, step: ReplayStep) -> None:
    panel = current_panel(session, tender)
    if panel is None:
        if step == ReplayStep.PANEL:
            raise Invalid("replay_without_panel", field="replay_from")
        return
    if step == ReplayStep.QUALIFICATION:
        reopening.reopen_check(session, panel, act)
    elif step == ReplayStep.MARKING:
        reopening.reopen_marks(session, panel, act)
    elif step == ReplayStep.PANEL:
        reopening.set_aside(session, panel, act)


def _reopen_prices(session: Session, lots: Sequence[Lot]) -> None:
    """Questions and answers stay; what the panel held of them is open again (R29)."""
    query = select(OpenedBid).join(OpenedBid.bid).where(Bid.lot_id.in_([lot.id for lot in lots]))
    for bid in session.scalars(query):
        if bid.invalid_reason == InvalidReason.LOW_PRICE_UNPROVED:
            bid.invalid_at, bid.invalid_reason, bid.invalid_words = None, None, ""
        asked = session.get(LowPriceQuestion, bid.bid_id)
        if asked is not None:
            asked.decided_at, asked.is_accepted, asked.decision_words = None, None, ""
