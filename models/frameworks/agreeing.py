"""Concluding a framework agreement from a panel's report, and ending it (R47)."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.contracts import people
from models.contracts.locking import hold
from models.contracts.standings import Standing, standings
from models.contracts.suspending import ensure_not_suspended
from models.contracts.words import needed
from models.errors import Conflict, Invalid
from models.frameworks.agreement import FrameworkAgreement, FrameworkSupplier
from models.frameworks.lifecycle import AGREEMENT, AgreementMove
from models.lifecycle import advance
from models.panels import reporting
from models.reference import next_reference
from models.rulebook.methods import Method
from models.rulebook.rule import rule
from models.tenders import noticing
from models.tenders.lifecycle import TENDER, TenderMove, phase_at
from models.tenders.lot import Lot
from models.tenders.notice import NoticeKind
from models.tenders.tender import TenderPhase

PREFIX = "KJ"
FEN = Decimal("0.01")


def admitted(ranked: Sequence[Standing]) -> list[Standing]:
    """Who of the ranking is admitted: at least 20 per cent are dropped, and at least one (R47, 110 art 27).

    Of equals at the line none is admitted: the share that is dropped is a least one.
    """
    book = rule("R47")
    if len(ranked) < book.number("suppliers"):
        raise Conflict("framework_few_valid", least=book.number("suppliers"), rule="R47")
    dropped = max(1, -(-len(ranked) * book.number("dropped") // 100))
    ranks = sorted(each.rank or 0 for each in ranked)
    line = ranks[len(ranked) - dropped]
    kept = [each for each in ranked if (each.rank or 0) < line]
    if not kept:
        raise Conflict("framework_all_equal", rule="R47")
    return kept


def agree(
    session: Session,
    lot: Lot,
    act: Act,
    *,
    starts_on: date,
    ends_on: date,
    url: str,
    published_on: date,
) -> FrameworkAgreement:
    """Conclude the agreement of a lot with those the report admits, for two years at most (R47)."""
    ensure(act, Permission.AWARD_DECIDE, lot)
    tender = lot.tender
    hold(session, tender)
    _ensure_agreeable(session, lot, act)
    _check_period(starts_on, ends_on, act)
    ranking = reporting.standing(session, lot)
    if ranking is None:
        raise Conflict("ranking_missing")
    kept = admitted([each for each in standings(session, ranking).bids if each.rank])
    made = FrameworkAgreement(
        reference=next_reference(session, PREFIX, act.at),
        lot=lot,
        ranking=ranking,
        uniform=tender.fixed_price,
        starts_on=starts_on,
        ends_on=ends_on,
        made_at=act.at,
        made_by=act.actor.person_id,
        suppliers=[
            FrameworkSupplier(bid=each.bid, rank=each.rank, unit_price=_unit_price(each, lot))
            for each in kept
        ],
    )
    session.add(made)
    session.flush()  # the audit event needs the id
    record(session, act, "framework_agreement.agree", made, lot=lot.id, suppliers=len(kept))
    noticing.note(session, tender, act, kind=NoticeKind.AWARD, url=url, published_on=published_on)
    for bid in people.bids_of(session, lot):
        staff = people.supplier(session, act, bid.organisation_id)
        outbox.add(session, act, "framework_agreed", made, to=staff, reference=made.reference, lot=lot.title)
    live = [each for each in tender.lots if each.is_live]
    if phase_at(tender, act.at) == TenderPhase.REPORTED and all(standing_of(session, each) for each in live):
        advance(session, TENDER, tender, TenderMove.DECIDE, act)
    return made


def end(session: Session, agreement: FrameworkAgreement, act: Act, *, words: str) -> None:
    """End an agreement before its time, with words; what was called off goes on."""
    agreement.ended_words = needed(words)
    advance(session, AGREEMENT, agreement, AgreementMove.END, act)
    for supplier in agreement.suppliers:
        staff = people.supplier(session, act, supplier.bid.bid.organisation_id)
        outbox.add(session, act, "framework_ended", agreement, to=staff, reference=agreement.reference)


def standing_of(session: Session, lot: Lot) -> FrameworkAgreement | None:
    """The agreement of a lot that has not been ended."""
    table = FrameworkAgreement
    return session.scalar(select(table).where(table.lot_id == lot.id, table.ended_at.is_(None)))


def _ensure_agreeable(session: Session, lot: Lot, act: Act) -> None:
    if lot.tender.method is not Method.FRAMEWORK_CALL_OFF:
        raise Conflict("framework_other_method")
    if phase_at(lot.tender, act.at) not in {TenderPhase.REPORTED, TenderPhase.DECIDED}:
        raise Conflict("tender_not_reported")
    if not lot.is_live:
        raise Conflict("lot_ended")
    if standing_of(session, lot) is not None:
        raise Conflict("framework_stands")
    if lot.quantity is None or lot.quantity_unit is None:
        raise Conflict("framework_quantity_missing")
    ensure_not_suspended(session, lot, act)


def _check_period(starts_on: date, ends_on: date, act: Act) -> None:
    years = rule("R47").number("most_years")
    if starts_on < local_date(act.at):
        raise Invalid("framework_starts_early", field="starts_on")
    if ends_on <= starts_on:
        raise Invalid("framework_ends_early", field="ends_on")
    day = starts_on if (starts_on.month, starts_on.day) != (2, 29) else starts_on.replace(day=28)
    if ends_on >= day.replace(year=day.year + years):
        raise Invalid("framework_too_long", field="ends_on", years=years, rule="R47")


def _unit_price(standing: Standing, lot: Lot) -> Decimal:
    """The price of the lot by its quantity, to the fen."""
    assert standing.bid.price is not None  # noqa: S101  # for the type checker: what is ranked has a price
    price = (standing.bid.price / (lot.quantity or 1)).quantize(FEN, ROUND_HALF_UP)
    if not price:
        raise Conflict("price_too_small_to_split")
    return price
