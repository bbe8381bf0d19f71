"""The choice as a computation anybody can do again, once the half year is over and its seed is shown.

Finals are numbered from 0 in the order in which they were handed over. Of each ten, those chosen have the
smallest tickets, SHA-256 of "seed:number": one for a share of 10 %, and two for anything up to 20 %.
Before the seed is shown nobody can tell which is next; its digest, shown from the beginning, binds it.
"""

from decimal import Decimal
from hashlib import sha256
from math import ceil

from models.panels.lottery import ticket

TEN = 10


def commitment(seed: str) -> str:
    """What is shown of a seed while it is a secret."""
    return sha256(seed.encode()).hexdigest()


def is_chosen(seed: str, position: int, share: Decimal) -> bool:
    """Whether a final is among the chosen of its ten."""
    first = position - position % TEN
    numbers = sorted(range(first, first + TEN), key=lambda number: ticket(seed, str(number)))
    return position in numbers[: of_ten(share)]


def of_ten(share: Decimal) -> int:
    """How many of ten a share in per cent is, rounded up."""
    return ceil(share * TEN / 100)
