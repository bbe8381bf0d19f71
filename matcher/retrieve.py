"""Sparse retrieval: BM25 weights of grams, compared by their cosine."""

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.sparsefuncs_fast import inplace_csr_row_normalize_l2
from sklearn.utils.validation import check_is_fitted, validate_data

from matcher.candidates import Pairs, Places
from matcher.packing import Arrays
from matcher.slices import in_slices

Floats = NDArray[np.float64]
_EXACT = (np.float64, np.float32, np.uint8, np.uint16, np.uint32)


class BM25Transformer(TransformerMixin, BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """Turn term counts into BM25 weights, as `TfidfTransformer` does for TF-IDF.

    Parameters
    ----------
    k1 : float
        How soon a repeated term stops adding weight.
    b : float
        How far a long document is held against itself, 0 to 1.
    """

    def __init__(self, k1: float = 1.2, b: float = 0.6) -> None:
        self.k1 = k1
        self.b = b

    def fit(self, X: Any, y: object = None) -> Self:  # noqa: N803 - scikit-learn's name
        """Learn how rare each term is and how long a document is on the average."""
        counts = _counts(self, X, reset=True)
        found_in = np.bincount(counts.indices, minlength=counts.shape[1])
        return self.learn(counts.shape[0], found_in, float(counts.sum()))

    def learn(self, n: int, found_in: Places, length: float) -> Self:
        """The same from figures: of `n` documents, how many have each term, and their length together."""
        self.n_features_in_ = len(found_in)
        self.idf_: Floats = np.log1p((n - found_in + 0.5) / (found_in + 0.5))
        self.average_length_ = length / n if n else 0.0
        return self

    def transform(self, X: Any) -> sparse.csr_array:  # noqa: N803 - scikit-learn's name
        """BM25 weights, shape (n_documents, n_terms)."""
        check_is_fitted(self)
        counts = _counts(self, X, reset=False)
        lengths = counts.sum(axis=1)
        norm = 1 - self.b + self.b * lengths / (self.average_length_ or 1.0)
        tf = counts.data
        saturated = tf * (self.k1 + 1) / (tf + self.k1 * np.repeat(norm, np.diff(counts.indptr)))
        weights = saturated * self.idf_[counts.indices].astype(tf.dtype)
        return sparse.csr_array((weights, counts.indices, counts.indptr), shape=counts.shape)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.input_tags.positive_only = True
        return tags


class GramIndex(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """Documents as rows of BM25 weights of length 1, compared with queries by their cosine.

    What no document has weighs most of all, so a query is not like a document because the two share the one
    word of it that the index knows.
    """

    def __init__(self, k1: float = 1.2, b: float = 0.6) -> None:
        self.k1 = k1
        self.b = b

    def fit(
        self,
        X: sparse.csr_array,  # noqa: N803 - scikit-learn's name
        y: object = None,
        *,
        found_in: Places | None = None,
    ) -> Self:
        """Index the gram counts of documents, shape (n_documents, COLUMNS).

        `found_in`, how many of them have each gram, is counted unless it is at hand.
        """
        self.found_in_: Places = (
            np.bincount(X.indices, minlength=X.shape[1]) if found_in is None else found_in
        )
        length = float(X.data.sum(dtype=float))
        self.weighting_ = BM25Transformer(self.k1, self.b).learn(X.shape[0], self.found_in_, length)
        self.documents_ = self.vectors(X)
        return self

    def vectors(self, X: sparse.csr_array) -> sparse.csr_array:  # noqa: N803 - scikit-learn's name
        """Gram counts (each gram of a row once) as rows of length 1, of the same shape."""
        check_is_fitted(self, "weighting_")
        weights = np.empty(X.nnz, dtype=np.float32)

        def weigh(rows: slice) -> None:
            part = unit_rows(self.weighting_.transform(X[rows].astype(np.float32)))
            weights[X.indptr[rows.start] : X.indptr[rows.stop]] = part.data

        in_slices(X.shape[0], weigh)
        return sparse.csr_array((weights, X.indices, X.indptr), shape=X.shape)

    def arrays(self) -> Arrays:
        """What was learned and weighed; the places of the grams are those of the counts."""
        return {"found_in": self.found_in_, "weights": self.documents_.data}

    def of_arrays(self, arrays: Arrays, counts: sparse.csr_array) -> Self:
        """The index that gave these arrays when it was fitted on these counts."""
        self.found_in_ = arrays["found_in"]
        length = float(counts.data.sum(dtype=float))
        self.weighting_ = BM25Transformer(self.k1, self.b).learn(counts.shape[0], self.found_in_, length)
        self.documents_ = sparse.csr_array(
            (arrays["weights"], counts.indices, counts.indptr), shape=counts.shape
        )
        return self

    def cosines(self, queries: sparse.csr_array, pairs: Pairs) -> Floats:
        """Cosine of the query and the document of each pair, shape (n_pairs,)."""
        query = np.zeros(self.documents_.shape[1], dtype=self.documents_.dtype)
        cosine = np.zeros(len(pairs))
        whole = np.arange(self.documents_.shape[0])
        for row, of_need in pairs.by_need():
            terms = slice(queries.indptr[row], queries.indptr[row + 1])
            query[queries.indices[terms]] = queries.data[terms]
            asked = pairs.services[of_need]
            documents = self.documents_ if np.array_equal(asked, whole) else self.documents_[asked]
            cosine[of_need] = documents @ query
            query[queries.indices[terms]] = 0.0
        return cosine


def unit_rows(matrix: sparse.csr_array) -> sparse.csr_array:
    """Rows of length 1; a row of nothing stays nothing, and no rows stay no rows."""
    unit = matrix.copy()
    inplace_csr_row_normalize_l2(unit)
    return unit


def _counts(estimator: BaseEstimator, counts: Any, *, reset: bool) -> sparse.csr_array:
    least = 1 if reset else 0
    checked = validate_data(
        estimator, counts, accept_sparse="csr", dtype=_EXACT, reset=reset, ensure_min_samples=least
    )
    matrix = sparse.csr_array(checked)
    if matrix.nnz and matrix.data.min() < 0:
        raise ValueError("Negative values in data passed to BM25Transformer: counts are 0 or more")
    matrix.sum_duplicates()
    return matrix
