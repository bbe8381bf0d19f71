"""Deciding a lot in rank order, giving notice of it, and taking it back before there is a contract (R33)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date, start_of
from models.contracts import people
from models.contracts.award import Award, PassingGround, TieBreak
from models.contracts.clocks import notice_ends
from models.contracts.contract import Contract, ContractPhase
from models.contracts.dealings import end_dealings
from models.contracts.lifecycle import AWARD, CONTRACT, AwardMove, ContractMove, contract_phase_at
from models.contracts.locking import hold
from models.contracts.standings import Standing, Standings, standings
from models.contracts.words import needed
from models.errors import Conflict, Invalid
from models.lifecycle import advance
from models.panels import reporting
from models.rulebook.methods import Method
from models.tenders import noticing
from models.tenders.lifecycle import TENDER, TenderMove, phase_at
from models.tenders.lot import Lot
from models.tenders.notice import NoticeKind
from models.tenders.tender import Tender, TenderPhase


@dataclass(frozen=True)
class Passing:
    """On which ground, and in which words, those ranked before are passed over."""

    ground: PassingGround | None = None
    words: str = ""


@dataclass(frozen=True)
class Equals:
    """Which of several equals is taken by a rule of the documents; without one, `seed` draws (R28)."""

    bid_id: UUID | None = None
    words: str = ""
    seed: str = ""


FIRST, ALONE = Passing(), Equals()


def decide(
    session: Session,
    lot: Lot,
    act: Act,
    *,
    rank: int = 1,
    words: str = "",
    ground: PassingGround | None = None,
    equals: Equals = ALONE,
) -> Award:
    """Award a lot to the bid of a rank; the first is passed over only on a ground, in words (R33, R28)."""
    ensure(act, Permission.AWARD_DECIDE, lot)
    hold(session, lot.tender)
    if phase_at(lot.tender, act.at) not in {TenderPhase.REPORTED, TenderPhase.DECIDED}:
        raise Conflict("tender_not_reported")
    if not lot.is_live:
        raise Conflict("lot_ended")
    if lot.tender.method is Method.FRAMEWORK_CALL_OFF:
        raise Conflict("framework_is_agreed", rule="R47")
    if standing_award(session, lot) is not None:
        raise Conflict("award_stands")
    found = _final(session, lot)
    passing = _passing(rank, ground, words)
    chosen, tie, tie_words, seed = _choose(found.at_rank(rank), equals)
    assert chosen.bid.price is not None  # noqa: S101  # for the type checker: what is ranked has a price
    award = Award(
        lot=lot,
        ranking=found.ranking,
        bid=chosen.bid,
        rank=rank,
        rank_ground=passing.ground,
        rank_words=passing.words,
        tie_break=tie,
        tie_words=tie_words,
        tie_seed=seed,
        amount=chosen.bid.price,
        decided_at=act.at,
        decided_by=act.actor.person_id,
    )
    session.add(award)
    session.flush()  # the audit event needs the id, and the index lets only one stand
    record(session, act, "award.decide", award, lot=lot.id, rank=rank, bid=chosen.bid.bid_id)
    _end_decision(session, lot.tender, act)
    return award


def note_notice(session: Session, award: Award, act: Act, *, url: str, published_on: date) -> None:
    """Record where and when the result stood on the official site; every bidder is told (R33, R56)."""
    ensure(act, Permission.AWARD_DECIDE, award)
    ensure_day(published_on, local_date(award.decided_at), act)
    award.noticed_on = published_on
    award.notice_ends_at = start_of(notice_ends(published_on).day + timedelta(days=1))
    advance(session, AWARD, award, AwardMove.NOTICE, act, on=published_on)
    noticing.note(session, award.lot.tender, act, kind=NoticeKind.AWARD, url=url, published_on=published_on)
    for bid in people.bids_of(session, award.lot):
        staff = people.supplier(session, act, bid.organisation_id)
        facts = {"reference": award.lot.tender.reference, "lot": award.lot.title}
        if bid.id == award.bid_id:
            outbox.add(session, act, "award_won", bid, to=staff, **facts)
        else:
            outbox.add(session, act, "award_letter", bid, to=staff, **facts)


def withdraw(session: Session, award: Award, act: Act, *, words: str) -> None:
    """Take an award back before its contract is in force, as when the winner declines (87 art 71)."""
    ensure(act, Permission.AWARD_DECIDE, award)
    said = needed(words)
    contract = contract_of(session, award)
    if contract and contract_phase_at(contract, act.at) in {ContractPhase.ACTIVE, ContractPhase.COMPLETE}:
        raise Conflict("contract_in_force")
    undo(session, award, act, AwardMove.WITHDRAW, words=said)


def undo(session: Session, award: Award, act: Act, move: AwardMove, *, words: str) -> None:
    """Cancel an award with its contract, and tell everybody who bid."""
    contract = contract_of(session, award)
    if contract and contract_phase_at(contract, act.at) in CONTRACT.moves[ContractMove.VOID].from_:
        contract.terminated_words = words
        advance(session, CONTRACT, contract, ContractMove.VOID, act)
        end_dealings(session, contract, local_date(act.at))
    award.cancelled_words = words
    advance(session, AWARD, award, move, act)
    for bid in people.bids_of(session, award.lot):
        staff = people.supplier(session, act, bid.organisation_id)
        reference = award.lot.tender.reference
        outbox.add(session, act, "award_cancelled", bid, to=staff, reference=reference, lot=award.lot.title)


def standing_award(session: Session, lot: Lot) -> Award | None:
    """The award of a lot that stands."""
    return session.scalar(select(Award).where(Award.lot_id == lot.id, Award.cancelled_at.is_(None)))


def contract_of(session: Session, award: Award) -> Contract | None:
    """The contract that was made of an award."""
    return session.scalar(select(Contract).where(Contract.award_id == award.id))


def draw(references: Sequence[str], seed: str) -> str:
    """One of several bids by a seed: whose SHA-256 of "seed:reference" is smallest. Anybody can replay it."""
    return min(references, key=lambda each: hashlib.sha256(f"{seed}:{each}".encode()).hexdigest())


def ensure_day(published_on: date, first: date, act: Act) -> None:
    """Raise Invalid unless a notice stood between the step it is about and today."""
    last = local_date(act.at)
    if not first <= published_on <= last:
        raise Invalid("notice_day_outside", field="published_on", first=first, last=last)


def _final(session: Session, lot: Lot) -> Standings:
    """What the report rests on: nothing in it is provisional, or there would be no report."""
    ranking = reporting.standing(session, lot)
    if ranking is None:
        raise Conflict("ranking_missing")
    return standings(session, ranking)


def _passing(rank: int, ground: PassingGround | None, words: str) -> Passing:
    """Nothing for the first; for another rank a ground and words."""
    if rank == 1:
        return FIRST
    if ground is None:
        raise Invalid("passing_ground_missing", field="ground")
    return Passing(ground, needed(words))


def _choose(candidates: list[Standing], equals: Equals) -> tuple[Standing, TieBreak | None, str, str | None]:
    """The one to take; of several, by the rule of the documents that is named, or else by a recorded draw."""
    if not candidates:
        raise Invalid("rank_unknown", field="rank")
    if len(candidates) == 1:
        return candidates[0], None, "", None
    by_id = {each.bid.bid_id: each for each in candidates}
    if equals.bid_id is not None:
        if equals.bid_id not in by_id:
            raise Invalid("equal_unknown", field="equal")
        words = needed(equals.words, field="tie_words")
        return by_id[equals.bid_id], TieBreak.DOCUMENT_RULE, words, None
    if not equals.seed:
        raise Invalid("tie_undecided", field="equal")
    by_reference = {each.bid.bid.reference: each for each in candidates}
    return by_reference[draw(list(by_reference), equals.seed)], TieBreak.DRAW, "", equals.seed


def _end_decision(session: Session, tender: Tender, act: Act) -> None:
    """With the last live lot decided, the tender is."""
    live = [lot for lot in tender.lots if lot.is_live]
    if phase_at(tender, act.at) == TenderPhase.REPORTED and all(standing_award(session, lot) for lot in live):
        advance(session, TENDER, tender, TenderMove.DECIDE, act)
