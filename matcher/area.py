"""Where an organisation works: by unit codes where both sides have them, else by the names people write."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matcher.sheets import records, split_list

CITYWIDE = frozenset({"全市", "上海市", "全上海", "上海", "citywide", "city-wide"})
# How near: works in this very street, sits in this district, works in it, works in the whole city.
IN_STREET, AT_HOME, IN_DISTRICT, IN_CITY, ELSEWHERE, NOT_KNOWN = 1.0, 0.8, 0.6, 0.4, 0.0, 0.5
_STREET_DIGITS = 9


class ServiceArea(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """The service areas of a catalogue: a unit code covers every unit whose code begins with it."""

    def fit(self, services: pd.DataFrame, y: object = None) -> Self:
        """Learn the areas from a checked services table."""
        names = [split_list(cell) for cell in services["coverage_districts"]]
        codes = [split_list(cell) for cell in services["coverage_codes"]]
        self.names_, self.codes_ = names, codes
        self.citywide_ = np.array([bool(CITYWIDE & set(cell)) for cell in names], dtype=bool)
        self.has_names_ = np.array([bool(cell) for cell in names], dtype=bool)
        self.has_codes_ = np.array([bool(cell) for cell in codes], dtype=bool)
        self.name_place_, self.by_name_ = _incidence(names)
        self.code_place_, self.by_code_ = _incidence(codes)
        self.home_ = services["org_district"].to_numpy(object)
        return self

    def judge(self, needs: pd.DataFrame) -> NDArray[np.int8]:
        """1 served, -1 not served, 0 not known; shape (n_needs, n_services)."""
        check_is_fitted(self)
        rows = [self._judge_one(need) for need in records(needs)]
        return np.array(rows, dtype=np.int8).reshape(len(needs), len(self.home_))

    def nearness(self, needs: pd.DataFrame) -> NDArray[np.float64]:
        """How near each service works, 0 to 1; shape (n_needs, n_services)."""
        check_is_fitted(self)
        rows = [self._nearness_of(need) for need in records(needs)]
        return np.array(rows, dtype=float).reshape(len(needs), len(self.home_))

    def facts(self, need: Mapping[str, Any], place: int) -> dict[str, object]:
        """The area asked for and the areas served."""
        asked = {name: need[name] for name in ("unit_code", "district", "street") if need[name]}
        return {"asked": asked, "served": self.codes_[place] or self.names_[place]}

    def _judge_one(self, need: Mapping[str, Any]) -> NDArray[np.int8]:
        by_code, by_name = self._coded(need), self._named(need)
        served = np.where(by_code, self._in_codes(need), self._in_names(need))
        return np.where(by_code | by_name, np.where(served, 1, -1), 0).astype(np.int8)

    def _nearness_of(self, need: Mapping[str, Any]) -> NDArray[np.float64]:
        in_street = _rows(self.by_name_, self.name_place_, [need["street"], need["community"]])
        in_street |= self._in_codes(need, at_least=_STREET_DIGITS)
        judged = self._judge_one(need)
        near = np.select(
            [judged == -1, in_street, self.home_ == need["district"], self.citywide_, judged == 1],
            [ELSEWHERE, IN_STREET, AT_HOME, IN_CITY, IN_DISTRICT],
            NOT_KNOWN,
        )
        return np.asarray(near, dtype=float)

    def _coded(self, need: Mapping[str, Any]) -> NDArray[np.bool_]:
        return self.has_codes_ & bool(need["unit_code"])

    def _named(self, need: Mapping[str, Any]) -> NDArray[np.bool_]:
        return self.has_names_ & bool(need["district"] or need["street"])

    def _in_names(self, need: Mapping[str, Any]) -> NDArray[np.bool_]:
        asked = [need["district"], need["street"], need["community"]]
        return self.citywide_ | _rows(self.by_name_, self.name_place_, asked)

    def _in_codes(self, need: Mapping[str, Any], at_least: int = 1) -> NDArray[np.bool_]:
        code = need["unit_code"]
        prefixes = [code[:length] for length in range(at_least, len(code) + 1)]
        return _rows(self.by_code_, self.code_place_, prefixes)


def _incidence(cells: list[list[str]]) -> tuple[dict[str, int], sparse.csr_array]:
    """Which service names which area: (area -> row, matrix of shape (n_areas, n_services))."""
    areas = sorted({area for cell in cells for area in cell})
    place = {area: row for row, area in enumerate(areas)}
    pairs = [(place[area], column) for column, cell in enumerate(cells) for area in set(cell)]
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    shape = (len(areas), len(cells))
    ones = np.ones(len(pairs), dtype=bool)
    return place, sparse.csr_array((ones, (rows, columns)), shape=shape, dtype=bool)


def _rows(matrix: sparse.csr_array, place: Mapping[str, int], asked: Iterable[str]) -> NDArray[np.bool_]:
    """The services named in any of the rows asked for."""
    found = np.zeros(matrix.shape[1], dtype=bool)
    for row in {place[area] for area in asked if area in place}:
        found[matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]] = True
    return found
