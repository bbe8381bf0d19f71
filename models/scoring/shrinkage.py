"""How much organisations of one kind differ: the mean of the kind, and the variances within and between.

A normal model. A mark of an organisation is the mean of its kind, plus what sets the organisation apart
(variance `between`), plus what sets this one mark apart (variance `within`, over the mark's weight).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

START_MEAN, START_WITHIN, START_BETWEEN = 80.0, 64.0, 25.0
"""Until others have marks: 80 is the mean, 8 points lie between marks, 5 between organisations."""
START_COUNTS_AS = 4
"""For how many marks the starting value of `within` stands among those there are."""
LEAST_BETWEEN = 4.0


@dataclass(frozen=True)
class Spread:
    """Mean and variances of one kind, and from how many organisations they come (0: the starting values)."""

    mean: float
    within: float
    between: float
    organisations: int

    @property
    def hold(self) -> float:
        """For how many fresh marks the mean of the kind stands in a record: within over between."""
        return self.within / self.between


START = Spread(START_MEAN, START_WITHIN, START_BETWEEN, 0)


def spread(marks: Sequence[tuple[Floats, Floats]]) -> Spread:
    """From the marks and weights of each organisation, which stands with their weighted mean.

    `within` is pooled, `between` after DerSimonian and Laird, and the mean of the kind weighs organisations
    by the inverse of their variance. `between` is never below a least: equal so far is not equal for ever.
    """
    sums = np.array([weights.sum() for _, weights in marks])
    means = np.array([float(points @ weights) / weights.sum() for points, weights in marks])
    squares = sum(
        float(weights @ (points - mean) ** 2) for (points, weights), mean in zip(marks, means, strict=True)
    )
    free = sum(len(points) - 1 for points, _ in marks)
    within = (START_COUNTS_AS * START_WITHIN + squares) / (START_COUNTS_AS + free)
    between = max(dersimonian_laird(means, within / sums), LEAST_BETWEEN)
    precision = 1 / (within / sums + between)
    return Spread(float(precision @ means / precision.sum()), within, between, len(marks))


def dersimonian_laird(effects: Floats, variances: Floats) -> float:
    """The variance between effects beyond their own variances, from 0 up (DerSimonian and Laird 1986)."""
    weights = 1 / variances
    whole = weights.sum()
    q = float(weights @ (effects - weights @ effects / whole) ** 2)
    scale = whole - (weights @ weights) / whole
    return max(0.0, (q - (len(effects) - 1)) / scale) if scale > 0 else 0.0
