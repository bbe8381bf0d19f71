"""Is a score the share of reviewers who would accept? Scores in bands beside what was accepted."""

import numpy as np
from numpy.typing import NDArray

from matcher.weights import STANDARD

BANDS = (0.0, 0.05, 0.15, 0.3, 0.45, 0.6, 0.8, 1.0)
Scores = NDArray[np.float64]


def reliability(weighed: Scores, accepted: NDArray[np.bool_]) -> list[tuple[int, float, float]]:
    """Of each band: how many pairs, their mean score, the share of them that was accepted.

    `weighed` are the pairs' signals weighed together, before the knots of the standard weighting.
    """
    scores = np.interp(weighed, *np.array(STANDARD.knots).T)
    band = np.searchsorted(BANDS[1:-1], scores, side="right")
    inside = [band == each for each in range(len(BANDS) - 1)]
    return [(int(of.sum()), float(scores[of].mean()), float(accepted[of].mean())) for of in inside]
