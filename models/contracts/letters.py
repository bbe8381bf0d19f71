"""The letter to each who bid: own marks, rank and distance, or why the bid was invalid (R33).

It never says what others were marked or asked: of the winner it says the name and the price, as the notice
does. Nothing is stored: an award and its ranking do not change any more.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.bids.bid import Bid
from models.bids.opened import InvalidReason as OpenedReason
from models.bids.opened import OpenedBid
from models.contracts.award import Award
from models.contracts.clocks import Clock, challenge_until
from models.contracts.standings import Standing, standings
from models.errors import NotFound
from models.panels.ranking.validity import InvalidReason
from models.tenders.criterion import Criterion

HUNDRED, FEN = Decimal(100), Decimal("0.01")


@dataclass(frozen=True)
class OwnMark:
    """One criterion: the mean of the members' points, and the most there was."""

    title: str
    points: Decimal
    most: Decimal


@dataclass(frozen=True)
class Letter:
    """What one bidder is told of its own bid."""

    bid: Bid
    award: Award
    noticed_on: date
    is_winner: bool
    rank: int | None
    total: Decimal | None
    gap: Decimal | None
    price: Decimal | None
    price_mark: OwnMark | None
    marks: list[OwnMark]
    invalid_reason: OpenedReason | InvalidReason | None
    invalid_words: str
    passed_over: bool
    challenge: Clock | None


def award_told(session: Session, bid: Bid) -> Award | None:
    """The award a bidder has been told of: the one that stands, else the last that was noticed."""
    query = select(Award).where(Award.lot_id == bid.lot_id, Award.noticed_at.is_not(None))
    return session.scalar(query.order_by(Award.cancelled_at.is_(None).desc(), Award.noticed_at.desc()))


def letter(session: Session, bid: Bid, act: Act) -> Letter:
    """The letter of a bid, once its lot's result is noticed; for its organisation and those above alone."""
    ensure(act, Permission.BID_VIEW, bid)
    award = award_told(session, bid)
    opened = session.get(OpenedBid, bid.id)
    if award is None or award.noticed_on is None or opened is None or not bid.is_live:
        raise NotFound("not_found")
    found = standings(session, award.ranking)
    own, winner = found.of(bid), found.of(award.bid.bid)
    is_winner = award.bid_id == bid.id
    tender = bid.lot.tender
    marks = [] if own is None else _marks(own, tender.criteria)
    return Letter(
        bid=bid,
        award=award,
        noticed_on=award.noticed_on,
        is_winner=is_winner,
        rank=own.rank if own else None,
        total=own.total if own else None,
        gap=None if is_winner else _gap(own, winner),
        price=opened.price,
        price_mark=_price_mark(own, tender.price_weight),
        marks=marks,
        invalid_reason=opened.invalid_reason or (own.invalid_reason if own else None),
        invalid_words=opened.invalid_words,
        passed_over=bool(own and own.rank and own.rank < award.rank),
        challenge=challenge_until(award),
    )


def _marks(own: Standing, criteria: list[Criterion]) -> list[OwnMark]:
    return [
        OwnMark(each.title, _of(own.criteria[place], each.weight), each.weight)
        for place, each in enumerate(criteria, 1)
        if place in own.criteria
    ]


def _price_mark(own: Standing | None, weight: Decimal) -> OwnMark | None:
    if own is None or own.price_score is None or not weight:
        return None
    return OwnMark("", _of(own.price_score, weight), weight)


def _of(score: Decimal, weight: Decimal) -> Decimal:
    """Points out of a weight, from a score out of 100."""
    return (score * weight / HUNDRED).quantize(FEN, ROUND_HALF_UP)


def _gap(own: Standing | None, winner: Standing | None) -> Decimal | None:
    if own is None or winner is None or own.total is None or winner.total is None:
        return None
    return winner.total - own.total


def mine(session: Session, act: Act) -> list[Letter]:
    """The letters of the actor's own organisation, the newest first."""
    if act.actor.organisation_id is None:
        return []
    live = (Bid.withdrawn_at.is_(None), Bid.replaced_at.is_(None))
    query = (
        select(Bid)
        .join(OpenedBid, OpenedBid.bid_id == Bid.id)
        .where(Bid.organisation_id == act.actor.organisation_id, *live)
    )
    told = [letter(session, bid, act) for bid in session.scalars(query) if award_told(session, bid)]
    return sorted(told, key=lambda each: (each.noticed_on, each.bid.reference), reverse=True)
