"""Which services a need is laid beside: all of a small catalogue, the most promising of a large one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator
from sparse_dot_topn import sp_matmul_topn

from matcher.packing import Arrays, of_parts, parts_of
from matcher.slices import in_slices
from matcher.top import top_k

Places = NDArray[np.int64]
Block = tuple[Places, Places]

ALL = 2000  # services up to which every pair is looked at
_CODES = 0.45  # of the codes' agreement beside the cosine of characters, about as the score weighs them
_LEAST_CODE = 0.15  # of a text's strongest code: weaker ones decide nothing here
_COMMON = 0.15  # of the entries: what more of them have tells too little to be looked up
_THREADS = 2
_FEW = 32  # needs
_NONE: Places = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Pairs:
    """Needs and services by their rows, of equal length: need by need, and within a need by service."""

    needs: Places
    services: Places

    @classmethod
    def of_one(cls, services: Sequence[int] | Places) -> Self:
        """One need beside these services, in the order given."""
        places = np.asarray(services, dtype=np.int64)
        return cls(np.zeros(len(places), np.int64), places)

    @classmethod
    def of(cls, parts: Iterable[Block]) -> Self:
        """Needs and services of equal length, in any order; what is there twice counts once."""
        needs, services = (np.concatenate(rows) for rows in zip((_NONE, _NONE), *parts, strict=True))
        order = np.lexsort((services, needs))
        needs, services = needs[order], services[order]
        first = np.ones(len(needs), dtype=bool)
        first[1:] = (np.diff(needs) != 0) | (np.diff(services) != 0)
        return cls(needs[first], services[first])

    def with_(self, others: "Pairs") -> "Pairs":
        """These and the others."""
        return Pairs.of([(self.needs, self.services), (others.needs, others.services)])

    def __len__(self) -> int:
        return len(self.needs)

    def parts(self, n_needs: int, most: int) -> Iterator[tuple[int, int, "Pairs"]]:
        """The pairs in parts of about `most`, no need divided: first need, last need (left out), pairs."""
        ends = np.searchsorted(self.needs, np.arange(n_needs), side="right")
        first = 0
        while first < n_needs:
            start = int(ends[first - 1]) if first else 0
            last = max(first + 1, int(np.searchsorted(ends, start + most, side="right")))
            part = slice(start, int(ends[last - 1]))
            yield first, last, Pairs(self.needs[part] - first, self.services[part])
            first = last

    def by_need(self) -> Iterator[tuple[int, slice]]:
        """Each need that has pairs, and where they stand."""
        borders = [*np.flatnonzero(np.diff(self.needs, prepend=-1)).tolist(), len(self.needs)]
        for start, end in pairwise(borders):
            yield int(self.needs[start]), slice(start, end)


class CandidateIndex(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """Finds, for each need, the services with the greatest part of the topical score that is a product.

    Parameters
    ----------
    most : int
        How many different entries of a large catalogue a need is laid beside.
    """

    def __init__(self, most: int = 200) -> None:
        self.most = most

    def fit(self, vectors: sparse.csr_array, codes: NDArray[np.float32], found_in: Places) -> Self:
        """Index the services' unit vectors (n, COLUMNS) and codes (n, n_codes); how many have each gram."""
        self.n_services_ = vectors.shape[0]
        if self.n_services_ > ALL:
            telling = found_in <= _COMMON * self.n_services_
            parts = in_slices(
                self.n_services_, lambda rows: _joined(_only(vectors[rows], telling), codes[rows])
            )
            # Identical entries are looked up once: any number of them must come out in order of their ids.
            first, self.entry_of_ = _distinct(parts)
            entries = sparse.csr_array(sparse.vstack(parts, format="csr"))
            del parts
            distinct = entries[first] if len(first) < len(self.entry_of_) else entries
            self.turned_ = sparse.csr_array(distinct.T.tocsr())
        return self

    def arrays(self) -> Arrays:
        """The entries and whose they are; nothing of a small catalogue."""
        if self.n_services_ <= ALL:
            return {}
        n_entries = np.array(self.turned_.shape[1])
        return {"entry_of": self.entry_of_, "n_entries": n_entries, **parts_of("turned", self.turned_)}

    def of_arrays(self, arrays: Arrays, n_services: int) -> Self:
        """The index that gave these arrays."""
        self.n_services_ = n_services
        if n_services > ALL:
            self.entry_of_ = arrays["entry_of"]
            self.turned_ = of_parts("turned", arrays, int(arrays["n_entries"]))
        return self

    def find(
        self,
        vectors: sparse.csr_array,
        codes: NDArray[np.float32],
        blocks: Iterable[Block] | None = None,
        always: Iterable[Block] = (),
    ) -> Pairs:
        """The pairs worth a look, for the needs' unit vectors and codes.

        Parameters
        ----------
        vectors, codes : arrays
            As in `fit`, of the needs.
        blocks : iterable of (needs, services), optional
            Which services of a large catalogue come into question for which needs. Without them every service
            does for every need.
        always : iterable of (needs, services)
            What is looked at however little it promises.
        """
        n = vectors.shape[0]
        everything = (np.arange(n), np.arange(self.n_services_))
        if self.n_services_ <= ALL:
            return Pairs(*_grid(*everything))
        asked = _joined(vectors, codes)
        found = [self._of_block(asked, *block) for block in ([everything] if blocks is None else blocks)]
        found += [_grid(*block) for block in always]
        return Pairs.of(found)

    def _of_block(self, asked: sparse.csr_array, needs: Places, services: Places) -> Block:
        entry = self.entry_of_[services]
        present = np.zeros(self.turned_.shape[1], dtype=bool)
        present[entry] = True
        look_up = self._one_by_one if len(needs) < _FEW else self._all_at_once
        best = look_up(asked[needs], np.flatnonzero(present))
        ones = np.ones(len(services), dtype=bool)
        shape = (len(present), len(services))
        copies = sparse.csr_array((ones, (entry, np.arange(len(services)))), shape=shape)
        found = [copies.indices[_spans(copies.indptr, of_need)] for of_need in best]
        return np.repeat(needs, [len(of_need) for of_need in found]), services[
            np.concatenate([_NONE, *found])
        ]

    def _all_at_once(self, asked: sparse.csr_array, entries: Places) -> list[Places]:
        """Of each need the places of its best entries."""
        whole = len(entries) == self.turned_.shape[1]
        turned = sparse.csr_matrix(self.turned_ if whole else self.turned_[:, entries])
        best = sp_matmul_topn(sparse.csr_matrix(asked), turned, top_n=self.most, n_threads=_THREADS)
        return np.split(entries[best.indices], best.indptr[1:-1])

    def _one_by_one(self, asked: sparse.csr_array, entries: Places) -> list[Places]:
        """The same without picking out the entries first, which takes longer than looking up a few needs."""
        best = []
        for row in range(asked.shape[0]):
            scores = (asked[[row]] @ self.turned_).toarray().ravel()[entries]
            first = top_k(scores, self.most)
            best.append(entries[first[scores[first] > 0]])
        return best


