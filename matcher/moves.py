"""What keeps a service from standing higher: where it loses against another, how much it is short of."""

from collections.abc import Mapping

_WORTH_SAYING = 0.01  # of a score between 0 and 1


def losses(
    contributions: Mapping[str, float], others: Mapping[str, float], most: int = 2
) -> dict[str, float]:
    """The signals in which a service loses most against another for the same need, and how much.

    Parameters
    ----------
    contributions, others : mapping
        signal -> what it adds to the score, of the service and of the other.
    most : int
        How many at most.

    Returns
    -------
    dict
        signal -> what it adds less than to the other, the greatest first.
    """
    lost = {name: others[name] - added for name, added in contributions.items()}
    telling = [name for name in lost if lost[name] >= _WORTH_SAYING]
    return {name: lost[name] for name in sorted(telling, key=lambda name: -lost[name])[:most]}


def short_of_all(has: float, share: float) -> float | None:
    """How much is lacking to the whole, where what there is makes a share of it; None where that is nothing.

    The signals of price and scale are such shares: of what a need costs, of the people it is for.
    """
    return has / share - has if share > 0 else None
