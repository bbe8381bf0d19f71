"""Where limits only count units, a plan is a matching, and is solved as one to the optimum."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import maximum_flow, min_weight_full_bipartite_matching

from matcher.plan.program import EXACT, Floats, Ints, Marks, Program
from matcher.plan.solver import ties

_MOST_EDGES = 4_000_000  # between single units: beyond, the linear program is the smaller one


@dataclass(frozen=True)
class Matching:
    """A program in which every column takes one unit of its need and one of at most one other limit.

    Attributes
    ----------
    asked, room : arrays of whole numbers
        Units of each need, and of each place (the limits that bind, then one place for each that has none).
    place : array of shape (n,)
        Each column's place.
    """

    program: Program
    asked: Ints
    room: Ints
    place: Ints

    @classmethod
    def of(cls, program: Program) -> "Matching | None":
        """The program as a matching, None where it is none or would be too large as one."""
        kept = _binding(program)
        if kept is None:
            return None
        matrix = sparse.csr_array(program.matrix)[kept]
        column_counts = np.bincount(matrix.indices, minlength=len(program))
        counts = np.diff(matrix.indptr)
        if column_counts.max(initial=0) > 1:
            return None
        takes = np.maximum.reduceat(matrix.data, matrix.indptr[:-1]) if len(kept) else np.empty(0)
        if (matrix.data != np.repeat(takes, counts)).any():
            return None
        # Nobody can be given more than the candidates have room for: a huge need stays a small matching.
        could = np.bincount(program.need, program.upper, minlength=program.n_needs)
        asked = np.minimum(program.bound[: program.n_needs], could).astype(np.int64)
        limits = np.floor(program.bound[kept] / takes + EXACT)
        free = np.flatnonzero(column_counts == 0)
        place = np.empty(len(program), dtype=np.int64)
        place[matrix.indices] = np.repeat(np.arange(len(kept)), counts)
        # A column that no limit binds has a place of its own.
        place[free] = len(kept) + np.arange(len(free))
        room = np.concatenate([limits, program.upper[free]]).astype(np.int64)
        found = cls(program, asked, room, place)
        return found if found._is_one() else None

    def _is_one(self) -> bool:
        asked, room = self.asked[self.program.need], self.room[self.place]
        if (self.program.upper < np.minimum(asked, room)).any() or asked.astype(float) @ room > _MOST_EDGES:
            return False
        # Where services offer a need the same place, only a single unit makes it a choice of one of them.
        several = self._key(np.flatnonzero(asked > 1))
        return len(np.unique(several)) == len(several)

    def most(self, columns: Marks) -> int:
        """How many units can be placed with only these columns."""
        program, n_needs, n_places = self.program, len(self.asked), len(self.room)
        used = np.flatnonzero(columns)
        source, sink = n_needs + n_places, n_needs + n_places + 1
        tails = [np.full(n_needs, source), program.need[used], n_needs + np.arange(n_places)]
        heads = [np.arange(n_needs), n_needs + self.place[used], np.full(n_places, sink)]
        sizes = [self.asked, program.upper[used].astype(np.int64), self.room]
        tail, head, size = (np.concatenate(parts) for parts in (tails, heads, sizes))
        graph = sparse.csr_array((size.astype(np.int32), (tail, head)), shape=(sink + 1, sink + 1))
        return int(maximum_flow(sparse.csr_matrix(graph), source, sink).flow_value)

    def best(self, columns: Marks, *, all_units: bool) -> Floats:
        """The most valuable matching of these columns; with `all_units`, of those that place the most."""
        program = self.program
        used = self._distinct(np.flatnonzero(columns))
        gain = (program.value + ties(program))[used]
        top = float(gain.max(initial=0.0)) + 1.0
        n_units = int(self.asked.sum())
        if not n_units or not len(used):
            return np.zeros(len(program))
        # Each unit of a need is a row, each of a place a column; a row's own last column leaves it unplaced.
        unplaced = top * (n_units + 1.0) if all_units else top
        first_row = np.concatenate([[0], np.cumsum(self.asked)])
        first_column = np.concatenate([[0], np.cumsum(self.room)])
        asked, room = self.asked[program.need[used]], self.room[self.place[used]]
        edge, turn = _repeated(asked * room)
        rows = first_row[program.need[used]][edge] + turn // room[edge]
        columns_ = first_column[self.place[used]][edge] + turn % room[edge]
        cost = np.concatenate([(top - gain)[edge], np.full(n_units, unplaced)]) + 1.0  # 0 were no edge
        rows = np.concatenate([rows, np.arange(n_units)])
        columns_ = np.concatenate([columns_, first_column[-1] + np.arange(n_units)])
        graph = sparse.csr_array((cost, (rows, columns_)), shape=(n_units, int(first_column[-1]) + n_units))
        matched_row, matched_column = min_weight_full_bipartite_matching(sparse.csr_matrix(graph))
        placed = matched_column < first_column[-1]
        need = np.searchsorted(first_row, matched_row[placed], side="right") - 1
        place = np.searchsorted(first_column, matched_column[placed], side="right") - 1
        x = np.zeros(len(program))
        keys = self._key(used)
        np.add.at(x, used[np.searchsorted(keys, need * len(self.room) + place)], 1.0)
        return x

    def _distinct(self, columns: Ints) -> Ints:
        """The best column of each need in each place, where services of one limit may offer it together."""
        order = columns[np.lexsort((-(self.program.value + ties(self.program))[columns], self._key(columns)))]
        first = np.diff(self._key(order), prepend=-1) > 0
        distinct: Ints = order[first]
        return distinct

    def _key(self, columns: Ints) -> Ints:
        return self.program.need[columns] * len(self.room) + self.place[columns]


def _binding(program: Program) -> Ints | None:
    """The limits beyond the needs' own that could bind at all; None where one of them is a floor."""
    if (program.matrix.data < 0).any():
        return None
    asked = program.matrix @ program.upper
    rows = np.arange(program.n_needs, len(program.bound))
    binding: Ints = rows[asked[rows] > program.bound[rows] * (1 + EXACT)]
    return binding


def _repeated(counts: Ints) -> tuple[Ints, Ints]:
    """0, 1, 2 ... each as often as it counts, and which time it is."""
    which = np.repeat(np.arange(len(counts)), counts)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