def _spans(borders: NDArray[np.int32], rows: Places) -> Places:
    """The places that these rows of a sparse matrix take."""
    starts, sizes = borders[rows].astype(np.int64), (borders[rows + 1] - borders[rows]).astype(np.int64)
    ends = np.cumsum(sizes)
    return np.repeat(starts - ends + sizes, sizes) + np.arange(ends[-1] if len(ends) else 0)


def _grid(needs: Places, services: Places) -> tuple[Places, Places]:
    return np.repeat(needs, len(services)), np.tile(services, len(needs))


def _joined(vectors: sparse.csr_array, codes: NDArray[np.float32]) -> sparse.csr_array:
    """Vectors and the stronger codes as one row, so that one product weighs both."""
    strong = np.where(codes >= _LEAST_CODE * codes.max(axis=1, keepdims=True, initial=0.0), codes, 0.0)
    weighed = sparse.csr_array((strong * np.sqrt(_CODES)).astype(np.float32))
    return sparse.csr_array(sparse.hstack([vectors.astype(np.float32, copy=False), weighed], format="csr"))


def _only(vectors: sparse.csr_array, telling: NDArray[np.bool_]) -> sparse.csr_array:
    """The vectors without what too many entries have."""
    kept = telling[vectors.indices]
    starts = np.concatenate([np.zeros(1, np.int32), np.cumsum(kept, dtype=np.int32)])[vectors.indptr]
    return sparse.csr_array((vectors.data[kept], vectors.indices[kept], starts), shape=vectors.shape)


def _distinct(parts: Sequence[sparse.csr_array]) -> tuple[Places, Places]:
    """The first of each set of equal rows, in rising order, and for each row which set it is in."""
    # A row's product with fixed random numbers tells it from others; equal rows have equal products.
    numbers = np.random.default_rng(0).random((parts[0].shape[1], 2), dtype=np.float32)
    marks = np.concatenate([part @ numbers for part in parts]).view(np.uint64).ravel()
    _, first, inverse = np.unique(marks, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return first[order], place[inverse]
