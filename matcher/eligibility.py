"""Hard limits: may this organisation be asked to meet this need, and if not, which figure is in the way.

Each limit answers yes (1), no (-1) or unknown (0). A missing figure is unknown, and so is every answer that
rests on a catalogue entry nobody has verified for `stale_after` days: it is flagged and shown, never refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matcher.area import Seen, ServiceArea
from matcher.candidates import Pairs
from matcher.licences import Licences
from matcher.offer import Offer
from matcher.sheets import split_list, split_lists

Answers = NDArray[np.int8]
YES, UNKNOWN, NO = 1, 0, -1
ELIGIBLE, REFUSED = "eligible", "refused"
VERDICTS = {YES: ELIGIBLE, UNKNOWN: "unknown", NO: REFUSED}

# limit -> (reason when the answer is no, reason when it is unknown)
LIMITS: Mapping[str, tuple[str, str]] = {
    "area": ("outside_service_area", "area_unknown"),
    "capacity": ("no_free_capacity", "capacity_unknown"),
    "licence": ("licence_missing", "licence_unknown"),
    "price": ("price_above_budget", "price_unknown"),
    "dates": ("not_available_then", "dates_unknown"),
    "list": ("organisation_listed", "list_unknown"),
    "conflict": ("conflict_of_interest", "conflict_unknown"),
}
STALE = "stale_entry"
_OF_THE_ENTRY = (
    "area",
    "capacity",
    "licence",
    "price",
    "dates",
)  # what only the organisation's own entry says


@dataclass(frozen=True)
class Finding:
    """One limit that is not met, or not known to be met, with its figures."""

    code: str
    refused: bool
    facts: Mapping[str, object]


class Eligibility(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """The hard limits of a catalogue.

    Parameters
    ----------
    stale_after : float
        Days after which an unverified entry's figures count as unknown.
    refusing_flags : sequence of str
        The lists that bar an organisation (list_flags of the services sheet).
    """

    def __init__(
        self, stale_after: float = 365, refusing_flags: Sequence[str] = ("abnormal", "dishonest")
    ) -> None:
        self.stale_after = stale_after
        self.refusing_flags = refusing_flags

    def fit(
        self,
        services: pd.DataFrame,
        y: object = None,
        *,
        area: ServiceArea | None = None,
        offer: Offer | None = None,
    ) -> Self:
        """Learn the limits of each service from a checked services table; area and offer if at hand."""
        self.area_ = area or ServiceArea().fit(services)
        self.offer_ = offer or Offer.of(services)
        self.licences_ = Licences.of(services)
        self.stale_ = self.offer_.stale_days > self.stale_after
        self.org_id_ = services["org_id"].to_numpy(object)
        self.unit_ = services["price_unit"].to_numpy(object)
        self.flags_ = split_lists(services["list_flags"])
        barred = frozenset(self.refusing_flags)
        self.listed_ = np.array([not barred.isdisjoint(flags) for flags in self.flags_], dtype=bool)
        self.from_, self.to_ = (services[name].to_numpy(float) for name in ("available_from", "available_to"))
        return self

    def judge(self, needs: pd.DataFrame, pairs: Pairs, seen: Seen | None = None) -> dict[str, Answers]:
        """limit -> answers of shape (n_pairs,), for a checked needs table; `seen` if at hand."""
        check_is_fitted(self)
        services = pairs.services
        capacity, price = self.offer_.capacity[services], self.offer_.price[services]
        budget = needs["budget_yuan"].to_numpy(float)[pairs.needs]
        answers = {
            "area": (seen or self.area_.look(needs, pairs)).served,
            "capacity": _answer(known=~np.isnan(capacity), met=capacity >= 1),
            "licence": self.licences_.judge(needs["required_licences"].tolist(), pairs),
            "price": _answer(known=~np.isnan(budget) & ~np.isnan(price), met=price <= budget),
            "dates": self._dates(needs, pairs),
            "list": np.where(self.listed_[services], NO, YES).astype(np.int8),
            "conflict": self._conflict(needs["conflict_org_ids"].tolist(), pairs),
        }
        stale = self.stale_[services]
        return {
            limit: np.where(stale, UNKNOWN, answer).astype(np.int8) if limit in _OF_THE_ENTRY else answer
            for limit, answer in answers.items()
        }

    def findings(self, need: Mapping[str, Any], place: int, answers: Mapping[str, int]) -> list[Finding]:
        """What stands between this need and the service at `place`, given the answers of its limits."""
        found = []
        for limit, answer in answers.items():
            entry_is_stale = bool(self.stale_[place]) and limit in _OF_THE_ENTRY
            if answer == YES or entry_is_stale:
                continue
            code = LIMITS[limit][0 if answer == NO else 1]
            found.append(Finding(code, answer == NO, self._facts(limit, need, place)))
        if self.stale_[place]:
            facts = {"stale_days": int(self.offer_.stale_days[place]), "stale_after": self.stale_after}
            found.append(Finding(STALE, refused=False, facts=facts))
        return found

    def codes(self, answers: Mapping[str, Answers], pairs: Pairs) -> list[tuple[str, ...]]:
        """Of each pair the codes of its findings, as `findings` would tell them."""
        stale = self.stale_[pairs.services]
        pattern = stale.astype(np.int64)
        for limit, answer in answers.items():
            silent = stale & (limit in _OF_THE_ENTRY)
            pattern = pattern * 3 + np.where(silent, 0, YES - answer)
        distinct, inverse = np.unique(pattern, return_inverse=True)
        told = [_codes_of(int(each), list(answers)) for each in distinct]
        return [told[at] for at in inverse.tolist()]

    def _dates(self, needs: pd.DataFrame, pairs: Pairs) -> Answers:
        """Whether the months of the need and the time the service is offered meet; half-open, in days."""
        starts, ends = (needs[name].to_numpy(float)[pairs.needs] for name in ("starts_on", "ends_on"))
        first, last = self.from_[pairs.services], self.to_[pairs.services]
        too_early, too_late = ends <= first, starts >= last
        # An end that is not told is open; a need without dates cannot be held against those of a service.
        said = ~(np.isnan(first) & np.isnan(last))
        known = ~said | ~(np.isnan(starts) & np.isnan(ends))
        return _answer(known=known, met=~(too_early | too_late))

    def _conflict(self, org_ids: Sequence[str], pairs: Pairs) -> Answers:
        answer = np.full(len(pairs), YES, dtype=np.int8)
        for row, its in pairs.by_need():
            if org_ids[row]:
                barred = np.isin(self.org_id_[pairs.services[its]].astype(str), split_list(org_ids[row]))
                answer[its] = np.where(barred, NO, YES)
        return answer

    def _facts(self, limit: str, need: Mapping[str, Any], place: int) -> dict[str, object]:
        """The figures of one limit; of a refusal also what would lift it."""
        if limit == "area":
            return self.area_.facts(need, place)
        if limit == "capacity":
            free = number(self.offer_.capacity[place])
            return {"capacity": free, "unit": self.unit_[place], "short": None if free is None else 1 - free}
        if limit == "licence":
            required, held = split_list(need["required_licences"]), list(self.licences_.declared[place])
            missing = self.licences_.missing(need["required_licences"], place)
            return {"required": required, "held": held, "missing": missing}
        if limit == "price":
            budget, price = number(need["budget_yuan"]), number(self.offer_.price[place])
            short = None if budget is None or price is None else price - budget
            return {"price": price, "budget": budget, "unit": self.unit_[place], "short": short}
        if limit == "dates":
            return self._when(need, place)
        if limit == "list":
            return {"flags": [flag for flag in self.flags_[place] if flag in set(self.refusing_flags)]}
        return {"org_id": self.org_id_[place]}

    def _when(self, need: Mapping[str, Any], place: int) -> dict[str, object]:
        """Both periods as days, and by how many the need would have to move for one day in common."""
        starts, ends = need["starts_on"], need["ends_on"]
        first, last = self.from_[place], self.to_[place]
        gap = np.fmax(first - ends, starts - last) + 1
        days = {"starts_on": starts, "ends_on": ends, "available_from": first, "available_to": last}
        return {**{name: number(day) for name, day in days.items()}, "days": number(float(gap))}


def _codes_of(pattern: int, limits: Sequence[str]) -> tuple[str, ...]:
    found = []
    for limit in reversed(limits):
        pattern, lacking = divmod(pattern, 3)
        if lacking:
            found.append(LIMITS[limit][0 if lacking == YES - NO else 1])
    return (*reversed(found), *((STALE,) if pattern else ()))


def number(value: float) -> float | None:
    """A figure for a page: None where it is not known."""
    return None if np.isnan(value) else float(value)


def _answer(*, known: NDArray[np.bool_], met: NDArray[np.bool_]) -> Answers:
    return np.where(known, np.where(met, YES, NO), UNKNOWN).astype(np.int8)
