"""What is known of pairs of needs and services, before anything is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.eligibility import NO, YES, Answers
from matcher.weights import Weights, total

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pair:
    """One pair of `Judged`: `contributions` add up to `score` exactly, in their order."""

    score: float
    verdict: int
    contributions: Mapping[str, float]
    signals: Mapping[str, float]
    answers: Mapping[str, int]


@dataclass(frozen=True)
class Judged:
    """Signals, contributions, limits, scores and verdicts, each of shape (n_pairs,)."""

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
        weights: Weights,
    ) -> Self:
        """Weigh the signals; without limits every pair is eligible."""
        added = weights.contributions(topical, practical)
        scores = total(added)
        # One no refuses, one unknown leaves it open.
        verdicts = (
            np.minimum.reduce(list(answers.values())) if answers else np.full(scores.shape, YES, np.int8)
        )
        return cls({**topical, **(practical or {})}, added, answers, scores, verdicts)

    def pair(self, at: int) -> Pair:
        """One pair."""
        return Pair(
            score=float(self.scores[at]),
            verdict=int(self.verdicts[at]),
            contributions={name: float(values[at]) for name, values in self.added.items()},
            signals={name: float(values[at]) for name, values in self.signals.items()},
            answers={limit: int(values[at]) for limit, values in self.answers.items()},
        )

    def best(
        self, needs: NDArray[np.int64], top: int, *, refused: bool
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Of each need the `top` pairs with the highest scores, and their ranks from 1; ties by place.

        Parameters
        ----------
        needs : array
            The need of each pair; a need's pairs stand together, in order of their services.
        top : int
        refused : bool
            Whether those that a limit refuses are ranked, or the others.

        Returns
        -------
        places, ranks : arrays
            Need by need, best first.
        """
        chosen = np.flatnonzero((self.verdicts == NO) == refused)
        order = chosen[np.lexsort((chosen, -self.scores[chosen], needs[chosen]))]
        of_need = needs[order]
        starts = np.flatnonzero(np.diff(of_need, prepend=-1))
        ranks = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order)))) + 1
        within = ranks <= top
        return order[within], ranks[within]
