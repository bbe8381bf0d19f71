"""The practical signals of a (need, service) pair, each from 0 to 1 and one half where nothing is known."""

from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matcher.area import ServiceArea

Floats = NDArray[np.float64]
PRACTICAL = ("price", "scale", "place", "freshness")
NOT_KNOWN = 0.5
# Units that are bought once for each person, household or case; of every other unit one is enough to begin.
_PER_HEAD = ("人", "户", "件", "名", "家庭")
_FORGOTTEN_AFTER = 730.0  # days after which an unverified entry earns nothing for freshness


class PracticalFit(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """How well each service of a catalogue suits a need in money, size, place and up-to-dateness."""

    def fit(self, services: pd.DataFrame, y: object = None) -> Self:
        """Learn the figures of each service from a checked services table."""
        self.area_ = ServiceArea().fit(services)
        self.price_ = services["unit_price_yuan"].to_numpy(float)
        self.per_head_ = _is_per_head(services["price_unit"])
        free = services["capacity_free"].to_numpy(float)
        self.capacity_ = np.where(np.isnan(free), services["capacity_per_year"].to_numpy(float), free)
        units = services["capacity_unit"].where(services["capacity_unit"] != "", services["price_unit"])
        self.capacity_per_head_ = _is_per_head(units)
        self.stale_days_ = services["stale_days"].to_numpy(float)
        return self

    def signals(self, needs: pd.DataFrame) -> dict[str, Floats]:
        """name -> signal of shape (n_needs, n_services), for a checked needs table."""
        check_is_fitted(self)
        people = np.fmax(needs["affected_people"].to_numpy(float), 1.0)[:, None]
        budget = needs["budget_yuan"].to_numpy(float)[:, None]
        fresh = np.clip(1 - self.stale_days_ / _FORGOTTEN_AFTER, 0, 1)
        return {
            "price": self._price(people, budget),
            "scale": self._scale(people),
            "place": self.area_.nearness(needs),
            "freshness": _known(np.broadcast_to(fresh, (len(needs), len(fresh)))),
        }

    def signals_pairs(
        self, needs: pd.DataFrame, need_rows: NDArray[np.int64], service_rows: NDArray[np.int64]
    ) -> dict[str, Floats]:
        return {name: signal[need_rows, service_rows] for name, signal in self.signals(needs).items()}

    def _price(self, people: Floats, budget: Floats) -> Floats:
        """The share of what the need would cost that its budget pays for."""
        cost = self.price_[None, :] * np.where(self.per_head_[None, :], people, 1.0)
        share = np.divide(budget, cost, out=np.ones(np.broadcast(budget, cost).shape), where=cost != 0)
        # A price of nothing suits any budget; an unknown price or budget says nothing.
        unknown = np.isnan(cost) | (np.isnan(budget) & (cost != 0))
        return _known(np.where(unknown, np.nan, np.minimum(share, 1.0)))

    def _scale(self, people: Floats) -> Floats:
        """The share of the people that the free capacity reaches."""
        asked = np.where(self.capacity_per_head_[None, :], people, 1.0)
        return _known(np.minimum(self.capacity_[None, :] / asked, 1.0))


def _is_per_head(units: pd.Series) -> NDArray[np.bool_]:
    return np.array([str(unit).startswith(_PER_HEAD) for unit in units], dtype=bool)


def _known(values: Floats) -> Floats:
    return np.nan_to_num(values, nan=NOT_KNOWN)
