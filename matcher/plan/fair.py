"""A fair plan: as many units placed as can be, then the worst placed as high as can be, then the total.

Max-min over all needs alone would say nothing where one need cannot be met: so the unmet are counted first.
"""

from collections.abc import Callable

import numpy as np

from matcher.plan.matching import Matching
from matcher.plan.program import EXACT, Floats, Marks, Program
from matcher.plan.search import SMALL, Solution, search
from matcher.plan.stopwatch import Stopwatch

_COUNTING, _LIFTING = 0.5, 0.4  # of the time that is left
_LITTLE, _GAP = 0.25, 0.5  # units
_LARGE = 0.01


def fair_matching(matching: Matching) -> Floats:
    """The fair plan of a matching, exact: a bottleneck search over maximum flows."""
    value = matching.program.value
    most = matching.most(np.ones(len(value), dtype=bool))
    columns = _highest(value, lambda marks: matching.most(marks) >= most)
    return matching.best(columns, all_units=True)


def fair_search(program: Program, watch: Stopwatch, gap: float) -> Solution:
    """The fair plan under any limits: three searches, one after another, that share the time.

    Where one of the first two ends unproven, the plan is what was found and not `settled`.
    """
    total = max(float(program.bound[: program.n_needs].sum()), 1.0)
    highest = max(float(program.value.max(initial=0.0)), EXACT)
    # Each unit counts 1 and a little for its score. All the little together and the gap that is left are less
    # than a unit, so the count is the most there can be. In a large program the solver needs more of a hint;
    # the count may then be short of the most, and the plan is not settled unless its bound says otherwise.
    little = _LITTLE / total if len(program) <= SMALL else _LARGE
    counts = program.valued(1 + little * program.value / highest)
    half = _GAP / total
    first = search(counts, Stopwatch(watch.left * _COUNTING), half)
    if first.x is None:
        return first
    best, most = first.x, first.x.sum()
    settled = first.bound < most + 1
    lifting = Stopwatch(watch.left * _LIFTING)

    def reaches(marks: Marks) -> bool:
        nonlocal best, settled
        if not lifting.left:
            settled = False
            return False
        columns = np.flatnonzero(marks)
        found = search(counts.only(columns), lifting, half)
        if found.x is None or found.x.sum() < most:
            settled &= found.infeasible or found.bound < most
            return False
        best = np.zeros(len(program))
        best[columns] = found.x
        return True

    lifted = _highest(program.value, reaches)
    # Where time was up, what was found may still have its worst unit above the highest step that was proven.
    columns = np.flatnonzero(lifted & (program.value >= program.value[best > 0].min(initial=np.inf)))
    enough = program.only(columns).with_row(-np.ones(len(columns)), -most)
    last = search(enough, watch, gap, start=best[columns])
    x = np.zeros(len(program))
    x[columns] = best[columns] if last.x is None else last.x
    return Solution(x, last.bound, settled=settled)


def _highest(value: Floats, enough: Callable[[Marks], bool]) -> Marks:
    """The columns of at least the highest value that still are `enough`."""
    steps = np.unique(value)
    low, high = 0, len(steps) - 1  # at steps[low] they are enough
    while low < high:
        middle = (low + high + 1) // 2
        if enough(value >= steps[middle]):
            low = middle
        else:
            high = middle - 1
    return value >= steps[low] if len(steps) else np.zeros(0, dtype=bool)
