"""Why there is no plan: a set of limits that cannot hold together, and of which none can be left out.

What people have fixed breaks a limit, or newcomers have too little room for their share. Nothing else can
fail: a plan that places nothing keeps every other limit.
"""

from dataclasses import replace

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from matcher.plan.limits import AGREED, FORCED, NEWCOMER_SHARE, Limit
from matcher.plan.problem import Problem
from matcher.plan.program import EXACT, Ints, Program
from matcher.plan.search import SMALL, search
from matcher.plan.solver import relaxed
from matcher.plan.stopwatch import Stopwatch

_LESS = 1e-6  # than a whole unit: what the solver's tolerance may be off


def broken(problem: Problem) -> tuple[Limit, ...]:
    """A limit that the fixed pairs exceed, and the fewest of them that do; empty where there is none."""
    program, least = problem.program, problem.candidates.least
    fixed = np.flatnonzero(least)
    matrix = sparse.csr_array(program.matrix[:, fixed])
    taken = matrix @ least[fixed]
    over = taken > program.bound + EXACT * np.maximum(program.bound, 1)
    found: list[tuple[Limit, ...]] = []
    for row in np.flatnonzero(over & (program.bound >= 0)).tolist():
        entries = slice(matrix.indptr[row], matrix.indptr[row + 1])
        columns = fixed[matrix.indices[entries]]
        takes = matrix.data[entries] * least[columns]
        order = np.argsort(-takes, kind="stable")
        enough = int(np.argmax(np.cumsum(takes[order]) > program.bound[row] * (1 + EXACT))) + 1
        found.append((problem.limits[row], *_pairs(problem, np.sort(columns[order[:enough]]))))
    return min(found, key=len, default=())


def too_few_newcomers(problem: Problem, watch: Stopwatch) -> tuple[Limit, ...]:
    """The newcomers' floor and what keeps it from being met; empty where that is not proven."""
    if not problem.limits or problem.limits[-1].code != NEWCOMER_SHARE:
        return ()
    floor = -problem.program.bound[-1]
    rows = np.ones(len(problem.limits), dtype=bool)
    rows[-1] = False
    question = _Question(problem, floor, watch)
    pairs = np.flatnonzero(problem.candidates.least)
    if not question.fails(np.flatnonzero(rows), pairs):
        return ()
    kept_rows = question.suspects(np.flatnonzero(rows), pairs)
    kept_rows, pairs = question.least(kept_rows, pairs)
    named = [problem.limits[row] for row in kept_rows.tolist()]
    return (problem.limits[-1], *named, *_pairs(problem, pairs))


class _Question:
    """Can the floor be met, if only these limits and these fixed pairs hold?"""

    def __init__(self, problem: Problem, floor: float, watch: Stopwatch) -> None:
        self._problem = problem
        self._floor = floor
        self._watch = watch
        newcomer = problem.offered.newcomer[problem.candidates.service]
        self._newcomers = np.flatnonzero(newcomer & ~problem.unaffordable)

    def fails(self, rows: Ints, pairs: Ints) -> bool:
        """Is it proven that it cannot?"""
        program, already = self._program(rows, pairs)
        if np.isinf(program.upper).any():
            return False
        usable = program.only(program.upper > 0)
        if len(usable) <= SMALL:
            return already + search(usable, self._watch, gap=0.0).bound < self._floor - _LESS
        # Of a large district the linear program alone is asked: what it cannot exclude, the search may find.
        loose = relaxed(usable, self._watch.left)
        return loose is not None and already + loose.bound < self._floor - _LESS

    def suspects(self, rows: Ints, pairs: Ints) -> Ints:
        """Rows that prove it together, by the prices of the linear program; all where those do not."""
        program, _ = self._program(rows, pairs)
        if not len(program):
            return rows[:0]
        done = linprog(-program.value, A_ub=program.matrix, b_ub=program.bound, method="highs-ds")
        priced = np.flatnonzero(done.ineqlin.marginals < -EXACT) if done.status == 0 else rows
        return priced if self.fails(priced, pairs) else rows

    def least(self, rows: Ints, pairs: Ints) -> tuple[Ints, Ints]:
        """Leave out what can be left out, in ever smaller parts, until nothing can."""
        items = [("row", row) for row in rows.tolist()] + [("pair", pair) for pair in pairs.tolist()]
        size = max(len(items) // 2, 1)
        while items:
            at = 0
            while at < len(items):
                fewer = items[:at] + items[at + size :]
                if self.fails(*_apart(fewer)):
                    items = fewer
                else:
                    at += size
            if size == 1:
                break
            size = max(size // 2, 1)
        return _apart(items)

    def _program(self, rows: Ints, pairs: Ints) -> tuple[Program, float]:
        """What newcomers could get besides what is fixed, and how many units they have already."""
        whole = self._problem.program
        fixed = np.zeros(len(whole))
        fixed[pairs] = self._problem.candidates.least[pairs]
        held = np.zeros(len(whole.bound))
        held[rows] = 1.0
        matrix = sparse.csc_array(sparse.diags_array(held) @ whole.matrix)
        some = replace(whole, matrix=matrix, bound=whole.bound * held, upper=np.full(len(whole), np.inf))
        matrix.eliminate_zeros()
        columns = self._newcomers
        left = some.after(fixed).only(columns)
        return left.valued(np.ones(len(columns))), float(fixed[columns].sum())


def _apart(items: list[tuple[str, int]]) -> tuple[Ints, Ints]:
    rows, pairs = ([at for kind, at in items if kind == wanted] for wanted in ("row", "pair"))
    return np.array(rows, dtype=np.int64), np.array(pairs, dtype=np.int64)


def _pairs(problem: Problem, columns: Ints) -> list[Limit]:
    """The fixed pairs as limits."""
    candidates, asked, offered = problem.candidates, problem.asked.table, problem.offered.table
    named = []
    for column in columns.tolist():
        pair = (
            str(asked["need_id"].iloc[candidates.need[column]]),
            str(offered["service_id"].iloc[candidates.service[column]]),
        )
        code = FORCED if pair in problem.fixed.forced else AGREED
        facts = {"need_id": pair[0], "service_id": pair[1], "units": int(candidates.least[column])}
        named.append(Limit(code, facts))
    return named
