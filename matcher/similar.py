"""Needs like this one, and those that are this one again: same thing, place, people and months."""

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matcher.candidates import Pairs
from matcher.columns import NEED_COLUMNS
from matcher.sheets import check_needs, records
from matcher.top import top_k
from matcher.topic import Reading, TopicIndex
from matcher.vocabulary import Vocabulary, default_vocabulary

SIMILAR_COLUMNS = (
    "need_id",
    "score",
    "place",
    "same_place",
    "same_codes",
    "same_people",
    "same_months",
    "near_duplicate",
)
_WEIGHTS: Mapping[str, float] = {"characters": 0.65, "codes": 0.25, "groups": 0.1}
_LEAST = 0.08  # below it two needs share only what all needs share
# Precision first: a wrong merger costs a neighbourhood its need. Values of the signals, not of the cosines.
_SAME_TEXT, _ALIKE, _SAME_SUBJECT = 0.93, 0.6, 0.6
_CLEAR = 0.25  # evidence from which a need can be said to have a code
_YEAR = 12


class SimilarNeeds(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """Finds needs like a given one among the open needs it was fitted on."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary

    def fit(self, needs: pd.DataFrame, y: object = None) -> Self:
        """Index a needs table (columns of `NEED_COLUMNS`)."""
        checked = check_needs(needs).sort_values("need_id", kind="stable", ignore_index=True)
        self.needs_ = checked
        # A draft's text has whom it is for in it, so theirs must too.
        texts = checked["description"] + "。" + checked["beneficiary_group"]
        topic = TopicIndex(self.vocabulary or default_vocabulary())
        self.topic_ = topic.fit(checked.assign(description=texts))
        return self

    def find(self, need: Mapping[str, Any] | pd.Series, top: int = 5) -> pd.DataFrame:
        """The needs most like `need`, which may be a draft with columns missing; itself is left out.

        Returns
        -------
        DataFrame
            need_id, score in [0, 1], place (community, street, district or elsewhere), same_place,
            same_codes (list), same_people, same_months, near_duplicate; best first, near-duplicates on top.
        """
        check_is_fitted(self)
        draft = draft_need(need)
        read = self.topic_.read(draft)
        pairs = Pairs.of_one(range(len(self.needs_)))
        signals = self.topic_.signals(read, pairs)
        scores = np.sum([weight * signals[name] for name, weight in _WEIGHTS.items()], axis=0)
        asked = records(draft)[0]
        rows = []
        for place in top_k(scores, top + 1):
            other = records(self.needs_.iloc[[place]])[0]
            if other["need_id"] != asked["need_id"] and scores[place] >= _LEAST:
                pair = {name: float(values[place]) for name, values in signals.items()}
                rows.append(self._row(read, asked, other, int(place), float(scores[place]), pair))
        rows.sort(key=lambda row: (not row["near_duplicate"], -row["score"], row["need_id"]))
        return pd.DataFrame(rows[:top], columns=list(SIMILAR_COLUMNS))

    def _row(
        self,
        read: Reading,
        asked: Mapping[str, Any],
        other: Mapping[str, Any],
        place: int,
        score: float,
        pair: Mapping[str, float],
    ) -> dict[str, Any]:
        where = _place(asked, other)
        months = _months_overlap(asked, other)
        people = pair["groups"] > 0 or asked["beneficiary_group"] == other["beneficiary_group"]
        return {
            "need_id": other["need_id"],
            "score": score,
            "place": where,
            "same_place": where == "community",
            "same_codes": self._same_codes(read, place),
            "same_people": people,
            "same_months": months,
            "near_duplicate": where == "community" and months and _same_thing(pair, people=people),
        }

    def _same_codes(self, read: Reading, place: int) -> list[str]:
        reader = self.topic_.code_reader_
        both = np.minimum(read.codes[0], self.topic_.codes_[place])
        return [reader.codes[column] for column in np.flatnonzero(both >= _CLEAR)]


def _same_thing(pair: Mapping[str, float], *, people: bool) -> bool:
    """The same text for anybody, or the same subject in like words for the same people."""
    same_text = pair["characters"] >= _SAME_TEXT
    same_subject = pair["codes"] >= _SAME_SUBJECT and pair["characters"] >= _ALIKE
    return same_text or (people and same_subject)


def similar_needs(
    need: Mapping[str, Any] | pd.Series,
    needs: pd.DataFrame,
    top: int = 5,
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:
    """`SimilarNeeds(...).fit(needs).find(need, top)` in one call."""
    return SimilarNeeds(vocabulary).fit(needs).find(need, top)


def draft_need(need: Mapping[str, Any] | pd.Series) -> pd.DataFrame:
    """A checked table of one need out of a draft; what it does not say yet is blank."""
    known = dict(need)
    blank = {column.name: known.get(column.name, "") for column in NEED_COLUMNS}
    return check_needs(pd.DataFrame([{**known, **blank, "need_id": blank["need_id"] or "-"}]))


def _place(asked: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """The smallest unit both are in."""
    if asked["unit_code"] and asked["unit_code"] == other["unit_code"]:
        return "community"
    levels = ("district", "street", "community")
    shared = "elsewhere"
    for level in levels:
        if not asked[level] or asked[level] != other[level]:
            break
        shared = level
    return shared


def _months_overlap(asked: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether both run in one month at least; a month nobody has named fits any."""
    first, second = (_months(need) for need in (asked, other))
    return not first or not second or bool(first & second)


def _months(need: Mapping[str, Any]) -> set[int]:
    if np.isnan(need["start_month"]):
        return set()
    length = 3 if np.isnan(need["months"]) else max(1, min(_YEAR, int(need["months"])))
    return {(int(need["start_month"]) - 1 + step) % _YEAR for step in range(length)}
