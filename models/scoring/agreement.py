"""How far two evaluators agree, and how much milder one is than others: each figure with n and its interval.

Agreement is Cohen's kappa with quadratic weights (Fleiss and Cohen 1973) over the levels of items, with the
interval of Fleiss, Cohen and Everitt (1969); differences of means have Student's or Welch's; by statsmodels.
Items of one project are not independent of each other, so the interval of kappa is, if anything, too narrow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

LEVELS = 4
"""None, one third, two thirds, all of an item's points: the bands of the indicator sets."""
FEWEST_ITEMS = 20
"""Of fewer pairs no kappa is shown."""
TWO = 2


@dataclass(frozen=True)
class Figure:
    """A figure of n observations; without an interval, or without the figure, n was too small for it."""

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None


def level(points: Fraction, maximum: Fraction) -> int:
    """Which third of an item's points is nearest, halves upwards: 0 to 3."""
    return int(points / maximum * (LEVELS - 1) + Fraction(1, 2))


def kappa(pairs: Sequence[tuple[int, int]]) -> Figure:
    """Quadratic-weighted kappa of pairs of levels; none of few, or where one of them used one level only."""
    n = len(pairs)
    table = np.zeros((LEVELS, LEVELS))
    for first, second in pairs:
        table[first, second] += 1
    used = min(np.count_nonzero(table.sum(axis=axis)) for axis in (0, 1))
    if n < FEWEST_ITEMS or used == 1:
        return Figure(n)
    with np.errstate(divide="ignore", invalid="ignore"):  # its test of "no agreement" may have no variance
        found = cohens_kappa(table, wt="quadratic")
    low, high = max(float(found.kappa_low), -1.0), min(float(found.kappa_upp), 1.0)
    return Figure(n, float(found.kappa), low, high)


def mean_difference(differences: Sequence[float]) -> Figure:
    """The mean of paired differences with its 95 % interval."""
    n = len(differences)
    if n < TWO:
        return Figure(n, *differences)
    low, high = DescrStatsW(np.asarray(differences, dtype=float)).tconfint_mean()
    return Figure(n, float(np.mean(differences)), float(low), float(high))


def difference_of_means(own: Sequence[float], others: Sequence[float]) -> Figure:
    """The mean of one's own less the mean of all others', with Welch's 95 % interval; n counts one's own."""
    n = len(own)
    if not n or not others:
        return Figure(n)
    value = float(np.mean(own) - np.mean(others))
    if min(n, len(others)) < TWO or np.ptp(own) == np.ptp(others) == 0:
        return Figure(n, value)
    compared = CompareMeans(DescrStatsW(np.asarray(own, float)), DescrStatsW(np.asarray(others, float)))
    low, high = compared.tconfint_diff(usevar="unequal")
    return Figure(n, value, float(low), float(high))
