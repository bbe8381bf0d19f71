"""Where an organisation works: by unit codes where both sides have them, else by the names people write."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matcher.candidates import Block, Pairs, Places
from matcher.sheets import records, split_lists

CITYWIDE = frozenset({"全市", "上海市", "全上海", "上海", "citywide", "city-wide"})
# How near: works in this very street, sits in this district, works in it, works in the whole city.
IN_STREET, AT_HOME, IN_DISTRICT, IN_CITY, ELSEWHERE, NOT_KNOWN = 1.0, 0.8, 0.6, 0.4, 0.0, 0.5
_DISTRICT_DIGITS, _STREET_DIGITS = 6, 9
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Seen:
    """Of each pair whether the service works where the need is, names its street, sits in its district.

    `served` is 1 yes, -1 no, 0 not known.
    """

    served: NDArray[np.int8]
    in_street: Flags
    at_home: Flags


class ServiceArea(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """The service areas of a catalogue: a unit code covers every unit whose code begins with it."""

    def fit(self, services: pd.DataFrame, y: object = None) -> Self:
        """Learn the areas from a checked services table."""
        names, codes = (split_lists(services[f"coverage_{kind}"]) for kind in ("districts", "codes"))
        self.names_, self.codes_ = names, codes
        self.citywide_ = np.array([not CITYWIDE.isdisjoint(cell) for cell in names], dtype=bool)
        self.has_names_ = np.array([bool(cell) for cell in names], dtype=bool)
        self.has_codes_ = np.array([bool(cell) for cell in codes], dtype=bool)
        self.name_place_, self.by_name_ = _incidence(names)
        self.code_place_, self.by_code_ = _incidence(codes)
        self.home_ = services["org_district"].to_numpy(object)
        return self

    def nearness(self, seen: Seen, pairs: Pairs) -> NDArray[np.float64]:
        """How near each service works, 0 to 1; shape (n_pairs,)."""
        near = np.select(
            [
                seen.served == -1,
                seen.in_street,
                seen.at_home,
                self.citywide_[pairs.services],
                seen.served == 1,
            ],
            [ELSEWHERE, IN_STREET, AT_HOME, IN_CITY, IN_DISTRICT],
            NOT_KNOWN,
        )
        return np.asarray(near, dtype=float)

    def facts(self, need: Mapping[str, Any], place: int) -> dict[str, object]:
        """The area asked for, the areas served, and which one more would do."""
        asked = {name: need[name] for name in ("unit_code", "district", "street") if need[name]}
        served = self.codes_[place]
        if need["unit_code"] and served:
            return {"asked": asked, "served": list(served), "add": need["unit_code"][:_STREET_DIGITS]}
        return {"asked": asked, "served": list(self.names_[place]), "add": need["street"] or need["district"]}

    def blocks(self, needs: pd.DataFrame) -> list[Block]:
        """Needs of one district beside the services that work anywhere in it, or do not say where they work.

        Which services those are does not depend on what other needs there are.
        """
        check_is_fitted(self)
        rows: dict[tuple[str, str], list[int]] = {}
        for row, need in enumerate(records(needs[["district", "unit_code"]])):
            rows.setdefault((need["district"], need["unit_code"][:_DISTRICT_DIGITS]), []).append(row)
        return [
            (np.array(its), np.flatnonzero(self._in_district(*district))) for district, its in rows.items()
        ]

    def named(self, needs: pd.DataFrame) -> list[Block]:
        """Each need beside the services that name its street or its neighbourhood."""
        found = []
        for row, need in enumerate(records(needs[["street", "community"]])):
            services = self._found(self.by_name_, self.name_place_, need.values())
            if len(services):
                found.append((np.array([row]), services))
        return found

    def _in_district(self, name: str, code: str) -> Flags:
        anywhere = self.citywide_ | ~(self.has_names_ | self.has_codes_)
        if not name:
            anywhere |= self.has_names_
        if not code:
            anywhere |= self.has_codes_
        anywhere[self._found(self.by_name_, self.name_place_, [name])] = True
        related = [area for area in self.code_place_ if area.startswith(code) or code.startswith(area)]
        anywhere[self._found(self.by_code_, self.code_place_, related if code else [])] = True
        flags: Flags = anywhere
        return flags

    def look(self, needs: pd.DataFrame, pairs: Pairs) -> Seen:
        """What `Seen` tells, for a checked needs table."""
        check_is_fitted(self)
        n = len(pairs)
        judged, in_street, at_home = np.zeros(n, np.int8), np.zeros(n, bool), np.zeros(n, bool)
        told = records(needs)
        for row, its in pairs.by_need():
            need, services = told[row], pairs.services[its]
            code = need["unit_code"]
            prefixes = [code[:length] for length in range(1, len(code) + 1)]
            by_code = self.has_codes_[services] if code else np.zeros(len(services), bool)
            by_name = self.has_names_[services] & bool(need["district"] or need["street"])
            in_codes = self._among(self.by_code_, self.code_place_, prefixes, services)
            street = [need["street"], need["community"]]
            in_names = self.citywide_[services] | self._among(
                self.by_name_, self.name_place_, [need["district"], *street], services
            )
            served = np.where(by_code, in_codes, in_names)
            judged[its] = np.where(by_code | by_name, np.where(served, 1, -1), 0)
            in_street[its] = self._among(self.by_name_, self.name_place_, street, services)
            in_street[its] |= self._among(
                self.by_code_, self.code_place_, prefixes[_STREET_DIGITS - 1 :], services
            )
            at_home[its] = self.home_[services] == need["district"]
        return Seen(judged, in_street, at_home)

    def _among(
        self, matrix: sparse.csr_array, place: Mapping[str, int], asked: Iterable[str], services: Places
    ) -> Flags:
        """Which of the services stand in any of the rows asked for."""
        flags = np.zeros(matrix.shape[1], dtype=bool)
        flags[self._found(matrix, place, asked)] = True
        return flags[services]

    @staticmethod
    def _found(matrix: sparse.csr_array, place: Mapping[str, int], asked: Iterable[str]) -> Places:
        rows = sorted({place[area] for area in asked if area in place})
        parts = [matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]] for row in rows]
        return np.concatenate([np.empty(0, np.int64), *parts]).astype(np.int64)


def _incidence(cells: Sequence[Sequence[str]]) -> tuple[dict[str, int], sparse.csr_array]:
    """Which service names which area: (area -> row, matrix of shape (n_areas, n_services))."""
    areas = sorted({area for cell in cells for area in cell})
    place = {area: row for row, area in enumerate(areas)}
    rows = [place[area] for cell in cells for area in cell]
    columns = np.repeat(np.arange(len(cells)), [len(cell) for cell in cells])
    matrix = sparse.coo_array((np.ones(len(rows), bool), (rows, columns)), shape=(len(areas), len(cells)))
    return place, sparse.csr_array(matrix)
