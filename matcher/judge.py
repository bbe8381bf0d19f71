"""What is known of a batch of needs against a whole catalogue, before anything is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.eligibility import Answers
from matcher.weights import contributions, total

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pair:
    """One cell of `Judged`: `contributions` add up to `score` exactly, in their order."""

    score: float
    verdict: int
    contributions: Mapping[str, float]
    signals: Mapping[str, float]
    answers: Mapping[str, int]


@dataclass(frozen=True)
class Judged:
    """Signals, contributions, limits, scores and verdicts, each of shape (n_needs, n_services)."""

    signals: Mapping[str, Floats]
    added: Mapping[str, Floats]
    answers: Mapping[str, Answers]
    scores: Floats
    verdicts: Answers

    @classmethod
    def of(
        cls,
        topical: Mapping[str, Floats],
        practical: Mapping[str, Floats] | None,
        answers: Mapping[str, Answers],
    ) -> Self:
        """Weigh the signals; without limits every pair is eligible."""
        added = contributions(topical, practical)
        scores = total(added)
        # One no refuses, one unknown leaves it open.
        verdicts = np.minimum.reduce(list(answers.values())) if answers else np.ones(scores.shape, np.int8)
        return cls({**topical, **(practical or {})}, added, answers, scores, verdicts)

    def pair(self, need: int, service: int) -> Pair:
        """The cell of one need and one service."""
        at = (need, service)
        return Pair(
            score=float(self.scores[at]),
            verdict=int(self.verdicts[at]),
            contributions={name: float(values[at]) for name, values in self.added.items()},
            signals={name: float(values[at]) for name, values in self.signals.items()},
            answers={limit: int(values[at]) for limit, values in self.answers.items()},
        )
