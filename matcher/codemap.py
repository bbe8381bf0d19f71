"""The learned map from words to codes: a linear model over grams, taught by vocabulary and utterances.

Ridge regression of "has the code" on TF-IDF weights (Rifkin, Yeo & Poggio 2003: regularised least squares
classifies as well as a support vector machine): one weight for each gram and code, so that it can be said
which grams carried a code, and thousands of texts are read by one sparse product.
"""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator
from sklearn.linear_model import Ridge
from sklearn.utils.validation import check_is_fitted

from matcher.grams import COLUMNS
from matcher.retrieve import unit_rows

Floats = NDArray[np.float64]


class CodeMap(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """Evidence for each code in a text's gram counts.

    Parameters
    ----------
    alpha : float
        How strongly weights are held small.
    """

    def __init__(self, alpha: float = 0.5) -> None:
        self.alpha = alpha

    def fit(self, X: sparse.csr_array, y: Floats, sample_weight: Floats | None = None) -> Self:  # noqa: N803
        """Learn from gram counts (n_texts, COLUMNS) and which codes each text has (n_texts, n_codes)."""
        lesson = Ridge(alpha=self.alpha, fit_intercept=False, solver="sparse_cg", tol=1e-4)
        lesson.fit(self.count(X), y, sample_weight=sample_weight)
        self.coef_: Floats = np.ascontiguousarray(lesson.coef_.T)
        return self

    def count(self, X: sparse.csr_array) -> sparse.csr_array:  # noqa: N803
        """Learn which grams there are and how rare each is; gives what the weights are learned from."""
        n = X.shape[0]
        found_in = np.bincount(X.indices, minlength=COLUMNS)
        self.columns_ = np.flatnonzero(found_in)  # what no text of the lesson had weighs nothing
        self.idf_ = np.log((1 + n) / (1 + found_in)) + 1
        return self._weighed(X)

    def decision_function(self, X: sparse.csr_array) -> Floats:  # noqa: N803
        """Evidence, shape (n_texts, n_codes): near 1 where a text is plainly of a code, near 0 elsewhere."""
        check_is_fitted(self)
        told: Floats = self._weighed(X) @ self.coef_
        return told

    def carried(self, X: sparse.csr_array, code: int) -> tuple[NDArray[np.int32], Floats]:  # noqa: N803
        """Columns of one text's grams, and what each adds to the evidence for the code in column `code`."""
        check_is_fitted(self)
        row = self._weighed(X)
        return self.columns_[row.indices].astype(np.int32), row.data * self.coef_[row.indices, code]

    def _weighed(self, counts: sparse.csr_array) -> sparse.csr_array:
        """TF-IDF rows of length 1; a repeated gram counts twice at most, an unheard-of one for the length.

        Only the columns of the lesson are kept, and found by bisection: picking them out of a million columns
        costs more than all the rest where few texts are read.
        """
        data = 2 * counts.data / (1 + counts.data) * self.idf_[counts.indices].astype(counts.dtype)
        rows = unit_rows(sparse.csr_array((data, counts.indices, counts.indptr), shape=counts.shape))
        place = np.searchsorted(self.columns_[:-1], rows.indices)
        heard = self.columns_[place] == rows.indices
        starts = np.concatenate([[0], np.cumsum(heard)])[rows.indptr]
        shape = (rows.shape[0], len(self.columns_))
        return sparse.csr_array((rows.data[heard], place[heard], starts), shape=shape)


def labels(codes: Sequence[Any], columns: dict[str, int]) -> Floats:
    """Sets of codes as rows of 0 and 1; a code that is not among the columns is passed over."""
    made = np.zeros((len(codes), len(columns)))
    for row, its in enumerate(codes):
        made[row, [columns[code] for code in its if code in columns]] = 1.0
    return made
