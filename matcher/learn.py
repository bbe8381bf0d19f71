"""Learn a weighting from what people judged: which service is better for a need, and which they would accept.

Order first: a pairwise logistic loss over services of one need that were judged differently (Joachims 2002),
each pair weighed by its difference in gain, held near the standard weighting, no weight below zero. Then the
score: isotonic regression of "accepted" on what is weighed (Zadrozny & Elkan 2002), so that a score is the
share of reviewers who would accept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.isotonic import IsotonicRegression

from matcher.candidates import Pairs
from matcher.columns import NEED_COLUMNS
from matcher.metrics import ndcg
from matcher.rank import Matcher
from matcher.sheets import check_needs
from matcher.topic import TOPICAL
from matcher.weights import STANDARD, Weights

Floats = NDArray[np.float64]
LEAST_NEEDS = 20  # needs with better and worse services; fewer teach nothing that can be trusted
ACCEPTED = 2  # the grade from which a service would be accepted
_FOLDS = 5
_HOLD = 0.02  # how strongly the weights are held near the standard ones
_PARTS = 8
_TILT = 0.02
_TRIED = 50  # services of each need that nobody judged and that stand for all others


@dataclass(frozen=True)
class Lesson:
    """What was learned: the weighting, from how many needs, and nDCG@10 on needs it had not seen.

    `enough` is False where there was too little to learn from; the weighting is then the standard one.
    """

    weights: Weights
    needs: int
    enough: bool
    before: float
    after: float


@dataclass(frozen=True)
class _Judged:
    """One need: topical signals and grades of its services, and whether somebody judged each."""

    signals: Floats
    grades: Floats


def learn(
    matcher: Matcher, needs: pd.DataFrame, grades: Mapping[str, Mapping[str, int]], *, seed: int = 0
) -> Lesson:
    """Learn from graded judgments.

    Parameters
    ----------
    matcher : Matcher
        Fitted on the catalogue that was judged; its own weighting is not looked at.
    needs : DataFrame
        Columns of `NEED_COLUMNS`.
    grades : mapping
        need_id -> service_id -> grade, 0 (unfitting) to 3 (just right). What nobody judged counts as 0.
    seed : int
        Which needs are left out together while the lesson is examined.
    """
    judged = _read(matcher, needs, grades)
    teaching = [each for each in judged if len(np.unique(each.grades)) > 1]
    before = _mean_ndcg(teaching, _topic(STANDARD))
    if len(teaching) < LEAST_NEEDS:
        return Lesson(STANDARD, len(teaching), enough=False, before=before, after=before)
    folds = np.random.default_rng(seed).permutation(len(teaching)) % _FOLDS
    examined = []
    for fold in range(_FOLDS):
        seen, unseen = _split(teaching, folds == fold)
        examined += [_ndcg_of(each, _order(seen)) for each in unseen]
    order = _order(teaching)
    weights = Weights(
        topic=dict(zip(TOPICAL, order.tolist(), strict=True)),
        practical=STANDARD.practical,
        practical_share=STANDARD.practical_share,
        knots=_knots(judged, order),
    )
    return Lesson(weights, len(teaching), enough=True, before=before, after=float(np.mean(examined)))


def examine(
    matcher: Matcher, needs: pd.DataFrame, grades: Mapping[str, Mapping[str, int]], weights: Weights
) -> tuple[float, int]:
    """Mean nDCG@10 of a weighting's topical order over needs with better and worse services; their number.

    For needs a lesson was not given: those that were judged after it, for instance. Arguments as of `learn`.
    """
    telling = [each for each in _read(matcher, needs, grades) if len(np.unique(each.grades)) > 1]
    return _mean_ndcg(telling, _topic(weights)), len(telling)


def _read(matcher: Matcher, needs: pd.DataFrame, grades: Mapping[str, Mapping[str, int]]) -> list[_Judged]:
    checked = check_needs(needs[[column.name for column in NEED_COLUMNS if column.name in needs]])
    asked = matcher.topic_.read(checked)
    pairs = matcher.topic_.candidates(asked)
    places = {service: place for place, service in enumerate(matcher.services_["service_id"])}
    judged = []
    for row, need_id in enumerate(checked["need_id"]):
        its = {
            places[service]: grade for service, grade in grades.get(need_id, {}).items() if service in places
        }
        if not its:
            continue
        beside = np.union1d(pairs.services[pairs.needs == row], list(its)).astype(np.int64)
        signals = matcher.topic_.signals(asked.rows(row, row + 1), Pairs.of_one(beside))
        stacked = np.stack([signals[name] for name in TOPICAL], axis=1)
        its_grades = np.array([its.get(place, 0) for place in beside.tolist()], dtype=float)
        best = np.argsort(-(stacked @ _topic(STANDARD)), kind="stable")[:_TRIED]
        kept = np.union1d(best, np.flatnonzero([place in its for place in beside.tolist()]))
        judged.append(_Judged(stacked[kept], its_grades[kept]))
    return judged


def _order(teaching: Sequence[_Judged]) -> Floats:
    """Shares of the topical signals that put better services above worse ones most often."""
    steps, worth = [], []
    for each in teaching:
        better, worse = np.nonzero(each.grades[:, None] > each.grades[None, :])
        gains = 2.0 ** each.grades[better] - 2.0 ** each.grades[worse]
        steps.append(each.signals[better] - each.signals[worse])
        worth.append(gains / gains.sum() / len(teaching))
    differences, weight = np.concatenate(steps), np.concatenate(worth)
    standard = _topic(STANDARD) * _SHARP

    def loss(shares: Floats) -> tuple[float, Floats]:
        margin = differences @ shares
        held = shares - standard
        value = weight @ np.logaddexp(0, -margin) + _HOLD * (held @ held) / _SHARP
        slope = -(differences.T @ (weight / (1 + np.exp(margin)))) + 2 * _HOLD * held / _SHARP
        return float(value), slope

    found = minimize(loss, standard, jac=True, bounds=[(0, None)] * len(standard), method="L-BFGS-B").x
    shares: Floats = found / found.sum()
    return shares


_SHARP = 10.0  # how steeply a difference of the score becomes a preference


def _knots(judged: Iterable[_Judged], order: Floats) -> tuple[tuple[float, float], ...]:
    """The share of accepted services by what is weighed, as few straight lines that rise from (0, 0)."""
    weighed = np.concatenate([each.signals @ order for each in judged])
    accepted = np.concatenate([each.grades >= ACCEPTED for each in judged])
    # As many accepted ones in each part: there the curve has to be known best.
    borders = np.unique(np.quantile(weighed[accepted], np.linspace(0, 1, _PARTS + 1)))
    part = np.searchsorted(borders, weighed, side="right")
    found = [(weighed[part == each], accepted[part == each]) for each in np.unique(part)]
    below, share = weighed[part == 0], [float(yes.mean()) for _, yes in found]
    at = [float(values.mean()) for values, _ in found]
    if len(below):  # nothing was accepted there, up to its very end
        at[0] = float(below.max())
    sizes = [len(values) for values, _ in found]
    curve = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(at, share, sizes)
    inner = [(place, _tilted(place, float(curve.predict([place])[0]))) for place in at if 0 < place < 1]
    return ((0.0, 0.0), *inner, (1.0, _tilted(1.0, float(curve.predict([1.0])[0]))))


def _tilted(weighed: float, score: float) -> float:
    """The curve with its level parts a little inclined: what is weighed more never scores the same."""
    return (1 - _TILT) * score + _TILT * weighed


def _topic(weights: Weights) -> Floats:
    return np.array([weights.topic[name] for name in TOPICAL])


def _split(teaching: Sequence[_Judged], out: NDArray[np.bool_]) -> tuple[list[_Judged], list[_Judged]]:
    seen = [each for each, left in zip(teaching, out.tolist(), strict=True) if not left]
    return seen, [each for each, left in zip(teaching, out.tolist(), strict=True) if left]


def _ndcg_of(each: _Judged, order: Floats) -> float:
    best = np.argsort(-(each.signals @ order), kind="stable")
    return ndcg(each.grades[best], each.grades)


def _mean_ndcg(teaching: Sequence[_Judged], order: Floats) -> float:
    return float(np.mean([_ndcg_of(each, order) for each in teaching])) if teaching else 0.0
