"""How far a bid is, and what it still lacks: one list, asked by the meter, the check list and the seal."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from models.bids.consortium import Consortium
from models.bids.documents import Document, sums_up, words_of
from models.errors import Invalid
from models.tenders.lot import Lot


class BidSection(StrEnum):
    """The parts of the bid editor."""

    WHO = "who"
    ANSWERS = "answers"
    TEAM = "team"
    CONSORTIUM = "consortium"
    SUBCONTRACTING = "subcontracting"
    PRICE = "price"
    ATTACHMENTS = "attachments"


class Lack(StrEnum):
    """What a bid cannot be sealed without."""

    REQUIREMENT = "requirement"
    ANSWER = "answer"
    CONSORTIUM_UNCONFIRMED = "consortium_unconfirmed"
    PRICE = "price"
    ITEMS_NOT_PRICE = "items_not_price"


SECTION = {
    Lack.REQUIREMENT: BidSection.WHO,
    Lack.ANSWER: BidSection.ANSWERS,
    Lack.CONSORTIUM_UNCONFIRMED: BidSection.CONSORTIUM,
    Lack.PRICE: BidSection.PRICE,
    Lack.ITEMS_NOT_PRICE: BidSection.PRICE,
}


@dataclass(frozen=True)
class Missing:
    """Something that is lacking, and of which requirement or criterion."""

    lack: Lack
    about: UUID | None = None

    @property
    def section(self) -> BidSection:
        """In which part of the editor."""
        return SECTION[self.lack]


@dataclass(frozen=True)
class Completeness:
    """How far a bid is."""

    wanted: int
    missing: tuple[Missing, ...]

    @property
    def percent(self) -> int:
        """The share that is there; 100 only when nothing is lacking."""
        return 100 * (self.wanted - len(self.missing)) // self.wanted


class Incomplete(Invalid):
    """The bid lacks something: all of it at once."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__("bid_incomplete", count=len(missing))
        self.missing = missing


def completeness(
    lot: Lot, technical: Document, price: Document, consortium: Consortium | None
) -> Completeness:
    """What is there and what is not. Team, subcontracting and attachments may stay empty."""
    met = words_of(technical["requirements"], "requirement")
    answered = words_of(technical["answers"], "criterion")
    requirements, criteria = lot.tender.requirements, lot.tender.criteria
    missing = [Missing(Lack.REQUIREMENT, each.id) for each in requirements if not met.get(str(each.id))]
    missing += [Missing(Lack.ANSWER, each.id) for each in criteria if not answered.get(str(each.id))]
    if consortium is not None and any(member.confirmed_at is None for member in consortium.members):
        missing.append(Missing(Lack.CONSORTIUM_UNCONFIRMED))
    if not price["price"]:
        missing.append(Missing(Lack.PRICE))
    elif not sums_up(price):
        missing.append(Missing(Lack.ITEMS_NOT_PRICE))
    wanted = len(requirements) + len(criteria) + (consortium is not None) + 1
    return Completeness(wanted, tuple(missing))
