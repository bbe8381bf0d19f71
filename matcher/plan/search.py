"""Plans under limits that no matching can hold, such as budgets: a bound first, then a plan close below it.

The linear relaxation gives the bound and says which pairs are worth a look. Its whole part is kept and the
rest decided by branch and bound; then the needs of a few limits at a time are decided anew, all else staying,
as long as that helps. Small programs go to branch and bound as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.plan.program import Floats, Ints, Marks, Program
from matcher.plan.solver import Relaxed, relaxed, whole
from matcher.plan.stopwatch import Stopwatch

SMALL = 3000  # columns up to which nothing but branch and bound is needed
_PROMISING = 0.05  # of the highest value: what a column may lack at the bound's prices and still be looked at
_TOGETHER = 250  # needs decided anew at a time
_NODES = 200
_SLICE = 0.25  # of the time that is left, for one search
_FINE = 2e-4
_FRUITLESS = 2  # rounds without a gain after which one stops


@dataclass(frozen=True)
class Solution:
    """Whole units per column (None: nothing found) and what no plan exceeds.

    `settled` is False where a stage before this one could not be proven; `infeasible` says there is no plan.
    """

    x: Floats | None
    bound: float
    infeasible: bool = False
    settled: bool = True


def search(program: Program, watch: Stopwatch, gap: float, start: Floats | None = None) -> Solution:
    """The best plan found until its relative gap is at most `gap`, nothing helps any more or time is up.

    `start` is a plan within the limits, where one is known already.
    """
    if not len(program):
        return Solution(np.zeros(0), 0.0)
    if len(program) <= SMALL:
        done = whole(program, watch.left, gap)
        if done.x is not None or done.infeasible:
            return Solution(done.x, done.bound, done.infeasible)
    loose = relaxed(program, watch.left)
    if loose is None:
        return _first_best(program, watch, gap, _ceiling(program), start)
    if loose.whole and program.allows(loose.x.round()):
        return Solution(loose.x.round(), loose.bound)
    x = _better(program, _rounded(program, loose, watch, gap), start)
    if x is None:
        return _first_best(program, watch, gap, loose.bound, start)
    return Solution(_improved(program, loose, program.filled(x), watch, gap), loose.bound)


def _first_best(
    program: Program, watch: Stopwatch, gap: float, bound: float, start: Floats | None
) -> Solution:
    """Without a relaxation: branch and bound, or the most valuable pairs first where its time is up."""
    done = whole(program, watch.left, gap)
    if done.x is not None or done.infeasible:
        return Solution(done.x, min(done.bound, bound), done.infeasible)
    x = program.filled(np.zeros(len(program)))
    return Solution(_better(program, x if program.allows(x) else None, start), min(done.bound, bound))


def _better(program: Program, x: Floats | None, other: Floats | None) -> Floats | None:
    if x is None or other is None:
        return other if x is None else x
    return x if program.value @ x >= program.value @ other else other


def _ceiling(program: Program) -> float:
    """Every unit of every need at its best: what no plan exceeds, for want of anything better."""
    best = np.zeros(program.n_needs)
    np.maximum.at(best, program.need, program.value)
    return float(best @ np.maximum(program.bound[: program.n_needs], 0.0))


def _rounded(program: Program, loose: Relaxed, watch: Stopwatch, gap: float) -> Floats | None:
    """The whole part of the relaxation, and the rest by branch and bound."""
    kept = np.floor(loose.x + 1e-6)
    open_columns = _promising(program, loose)
    for settled in (kept, np.zeros(len(program))):
        left = program.after(settled)
        columns = np.flatnonzero(open_columns & (left.upper > 0))
        done = whole(left.only(columns), watch.left * _SLICE, gap / 2, _NODES)
        if done.x is not None:
            settled[columns] += done.x
            return settled
    return None


def _improved(program: Program, loose: Relaxed, x: Floats, watch: Stopwatch, gap: float) -> Floats:
    open_columns = _promising(program, loose)
    draw = np.random.default_rng(0)
    fruitless = 0
    best = float(program.value @ x)
    while fruitless < _FRUITLESS:
        for needs in _neighbourhoods(program, x, open_columns, draw):
            if not watch.left or _gap(program, x, loose.bound) <= gap:
                return x
            x = _anew(program, x, needs[program.need] & (open_columns | (x > 0)), watch)
        value = float(program.value @ x)
        fruitless = 0 if value > best + gap / 10 * abs(best) else fruitless + 1
        best = value
    return x


def _anew(program: Program, x: Floats, free: Marks, watch: Stopwatch) -> Floats:
    """The free columns decided anew, the others staying as they are."""
    settled = np.where(free, 0.0, x)
    left = program.after(settled)
    columns = np.flatnonzero(free & (left.upper > 0))
    done = whole(left.only(columns), watch.left * _SLICE, _FINE, _NODES)
    if done.x is None:
        return x
    settled[columns] += done.x
    settled = program.filled(settled)
    return settled if program.value @ settled > program.value @ x else x


def _neighbourhoods(
    program: Program, x: Floats, open_columns: Marks, draw: np.random.Generator
) -> Iterator[NDArray[np.bool_]]:
    """Sets of needs that compete for the same limits; every need that could gain is in one of them."""
    rivals = _rivalry(program)
    limits = draw.permutation(np.unique(rivals))
    order = np.empty(int(rivals.max()) + 1, dtype=np.int64)
    order[limits] = np.arange(len(limits))
    served = np.bincount(program.need, x, minlength=program.n_needs) > 0
    # A need that has a service is where that is; one that has none, wherever it could go.
    where = np.flatnonzero((x > 0) | (open_columns & ~served[program.need]))
    where = where[np.argsort(order[rivals[where]], kind="stable")]
    chosen: NDArray[np.bool_] = np.zeros(program.n_needs, dtype=bool)
    count, last = 0, -1
    for column in where.tolist():
        limit = int(rivals[column])
        if count >= _TOGETHER and limit != last:
            yield chosen
            chosen, count = np.zeros(program.n_needs, dtype=bool), 0
        last = limit
        if not chosen[program.need[column]]:
            chosen[program.need[column]] = True
            count += 1
    if count:
        yield chosen


def _rivalry(program: Program) -> Ints:
    """For each column the limit it competes for: of those whose entries differ, the one with most columns."""
    matrix = program.matrix.tocsr()
    counts = np.diff(matrix.indptr)
    uneven = np.array(
        [
            len(np.unique(matrix.data[start:end])) > 1
            for start, end in zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True)
        ]
    )
    weight = np.where(uneven, counts, 0) + counts / (counts.max(initial=0) + 1)
    rows = np.repeat(np.arange(len(counts)), counts)
    order = np.lexsort((rows, -weight[rows], matrix.indices))
    first = np.searchsorted(matrix.indices[order], np.arange(len(program)))
    rivals: Ints = rows[order][first].astype(np.int64)
    return rivals


def _promising(program: Program, loose: Relaxed) -> Marks:
    worth: Marks = loose.reduced > -_PROMISING * program.value.max(initial=0.0)
    return worth | (loose.x > 0)


def _gap(program: Program, x: Floats, bound: float) -> float:
    return (bound - float(program.value @ x)) / max(abs(bound), 1e-12)
