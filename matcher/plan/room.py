"""What room a plan leaves: why a need got nothing, and who could stand in for what it got."""

import numpy as np
import pandas as pd
from scipy import sparse

from matcher.plan.limits import BUDGET, CAPACITY, SHARE_CAP
from matcher.plan.problem import Problem
from matcher.plan.program import EXACT, Floats, Ints, Marks
from matcher.plan.result import UNSERVED_COLUMNS
from matcher.plan.tables import PRICE_UNKNOWN

NO_CANDIDATE, FORBIDDEN, REFUSED_BY_LIMIT = "no_candidate", "forbidden", "refused"
TOO_LARGE, FULL, OUTWEIGHED = "too_large", "full", "outweighed"
_ORDER = (
    NO_CANDIDATE,
    REFUSED_BY_LIMIT,
    FORBIDDEN,
    TOO_LARGE,
    FULL,
    SHARE_CAP,
    BUDGET,
    PRICE_UNKNOWN,
    OUTWEIGHED,
)


def unserved(problem: Problem, x: Floats) -> pd.DataFrame:
    """The needs that lack units, each with what stands in the way of all its candidates, as reason codes.

    A candidate that nothing blocks has been outweighed, for instance by the newcomers' floor.
    """
    asked, candidates = problem.asked, problem.candidates
    placed = np.bincount(candidates.need, x, minlength=len(asked.table))
    lacking = np.flatnonzero(placed < asked.units)
    why: dict[int, set[str]] = {need: set() for need in lacking.tolist()}
    blocked = np.zeros(len(candidates), dtype=bool)
    for column, code in _blocks(problem, x, np.isin(candidates.need, lacking)):
        blocked[column] = True
        why[int(candidates.need[column])].add(code)
    for needs, code in (
        (candidates.forbidden, FORBIDDEN),
        (candidates.refused, REFUSED_BY_LIMIT),
        (candidates.need[~blocked], OUTWEIGHED),
    ):
        for need in np.intersect1d(needs, lacking).tolist():
            why[need].add(code)
    ids = asked.table["need_id"]
    rows = [
        (ids[need], int(asked.units[need] - placed[need]), sorted(codes or {NO_CANDIDATE}, key=_ORDER.index))
        for need, codes in why.items()
    ]
    return pd.DataFrame(rows, columns=list(UNSERVED_COLUMNS))


def alternates(problem: Problem, x: Floats, n: int) -> list[list[int]]:
    """For each need the n best columns it does not use and that had room if its own place fell away."""
    candidates, program = problem.candidates, problem.program
    matrix = sparse.coo_array(program.matrix)
    held = matrix.data > 0
    row, column, takes = matrix.coords[0][held], matrix.coords[1][held], matrix.data[held]
    slack = program.bound - program.matrix @ x
    used = np.flatnonzero(x)
    # What each need itself takes of each limit comes free with it.
    member = sparse.csr_array((x[used], (used, candidates.need[used])), shape=(len(x), program.n_needs))
    own = sparse.csr_array(program.matrix @ member)
    room = slack[row] + np.asarray(own[row, candidates.need[column]]).ravel()
    fits = np.ones(len(x), dtype=bool)
    fits[column[takes > room + EXACT * np.maximum(program.bound[row], 1)]] = False
    fits &= (x == 0) & ~problem.unaffordable & ~candidates.unscored
    open_columns = np.flatnonzero(fits)
    order = open_columns[
        np.lexsort((open_columns, -candidates.score[open_columns], candidates.need[open_columns]))
    ]
    found: list[list[int]] = [[] for _ in range(program.n_needs)]
    for at, need in zip(order.tolist(), candidates.need[order].tolist(), strict=True):
        if len(found[need]) < n:
            found[need].append(at)
    return found


def _blocks(problem: Problem, x: Floats, asked_for: Marks) -> list[tuple[int, str]]:
    """(column, reason) for everything that keeps one more unit of a column out."""
    program = problem.program
    matrix = sparse.coo_array(program.matrix)
    row, column = matrix.coords
    slack = program.bound - program.matrix @ x
    over = matrix.data > slack[row] + EXACT * np.maximum(np.abs(program.bound[row]), 1)
    over &= asked_for[column] & (row >= program.n_needs)
    codes = {CAPACITY: FULL, SHARE_CAP: SHARE_CAP, BUDGET: BUDGET}
    found = []
    for at, limit, take in zip(
        column[over].tolist(), row[over].tolist(), matrix.data[over].tolist(), strict=True
    ):
        code = codes[problem.limits[limit].code]
        alone = code == FULL and take > program.bound[limit]
        found.append((at, TOO_LARGE if alone else code))
    unknown: Ints = np.flatnonzero(problem.unaffordable & asked_for)
    return found + [(at, PRICE_UNKNOWN) for at in unknown.tolist()]
