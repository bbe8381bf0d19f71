"""The topical signals of a pair: shared characters, agreeing codes, agreeing groups, nearness in meaning."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matcher.candidates import Block, CandidateIndex, Pairs, Places
from matcher.codes import EVERYBODY, TITLE, code_reader
from matcher.encoder.meaning import MeaningIndex, joined_meanings, read_meaning
from matcher.encoder.protocol import Encoder, Rows
from matcher.grams import COLUMNS, counts_of_fields
from matcher.packing import Arrays, of_parts, parts_of
from matcher.retrieve import GramIndex
from matcher.vocabulary import Vocabulary

Floats = NDArray[np.float64]
Evidence = NDArray[np.float32]
TOPICAL = ("characters", "codes", "groups", "meaning")
# The cosine at which shared characters have earned half of what they can: short texts rarely pass 0.4.
_HALF = 0.1
_AT_ONCE = 8192  # texts read in one go: bounds the memory


@dataclass(frozen=True)
class Reading:
    """Texts read: gram counts (n, COLUMNS), service codes (n, 72), beneficiary groups (n, 20), and
    vectors of an encoder (n, width), of width 0 where there is none."""

    grams: sparse.csr_array
    codes: Evidence
    groups: Evidence
    meaning: Rows

    def rows(self, first: int, last: int) -> "Reading":
        """Some of the texts."""
        some = slice(first, last)
        return Reading(self.grams[some], self.codes[some], self.groups[some], self.meaning[some])

    def take(self, rows: Places) -> "Reading":
        """The texts at these rows, in this order."""
        return Reading(self.grams[rows], self.codes[rows], self.groups[rows], self.meaning[rows])

    @classmethod
    def joined(cls, parts: Sequence["Reading"]) -> "Reading":
        """The texts of all, one after the other."""
        grams = sparse.csr_array(sparse.vstack([part.grams for part in parts], format="csr"))
        return cls(
            grams,
            np.concatenate([part.codes for part in parts]),
            np.concatenate([part.groups for part in parts]),
            joined_meanings([part.meaning for part in parts]),
        )

    def packed(self) -> "Reading":
        """The same in little room: counts are whole numbers, and small ones."""
        kind = np.min_scalar_type(int(self.grams.data.max(initial=0)))
        counts = (self.grams.data.astype(kind), self.grams.indices, self.grams.indptr)
        return replace(self, grams=sparse.csr_array(counts, shape=self.grams.shape))


class TopicIndex(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """A catalogue indexed by what its services are about."""

    def __init__(self, vocabulary: Vocabulary, encoder: Encoder | None = None) -> None:
        self.vocabulary = vocabulary
        self.encoder = encoder

    def fit(self, services: pd.DataFrame, y: object = None) -> Self:
        """Index a checked services table."""
        self._learn_to_read()
        return self._index(self._read(services, services["description"]))

    def change(self, kept: Places, added: pd.DataFrame, order: Places) -> Self:
        """Keep these services, add those of a checked table, in this order, as if fitted on them."""
        check_is_fitted(self)
        new = self._read(added, added["description"])
        both = Reading.joined([self.read_, new])
        n = len(self.codes_)
        places = np.concatenate([kept, np.arange(n, len(both.codes))])
        gone = np.setdiff1d(np.arange(n), kept)
        found_in = self.characters_.found_in_ - _found_in(self.read_.grams[gone]) + _found_in(new.grams)
        return self._index(both.take(places[order]), found_in)

    def _index(self, read: Reading, found_in: Places | None = None) -> Self:
        self.read_ = read
        self.characters_ = GramIndex().fit(read.grams, found_in=found_in)
        self.meaning_ = MeaningIndex().fit(read.meaning)
        self.near_codes_ = self.codes_ @ self.code_reader_.nearness().astype(np.float32)
        self.candidates_ = CandidateIndex().fit(
            self.characters_.documents_, self.near_codes_, self.characters_.found_in_
        )
        return self

    def arrays(self) -> Arrays:
        """All that was read and indexed, but for the meaning, by name: what `of_arrays` takes."""
        return {
            "codes": self.codes_,
            "groups": self.groups_,
            "near_codes": self.near_codes_,
            **parts_of("counts", self.read_.grams),
            **self.characters_.arrays(),
            **self.candidates_.arrays(),
        }

    def of_arrays(self, arrays: Arrays) -> Self:
        """The index that gave these arrays; none is copied."""
        self._learn_to_read()
        counts = of_parts("counts", arrays, COLUMNS)
        self.read_ = Reading(
            counts, arrays["codes"], arrays["groups"], np.empty((counts.shape[0], 0), np.float32)
        )
        self.meaning_ = MeaningIndex().fit(self.read_.meaning)
        self.near_codes_ = arrays["near_codes"]
        self.characters_ = GramIndex().of_arrays(arrays, counts)
        self.candidates_ = CandidateIndex().of_arrays(arrays, counts.shape[0])
        return self

    def _learn_to_read(self) -> None:
        self.code_reader_ = code_reader(self.vocabulary, "service")
        self.group_reader_ = code_reader(self.vocabulary, "beneficiary")

    @property
    def codes_(self) -> Evidence:
        """Service codes of the catalogue, shape (n_services, 72)."""
        return self.read_.codes

    @property
    def groups_(self) -> Evidence:
        """Beneficiary groups of the catalogue, shape (n_services, 20)."""
        return self.read_.groups

    def read(self, needs: pd.DataFrame) -> Reading:
        """A checked needs table, read; whom a need is for belongs to its description."""
        check_is_fitted(self)
        return self._read(needs, needs["description"] + "。" + needs["beneficiary_group"])

    def candidates(
        self, asked: Reading, blocks: Iterable[Block] | None = None, always: Iterable[Block] = ()
    ) -> Pairs:
        """The pairs worth a look, within blocks of needs and services if there are any."""
        vectors = self.characters_.vectors(asked.grams)
        return self.candidates_.find(vectors, asked.codes, blocks, always)

    def signals(self, asked: Reading, pairs: Pairs) -> dict[str, Floats]:
        """name -> signal of shape (n_pairs,)."""
        return {
            "characters": _lift(self.characters_.cosines(self.characters_.vectors(asked.grams), pairs)),
            "codes": _agreement(asked.codes, self.near_codes_, pairs),
            "groups": _agreement(asked.groups, self.groups_, pairs),
            "meaning": self.meaning_.cosines(self.meaning_.vectors(asked.meaning), pairs),
        }

    def _read(self, table: pd.DataFrame, bodies: pd.Series) -> Reading:
        fields = [table["title"], bodies, table["service_codes"], table["beneficiary_codes"]]
        columns = [column.tolist() for column in fields]
        starts = range(0, max(1, len(table)), _AT_ONCE)
        parts = [
            self._read_some(*(column[start : start + _AT_ONCE] for column in columns)).packed()
            for start in starts
        ]
        return Reading.joined(parts)

    def _read_some(
        self, titles: list[str], bodies: list[str], codes: list[str], groups: list[str]
    ) -> Reading:
        affirmed = self.vocabulary.affirmed
        grams = counts_of_fields([(affirmed(titles), TITLE), (affirmed(bodies), 1.0)])
        of_groups = self.group_reader_.weigh(grams, groups)
        # "Everybody" tells no two needs apart.
        of_groups[:, self.group_reader_.place[EVERYBODY]] = 0.0
        of_codes = self.code_reader_.weigh(grams, codes)
        texts = [f"{title}。{body}" for title, body in zip(titles, bodies, strict=True)]
        meaning = read_meaning(self.encoder, texts)
        return Reading(grams, of_codes.astype(np.float32), of_groups.astype(np.float32), meaning)


def _found_in(grams: sparse.csr_array) -> Places:
    """How many of the texts have each gram."""
    return np.bincount(grams.indices, minlength=grams.shape[1])


def _agreement(asked: Evidence, offered: Evidence, pairs: Pairs) -> Floats:
    """Product of the two rows of each pair, at most 1."""
    agreement = np.einsum("ij,ij->i", asked[pairs.needs], offered[pairs.services])
    bounded: Floats = np.minimum(agreement, 1.0).astype(np.float64)
    return bounded


def _lift(cosine: Floats) -> Floats:
    """Stretch the low cosines of short texts over 0 to 1; monotone, 0 stays 0 and 1 stays 1."""
    return np.minimum((1 + _HALF) * cosine / (_HALF + cosine), 1.0)
