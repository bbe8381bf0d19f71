"""Phases and moves of a tender and its lots: all there is to know."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, case

from models.access.permissions import Permission as P
from models.lifecycle import Lifecycle, Move
from models.tenders.lot import FailReason, Lot
from models.tenders.tender import Tender, TenderPhase

DRAFT, TENDERING, CLOSED = TenderPhase.DRAFT, TenderPhase.TENDERING, TenderPhase.CLOSED
EVALUATION, REPORTED, DECIDED = TenderPhase.EVALUATION, TenderPhase.REPORTED, TenderPhase.DECIDED
UNDER_WAY = frozenset({TENDERING, CLOSED, EVALUATION, REPORTED, DECIDED})

# The latest decision that holds, asked in this order. `phase_sql` reads the same list.
_PHASES = (
    ("cancelled_at", TenderPhase.CANCELLED),
    ("failed_at", TenderPhase.FAILED),
    ("completed_at", TenderPhase.COMPLETE),
    ("decided_at", DECIDED),
    ("reported_at", REPORTED),
    ("opened_at", EVALUATION),
)


def phase_at(tender: Tender, at: datetime) -> TenderPhase:
    """The phase at an instant: bids are taken before `bids_until`, and not at it."""
    for column, phase in _PHASES:
        stamp = getattr(tender, column)
        if stamp is not None and stamp <= at:
            return phase
    if tender.published_at is None or tender.published_at > at:
        return DRAFT
    return TENDERING if tender.bids_until is None or at < tender.bids_until else CLOSED


def phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase as SQL; `phase_at` says the same."""
    decided = [(getattr(Tender, column) <= at, phase.value) for column, phase in _PHASES]
    return case(
        *decided,
        (Tender.published_at.is_(None) | (Tender.published_at > at), DRAFT.value),
        (Tender.bids_until <= at, CLOSED.value),
        else_=TENDERING.value,
    )


class TenderMove(StrEnum):
    """What can happen to a tender."""

    PUBLISH = "publish"
    OPEN = "open"
    OPEN_PRICES = "open_prices"
    REPORT = "report"
    DECIDE = "decide"
    CALL_OFF = "call_off"
    REPLAY = "replay"
    COMPLETE = "complete"
    FAIL_FEW_BIDS = "fail_few_bids"
    FAIL_FEW_VALID = "fail_few_valid"
    FAIL_IRREGULARITY = "fail_irregularity"
    FAIL_ABOVE_BUDGET = "fail_above_budget"
    FAIL_NEED_CHANGED = "fail_need_changed"
    CANCEL = "cancel"


def _fail(reason: FailReason, from_: set[TenderPhase]) -> Move:
    return Move(frozenset(from_), P.TENDER_END, stamps="failed_at", writes={"fail_reason": reason})


TENDER = Lifecycle(
    Tender,
    phase_at,
    {
        TenderMove.PUBLISH: Move(frozenset({DRAFT}), P.TENDER_PUBLISH, stamps="published_at"),
        TenderMove.OPEN: Move(frozenset({CLOSED}), P.TENDER_OPEN, stamps="opened_at"),
        TenderMove.OPEN_PRICES: Move(frozenset({EVALUATION}), P.TENDER_OPEN, stamps="priced_at"),
        TenderMove.REPORT: Move(frozenset({EVALUATION}), P.PANEL_MAKE, stamps="reported_at"),
        TenderMove.DECIDE: Move(frozenset({REPORTED}), P.AWARD_DECIDE, stamps="decided_at"),
        # Given to a supplier of a framework agreement in the act that publishes it: nobody bids (R47).
        TenderMove.CALL_OFF: Move(frozenset({TENDERING}), P.AWARD_DECIDE, stamps="decided_at"),
        # An upheld challenge takes the tender back to a step on the panel's table; its report is made anew.
        TenderMove.REPLAY: Move(
            frozenset({EVALUATION, REPORTED, DECIDED}),
            P.CHALLENGE_ANSWER,
            stamps="replayed_at",
            clears=("reported_at", "decided_at"),
        ),
        TenderMove.COMPLETE: Move(frozenset({DECIDED}), P.AWARD_DECIDE, stamps="completed_at"),
        TenderMove.FAIL_FEW_BIDS: _fail(FailReason.FEW_BIDS, {CLOSED}),
        TenderMove.FAIL_FEW_VALID: _fail(FailReason.FEW_VALID, {EVALUATION, REPORTED}),
        TenderMove.FAIL_IRREGULARITY: _fail(FailReason.IRREGULARITY, set(UNDER_WAY)),
        TenderMove.FAIL_ABOVE_BUDGET: _fail(FailReason.ABOVE_BUDGET, {EVALUATION, REPORTED}),
        TenderMove.FAIL_NEED_CHANGED: _fail(FailReason.NEED_CHANGED, set(UNDER_WAY)),
        TenderMove.CANCEL: Move(UNDER_WAY | {DRAFT}, P.TENDER_END, stamps="cancelled_at"),
    },
)


class LotPhase(StrEnum):
    """Phases of a lot on its own; the rest is its tender's."""

    LIVE = "live"
    FAILED = "failed"
    CANCELLED = "cancelled"


class LotMove(StrEnum):
    """What can happen to one lot alone."""

    FAIL_FEW_BIDS = "fail_few_bids"
    FAIL_FEW_VALID = "fail_few_valid"
    CANCEL = "cancel"


def lot_phase_at(lot: Lot, at: datetime) -> LotPhase:
    """The phase of a lot at an instant."""
    if lot.cancelled_at is not None and lot.cancelled_at <= at:
        return LotPhase.CANCELLED
    return LotPhase.FAILED if lot.failed_at is not None and lot.failed_at <= at else LotPhase.LIVE


_LIVE = frozenset({LotPhase.LIVE})
LOT = Lifecycle(
    Lot,
    lot_phase_at,
    {
        LotMove.FAIL_FEW_BIDS: Move(
            _LIVE, P.TENDER_END, stamps="failed_at", writes={"fail_reason": FailReason.FEW_BIDS}
        ),
        LotMove.FAIL_FEW_VALID: Move(
            _LIVE, P.TENDER_END, stamps="failed_at", writes={"fail_reason": FailReason.FEW_VALID}
        ),
        LotMove.CANCEL: Move(_LIVE, P.TENDER_END, stamps="cancelled_at"),
    },
)
