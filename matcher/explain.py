"""Why a pair scored as it did: the words and codes that carried it on both sides, and where they stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from matcher.codes import CodeReader
from matcher.eligibility import Finding
from matcher.retrieve import TextIndex
from matcher.sheets import records
from matcher.topic import TopicIndex
from matcher.vocabulary import Kind

NEED_FIELDS = ("title", "description", "beneficiary_group")
SERVICE_FIELDS = ("title", "description")
_MOST_WORDS = 12
_MOST_CODES = 5
_LEAST_CODE = 0.05  # of all that the codes agree in; likeness gives every code a crumb


@dataclass(frozen=True)
class Mark:
    """A place in a field of a record: characters `start` to `end` of the text as written."""

    field: str
    start: int
    end: int
    wording: str


@dataclass(frozen=True)
class WordMatch:
    """A word on both sides; `weight` is its share of all that the shared words weigh."""

    word: str
    weight: float
    need: tuple[Mark, ...]
    service: tuple[Mark, ...]


@dataclass(frozen=True)
class CodeMatch:
    """A code of the need and one of the service that agree; they differ where only the domain is the same."""

    need_code: str
    service_code: str
    weight: float
    need: tuple[Mark, ...]
    service: tuple[Mark, ...]


@dataclass(frozen=True)
class Explanation:
    """All there is to say about one pair, in codes and figures; `contributions` add up to `score`."""

    need_id: str
    service_id: str
    score: float
    verdict: str
    contributions: Mapping[str, float]
    signals: Mapping[str, float]
    reasons: tuple[str, ...]
    findings: tuple[Finding, ...]
    words: tuple[WordMatch, ...]
    characters: tuple[WordMatch, ...]
    codes: tuple[CodeMatch, ...]
    groups: tuple[CodeMatch, ...]

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """The findings that refuse the pair."""
        return tuple(finding for finding in self.findings if finding.refused)

    def as_dict(self) -> dict[str, Any]:
        """Plain dicts and lists, for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class _Coded:
    """What a need's codes weigh beside each code of a service, and where the need speaks of them."""

    near: np.ndarray
    marks: Mapping[str, tuple[Mark, ...]]


class NeedReading:
    """A need (a checked table of one row) read once, to be laid beside any number of services."""

    def __init__(self, topic: TopicIndex, need: pd.DataFrame) -> None:
        self.topic = topic
        self.record = records(need)[0]
        texts = topic.need_texts(need)
        self._words = topic.words_.vectors(*texts)
        self._characters = topic.characters_.vectors(*texts)
        self._word_marks = _word_marks(topic, self.record, NEED_FIELDS)
        self._codes = self._coded(topic.code_reader_, topic.need_codes(need)[0])
        self._groups = self._coded(topic.group_reader_, topic.need_groups(need)[0])

    def words(self, service: Mapping[str, Any], place: int) -> tuple[WordMatch, ...]:
        """The words the need shares with the service at `place`, heaviest first."""
        weights = _shared_terms(self.topic.words_, self._words, place)
        return _matches(weights, self._word_marks, _word_marks(self.topic, service, SERVICE_FIELDS))

    def characters(
        self, service: Mapping[str, Any], place: int, words: Sequence[WordMatch]
    ) -> tuple[WordMatch, ...]:
        """Pairs of characters on both sides that are in none of the shared words, heaviest first."""
        weights = {
            gram: weight
            for gram, weight in _shared_terms(self.topic.characters_, self._characters, place).items()
            if len(gram) > 1 and not any(gram in match.word for match in words)
        }
        need_places = _gram_marks(self.topic, self.record, NEED_FIELDS, weights)
        service_places = _gram_marks(self.topic, service, SERVICE_FIELDS, weights)
        return _matches(weights, need_places, service_places)

    def codes(self, service: Mapping[str, Any], place: int) -> tuple[CodeMatch, ...]:
        """The pairs of service codes that agree."""
        return _shared_codes(self.topic.code_reader_, self._codes, self.topic.service_codes_[place], service)

    def groups(self, service: Mapping[str, Any], place: int) -> tuple[CodeMatch, ...]:
        """The pairs of beneficiary groups that agree."""
        return _shared_codes(
            self.topic.group_reader_, self._groups, self.topic.service_groups_[place], service
        )

    def _coded(self, reader: CodeReader, evidence: np.ndarray) -> _Coded:
        near = evidence[:, None] * reader.nearness()
        return _Coded(near, code_marks(reader, self.record, NEED_FIELDS))


