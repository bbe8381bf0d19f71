"""A record read for marking: its words, its grams and its codes, each with where it stands."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.codes import TITLE, CodeReader
from matcher.explain import Mark
from matcher.grams import columns_of, counts_of_fields, grams_of
from matcher.text import Standard
from matcher.vocabulary import Kind, Vocabulary

NEED_FIELDS = ("title", "description", "beneficiary_group")
SERVICE_FIELDS = ("title", "description")
_MOST_GRAMS = 4
_LEAST_GRAM = 0.1  # of all that speaks for the code

Marks = dict[str, list[Mark]]


class Marked:
    """The fields of one record in standard form, and where in them as written something stands."""

    def __init__(self, vocabulary: Vocabulary, record: Mapping[str, Any], fields: Sequence[str]) -> None:
        self.vocabulary = vocabulary
        self.record = record
        self.texts: dict[str, Standard] = {
            field: vocabulary.affirm(vocabulary.standardise(record[field])) for field in fields
        }

    @cached_property
    def words(self) -> Marks:
        """Each word that carries meaning, with its places."""
        found: Marks = {}
        for field, standard in self.texts.items():
            for word, start, end in self.vocabulary.segmenter.spans(standard.text):
                found.setdefault(word, []).append(Mark(field, *standard.span(start, end), word))
        return found

    @cached_property
    def grams(self) -> dict[int, str]:
        """Column -> the gram of this record that falls into it."""
        grams = [gram for standard in self.texts.values() for gram in grams_of(standard.text)]
        return dict(zip(columns_of(grams), grams, strict=True))

    def counted(self) -> sparse.csr_array:
        """Its gram counts, shape (1, COLUMNS)."""
        texts = self.texts.items()
        return counts_of_fields([([text.text], TITLE if field == "title" else 1.0) for field, text in texts])

    def places(self, gram: str) -> tuple[Mark, ...]:
        """Where a gram stands."""
        found = []
        for field, standard in self.texts.items():
            start = standard.text.find(gram)
            while start >= 0:
                found.append(Mark(field, *standard.span(start, start + len(gram)), gram))
                start = standard.text.find(gram, start + 1)
        return tuple(found)

    def of_code(
        self, reader: CodeReader, code: str, counted: sparse.csr_array, hits: Mapping[str, tuple[Mark, ...]]
    ) -> tuple[Mark, ...]:
        """Where the record speaks of a code: listed wordings, else the grams that carried it most."""
        if code in hits:
            return hits[code]
        columns, added = reader.map.carried(counted, reader.place[code])
        names = [self.grams.get(each, "") for each in columns.tolist()]
        telling = sorted(
            ((-weight, name) for name, weight in zip(names, added.tolist(), strict=True) if len(name) > 1),
        )
        whole = float(np.maximum(added, 0.0).sum())
        kept = [name for weight, name in telling[:_MOST_GRAMS] if -weight > _LEAST_GRAM * whole]
        return tuple(mark for name in kept for mark in self.places(name))

    def hits(self, kind: Kind) -> dict[str, tuple[Mark, ...]]:
        """code -> the listed wordings that speak of it; what is negated is left out."""
        marks: dict[str, tuple[Mark, ...]] = {}
        for field in self.texts:
            for hit in self.vocabulary.find(self.record[field], [kind]):
                if not hit.negated:
                    mark = Mark(field, hit.start, hit.end, hit.wording)
                    marks[hit.code] = (*marks.get(hit.code, ()), mark)
        return marks


def shared(first: sparse.csr_array, second: sparse.csr_array) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Columns that two rows have in common, and what each adds to their product."""
    both, left, right = np.intersect1d(first.indices, second.indices, assume_unique=True, return_indices=True)
    return both, first.data[left] * second.data[right]
