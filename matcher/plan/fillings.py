"""A tight limit written as the list of ways to fill it: then a linear program already sees whole units.

A budget of 10,000 yuan for services of 4,000 and 7,000 is no line but two points: two of the first, or one
of the second. Where the ways are few, a column for each replaces the limit (the reformulation of Dantzig
and Wolfe).
"""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from matcher.plan.program import EXACT, Floats, Program

_MOST_WAYS = 60  # a limit with more keeps its line, which is then close to its points anyway
_MOST_GROUPS = 12
_MOST_STEPS = 600


def tightened(program: Program) -> tuple[sparse.csc_array, Floats]:
    """Matrix and bounds of the same program, with whole right sides and fillings as further columns."""
    matrix = sparse.csr_array(program.matrix)
    matrix, bound = _whole(matrix, program.bound)
    chosen = _worth_it(matrix, bound, program)
    if not chosen:
        return sparse.csc_array(matrix), bound
    kept = np.ones(len(bound), dtype=bool)
    blocks: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    rows, columns = 0, len(program)
    column: list[float] = []
    for row, (groups, ways) in chosen.items():
        kept[row] = False
        for place, members in enumerate(groups):
            uses = ways[:, place]
            used = np.flatnonzero(uses)
            at = np.concatenate([members, columns + used])
            blocks.append((np.full(len(at), rows), at, np.append(np.ones(len(members)), -uses[used])))
            rows, column = rows + 1, [*column, 0.0]
        one = columns + np.arange(len(ways))
        blocks.append((np.full(len(ways), rows), one, np.ones(len(ways))))
        rows, columns, column = rows + 1, columns + len(ways), [*column, 1.0]
    row_of, column_of, entries = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    below = sparse.csr_array((entries, (row_of, column_of)), shape=(rows, columns))
    above = matrix[kept].copy()
    above.resize((above.shape[0], columns))
    return sparse.csc_array(sparse.vstack([above, below], format="csc")), np.append(bound[kept], column)


def _whole(matrix: sparse.csr_array, bound: Floats) -> tuple[sparse.csr_array, Floats]:
    """Rows whose entries are all the same count units, and their bound is the whole number below."""
    entries, counts = matrix.data, np.diff(matrix.indptr)
    filled = counts > 0
    least, most = np.zeros(len(bound)), np.zeros(len(bound))
    starts = matrix.indptr[:-1][filled]
    least[filled], most[filled] = np.minimum.reduceat(entries, starts), np.maximum.reduceat(entries, starts)
    alike = filled & (least == most) & (least > 0)
    scale = np.where(alike, least, 1.0)
    scaled = sparse.csr_array(
        (entries / np.repeat(scale, counts), matrix.indices, matrix.indptr), shape=matrix.shape
    )
    return scaled, np.where(alike, np.floor(bound / scale + EXACT), bound)


def _worth_it(
    matrix: sparse.csr_array, bound: Floats, program: Program
) -> dict[int, tuple[list[np.ndarray], np.ndarray]]:
    """row -> its groups of columns that are alike for it, and the ways to fill it in units of each group."""
    # A service's columns are bounded together by its own limit, whatever another limit says of them.
    own = program.n_needs + program.service
    takes = np.asarray(program.matrix[own, np.arange(len(program))]).ravel()
    room = np.floor(program.bound[own] / np.where(takes > 0, takes, np.inf) + EXACT)
    room = np.where(takes > 0, room, np.inf)
    found = {}
    for row in range(program.n_needs, len(bound)):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        columns, entries = matrix.indices[part], matrix.data[part]
        usable = program.upper[columns] > 0
        columns, entries = columns[usable], entries[usable]
        if not len(columns) or entries.min() == entries.max() or entries.min() < 0:
            continue
        if entries @ program.upper[columns] <= bound[row]:
            continue
        kinds, kind = np.unique(np.stack([entries, program.service[columns]]), axis=1, return_inverse=True)
        if kinds.shape[1] > _MOST_GROUPS:
            continue
        groups = [columns[kind == place] for place in range(kinds.shape[1])]
        most = [min(program.upper[group].sum(), room[group].max()) for group in groups]
        ways = fillings(kinds[0].tolist(), most, bound[row])
        if ways is not None:
            found[row] = (groups, ways)
    return found


def fillings(sizes: Sequence[float], most: Sequence[float], room: float) -> np.ndarray | None:
    """Every way to fill `room` to which nothing can be added; None where they are too many to list.

    Returns
    -------
    array of shape (n_ways, len(sizes)), or None
        How many of each size.
    """
    room *= 1 + EXACT
    ways: list[list[int]] = []
    open_ways: list[tuple[list[int], float]] = [([], room)]
    steps = 0
    while open_ways:
        way, left = open_ways.pop()
        place = len(way)
        steps += 1
        if steps > _MOST_STEPS or len(ways) > _MOST_WAYS:
            return None
        if place < len(sizes):
            fits = int(min(most[place], left // sizes[place]))
            open_ways += [([*way, count], left - count * sizes[place]) for count in range(fits + 1)]
        elif all(
            count + 1 > limit or size > left for count, limit, size in zip(way, most, sizes, strict=True)
        ):
            ways.append(way)
    return np.array(ways, dtype=float)
