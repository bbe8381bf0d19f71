"""When ratings are released: together when a group is complete, else 14 days after its first."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from models.ratings.rating import Rating, Side
from models.ratings.sides import Direction, group

BLIND_FOR = timedelta(days=14)


def released_at(given: Iterable[Rating], sides: frozenset[Side]) -> datetime | None:
    """When ratings of one group of one contract are released; None while nobody has given any.

    `sides` are those the contract has: a contract without a neighbourhood waits for none. A direction without
    a counterpart waits its 14 days: there is nobody to answer it.
    """
    found = list(given)
    if not found:
        return None
    times = {direction(each): each.given_at for each in found}
    wanted = {each for each in group(next(iter(times))) if set(each) <= sides}
    last = min(times.values()) + BLIND_FOR
    complete = len(wanted) > 1 and wanted <= set(times)
    return min(last, max(times.values())) if complete else last


def released_of(given: Iterable[Rating], sides: frozenset[Side], at: datetime) -> list[Rating]:
    """Those ratings of one contract that are released at an instant."""
    groups: dict[frozenset[Direction], list[Rating]] = defaultdict(list)
    for each in given:
        groups[group(direction(each))].append(each)
    return [
        rating
        for ratings in groups.values()
        if (when := released_at(ratings, sides)) is not None and when <= at
        for rating in ratings
    ]


def direction(rating: Rating) -> Direction:
    """By whom and about whom a rating is."""
    return rating.by_side, rating.about_side
