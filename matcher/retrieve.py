"""Sparse retrieval: BM25 weights over words and over runs of characters, compared by their cosine."""

from collections.abc import Callable, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted, validate_data

Floats = NDArray[np.float64]


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
        n = counts.shape[0]
        self.idf_: Floats = np.log1p((n - found_in + 0.5) / (found_in + 0.5))
        self.heaviest_ = float(np.log1p(2 * n + 1))  # of a term that no document has
        self.average_length_ = float(counts.sum()) / n if n else 0.0
        return self

    def transform(self, X: Any) -> sparse.csr_array:  # noqa: N803 - scikit-learn's name
        """BM25 weights, shape (n_documents, n_terms)."""
        check_is_fitted(self)
        counts = _counts(self, X, reset=False)
        lengths = counts.sum(axis=1)
        norm = 1 - self.b + self.b * lengths / (self.average_length_ or 1.0)
        tf = counts.data
        saturated = tf * (self.k1 + 1) / (tf + self.k1 * np.repeat(norm, np.diff(counts.indptr)))
        weights = saturated * self.idf_[counts.indices]
        return sparse.csr_array((weights, counts.indices, counts.indptr), shape=counts.shape)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.input_tags.positive_only = True
        return tags


class TextIndex(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """An index over documents of a title and a description.

    Parameters
    ----------
    analyzer : callable
        A standard text -> its terms.
    title_weight : float
        How often a term of the title counts where one of the description counts once.
    """

    def __init__(
        self,
        analyzer: Callable[[str], list[str]],
        title_weight: float = 2.0,
        k1: float = 1.2,
        b: float = 0.6,
    ) -> None:
        self.analyzer = analyzer
        self.title_weight = title_weight
        self.k1 = k1
        self.b = b

    def fit(self, titles: Sequence[str], descriptions: Sequence[str]) -> Self:
        """Index the documents; `documents_` has shape (n_terms, n_documents), columns of length 1."""
        # One word more keeps the vocabulary of an empty catalogue from being empty.
        self.vectorizer_ = CountVectorizer(analyzer=self.analyzer, dtype=np.float64)
        self.vectorizer_.fit([*titles, *descriptions, "blank"])
        self.terms_ = self.vectorizer_.get_feature_names_out()
        counts = self._count(titles, descriptions)
        # Of an empty catalogue nothing can be learnt; one blank document stands in for it.
        sample = counts if counts.shape[0] else sparse.csr_array((1, counts.shape[1]))
        self.weighting_ = BM25Transformer(self.k1, self.b).fit(sample)
        self.documents_ = sparse.csr_array(_unit(self.weighting_.transform(counts)).T)
        return self

    def vectors(self, titles: Sequence[str], descriptions: Sequence[str]) -> sparse.csr_array:
        """The queries over the index's terms, shape (n_queries, n_terms), rows no longer than 1.

        What the index has never seen makes a row shorter: a query is not like a document because the two
        share the one word of it that the index knows.
        """
        check_is_fitted(self)
        counts = self._count(titles, descriptions)
        weights = self.weighting_.transform(counts)
        known = (weights**2).sum(axis=1)
        unseen = self._unseen(titles, descriptions, counts) * self.weighting_.heaviest_**2
        length = np.sqrt(known + unseen)
        scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
        return sparse.csr_array(sparse.diags_array(scale) @ weights)

    def scores(self, queries: sparse.csr_array) -> Floats:
        """Cosine of each query with each document, shape (n_queries, n_documents)."""
        return np.asarray((queries @ self.documents_).toarray())

    def _unseen(self, titles: Sequence[str], descriptions: Sequence[str], counts: sparse.csr_array) -> Floats:
        """How many different terms of each query the index has never seen."""
        pairs = zip(titles, descriptions, strict=True)
        terms = [len({*self.analyzer(title), *self.analyzer(text)}) for title, text in pairs]
        unseen: Floats = np.array(terms, dtype=float) - np.diff(counts.indptr)
        return unseen

    def _count(self, titles: Sequence[str], descriptions: Sequence[str]) -> sparse.csr_array:
        in_titles = self.vectorizer_.transform(titles)
        in_descriptions = self.vectorizer_.transform(descriptions)
        return sparse.csr_array(in_titles * self.title_weight + in_descriptions)


def top_k(scores: Floats, k: int) -> NDArray[np.intp]:
    """Places of the k largest values in falling order; of equal values the earlier place comes first."""
    k = min(k, len(scores))
    if k <= 0:
        return np.empty(0, dtype=np.intp)
    # argpartition alone would pick any of several equal values at the border.
    threshold = np.partition(scores, len(scores) - k)[len(scores) - k]
    candidates = np.flatnonzero(scores >= threshold)
    order = np.argsort(-scores[candidates], kind="stable")
    return candidates[order][:k]


def _unit(vectors: sparse.csr_array) -> sparse.csr_array:
    return normalize(vectors) if vectors.shape[0] else vectors


def _counts(estimator: BaseEstimator, counts: Any, *, reset: bool) -> sparse.csr_array:
    least = 1 if reset else 0
    checked = validate_data(
        estimator, counts, accept_sparse="csr", dtype=np.float64, reset=reset, ensure_min_samples=least
    )
    matrix = sparse.csr_array(checked)
    if matrix.nnz and matrix.data.min() < 0:
        raise ValueError("Negative values in data passed to BM25Transformer: counts are 0 or more")
    matrix.sum_duplicates()
    return matrix
