"""How good an order is, against grades."""

import numpy as np
from numpy.typing import ArrayLike


def ndcg(ranked: ArrayLike, grades: ArrayLike, k: int = 10) -> float:
    """Normalised discounted cumulative gain of the first `k` (Järvelin & Kekäläinen 2002).

    Parameters
    ----------
    ranked : grades in the order they were given, best first.
    grades : all grades there are, in any order; their best order is the ideal.
    """
    ideal = _gain(np.sort(np.asarray(grades, dtype=float))[::-1][:k])
    return _gain(np.asarray(ranked, dtype=float)[:k]) / ideal if ideal else 0.0


def _gain(grades: np.ndarray) -> float:
    return float(((2.0**grades - 1) / np.log2(np.arange(2, len(grades) + 2))).sum())