def _shared_codes(
    reader: CodeReader, need: _Coded, service_evidence: np.ndarray, service: Mapping[str, Any]
) -> tuple[CodeMatch, ...]:
    """The pairs of codes that agree, heaviest first, each with the wordings that spoke of it."""
    weights = need.near * service_evidence[None, :]
    if not weights.any():
        return ()
    service_marks = code_marks(reader, service, SERVICE_FIELDS)
    share = weights / weights.sum()
    telling = zip(*np.nonzero(share >= _LEAST_CODE), strict=True)
    matches = []
    for row, column in sorted(telling, key=lambda pair: (-share[pair], pair))[:_MOST_CODES]:
        mine, theirs = reader.codes[row], reader.codes[column]
        weight = float(share[row, column])
        matches.append(
            CodeMatch(mine, theirs, weight, need.marks.get(mine, ()), service_marks.get(theirs, ()))
        )
    return tuple(matches)


def code_marks(
    reader: CodeReader, record: Mapping[str, Any], fields: Sequence[str]
) -> dict[str, tuple[Mark, ...]]:
    """code -> where the record speaks of it; what is negated is not marked."""
    marks: dict[str, tuple[Mark, ...]] = {}
    kinds: list[Kind] = [reader.kind]
    for field in fields:
        for hit in reader.vocabulary.find(record[field], kinds):
            if not hit.negated:
                mark = Mark(field, hit.start, hit.end, hit.wording)
                marks[hit.code] = (*marks.get(hit.code, ()), mark)
    return marks


def _word_marks(topic: TopicIndex, record: Mapping[str, Any], fields: Sequence[str]) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = {}
    for field in fields:
        standard = topic.vocabulary.standardise(record[field])
        for word, start, end in topic.segmenter_.spans(standard.text):
            marks.setdefault(word, []).append(Mark(field, *standard.span(start, end), word))
    return marks


def _gram_marks(
    topic: TopicIndex, record: Mapping[str, Any], fields: Sequence[str], grams: Mapping[str, float]
) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = {}
    for field in fields:
        standard = topic.vocabulary.standardise(record[field])
        for gram in grams:
            for found in re.finditer(re.escape(gram), standard.text):
                marks.setdefault(gram, []).append(Mark(field, *standard.span(*found.span()), gram))
    return marks


def _shared_terms(index: TextIndex, query: sparse.csr_array, place: int) -> dict[str, float]:
    """term -> its part of the cosine of a query (one row) and the document at `place`."""
    document = index.documents_[query.indices, [place] * query.nnz]
    weights = query.data * np.asarray(document).ravel()
    names = index.terms_[query.indices]
    return {names[at]: float(weights[at]) for at in np.flatnonzero(weights)}


def _matches(
    weights: Mapping[str, float],
    need_places: Mapping[str, list[Mark]],
    service_places: Mapping[str, list[Mark]],
) -> tuple[WordMatch, ...]:
    whole = sum(weights.values())
    heaviest = sorted(weights, key=lambda term: (-weights[term], term))[:_MOST_WORDS]
    return tuple(
        WordMatch(
            term,
            weights[term] / whole,
            tuple(need_places.get(term, ())),
            tuple(service_places.get(term, ())),
        )
        for term in heaviest
    )
