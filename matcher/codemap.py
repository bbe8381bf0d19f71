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
        n = X.shape[0]
        found_in = np.bincount(X.indices, minlength=COLUMNS)
        self.columns_ = np.flatnonzero(found_in)  # what no text of the lesson had weighs nothing
        self.idf_ = np.log((1 + n) / (1 + found_in)) + 1
        lesson = Ridge(alpha=self.alpha, fit_intercept=False, solver="sparse_cg", tol=1e-4)
        lesson.fit(self._weighed(X)[:, self.columns_], y, sample_weight=sample_weight)
        self.coef_: Floats = np.ascontiguousarray(lesson.coef_.T)
        return self

    def decision_function(self, X: sparse.csr_array) -> Floats:  # noqa: N803
        """Evidence, shape (n_texts, n_codes): near 1 where a text is plainly of a code, near 0 elsewhere."""
        check_is_fitted(self)
        told: Floats = self._weighed(X)[:, self.columns_] @ self.coef_
        return told

    def carried(self, X: sparse.csr_array, code: int) -> tuple[NDArray[np.int32], Floats]:  # noqa: N803
        """Columns of one text's grams, and what each adds to the evidence for the code in column `code`."""
        check_is_fitted(self)
        row = self._weighed(X)
        place = np.searchsorted(self.columns_[:-1], row.indices)
        taught = self.columns_[place] == row.indices
        return row.indices[taught], row.data[taught] * self.coef_[place[taught], code]

    def _weighed(self, counts: sparse.csr_array) -> sparse.csr_array:
        """TF-IDF rows of length 1; a repeated gram counts twice at most, an unheard-of one for the length."""
        data = 2 * counts.data / (1 + counts.data) * self.idf_[counts.indices].astype(counts.dtype)
        weighed = sparse.csr_array((data, counts.indices, counts.indptr), shape=counts.shape)
        return unit_rows(weighed)


def labels(codes: Sequence[Any], columns: dict[str, int]) -> Floats:
    """Sets of codes as rows of 0 and 1; a code that is not among the columns is passed over."""
    made = np.zeros((len(codes), len(columns)))
    for row, its in enumerate(codes):
        made[row, [columns[code] for code in its if code in columns]] = 1.0
    return made
