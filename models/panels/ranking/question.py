"""What a ranking is computed from, and the strict reading of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from models.document import decimal
from models.errors import Invalid
from models.panels.ranking.document import Spot, is_id, read
from models.rulebook.methods import Method

RANKED_METHODS = (
    Method.OPEN_TENDER,
    Method.COMPETITIVE_CONSULTATION,
    Method.NEGOTIATION,
    Method.SINGLE_SOURCE,
)


class LowPriceAnswer(StrEnum):
    """What the panel held of a bidder's explanation of a low price (R29)."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PENDING = "pending"


@dataclass(frozen=True)
class Criterion:
    """What is marked besides the price."""

    id: str
    weight: Fraction
    maximum: Fraction


@dataclass(frozen=True)
class Bid:
    """A bid: `valid` is the panel's finding on its conformity, `marks` are by member and criterion."""

    id: str
    price: Fraction
    valid: bool
    marks: Mapping[str, Mapping[str, Fraction]]
    place: str


@dataclass(frozen=True)
class Question:
    """The whole file."""

    method: Method
    budget: Fraction
    ceiling: Fraction | None
    price_weight: Fraction
    criteria: tuple[Criterion, ...]
    bids: tuple[Bid, ...]
    answers: Mapping[str, LowPriceAnswer]
    fixed_price: bool = False
    """One price for all, set by the state: it is not scored, so it weighs nothing (R25, R41)."""
    two_bidders_approved: bool = False
    """A negotiation that may go on with two after a failed tender (R44)."""

    @property
    def most(self) -> Fraction:
        """The highest price there may be: the ceiling, the budget where there is none (R29, R30)."""
        return self.budget if self.ceiling is None else self.ceiling

    @property
    def members(self) -> list[str]:
        """Everybody who marked."""
        return sorted({member for bid in self.bids for member in bid.marks})


def read_question(data: bytes) -> Question:
    """Read a file; the first thing that is wrong is raised with its place."""
    fields = read(data).fields(
        "method",
        "budget",
        "ceiling",
        "price_weight",
        "criteria",
        "bids",
        optional=("low_price_answers", "fixed_price", "two_bidders_approved"),
    )
    budget = fields["budget"].amount()
    criteria = _criteria(fields["criteria"])
    bids = _bids(fields["bids"], criteria)
    question = Question(
        method=fields["method"].choice(RANKED_METHODS),
        budget=budget,
        ceiling=_ceiling(fields["ceiling"], budget),
        price_weight=fields["price_weight"].weight(may_be_zero=True),  # what a method asks is for its rule
        criteria=criteria,
        bids=bids,
        answers=_answers(fields["low_price_answers"], bids) if "low_price_answers" in fields else {},
        fixed_price="fixed_price" in fields and fields["fixed_price"].truth(),
        two_bidders_approved="two_bidders_approved" in fields and fields["two_bidders_approved"].truth(),
    )
    if question.two_bidders_approved and question.method is not Method.NEGOTIATION:
        raise fields["two_bidders_approved"].wrong("rank_approval_not_negotiation")
    if question.fixed_price and question.price_weight:
        raise fields["fixed_price"].wrong("rank_fixed_price_weighs", weight=decimal(question.price_weight))
    total = question.price_weight + sum(criterion.weight for criterion in criteria)
    if total != 1:
        raise Invalid("rank_weights_not_one", place="price_weight, criteria", total=decimal(total))
    return question


def _ceiling(spot: Spot, budget: Fraction) -> Fraction | None:
    """A ceiling lies within the budget (R30; 87 art 12)."""
    if spot.value is None:
        return None
    found = spot.amount()
    if found > budget:
        raise spot.wrong("rank_ceiling_over_budget", budget=decimal(budget))
    return found


def _criteria(spot: Spot) -> tuple[Criterion, ...]:
    found: dict[str, Criterion] = {}
    for item in spot.items():
        fields = item.fields("id", "weight", "max")
        key = _new_id(fields["id"], found)
        found[key] = Criterion(key, fields["weight"].weight(), fields["max"].maximum())
    return tuple(found[key] for key in sorted(found))


def _bids(spot: Spot, criteria: tuple[Criterion, ...]) -> tuple[Bid, ...]:
    maxima = {criterion.id: criterion.maximum for criterion in criteria}
    found: dict[str, Bid] = {}
    for item in spot.items():
        fields = item.fields("id", "price", "valid", optional=("marks",))
        key = _new_id(fields["id"], found)
        found[key] = Bid(
            id=key,
            price=fields["price"].amount(),
            valid=fields["valid"].truth(),
            marks=_members(fields["marks"], maxima) if "marks" in fields else {},
            place=item.place,
        )
    return tuple(found[key] for key in sorted(found))


def _members(spot: Spot, maxima: Mapping[str, Fraction]) -> dict[str, dict[str, Fraction]]:
    return {_id(member, marks): _marks(marks, maxima) for member, marks in spot.members().items()}


def _marks(spot: Spot, maxima: Mapping[str, Fraction]) -> dict[str, Fraction]:
    found = {}
    for criterion, mark in spot.members().items():
        if criterion not in maxima:
            raise Invalid("rank_criterion_unknown", place=mark.place)
        found[criterion] = mark.mark(maxima[criterion])
    return found


def _answers(spot: Spot, bids: tuple[Bid, ...]) -> dict[str, LowPriceAnswer]:
    known = {bid.id for bid in bids}
    found = {}
    for bid, answer in spot.members().items():
        if bid not in known:
            raise Invalid("rank_bid_unknown", place=answer.place)
        found[bid] = answer.choice(tuple(LowPriceAnswer))
    return found


def _new_id(spot: Spot, taken: Mapping[str, object]) -> str:
    key = spot.id()
    if key in taken:
        raise spot.wrong("rank_id_twice")
    return key


def _id(key: str, spot: Spot) -> str:
    if not is_id(key):
        raise Spot(key, spot.place).wrong("rank_not_an_id")
    return key
