"""The integer program of a plan: which rows hold it, and what is left of them when a part is settled."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]
EXACT = 1e-9  # relative to a limit: below this, too much is a matter of floating point


@dataclass(frozen=True)
class Program:
    """Maximise `value @ x` over whole x with `matrix @ x <= bound` and 0 <= x <= upper.

    A column is a pair of a need and a service. The first `n_needs` rows say how many units a need asks, the
    next `n_services` what a service can take, the others are shares, budgets and floors (a floor is the one
    kind of row with negative entries).

    Attributes
    ----------
    value, upper : arrays of shape (n,)
    matrix : csc array of shape (rows, n)
    bound : array of shape (rows,)
    need, service : arrays of shape (n,)
        The rows a column's need and service have in their tables.
    """

    value: Floats
    matrix: sparse.csc_array
    bound: Floats
    upper: Floats
    need: Ints
    service: Ints
    n_needs: int
    n_services: int

    def __len__(self) -> int:
        return len(self.value)

    def after(self, settled: Floats) -> "Program":
        """What is still to be decided once `settled` is in the plan; what no longer fits has upper 0."""
        bound = self.bound - self.matrix @ settled
        slack = np.where(np.abs(bound) <= EXACT * np.maximum(np.abs(self.bound), 1), 0.0, bound)
        return replace(self, bound=slack, upper=np.minimum(self.upper - settled, _fits(self.matrix, slack)))

    def only(self, columns: Ints | Marks) -> "Program":
        """The same rows over some of the columns."""
        return replace(
            self,
            value=self.value[columns],
            matrix=self.matrix[:, columns],
            upper=self.upper[columns],
            need=self.need[columns],
            service=self.service[columns],
        )

    def valued(self, value: Floats) -> "Program":
        """The same with other values."""
        return replace(self, value=value)

    def with_row(self, coefficients: Floats, bound: float) -> "Program":
        """One limit more."""
        row = sparse.csr_array(coefficients[None, :])
        matrix = sparse.csc_array(sparse.vstack([self.matrix, row], format="csc"))
        return replace(self, matrix=matrix, bound=np.append(self.bound, bound))

    def allows(self, x: Floats) -> bool:
        """Is `x` within every limit?"""
        slack = self.bound - self.matrix @ x
        within = slack >= -EXACT * np.maximum(np.abs(self.bound), 1)
        return bool(within.all() and (x >= 0).all() and (x <= self.upper).all())

    def filled(self, x: Floats) -> Floats:
        """`x` and whatever still fits beside it, the most valuable first, of equal ones the earlier."""
        x = x.copy()
        left = self.after(x)
        slack, matrix = left.bound.copy(), self.matrix
        open_columns = np.flatnonzero(left.upper >= 1)
        for column in open_columns[np.argsort(-self.value[open_columns], kind="stable")]:
            entries = slice(matrix.indptr[column], matrix.indptr[column + 1])
            rows, takes = matrix.indices[entries], matrix.data[entries]
            held = takes > 0
            room = np.floor(slack[rows[held]] / takes[held] + EXACT).min(initial=left.upper[column])
            if room >= 1:
                x[column] += room
                slack[rows] -= room * takes
        return x


def _fits(matrix: sparse.csc_array, bound: Floats) -> Floats:
    """How many units of each column alone every row has room for."""
    most = np.full(matrix.shape[1], np.inf)
    column = np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))
    held = matrix.data > 0
    room = np.floor(bound[matrix.indices[held]] / matrix.data[held] + EXACT)
    np.minimum.at(most, column[held], room)
    return np.maximum(most, 0.0)
