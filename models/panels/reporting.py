"""The ranking of a lot, kept as the bytes that anybody can compute again, and the panel's report."""

import json
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.bids.unsealing import unpriced
from models.errors import Conflict, Invalid
from models.lifecycle import advance
from models.panels import question as questions
from models.panels.current import current_panel
from models.panels.holding import hold_panel
from models.panels.marking import Ranking
from models.panels.marking_desk import all_submitted
from models.panels.overview import rows
from models.panels.panel import Panel
from models.panels.qualifying import fail_lot
from models.panels.ranking import report as ranked
from models.panels.ranking.rank import RankingOutcome, RankingReason
from models.tenders.lifecycle import TENDER, TenderMove
from models.tenders.lot import Lot
from models.tenders.tender import Tender


def rank(session: Session, lot: Lot, act: Act) -> Ranking:
    """Rank the bids of a lot, in place of the ranking before. With too few valid bids the lot fails."""
    ensure(act, Permission.PANEL_MAKE, lot)
    panel = _panel(session, lot.tender, act)
    _refuse_unready(session, lot, panel)
    question = questions.written(session, lot, panel)
    before = standing(session, lot)
    if before is not None and before.question == question:
        return before
    answer = ranked.recompute(question.encode()).decode()
    if before is not None:
        before.superseded_at = act.at
        session.flush()  # one ranking of a lot stands at a time, also for the moment between the two
    made = Ranking(
        lot=lot,
        number=_next_number(session, lot),
        question=question,
        answer=answer,
        digest=_digest(question, answer),
        made_at=act.at,
        made_by=act.actor.person_id,
    )
    session.add(made)
    record(session, act, "ranking.make", made, lot=lot.id, digest=made.digest)
    if json.loads(answer)["outcome"] == RankingOutcome.FAILED:
        fail_lot(session, lot, act)
    return made


def report(session: Session, tender: Tender, act: Act) -> None:
    """Lay the panel's report before the purchaser: every lot ranked or failed, and nothing in question."""
    ensure(act, Permission.PANEL_MAKE, tender)
    panel = _panel(session, tender, act)
    if panel.consensus_at is None:
        raise Conflict("consensus_not_recorded")
    for lot in tender.lots:
        if not lot.is_live:
            continue
        found = standing(session, lot)
        if found is None:
            raise Conflict("lot_not_ranked", number=lot.number)
        if found.question != questions.written(session, lot, panel):
            raise Conflict("ranking_is_stale", number=lot.number)
        if is_provisional(found):
            raise Conflict("low_price_pending", number=lot.number, rule="R29")
    advance(session, TENDER, tender, TenderMove.REPORT, act)


def standing(session: Session, lot: Lot) -> Ranking | None:
    """The ranking of a lot that stands."""
    return session.scalar(select(Ranking).where(Ranking.lot_id == lot.id, Ranking.superseded_at.is_(None)))


def is_provisional(ranking: Ranking) -> bool:
    """Whether a low price is still in question."""
    return bool(json.loads(ranking.answer)["reason"] == RankingReason.LOW_PRICE_PENDING)


def verify(ranking: Ranking) -> bool:
    """Compute the ranking again: the same bytes, and those that were recorded."""
    if ranking.digest != _digest(ranking.question, ranking.answer):
        return False
    return ranked.recompute(ranking.question.encode()) == ranking.answer.encode()


def _refuse_unready(session: Session, lot: Lot, panel: Panel) -> None:
    """Prices are open, the lot is live, and members agree on what is objective (R32)."""
    shut = any(opened.bid.lot_id == lot.id for opened in unpriced(session, lot.tender))
    if panel.tender.priced_at is None or shut:
        raise Conflict("prices_not_open")
    if not lot.is_live:
        raise Conflict("lot_has_ended", number=lot.number)
    unequal = sum(row.is_unequal for row in rows(session, panel) if row.bid.bid.lot_id == lot.id)
    if unequal:
        raise Invalid("objective_marks_unequal", count=unequal, rule="R32")


def _next_number(session: Session, lot: Lot) -> int:
    last = select(func.max(Ranking.number)).where(Ranking.lot_id == lot.id)
    return 1 + (session.scalar(last) or 0)


def _panel(session: Session, tender: Tender, act: Act) -> Panel:
    panel = current_panel(session, tender)
    if panel is None:
        raise Conflict("marks_not_in")
    hold_panel(session, panel, act)
    if not all_submitted(panel):
        raise Conflict("marks_not_in")
    return panel


def _digest(question: str, answer: str) -> str:
    """SHA-256 of the question and, after it, the answer."""
    return sha256(question.encode() + answer.encode()).hexdigest()
