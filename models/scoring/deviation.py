"""By how much each evaluator's marks lie above the means of their codes: what is taken out of them."""

from collections.abc import Mapping, Sequence

import numpy as np

from models.scoring.record import Mark
from models.scoring.shrinkage import Floats


class Evaluators:
    """The marks of all evaluators, from which those of one organisation can be left out."""

    def __init__(self, marks: Sequence[Mark], hold: int) -> None:
        self._hold = hold
        self._rows = {name: row for row, name in enumerate(sorted({mark.evaluator for mark in marks}))}
        self._columns = {name: column for column, name in enumerate(sorted({mark.code for mark in marks}))}
        self._counts, self._sums = self._tables(marks)

    def deviations(self, *, without: Sequence[Mark] = ()) -> Mapping[str, float]:
        """evaluator -> the sum of its deviations, over their number and `hold` more: few marks say little.

        Marks that are left out count neither for the evaluator nor for the mean of the code.
        """
        out_counts, out_sums = self._tables(without)
        counts, sums = self._counts - out_counts, self._sums - out_sums
        many = counts.sum(axis=0)
        means = np.divide(sums.sum(axis=0), many, out=np.zeros_like(many), where=many > 0)
        off = (sums.sum(axis=1) - counts @ means) / (counts.sum(axis=1) + self._hold)
        return {name: float(off[row]) for name, row in self._rows.items()}

    def _tables(self, marks: Sequence[Mark]) -> tuple[Floats, Floats]:
        """How many marks each evaluator gave in each code, and their sum."""
        counts, sums = np.zeros((2, len(self._rows), len(self._columns)))
        for mark in marks:
            place = self._rows[mark.evaluator], self._columns[mark.code]
            counts[place] += 1
            sums[place] += mark.points
        return counts, sums
