"""What each signal counts for: none negative, so more agreement never lowers a score."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matcher.features import NOT_KNOWN, PRACTICAL, RECORD
from matcher.topic import TOPICAL

Floats = NDArray[np.float64]
SIGNALS = (*TOPICAL, *PRACTICAL, RECORD)
_MOST_FOR_RECORD = 0.5  # of the topic; with more a good record would stand for what is asked


@dataclass(frozen=True)
class Weights:
    """One weighting.

    The topic decides; the practical signals share out `practical_share` of it, so an unfitting service gains
    nothing by being near and cheap. A track record adds up to `record` of the topic, or takes as much; who
    is as the mean of its kind, or not known, neither gains nor loses. `knots` turn what is so weighed into a
    score, the share of reviewers who would accept: straight lines between (weighed, score), always rising, so
    that they change no order.
    """

    topic: Mapping[str, float]
    practical: Mapping[str, float]
    practical_share: float
    knots: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))
    record: float = 0.1

    def __post_init__(self) -> None:
        """Raises ValueError for what would not be a weighting."""
        shares = [*self.topic.values(), *self.practical.values(), self.practical_share, self.record]
        known = set(self.topic) == set(TOPICAL) and set(self.practical) == set(PRACTICAL)
        whole = np.isclose(sum(self.topic.values()), 1) and self.record <= _MOST_FOR_RECORD
        if not known or min(shares) < 0 or not whole:
            raise ValueError("weights are shares of the known signals")
        weighed, score = np.array(self.knots, dtype=float).T
        rising = (np.diff(weighed) > 0).all() and (np.diff(score) > 0).all()
        if self.knots[0] != (0.0, 0.0) or not rising or score[-1] > 1 or weighed[-1] < 1:
            raise ValueError("knots rise from (0, 0) to at most 1, and never stand still")

    def contributions(
        self, topical: Mapping[str, Floats], practical: Mapping[str, Floats] | None
    ) -> dict[str, Floats]:
        """What each signal adds to the score, in order of `SIGNALS`; the topical ones alone if need be."""
        share = 0.0 if practical is None else self.practical_share
        parts = {name: self.topic[name] * topical[name] for name in TOPICAL}
        topic = total(parts)
        added = {name: (1 - share) * parts[name] for name in TOPICAL}
        for name in PRACTICAL:
            signal = np.zeros_like(topic) if practical is None else practical[name]
            added[name] = share * topic * self.practical[name] * signal
        added[RECORD] = self._record(topic, total(added), practical)
        weighed = total(added)
        score = np.interp(weighed, *np.array(self.knots, dtype=float).T)
        scale = np.divide(score, weighed, out=np.zeros_like(weighed), where=weighed > 0)
        return {name: part * scale for name, part in added.items()}

    def _record(self, topic: Floats, weighed: Floats, practical: Mapping[str, Floats] | None) -> Floats:
        """What the record adds to what is weighed, which it lifts to 1 at most, or takes from it."""
        if practical is None:
            return np.zeros_like(topic)
        above = (practical[RECORD] - NOT_KNOWN) / NOT_KNOWN
        return np.minimum(self.record * topic * above, np.maximum(1 - weighed, 0))

    @property
    def digest(self) -> str:
        """The same for the same weighting, another for another."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:8]

    def as_dict(self) -> dict[str, Any]:
        """Plain dicts and lists, for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Self:
        """What `as_dict` has given; ValueError for anything else."""
        try:
            topic = {"meaning": 0.0, **kept["topic"]}  # what was learned before there were encoders has none
            knots = tuple((float(weighed), float(score)) for weighed, score in kept["knots"])
            return cls(**{**kept, "topic": topic, "knots": knots})
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError("not a weighting") from error

    def write(self, path: Path) -> None:
        """Keep as JSON, for people to read."""
        path.write_text(json.dumps(self.as_dict(), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Self:
        """What `write` has kept; ValueError for anything else."""
        try:
            return cls.from_dict(json.loads(path.read_text(encoding="utf-8")))
        except UnicodeDecodeError as error:
            raise ValueError("not a weighting") from error


STANDARD = Weights(
    topic={"characters": 0.46, "codes": 0.5, "groups": 0.04, "meaning": 0.0},
    practical={"price": 0.35, "scale": 0.2, "place": 0.35, "freshness": 0.1},
    practical_share=0.2,
    # The mean of two logistic curves: of judged pairs, and of the seeded district's pairs that share a code.
    knots=(
        (0.0, 0.0),
        (0.1, 0.005),
        (0.2, 0.02),
        (0.3, 0.07),
        (0.4, 0.205),
        (0.5, 0.41),
        (0.6, 0.62),
        (0.7, 0.79),
        (0.8, 0.915),
        (0.9, 0.97),
        (1.0, 1.0),
    ),
)
"""Fixed and documented (docs/matching.md): used where there is too little to learn from."""

WITH_MEANING = replace(
    STANDARD,
    topic={"characters": 0.368, "codes": 0.4, "groups": 0.032, "meaning": 0.2},
    knots=(
        (0.0, 0.0),
        (0.1, 0.005),
        (0.2, 0.03),
        (0.3, 0.12),
        (0.4, 0.33),
        (0.5, 0.565),
        (0.6, 0.77),
        (0.7, 0.915),
        (0.8, 0.98),
        (0.9, 0.995),
        (1.0, 1.0),
    ),
)
"""The same with an encoder, found with m3e-small: a fifth for the meaning, the rest shared out as before."""


def total(parts: Mapping[str, Floats]) -> Floats:
    """The sum in the order given, so that it is the same number wherever it is taken."""
    first, *others = parts.values()
    score = first.copy()
    for part in others:
        score += part
    return score
