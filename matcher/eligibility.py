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

from matcher.area import ServiceArea
from matcher.sheets import split_list

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
    "list": ("organisation_listed", "list_unknown"),
    "conflict": ("conflict_of_interest", "conflict_unknown"),
}
STALE = "stale_entry"
_OF_THE_ENTRY = ("area", "capacity", "licence", "price")  # what only the organisation's own entry says


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

    def fit(self, services: pd.DataFrame, y: object = None) -> Self:
        """Learn the limits of each service from a checked services table."""
        self.area_ = ServiceArea().fit(services)
        self.price_ = services["unit_price_yuan"].to_numpy(float)
        free = services["capacity_free"].to_numpy(float)
        self.capacity_ = np.where(np.isnan(free), services["capacity_per_year"].to_numpy(float), free)
        self.stale_ = services["stale_days"].to_numpy(float) > self.stale_after
        self.stale_days_ = services["stale_days"].to_numpy(float)
        self.org_id_ = services["org_id"].to_numpy(object)
        self.unit_ = services["price_unit"].to_numpy(object)
        self.flags_ = [split_list(flags) for flags in services["list_flags"]]
        self.licences_ = [split_list(held) for held in services["licences"]]
        self.qualifications_ = services["languages_qualifications"].tolist()
        listed = [bool(set(flags) & set(self.refusing_flags)) for flags in self.flags_]
        self.listed_ = np.array(listed, dtype=bool)
        return self

    def judge(self, needs: pd.DataFrame) -> dict[str, Answers]:
        """limit -> answers of shape (n_needs, n_services), for a checked needs table."""
        check_is_fitted(self)
        n_services = len(self.price_)
        capacity = _answer(known=~np.isnan(self.capacity_), met=self.capacity_ >= 1)
        budget = needs["budget_yuan"].to_numpy(float)[:, None]
        known = ~np.isnan(budget) & ~np.isnan(self.price_)[None, :]
        answers = {
            "area": self.area_.judge(needs),
            "capacity": np.repeat(capacity[None, :], len(needs), axis=0),
            "licence": _stack([self._licence(asked) for asked in needs["required_licences"]]),
            "price": _answer(known=known, met=self.price_[None, :] <= budget),
            "list": np.repeat(np.where(self.listed_, NO, YES).astype(np.int8)[None, :], len(needs), axis=0),
            "conflict": _stack([self._conflict(ids) for ids in needs["conflict_org_ids"]]),
        }
        shaped = {limit: answer.reshape(len(needs), n_services) for limit, answer in answers.items()}
        for limit in _OF_THE_ENTRY:
            shaped[limit][:, self.stale_] = UNKNOWN
        return shaped

    def judge_pairs(self, needs: pd.DataFrame, need_rows: Any, service_rows: Any) -> dict[str, Answers]:
        return {name: answer[need_rows, service_rows] for name, answer in self.judge(needs).items()}

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
            facts = {"stale_days": int(self.stale_days_[place]), "stale_after": self.stale_after}
            found.append(Finding(STALE, refused=False, facts=facts))
        return found

    def _licence(self, required: str) -> Answers:
        answer = np.full(len(self.price_), YES, dtype=np.int8)
        for licence in split_list(required):
            held = np.array([self._holds(place, licence) for place in range(len(answer))], dtype=bool)
            declared = np.array([bool(licences) for licences in self.licences_], dtype=bool)
            np.minimum(answer, np.where(held, YES, np.where(declared, NO, UNKNOWN)), out=answer)
        return answer

    def _holds(self, place: int, licence: str) -> bool:
        return licence in self.licences_[place] or licence in self.qualifications_[place]

    def _conflict(self, org_ids: str) -> Answers:
        return np.where(np.isin(self.org_id_, split_list(org_ids)), NO, YES).astype(np.int8)

    def _facts(self, limit: str, need: Mapping[str, Any], place: int) -> dict[str, object]:
        if limit == "area":
            return self.area_.facts(need, place)
        if limit == "capacity":
            return {"capacity": number(self.capacity_[place]), "unit": self.unit_[place]}
        if limit == "licence":
            required = split_list(need["required_licences"])
            missing = [licence for licence in required if not self._holds(place, licence)]
            return {"required": required, "held": self.licences_[place], "missing": missing}
        if limit == "price":
            budget, price = number(need["budget_yuan"]), number(self.price_[place])
            return {"price": price, "budget": budget, "unit": self.unit_[place]}
        if limit == "list":
            return {"flags": [flag for flag in self.flags_[place] if flag in set(self.refusing_flags)]}
        return {"org_id": self.org_id_[place]}


def number(value: float) -> float | None:
    """A figure for a page: None where it is not known."""
    return None if np.isnan(value) else float(value)


def _answer(*, known: NDArray[np.bool_], met: NDArray[np.bool_]) -> Answers:
    return np.where(known, np.where(met, YES, NO), UNKNOWN).astype(np.int8)


def _stack(rows: list[Answers]) -> Answers:
    return np.array(rows, dtype=np.int8)
