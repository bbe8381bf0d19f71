"""A need laid beside services: the words and codes they share, heaviest first, with their places."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from matcher.codes import CodeReader
from matcher.explain import CodeMatch, Mark, WordMatch
from matcher.marks import NEED_FIELDS, SERVICE_FIELDS, Marked, shared
from matcher.sheets import records
from matcher.topic import TopicIndex

_MOST_WORDS = 12
_MOST_CODES = 5
_LEAST_CODE = 0.05  # of all that the codes agree in; the map gives many codes a crumb


@dataclass(frozen=True)
class _Coded:
    """One list of codes in the need: what each weighs beside each code of a service, and where it stands."""

    reader: CodeReader
    near: NDArray[np.float64]
    hits: Mapping[str, tuple[Mark, ...]]


class NeedReading:
    """A need (a checked table of one row) read once, to be laid beside any number of services."""

    def __init__(self, topic: TopicIndex, need: pd.DataFrame) -> None:
        self.topic = topic
        self.record = records(need)[0]
        self.marked = Marked(topic.vocabulary, self.record, NEED_FIELDS)
        self.asked = topic.read(need)
        self._vector = topic.characters_.vectors(self.asked.grams)
        self._codes = self._coded(topic.code_reader_, self.asked.codes[0])
        self._groups = self._coded(topic.group_reader_, self.asked.groups[0])

    def beside(self, service: Mapping[str, Any], place: int) -> "Beside":
        """The need beside the service at `place` of the catalogue."""
        marked = Marked(self.topic.vocabulary, service, SERVICE_FIELDS)
        counted = marked.counted()
        columns, weights = shared(self._vector, self.topic.characters_.documents_[[place]])
        return Beside(
            words=self._words(marked, dict(zip(columns.tolist(), weights.tolist(), strict=True))),
            codes=self._shared_codes(self._codes, self.topic.codes_[place], marked, counted),
            groups=self._shared_codes(self._groups, self.topic.groups_[place], marked, counted),
        )

    def _words(self, service: Marked, weights: Mapping[int, float]) -> tuple[tuple[WordMatch, ...], ...]:
        """The words both use, then the pairs of characters both use that are in none of these words."""
        need, names = self.marked, self.marked.grams
        of_gram = {names[at]: weight for at, weight in weights.items() if at in names}
        words = {
            word: sum(weight for gram, weight in of_gram.items() if gram in word)
            for word in need.words.keys() & service.words.keys()
        }
        loose = {
            gram: weight
            for gram, weight in of_gram.items()
            if len(gram) > 1 and not any(gram in word for word in words)
        }
        marks = {gram: (need.places(gram), service.places(gram)) for gram in loose}
        of_word = {word: (tuple(need.words[word]), tuple(service.words[word])) for word in words}
        return _matches(words, of_word), _matches(loose, marks)

    def _coded(self, reader: CodeReader, evidence: NDArray[np.float64]) -> _Coded:
        return _Coded(reader, evidence[:, None] * reader.nearness(), self.marked.hits(reader.kind))

    def _shared_codes(
        self, mine: _Coded, theirs: NDArray[np.float64], service: Marked, counted: sparse.csr_array
    ) -> tuple[CodeMatch, ...]:
        """The pairs of codes that agree, heaviest first, each with what spoke of it on both sides."""
        weights = mine.near * theirs[None, :]
        if not weights.any():
            return ()
        reader, hits = mine.reader, service.hits(mine.reader.kind)
        share = weights / weights.sum()
        telling = zip(*np.nonzero(share >= _LEAST_CODE), strict=True)
        matches = []
        for row, column in sorted(telling, key=lambda pair: (-share[pair], pair))[:_MOST_CODES]:
            asked, offered = reader.codes[row], reader.codes[column]
            here = self.marked.of_code(reader, asked, self.asked.grams, mine.hits)
            there = service.of_code(reader, offered, counted, hits)
            matches.append(CodeMatch(asked, offered, float(share[row, column]), here, there))
        return tuple(matches)


@dataclass(frozen=True)
class Beside:
    """What a need and a service share; `words` are the whole words, then the loose pairs of characters."""

    words: tuple[tuple[WordMatch, ...], ...]
    codes: tuple[CodeMatch, ...]
    groups: tuple[CodeMatch, ...]


def _matches(
    weights: Mapping[str, float], places: Mapping[str, tuple[tuple[Mark, ...], tuple[Mark, ...]]]
) -> tuple[WordMatch, ...]:
    whole = sum(weights.values())
    heaviest = sorted(
        (term for term in weights if weights[term] > 0), key=lambda term: (-weights[term], term)
    )
    return tuple(WordMatch(term, weights[term] / whole, *places[term]) for term in heaviest[:_MOST_WORDS])
