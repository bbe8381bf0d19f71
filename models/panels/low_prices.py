"""Abnormally low prices (财库〔2026〕2号, R29): the question, the answer in time, the decision in words."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.bids.opened import InvalidReason, OpenedBid
from models.bids.unsealing import declare_invalid
from models.errors import Conflict, Invalid
from models.panels import question as questions
from models.panels.holding import hold_evaluation, hold_panel
from models.panels.marking import LowPriceQuestion
from models.panels.panel import Panel
from models.panels.qualifying import ensure_checks
from models.panels.ranking.lowprice import LowPriceTrigger
from models.panels.ranking.question import read_question
from models.panels.ranking.validity import Finding, findings
from models.parties.accounts import staff_of
from models.rulebook.rule import rule
from models.tenders.lot import Lot
from models.wording import bounded


@dataclass(frozen=True)
class Reviewed:
    """A price, what the figures say of it, and the question if one was asked."""

    bid: OpenedBid
    finding: Finding
    question: LowPriceQuestion | None


def review(session: Session, lot: Lot, panel: Panel) -> list[Reviewed]:
    """The prices of a lot that conform, by the reference of their bids, beside the limits."""
    asked = read_question(questions.written(session, lot, panel).encode())
    bids = {bid.bid.reference: bid for bid in questions.lot_bids(session, lot)}
    found = []
    for finding in findings(asked):
        bid = bids[finding.bid.id]
        if finding.yardsticks:
            found.append(Reviewed(bid, finding, session.get(LowPriceQuestion, bid.bid_id)))
    return found


def ask(
    session: Session, bid: OpenedBid, panel: Panel, act: Act, *, minutes: int | None = None
) -> LowPriceQuestion:
    """Ask a bidder to explain its price; when no figure asks for it, the panel does."""
    ensure_checks(panel, act)
    tender = panel.tender
    hold_panel(session, panel, act)
    lot = bid.bid.lot
    if lot.tender_id != tender.id:
        raise Invalid("not_of_this_tender")
    if tender.priced_at is None:
        raise Conflict("prices_not_open")
    if session.get(LowPriceQuestion, bid.bid_id) is not None:
        raise Conflict("low_price_asked")
    reviewed = next((each for each in review(session, lot, panel) if each.bid is bid), None)
    if reviewed is None or bid.invalid_at is not None:
        raise Conflict("bid_is_invalid")
    least = rule("R29").number("minutes")
    minutes = least if minutes is None else minutes
    if minutes < least:
        raise Invalid("low_price_time_too_short", field="minutes", least=least, rule="R29")
    triggers = reviewed.finding.low_by or (LowPriceTrigger.PANEL,)
    made = LowPriceQuestion(
        bid_id=bid.bid_id,
        triggers=",".join(triggers),
        asked_at=act.at,
        due_at=act.at + timedelta(minutes=minutes),
    )
    made.bid = bid
    session.add(made)
    record(session, act, "low_price_question.ask", made, triggers=made.triggers)
    told = staff_of(session, act, bid.bid.organisation_id)
    outbox.add(session, act, "low_price_asked", made, to=told, reference=bid.bid.reference)
    return made


def answer(session: Session, question: LowPriceQuestion, act: Act, *, words: str) -> None:
    """Explain the price, before the time is up and not at it; written anew until then."""
    ensure(act, Permission.BID_SUBMIT, question)
    hold_evaluation(session, question.bid.bid.lot.tender, act)
    session.refresh(question)
    if question.decided_at is not None:
        raise Conflict("low_price_decided")
    if act.at >= question.due_at:
        raise Conflict("low_price_answer_late", rule="R29")
    kept = bounded(words, 4000, field="words")
    if not kept:
        raise Invalid("low_price_answer_empty", field="words")
    question.answered_at, question.answer = act.at, kept
    record(session, act, "low_price_question.answer", question)


def decide(
    session: Session, question: LowPriceQuestion, panel: Panel, act: Act, *, accepted: bool, words: str
) -> None:
    """Hold a price as proved or not, when it was explained or the time is up; unproved is invalid (R29)."""
    ensure_checks(panel, act)
    hold_panel(session, panel, act)
    session.refresh(question)
    if question.bid.bid.lot.tender_id != panel.tender_id:
        raise Invalid("not_of_this_tender")
    if question.decided_at is not None:
        raise Conflict("low_price_decided")
    if question.answered_at is None and act.at < question.due_at:
        raise Conflict("low_price_time_runs")
    if accepted and question.answered_at is None:
        raise Invalid("low_price_unexplained", rule="R29")
    kept = bounded(words, 4000, field="words")
    if not kept:
        raise Invalid("low_price_without_words", field="words")
    question.decided_at, question.is_accepted, question.decision_words = act.at, accepted, kept
    if not accepted:
        reason = InvalidReason.LOW_PRICE_UNPROVED
        declare_invalid(session, question.bid, act, reason, words=kept[:200])
    record(session, act, "low_price_question.decide", question, accepted=accepted)
