"""What services cost and how much of them is free, in their own units, for needs in people and months."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from matcher.candidates import Pairs

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
# Units that are bought once for each person, household or case; of every other unit one is enough to begin.
_PER_HEAD = ("人", "户", "件", "名", "家庭")
_PER_MONTH = "月"


@dataclass(frozen=True)
class Offer:
    """The figures of a catalogue, each of shape (n_services,); NaN where nobody has said."""

    price: Floats
    per_head: Flags
    per_month: Flags
    capacity: Floats
    capacity_per_head: Flags
    stale_days: Floats

    @classmethod
    def of(cls, services: pd.DataFrame) -> Self:
        """Read a checked services table; what is free now comes before what there is in a year."""
        free = services["capacity_free"].to_numpy(float)
        units = services["capacity_unit"].where(services["capacity_unit"] != "", services["price_unit"])
        return cls(
            price=services["unit_price_yuan"].to_numpy(float),
            per_head=is_per_head(services["price_unit"]),
            per_month=_told_by_each(services["price_unit"], lambda unit: unit.endswith(_PER_MONTH)),
            capacity=np.where(np.isnan(free), services["capacity_per_year"].to_numpy(float), free),
            capacity_per_head=is_per_head(units),
            stale_days=services["stale_days"].to_numpy(float),
        )

    def quantity(self, needs: pd.DataFrame, pairs: Pairs) -> Floats:
        """How many units each need would buy of each service: its people, its months, or one."""
        months = np.fmax(needs["months"].to_numpy(float), 1.0)[pairs.needs]
        heads = _people(needs)[pairs.needs]
        per_head, per_month = self.per_head[pairs.services], self.per_month[pairs.services]
        bought: Floats = np.where(per_head, heads, 1.0) * np.where(per_month, months, 1.0)
        return bought

    def cost(self, needs: pd.DataFrame, pairs: Pairs) -> Floats:
        """What that would cost, in yuan."""
        return self.price[pairs.services] * self.quantity(needs, pairs)

    def asked(self, needs: pd.DataFrame, pairs: Pairs) -> Floats:
        """How many units of capacity a need takes: its people of a unit per head, else one."""
        taken: Floats = np.where(self.capacity_per_head[pairs.services], _people(needs)[pairs.needs], 1.0)
        return taken


def is_per_head(units: pd.Series) -> Flags:
    """Which units are bought for each person, household or case."""
    return _told_by_each(units, lambda unit: unit.startswith(_PER_HEAD))


def _told_by_each(units: pd.Series, asked: Callable[[str], bool]) -> Flags:
    """The question asked once of each different unit: a large sheet has few."""
    place, distinct = pd.factorize(units.astype(str))
    return np.array([asked(unit) for unit in distinct], dtype=bool)[place]


def _people(needs: pd.DataFrame) -> Floats:
    people: Floats = np.fmax(needs["affected_people"].to_numpy(float), 1.0)
    return people
