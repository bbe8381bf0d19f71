"""The practical signals of a (need, service) pair, each from 0 to 1 and one half where nothing is known."""

from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matcher.area import Seen, ServiceArea
from matcher.candidates import Pairs
from matcher.offer import Offer

Floats = NDArray[np.float64]
PRACTICAL = ("price", "scale", "place", "freshness")
RECORD = "record"
EVALUATIONS = "evaluations"  # on which a record rests: tells a good record from a newcomer's allowance
NOT_KNOWN = 0.5
_FORGOTTEN_AFTER = 730.0  # days after which an unverified entry earns nothing for freshness


class PracticalFit(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """How well each service of a catalogue suits a need in money, size, place and up-to-dateness."""

    def fit(
        self,
        services: pd.DataFrame,
        y: object = None,
        *,
        area: ServiceArea | None = None,
        offer: Offer | None = None,
    ) -> Self:
        """Learn the figures of each service from a checked services table; area and offer if at hand."""
        self.area_ = area or ServiceArea().fit(services)
        self.offer_ = offer or Offer.of(services)
        self.record_ = np.clip(_known(services[RECORD].to_numpy(float)), 0, 1)
        self.evaluations_ = np.nan_to_num(services[EVALUATIONS].to_numpy(float))
        return self

    def signals(self, needs: pd.DataFrame, pairs: Pairs, seen: Seen | None = None) -> dict[str, Floats]:
        """name -> signal of shape (n_pairs,), for a checked needs table; `seen` if at hand."""
        check_is_fitted(self)
        fresh = np.clip(1 - self.offer_.stale_days / _FORGOTTEN_AFTER, 0, 1)
        return {
            "price": self._price(needs, pairs),
            "scale": self._scale(needs, pairs),
            "place": self.area_.nearness(seen or self.area_.look(needs, pairs), pairs),
            "freshness": _known(fresh[pairs.services]),
            RECORD: self.record_[pairs.services],
            EVALUATIONS: self.evaluations_[pairs.services],
        }

    def _price(self, needs: pd.DataFrame, pairs: Pairs) -> Floats:
        """The share of what the need would cost that its budget pays for."""
        cost = self.offer_.cost(needs, pairs)
        budget = needs["budget_yuan"].to_numpy(float)[pairs.needs]
        share = np.divide(budget, cost, out=np.ones(len(pairs)), where=cost != 0)
        # A price of nothing suits any budget; an unknown price or budget says nothing.
        unknown = np.isnan(cost) | (np.isnan(budget) & (cost != 0))
        return _known(np.where(unknown, np.nan, np.minimum(share, 1.0)))

    def _scale(self, needs: pd.DataFrame, pairs: Pairs) -> Floats:
        """The share of the people that the free capacity reaches."""
        return _known(np.minimum(self.offer_.capacity[pairs.services] / self.offer_.asked(needs, pairs), 1.0))


def _known(values: Floats) -> Floats:
    return np.nan_to_num(values, nan=NOT_KNOWN)
