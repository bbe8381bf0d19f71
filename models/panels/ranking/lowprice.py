"""Abnormally low bids (R29; 87 art 60, 财库〔2026〕2号).

Compared are the bids that conform, before any of them is rejected for its price. A bid is asked about when it
is strictly below a limit, or when the panel judges so: in the file, an answer that no figure asks for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from models.rulebook.rule import rule


class LowPriceTrigger(StrEnum):
    """Why a bid is asked about its price."""

    MEAN = "mean"
    SECOND_LOWEST = "second_lowest"
    CEILING = "ceiling"
    PANEL = "panel"


@dataclass(frozen=True)
class Yardstick:
    """What a price is compared with, and the limit below which it is asked about."""

    trigger: LowPriceTrigger
    base: Fraction
    limit: Fraction


def yardsticks(prices: Sequence[Fraction], most: Fraction) -> list[Yardstick]:
    """The yardsticks for the conforming prices; `most` is the ceiling, or the budget where there is none.

    The second lowest is the price of the second bidder by price: when two are lowest, it is theirs.
    """
    bases = {LowPriceTrigger.CEILING: most}
    if prices:
        bases[LowPriceTrigger.MEAN] = sum(prices, Fraction()) / len(prices)
    if len(prices) > 1:
        bases[LowPriceTrigger.SECOND_LOWEST] = sorted(prices)[1]
    percent = rule("R29").figures
    return [
        Yardstick(each, bases[each], bases[each] * Fraction(percent[each.value]) / 100)
        for each in LowPriceTrigger
        if each in bases
    ]


def triggers(price: Fraction, measures: Sequence[Yardstick], *, asked: bool) -> tuple[LowPriceTrigger, ...]:
    """By what a conforming bid is abnormally low; `asked` is whether the panel has asked about it."""
    found = tuple(measure.trigger for measure in measures if price < measure.limit)
    return found or ((LowPriceTrigger.PANEL,) if asked else ())
