"""The topical signals of a pair: shared words, shared characters, agreeing codes, agreeing groups."""

from collections.abc import Mapping
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matcher.codes import EVERYBODY, code_reader
from matcher.retrieve import TextIndex
from matcher.text import character_grams
from matcher.vocabulary import Vocabulary

Floats = NDArray[np.float64]
TOPICAL = ("words", "characters", "codes", "wordings", "groups")
_TITLE = 3.0
# The cosine at which a signal has earned half of what it can: texts of a few sentences rarely pass 0.4.
_HALF: Mapping[str, float] = {"words": 0.08, "characters": 0.1, "wordings": 0.2}


class TopicIndex(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """A catalogue indexed by what its services are about."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def fit(self, services: pd.DataFrame, y: object = None) -> Self:
        """Index a checked services table."""
        titles, bodies = self._standard(services["title"]), self._standard(services["description"])
        self.segmenter_ = self.vocabulary.segmenter
        self.words_ = TextIndex(self.segmenter_, _TITLE).fit(titles, bodies)
        self.characters_ = TextIndex(character_grams, _TITLE).fit(titles, bodies)
        self.code_reader_ = code_reader(self.vocabulary, "service")
        self.group_reader_ = code_reader(self.vocabulary, "beneficiary")
        self.service_codes_ = self._codes(services)
        self.service_groups_ = self._groups(services)
        self.near_codes_ = sparse.csr_array((self.service_codes_ @ self.code_reader_.nearness()).T)
        self.near_groups_ = sparse.csr_array(self.service_groups_.T)
        lists = [" ".join(self.vocabulary.wordings[code]) for code in self.code_reader_.codes]
        self.wordings_ = self.characters_.vectors(lists, [""] * len(lists))
        return self

    def signals(self, needs: pd.DataFrame) -> dict[str, Floats]:
        """name -> signal of shape (n_needs, n_services), for a checked needs table."""
        check_is_fitted(self)
        titles, bodies = self.need_texts(needs)
        codes = sparse.csr_array(self.need_codes(needs))
        groups = sparse.csr_array(self.need_groups(needs))
        cosines = {
            "words": self.words_.scores(self.words_.vectors(titles, bodies)),
            "characters": self.characters_.scores(self.characters_.vectors(titles, bodies)),
            "wordings": self.characters_.scores(sparse.csr_array(codes @ self.wordings_)),
        }
        lifted = {name: _lift(cosine, _HALF[name]) for name, cosine in cosines.items()}
        return {
            **lifted,
            "codes": np.minimum((codes @ self.near_codes_).toarray(), 1.0),
            "groups": np.minimum((groups @ self.near_groups_).toarray(), 1.0),
        }

    def need_texts(self, needs: pd.DataFrame) -> tuple[list[str], list[str]]:
        """Titles and bodies in standard form; whom it is for belongs to the body."""
        bodies = [
            f"{text}。{group}"
            for text, group in zip(needs["description"], needs["beneficiary_group"], strict=True)
        ]
        return self._standard(needs["title"]), [self.vocabulary.standardise(text).text for text in bodies]

    def need_codes(self, needs: pd.DataFrame) -> Floats:
        """Service codes of each need, shape (n_needs, n_codes)."""
        return self._codes(needs)

    def need_groups(self, needs: pd.DataFrame) -> Floats:
        """Beneficiary groups of each need, shape (n_needs, n_groups)."""
        return self._groups(needs, extra=needs["beneficiary_group"])

    def _codes(self, table: pd.DataFrame) -> Floats:
        return self.code_reader_.read(
            table["title"].tolist(), table["description"].tolist(), table["service_codes"].tolist()
        )

    def _groups(self, table: pd.DataFrame, extra: pd.Series | None = None) -> Floats:
        titles = table["title"] if extra is None else table["title"] + "。" + extra
        read = self.group_reader_.read(
            titles.tolist(), table["description"].tolist(), table["beneficiary_codes"].tolist()
        )
        # "Everybody" tells no two needs apart.
        read[:, self.group_reader_.place[EVERYBODY]] = 0.0
        return read

    def _standard(self, texts: pd.Series) -> list[str]:
        return [self.vocabulary.standardise(text).text for text in texts]


def _lift(cosine: Floats, half: float) -> Floats:
    """Stretch the low cosines of short texts over 0 to 1; monotone, 0 stays 0 and 1 stays 1."""
    return np.minimum((1 + half) * cosine / (half + cosine), 1.0)
