"""How near texts are to a catalogue's services in meaning, beyond shared words."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matcher.candidates import Pairs
from matcher.encoder.protocol import Encoder, EncoderError, Rows, unit


def read_meaning(encoder: Encoder | None, texts: Sequence[str]) -> Rows:
    """The texts' vectors, of length 1, shape (n_texts, width); of width 0 where nobody can read them."""
    if encoder is None or not texts:
        return np.empty((len(texts), 0), dtype=np.float32)
    return unit(encoder.encode(texts))


def joined_meanings(parts: Sequence[Rows]) -> Rows:
    """Vectors of `read_meaning`, one below the other; EncoderError where their widths differ."""
    told = [part for part in parts if len(part)] or list(parts[:1])
    if len({part.shape[1] for part in told}) > 1:
        raise EncoderError("vectors_differ_in_length", widths=sorted({part.shape[1] for part in told}))
    return np.concatenate(told)


class MeaningIndex(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """A catalogue's vectors, centred. Without an encoder, vectors of width 0, nothing is near anything.

    All texts of one field lie in a narrow cone, so every cosine is high. What they have in common, the mean
    of the catalogue, tells nothing and is taken away (Mu & Viswanath 2018, "All-but-the-Top").

    Attributes
    ----------
    mean_ : ndarray of shape (width,)
        Mean of the services' vectors.
    rows_ : ndarray of shape (n_services, width)
        The services' vectors less the mean, of length 1 again.
    """

    def fit(self, X: Rows, y: object = None) -> Self:  # noqa: N803 - scikit-learn's name
        """Index the services' vectors of `read_meaning`."""
        mean = X.mean(axis=0, dtype=np.float64) if len(X) else np.zeros(X.shape[1])
        self.mean_: Rows = mean.astype(np.float32)
        self.rows_ = self.vectors(X)
        return self

    def vectors(self, X: Rows) -> Rows:  # noqa: N803 - scikit-learn's name
        """Vectors of `read_meaning`, centred, of length 1, of the same shape."""
        check_is_fitted(self, "mean_")
        if not len(X) or not len(self.mean_):
            return X
        if X.shape[1] != len(self.mean_):
            raise EncoderError("vectors_differ_in_length", widths=[len(self.mean_), X.shape[1]])
        return unit(X - self.mean_)

    def cosines(self, queries: Rows, pairs: Pairs) -> NDArray[np.float64]:
        """Nearness in [0, 1] of the query and the service of each pair, shape (n_pairs,).

        The cosine; 0 where the two are further apart than any two texts of the field.
        """
        check_is_fitted(self)
        near = np.zeros(len(pairs))
        for row, of_need in pairs.by_need():
            # einsum, unlike a product by BLAS, gives a pair the same bits whatever pairs stand beside it.
            near[of_need] = np.einsum("ij,j->i", self.rows_[pairs.services[of_need]], queries[row])
        return np.clip(near, 0.0, 1.0)
