"""The ends of a tender or a lot that comes to nothing: cancelled or failed, with reasons to everybody."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import ensure
from models.act import Act
from models.errors import Conflict, Invalid
from models.lifecycle import advance
from models.tenders.lifecycle import (
    CLOSED,
    EVALUATION,
    LOT,
    REPORTED,
    TENDER,
    UNDER_WAY,
    LotMove,
    TenderMove,
    phase_at,
)
from models.tenders.lot import FailReason, Lot
from models.tenders.telling import tell
from models.tenders.tender import Tender, TenderPhase
from models.tenders.writing import hold
from models.wording import bounded

LONGEST = 2000

TENDER_FAILS = {
    FailReason.FEW_BIDS: TenderMove.FAIL_FEW_BIDS,
    FailReason.FEW_VALID: TenderMove.FAIL_FEW_VALID,
    FailReason.IRREGULARITY: TenderMove.FAIL_IRREGULARITY,
    FailReason.ABOVE_BUDGET: TenderMove.FAIL_ABOVE_BUDGET,
    FailReason.NEED_CHANGED: TenderMove.FAIL_NEED_CHANGED,
}
LOT_FAILS: dict[FailReason, tuple[LotMove, frozenset[TenderPhase]]] = {
    FailReason.FEW_BIDS: (LotMove.FAIL_FEW_BIDS, frozenset({CLOSED, EVALUATION})),
    FailReason.FEW_VALID: (LotMove.FAIL_FEW_VALID, frozenset({EVALUATION, REPORTED})),
}


def cancel(session: Session, tender: Tender, act: Act, *, words: str = "", to: Iterable[UUID] = ()) -> None:
    """Cancel a tender with its reasons; a draft is dropped in silence. Its needs are free again."""
    was_draft = tender.is_draft
    advance(session, TENDER, tender, TenderMove.CANCEL, act)
    tender.end_words = _reasons(words, needed=not was_draft)
    if not was_draft:
        tell(session, act, "tender_cancelled", tender, to=to)


def fail(
    session: Session,
    tender: Tender,
    act: Act,
    *,
    reason: FailReason,
    words: str,
    to: Iterable[UUID] = (),
) -> None:
    """Declare that a tender failed (法 art 36-37, R23), with reasons to everybody who bid or asked."""
    advance(session, TENDER, tender, TENDER_FAILS[reason], act)
    tender.end_words = _reasons(words)
    tell(session, act, "tender_failed", tender, to=to, reason=reason)


def cancel_lot(session: Session, lot: Lot, act: Act, *, words: str, to: Iterable[UUID] = ()) -> None:
    """Cancel one lot of several; the last one that is live ends with its tender."""
    _take_up(session, lot, act, UNDER_WAY)
    advance(session, LOT, lot, LotMove.CANCEL, act)
    lot.end_words = _reasons(words)
    tell(session, act, "lot_cancelled", lot.tender, to=to, lot=lot.number)


def fail_lot(
    session: Session, lot: Lot, act: Act, *, reason: FailReason, words: str, to: Iterable[UUID] = ()
) -> None:
    """Declare that one lot of several failed for want of bids or of valid ones (R23, R42, R43)."""
    if reason not in LOT_FAILS:
        raise Invalid("reason_is_of_the_tender", field="reason")
    move, phases = LOT_FAILS[reason]
    _take_up(session, lot, act, phases)
    advance(session, LOT, lot, move, act)
    lot.end_words = _reasons(words)
    tell(session, act, "lot_failed", lot.tender, to=to, lot=lot.number, reason=reason)


def _take_up(session: Session, lot: Lot, act: Act, phases: frozenset[TenderPhase]) -> None:
    ensure(act, P.TENDER_END, lot)
    hold(session, lot.tender, act, *phases)
    if [each for each in lot.tender.lots if each.is_live] == [lot]:
        raise Conflict("last_lot", phase=phase_at(lot.tender, act.at))


def _reasons(words: str, *, needed: bool = True) -> str | None:
    said = bounded(words, LONGEST, field="words")
    if needed and not said:
        raise Invalid("end_words_missing", field="words")
    return said or None
