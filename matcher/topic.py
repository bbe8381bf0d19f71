"""The topical signals of a pair: shared characters, agreeing codes, agreeing groups."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matcher.candidates import CandidateIndex, Pairs
from matcher.codes import EVERYBODY, TITLE, code_reader
from matcher.grams import counts_of_fields
from matcher.retrieve import GramIndex
from matcher.vocabulary import Vocabulary

Floats = NDArray[np.float64]
TOPICAL = ("characters", "codes", "groups")
# The cosine at which shared characters have earned half of what they can: short texts rarely pass 0.4.
_HALF = 0.1


@dataclass(frozen=True)
class Reading:
    """Texts read: gram counts (n, COLUMNS), service codes (n, 72) and beneficiary groups (n, 20)."""

    grams: sparse.csr_array
    codes: Floats
    groups: Floats

    def rows(self, first: int, last: int) -> "Reading":
        """Some of the texts."""
        return Reading(self.grams[first:last], self.codes[first:last], self.groups[first:last])


class TopicIndex(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """A catalogue indexed by what its services are about."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def fit(self, services: pd.DataFrame, y: object = None) -> Self:
        """Index a checked services table."""
        self.code_reader_ = code_reader(self.vocabulary, "service")
        self.group_reader_ = code_reader(self.vocabulary, "beneficiary")
        self.services_ = self._read(services, services["description"])
        self.characters_ = GramIndex().fit(self.services_.grams)
        self.near_codes_ = self.services_.codes @ self.code_reader_.nearness()
        self.candidates_ = CandidateIndex().fit(self.characters_.documents_, self.near_codes_)
        return self

    def read(self, needs: pd.DataFrame) -> Reading:
        """A checked needs table, read; whom a need is for belongs to its description."""
        check_is_fitted(self)
        return self._read(needs, needs["description"] + "。" + needs["beneficiary_group"])

    def candidates(self, asked: Reading) -> Pairs:
        """The pairs worth a look."""
        return self.candidates_.find(self.characters_.vectors(asked.grams), asked.codes)

    def signals(self, asked: Reading, pairs: Pairs) -> dict[str, Floats]:
        """name -> signal of shape (n_pairs,)."""
        return {
            "characters": _lift(self.characters_.cosines(self.characters_.vectors(asked.grams), pairs)),
            "codes": _agreement(asked.codes, self.near_codes_, pairs),
            "groups": _agreement(asked.groups, self.services_.groups, pairs),
        }

    def _read(self, table: pd.DataFrame, bodies: pd.Series) -> Reading:
        titles, texts = (self.vocabulary.affirmed(column.tolist()) for column in (table["title"], bodies))
        grams = counts_of_fields([(titles, TITLE), (texts, 1.0)])
        groups = self.group_reader_.weigh(grams, table["beneficiary_codes"].tolist())
        # "Everybody" tells no two needs apart.
        groups[:, self.group_reader_.place[EVERYBODY]] = 0.0
        return Reading(grams, self.code_reader_.weigh(grams, table["service_codes"].tolist()), groups)


def _agreement(asked: Floats, offered: Floats, pairs: Pairs) -> Floats:
    """Product of the two rows of each pair, at most 1."""
    agreement: Floats = np.einsum("ij,ij->i", asked[pairs.needs], offered[pairs.services])
    return np.minimum(agreement, 1.0)


def _lift(cosine: Floats) -> Floats:
    """Stretch the low cosines of short texts over 0 to 1; monotone, 0 stays 0 and 1 stays 1."""
    return np.minimum((1 + _HALF) * cosine / (_HALF + cosine), 1.0)
