"""Who rates whom, on what, and which ratings are released together (demands 19, 21)."""

from models.ratings.rating import RatingItem as Item
from models.ratings.rating import Side

Direction = tuple[Side, Side]
"""By whom, and about whom."""

OF_SERVICE = (Item.SERVICE, Item.SCHEDULE, Item.COMMUNICATION)
OF_AGENCY = (Item.FAIRNESS, Item.CARE, Item.BURDEN)
ITEMS: dict[Direction, tuple[Item, ...]] = {
    (Side.ORGANISATION, Side.COMMUNITY): (Item.VENUE, Item.COOPERATION, Item.PROMPTNESS),
    (Side.ORGANISATION, Side.PURCHASER): (Item.PAYMENT, Item.SCOPE_CHANGES),
    (Side.ORGANISATION, Side.AGENCY): OF_AGENCY,
    (Side.COMMUNITY, Side.ORGANISATION): OF_SERVICE,
    (Side.COMMUNITY, Side.PURCHASER): (Item.TASK_LIST, Item.SUPPORT, Item.PROMPTNESS),
    (Side.COMMUNITY, Side.AGENCY): OF_AGENCY,
    (Side.PURCHASER, Side.ORGANISATION): OF_SERVICE,
    (Side.PURCHASER, Side.AGENCY): OF_AGENCY,
}
"""Every direction there is. A purchaser does not rate a committee, which is nobody's contractor."""


def group(direction: Direction) -> frozenset[Direction]:
    """The directions released together: a pair that rates each other, or all that rate the agency.

    What the committee says of the purchaser has no counterpart and stands alone.
    """
    by, about = direction
    if about is Side.AGENCY:
        return frozenset(each for each in ITEMS if each[1] is Side.AGENCY)
    return frozenset({direction, (about, by)} & set(ITEMS))
