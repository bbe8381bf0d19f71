"""From texts to codes: how strongly a title and a description speak of each service code and each group."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.codemap import CodeMap, labels
from matcher.grams import counts, counts_of_fields
from matcher.lessons import recalled
from matcher.sheets import split_list
from matcher.vocabulary import Kind, Vocabulary

Floats = NDArray[np.float64]
NEAR = 0.15  # agreement of two different codes of one domain
EVERYBODY = "B01"
TITLE = 2.0  # a gram of the title counts as two of the description

_PICKED = 1.5  # a code that a person picked outweighs what the words suggest
_NOISE = 0.06  # evidence that every text has a little of
_FULL = 0.16  # length of the evidence from which a text is as clear as it can be
_UTTERANCE = 2.0  # a whole utterance teaches more than one wording


class CodeReader:
    """Reads the codes of one list out of texts; `codes` are its columns.

    The words of the vocabulary and the utterance bank have taught it a linear map from grams to codes, which
    also reads what nobody has listed.
    """

    def __init__(self, vocabulary: Vocabulary, kind: Kind) -> None:
        terms = {
            "service": vocabulary.service_codes,
            "beneficiary": vocabulary.beneficiary_groups,
            "route": vocabulary.routes,
        }
        self.vocabulary = vocabulary
        self.kind: Kind = kind
        self.terms = terms[kind]
        self.codes = tuple(self.terms)
        self.place = {code: column for column, code in enumerate(self.codes)}
        self.map = self._learn()

    def read(self, titles: Sequence[str], bodies: Sequence[str], picked: Sequence[str]) -> Floats:
        """Evidence for each code, shape (n_texts, n_codes), from texts as written and the codes picked."""
        standard = self.vocabulary.affirmed
        return self.weigh(counts_of_fields([(standard(titles), TITLE), (standard(bodies), 1.0)]), picked)

    def weigh(self, grams: sparse.csr_array, picked: Sequence[str]) -> Floats:
        """The same from gram counts; rows no longer than 1.

        A short row is a text that says little; a row of nothing is a text that says nothing.
        """
        evidence = np.maximum(self.map.decision_function(grams) - _NOISE, 0.0)
        evidence[np.diff(grams.indptr) == 0] = 0.0
        for row, codes in enumerate(picked):
            if codes:
                evidence[row, [self.place[code] for code in split_list(codes) if code in self.place]] += (
                    _PICKED
                )
        length = np.sqrt((evidence**2).sum(axis=1, keepdims=True))
        scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
        clear: Floats = evidence * scale * np.minimum(length / _FULL, 1.0)
        return clear

    def nearness(self) -> Floats:
        """Agreement of each two codes: 1 the same, `NEAR` in one domain, else 0."""
        domains = np.array([term.domain or term.code for term in self.terms.values()])
        near: Floats = np.where(domains[:, None] == domains[None, :], NEAR, 0.0)
        np.fill_diagonal(near, 1.0)
        return near

    def _learn(self) -> CodeMap:
        named = [*self.vocabulary.pairs(self.kind), *((code, term.en) for code, term in self.terms.items())]
        lesson = [(words, frozenset({code}), 1.0) for code, words in named]
        lesson += [(text, codes, _UTTERANCE) for text, codes in self.vocabulary.told(self.kind)]
        texts, codes, weights = zip(*lesson, strict=True)
        n = len(texts)
        grams = counts(self.vocabulary.affirmed(texts), np.arange(n), np.ones(n), n)
        return recalled(CodeMap(), grams, labels(codes, self.place), np.array(weights))


@lru_cache(maxsize=16)
def code_reader(vocabulary: Vocabulary, kind: Kind) -> CodeReader:
    """The reader of one list of a vocabulary; a vocabulary is never changed, so one reader serves all."""
    return CodeReader(vocabulary, kind)
