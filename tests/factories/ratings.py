"""Ratings by their verb, and the people who give them."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.act import Act, Role
from models.contracts.contract import Contract
from models.ratings import giving
from models.ratings.rating import Rating, Side
from models.ratings.sides import ITEMS
from models.ratings.standing import standing
from tests.factories import contracts, parties
from tests.factories.parties import NOON


def voice(session: Session, contract: Contract, side: Side, at: datetime = NOON) -> Act:
    """Somebody who speaks for a side of a contract."""
    if side is Side.ORGANISATION:
        return contracts.supplier(session, contract, at)
    if side is Side.PURCHASER:
        return contracts.official(session, at, unit=contract.unit_code)
    community = standing(session, contract, at).community
    return parties.act_as(session, Role.COMMUNITY_WORKER, unit=community, at=at)


def rating(
    session: Session,
    contract: Contract,
    by: Side,
    about: Side,
    *,
    at: datetime = NOON,
    points: int = 4,
    words: str = "沟通顺畅。",
) -> Rating:
    """A rating with the same points for every item."""
    return giving.give(
        session,
        contract,
        voice(session, contract, by, at),
        about=about,
        points=dict.fromkeys(ITEMS[by, about], points),
        words=words,
    )
