"""A price split by percentages, to the fen, so that the parts sum to it exactly."""

from collections.abc import Sequence
from decimal import Decimal

HUNDRED = 100


def split(amount: Decimal, percents: Sequence[Decimal]) -> list[Decimal]:
    """The parts of an amount: each its share rounded down, the fen left over to the largest remainders.

    The percentages sum to 100 and have two decimals; of equal remainders the earlier part gets the fen.
    """
    fen = int(amount * HUNDRED)
    weights = [int(each * HUNDRED) for each in percents]
    whole = sum(weights)
    parts = [fen * weight // whole for weight in weights]
    remainders = [fen * weight % whole for weight in weights]
    by_remainder = sorted(range(len(parts)), key=lambda place: (-remainders[place], place))
    for place in by_remainder[: fen - sum(parts)]:
        parts[place] += 1
    return [Decimal(part).scaleb(-2) for part in parts]
