"""The question of a ranking: what `duijie rank` reads, from the marks of the panel and the opened prices."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bids.bid import Bid
from models.bids.opened import InvalidReason, OpenedBid
from models.panels.marking import LowPriceQuestion, Mark
from models.panels.panel import Panel
from models.panels.ranking.question import RANKED_METHODS, LowPriceAnswer
from models.rulebook.methods import Method
from models.tenders.approving import approval_of
from models.tenders.lot import Lot

FOR_THE_RANKING = (InvalidReason.ABOVE_CEILING, InvalidReason.LOW_PRICE_UNPROVED)
"""What the ranking finds by itself from the figures, so that it can say so."""


def written(session: Session, lot: Lot, panel: Panel) -> str:
    """The JSON of a lot, always the same for the same marks, prices and answers.

    Bids are known by their reference, members as m1.. by seat, criteria as c1.. by place. A bid without a
    price that can be read has no place in it: it was never to be ranked.
    """
    tender = lot.tender
    bids = lot_bids(session, lot)
    names = {criterion.id: f"c{number}" for number, criterion in enumerate(tender.criteria, 1)}
    content: dict[str, Any] = {
        "method": method_of(tender.method).value,
        "budget": _figure(lot.budget),
        "ceiling": None if lot.ceiling is None else _figure(lot.ceiling),
        "price_weight": _share(tender.price_weight),
        "criteria": [
            {"id": names[each.id], "weight": _share(each.weight), "max": _figure(each.weight)}
            for each in tender.criteria
        ],
        "bids": [_bid(bid, _marks(session, bid, panel, names)) for bid in bids if bid.price is not None],
        "low_price_answers": answers(session, bids),
    }
    if tender.fixed_price and not tender.price_weight:
        content["fixed_price"] = True
    if tender.method is Method.NEGOTIATION and approval_of(session, tender) is not None:
        content["two_bidders_approved"] = True
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n"


def lot_bids(session: Session, lot: Lot) -> Sequence[OpenedBid]:
    """The opened bids of a lot by their reference."""
    query = select(OpenedBid).join(OpenedBid.bid).where(Bid.lot_id == lot.id).order_by(Bid.reference)
    return session.scalars(query).all()


def method_of(method: Method) -> Method:
    """The method whose rules rank: where no law sets any, those of a consultation."""
    return method if method in RANKED_METHODS else Method.COMPETITIVE_CONSULTATION


def answers(session: Session, bids: Sequence[OpenedBid]) -> dict[str, str]:
    """What the panel held of the explanations of low prices (R29)."""
    found = {}
    for bid in bids:
        question = session.get(LowPriceQuestion, bid.bid_id)
        if question is not None and bid.price is not None:
            found[bid.bid.reference] = answer(question).value
    return found


def answer(question: LowPriceQuestion) -> LowPriceAnswer:
    """Where a question stands."""
    if question.is_accepted is None:
        return LowPriceAnswer.PENDING
    return LowPriceAnswer.ACCEPTED if question.is_accepted else LowPriceAnswer.REJECTED


def _bid(bid: OpenedBid, marks: dict[str, dict[str, str]]) -> dict[str, Any]:
    valid = bid.invalid_reason is None or bid.invalid_reason in FOR_THE_RANKING
    return {
        "id": bid.bid.reference,
        "price": _figure(bid.price or Decimal(0)),
        "valid": valid,
        "marks": marks,
    }


def _marks(
    session: Session, bid: OpenedBid, panel: Panel, names: dict[Any, str]
) -> dict[str, dict[str, str]]:
    """The marks by member; one who marked nothing of the bid, because it was invalid, is not named."""
    found: dict[str, dict[str, str]] = {}
    by_member = {member.id: f"m{number}" for number, member in enumerate(panel.seated, 1)}
    query = select(Mark).where(Mark.bid_id == bid.bid_id, Mark.member_id.in_(by_member))
    marks = {(by_member[mark.member_id], names[mark.criterion_id]): mark for mark in session.scalars(query)}
    for member, criterion in sorted(marks, key=_natural):
        found.setdefault(member, {})[criterion] = _figure(marks[member, criterion].points)
    return found


def _natural(key: tuple[str, str]) -> tuple[int, int]:
    return int(key[0][1:]), int(key[1][1:])


def _figure(value: Decimal) -> str:
    return f"{value:.2f}"


def _share(percent: Decimal) -> str:
    return f"{percent / 100:.4f}"
