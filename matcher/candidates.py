"""Which services a need is laid beside: all of a small catalogue, the most promising of a large one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator
from sparse_dot_topn import sp_matmul_topn

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

ALL = 2000  # services up to which every pair is looked at
_CODES = 0.75  # of the codes' agreement beside the cosine of characters, about as the score weighs them
_LEAST_CODE = 0.15  # of a text's strongest code: weaker ones decide nothing here
_COMMON = 0.15  # of the entries: what more of them have tells too little to be looked up
_THREADS = 2


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
        How many services a need gets from a large catalogue.
    """

    def __init__(self, most: int = 100) -> None:
        self.most = most

    def fit(self, vectors: sparse.csr_array, codes: Floats) -> Self:
        """Index the services' unit vectors (n, COLUMNS) and their codes (n, n_codes)."""
        self.n_services_ = vectors.shape[0]
        if self.n_services_ > ALL:
            whole = _joined(vectors, codes)
            # Identical entries are kept once: any number of them must come out in order of their ids.
            self.entry_, self.copies_ = _distinct(whole)
            self.entries_ = sparse.csr_matrix(whole[self.entry_].T)
        return self

    def find(self, vectors: sparse.csr_array, codes: Floats) -> Pairs:
        """The pairs worth a look, for the needs' unit vectors and codes."""
        n = vectors.shape[0]
        if self.n_services_ <= ALL:
            grid = np.indices((n, self.n_services_))
            return Pairs(grid[0].ravel(), grid[1].ravel())
        best = sp_matmul_topn(
            sparse.csr_matrix(_joined(vectors, codes)), self.entries_, top_n=self.most, n_threads=_THREADS
        )
        needs = np.repeat(np.arange(n), np.diff(best.indptr))
        copies = self.copies_[best.indices]
        rows = np.repeat(needs, np.diff(copies.indptr))
        order = np.lexsort((copies.indices, rows))
        return Pairs(rows[order], copies.indices[order].astype(np.int64))


def _joined(vectors: sparse.csr_array, codes: Floats) -> sparse.csr_array:
    weighed = sparse.csr_array(codes.astype(np.float32) * np.float32(np.sqrt(_CODES)))
    return sparse.csr_array(sparse.hstack([vectors.astype(np.float32), weighed], format="csr"))


def _distinct(rows: sparse.csr_array) -> tuple[Places, sparse.csr_array]:
    """The first of each set of equal rows, and which rows are equal to it, shape (n_distinct, n_rows)."""
    n = rows.shape[0]
    # A row's product with fixed random numbers tells it from others; equal rows have equal products.
    marks = np.random.default_rng(0).random((rows.shape[1], 2))
    _, first, inverse = np.unique(rows @ marks, axis=0, return_index=True, return_inverse=True)
    copies = sparse.csr_array((np.ones(n, bool), (inverse.ravel(), np.arange(n))), shape=(len(first), n))
    return first, copies
