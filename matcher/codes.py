"""From texts to codes: how strongly a title and a description speak of each service code and each group."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher.retrieve import TextIndex
from matcher.sheets import split_list
from matcher.text import character_grams
from matcher.vocabulary import Hit, Kind, Vocabulary

Floats = NDArray[np.float64]
NEAR = 0.15  # agreement of two different codes of one domain
EVERYBODY = "B01"

_TITLE = 2.0  # a wording in the title counts as two in the description
_PICKED = 8.0  # a code that a person picked outweighs what the words suggest
_HALF = 2.0  # evidence by wordings at which half of the certainty is reached
_LONGEST = 6  # characters from which a wording is as telling as it can be
_SHARPNESS = 3  # likeness to a code's list of wordings is raised to this power: the best few codes count
_LIKE = 0.08  # likeness from which a list counts in full
_FULL = 1.2  # length of the joint evidence from which a text is as clear as it can be


class CodeReader:
    """Reads the codes of one list out of texts; `codes` are its columns.

    Two kinds of evidence are joined: wordings found as they stand, and, for service codes, the likeness
    of the text's characters to each code's whole list of wordings, which also reads what nobody listed.
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
        self._lists = self._index() if kind == "service" else None

    def read(self, titles: Sequence[str], bodies: Sequence[str], picked: Sequence[str]) -> Floats:
        """Evidence for each code, shape (n_texts, n_codes), rows no longer than 1.

        A short row is a text that says little; a row of nothing is a text that says nothing.
        """
        evidence = _saturated(self._by_wordings(titles, bodies, picked))
        if self._lists is not None:
            evidence += self._by_likeness(self._lists, titles, bodies)
        length = _lengths(evidence)
        return _unit_rows(evidence) * np.minimum(length / _FULL, 1.0)

    def evidence(self, hits: Sequence[Hit]) -> dict[str, float]:
        """code -> evidence: a long wording says more than a short one, a second one less than the first."""
        found: dict[str, dict[str, float]] = {}
        for hit in hits:
            if hit.kind == self.kind and not hit.negated:
                found.setdefault(hit.code, {})[hit.wording] = min(len(hit.wording), _LONGEST) / 3
        return {code: float(np.sqrt(sum(wordings.values()))) for code, wordings in found.items()}

    def nearness(self) -> Floats:
        """Agreement of each two codes: 1 the same, `NEAR` in one domain, else 0."""
        domains = np.array([term.domain or term.code for term in self.terms.values()])
        near: Floats = np.where(domains[:, None] == domains[None, :], NEAR, 0.0)
        np.fill_diagonal(near, 1.0)
        return near

    def _by_wordings(self, titles: Sequence[str], bodies: Sequence[str], picked: Sequence[str]) -> Floats:
        evidence = np.zeros((len(titles), len(self.codes)))
        for row, (title, body, codes) in enumerate(zip(titles, bodies, picked, strict=True)):
            for text, weight in ((title, _TITLE), (body, 1.0)):
                for code, found in self.evidence(self.vocabulary.find(text, [self.kind])).items():
                    evidence[row, self.place[code]] += weight * found
            for code in split_list(codes):
                if code in self.place:
                    evidence[row, self.place[code]] += _PICKED
        return evidence

    def _by_likeness(self, lists: TextIndex, titles: Sequence[str], bodies: Sequence[str]) -> Floats:
        standard = self.vocabulary.standardise
        titles = [standard(text).text for text in titles]
        bodies = [standard(text).text for text in bodies]
        likeness = lists.scores(lists.vectors(titles, bodies))
        most: Floats = likeness.max(axis=1, keepdims=True, initial=0.0)
        return _unit_rows(likeness**_SHARPNESS) * np.minimum(most / _LIKE, 1.0)

    def _index(self) -> TextIndex:
        lists = [" ".join(self.vocabulary.wordings[code]) for code in self.codes]
        return TextIndex(character_grams, k1=0.4, b=0.4).fit(lists, [""] * len(lists))


@lru_cache(maxsize=16)
def code_reader(vocabulary: Vocabulary, kind: Kind) -> CodeReader:
    """The reader of one list of a vocabulary; a vocabulary is never changed, so one reader serves all."""
    return CodeReader(vocabulary, kind)


def _lengths(matrix: Floats) -> Floats:
    lengths: Floats = np.sqrt((matrix**2).sum(axis=1, keepdims=True))
    return lengths


def _unit_rows(matrix: Floats) -> Floats:
    """Rows of length 1; a row of nothing stays nothing."""
    length = _lengths(matrix)
    scaled: Floats = np.divide(matrix, length, out=np.zeros_like(matrix), where=length > 0)
    return scaled


def _saturated(matrix: Floats) -> Floats:
    """Rows of any length shortened to less than 1, the long ones more."""
    length = _lengths(matrix)
    return _unit_rows(matrix) * length / (length + _HALF)
