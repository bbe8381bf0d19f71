"""One evaluated contract in one number: its final evaluation, what was accepted of it, how it was rated.

The shares are ours, as rules of the platform; a part nobody has given leaves its share to the others.
"""

from dataclasses import dataclass

EVALUATION, ACCEPTANCE, RATING = "evaluation", "acceptance", "rating"
SHARES = {EVALUATION: 0.7, ACCEPTANCE: 0.15, RATING: 0.15}
FOR_A_CHALLENGE, MOST_FOR_CHALLENGES = 5.0, 10.0
"""Points off for each upheld challenge of, or complaint about, the result the contract rests on."""
FEWEST_STARS, MOST_STARS = 1, 5


@dataclass(frozen=True)
class Composed:
    """`parts` are (name, points, share), the shares sum to 1; `points` are what they come to, less `off`."""

    parts: tuple[tuple[str, float, float], ...]
    off: float
    vetoed: bool
    points: float


def compose(
    evaluation: float,
    *,
    accepted: float | None = None,
    rating: float | None = None,
    upheld: int = 0,
    vetoed: bool = False,
) -> Composed:
    """`evaluation` from 0 to 100, `accepted` a share of the price, `rating` a mean of 1 to 5.

    A veto counts as 0, whatever the other parts say.
    """
    given = {
        EVALUATION: evaluation,
        ACCEPTANCE: None if accepted is None else 100 * accepted,
        RATING: None if rating is None else 100 * (rating - FEWEST_STARS) / (MOST_STARS - FEWEST_STARS),
    }
    known = {name: points for name, points in given.items() if points is not None}
    whole = sum(SHARES[name] for name in known)
    parts = tuple((name, points, SHARES[name] / whole) for name, points in known.items())
    off = min(FOR_A_CHALLENGE * upheld, MOST_FOR_CHALLENGES)
    points = max(sum(points * share for _, points, share in parts) - off, 0.0)
    return Composed(parts, off, vetoed, 0.0 if vetoed else points)
