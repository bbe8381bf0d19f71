"""Whether a count rose: the exact test, and how many comparisons were made at once.

If nothing changed, each of the events of two stretches of the same length falls into the later one with
probability 1/2: how likely so many there are by chance is a binomial tail. Of many comparisons some come out
by chance, so what is told keeps the expected share of false warnings at ALPHA (Benjamini and Hochberg 1995).
"""

from collections.abc import Sequence

from scipy.stats import binomtest, false_discovery_control

ALPHA = 0.05
LEAST = 6
"""Events of both stretches together under which nothing is compared."""


def is_compared(now: int, before: int) -> bool:
    """Whether there is enough to compare."""
    return now + before >= LEAST


def chance(now: int, before: int) -> float:
    """How likely so many or more of all events are in the later stretch, when nothing changed."""
    return float(binomtest(now, now + before, 0.5, alternative="greater").pvalue)


def rose(counts: Sequence[tuple[int, int]]) -> list[float | None]:
    """For each (now, before): the adjusted chance where it rose, None where it did not or is too little."""
    compared = [index for index, pair in enumerate(counts) if is_compared(*pair)]
    found: list[float | None] = [None] * len(counts)
    if not compared:
        return found
    adjusted = false_discovery_control([chance(*counts[index]) for index in compared])
    for index, value in zip(compared, adjusted, strict=True):
        if value <= ALPHA:
            found[index] = float(value)
    return found
