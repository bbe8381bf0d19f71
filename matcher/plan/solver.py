"""HiGHS, asked for a linear bound or for whole units."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from matcher.plan.fillings import tightened
from matcher.plan.program import EXACT, Floats, Program

_SCALE = 1e4  # of the objective: what breaks ties has to be seen beside the solver's tolerance
_WHOLE = 1e-6
_TIE = 1e-9
_LEAST_SECONDS = 0.05


@dataclass(frozen=True)
class Relaxed:
    """An optimum in fractions: `x`, the bound it proves, and each column's value less what it would pay."""

    x: Floats
    bound: float
    reduced: Floats

    @property
    def whole(self) -> bool:
        """Are there no fractions?"""
        return bool(np.abs(self.x - self.x.round()).max(initial=0.0) < _WHOLE)


@dataclass(frozen=True)
class Whole:
    """Whole units: the best `x` found (None: none), and the bound no plan exceeds; both from one search."""

    x: Floats | None
    bound: float
    infeasible: bool = False


def relaxed(program: Program, seconds: float) -> Relaxed | None:
    """The linear relaxation, None where time did not suffice or nothing is feasible."""
    matrix, bound = tightened(program)
    extra = matrix.shape[1] - len(program)
    value = np.append(program.value + ties(program), np.zeros(extra))
    upper = np.append(program.upper, np.ones(extra))
    scale = _SCALE / max(program.value.max(initial=0.0), EXACT)
    # Interior points are the faster where many columns differ; the simplex where rows only count units.
    counts = np.unique(np.abs(matrix.data)).size < len(program) // 10
    done = linprog(
        -value * scale,
        A_ub=matrix,
        b_ub=bound,
        bounds=np.stack([np.zeros(len(upper)), upper], axis=1),
        method="highs-ds" if counts else "highs-ipm",
        options={"time_limit": max(seconds, _LEAST_SECONDS)},
    )
    if done.x is None or done.status != 0:
        return None
    prices = np.maximum(-done.ineqlin.marginals / scale, 0.0)
    reduced = np.append(program.value, np.zeros(extra)) - matrix.T @ prices
    proven = float(prices @ bound + upper @ np.maximum(reduced, 0.0))
    return Relaxed(done.x[: len(program)], proven, reduced[: len(program)])


def whole(program: Program, seconds: float, gap: float, nodes: int | None = None) -> Whole:
    """The best whole plan found within `seconds` or `nodes`, or within the relative `gap` of the optimum."""
    if not len(program):
        return Whole(np.zeros(0), 0.0)
    matrix, bound = tightened(program)
    extra = matrix.shape[1] - len(program)
    value = np.append(program.value + ties(program), np.zeros(extra))
    scale = _SCALE / max(program.value.max(initial=0.0), EXACT)
    options = {"time_limit": max(seconds, _LEAST_SECONDS), "mip_rel_gap": gap}
    if nodes is not None:
        options["node_limit"] = nodes
    done = milp(
        -value * scale,
        constraints=LinearConstraint(sparse.csc_array(matrix), -np.inf, bound),
        bounds=Bounds(0, np.append(program.upper, np.ones(extra))),
        integrality=np.ones(len(value)),
        options=options,
    )
    dual = getattr(done, "mip_dual_bound", None)
    proven = -dual / scale if dual is not None and np.isfinite(dual) else np.inf
    if done.x is None:
        return Whole(None, proven, infeasible=done.status == _INFEASIBLE)
    x = np.round(done.x[: len(program)])
    return Whole(x if program.allows(x) else None, proven)


_INFEASIBLE = 2  # scipy.optimize.milp's status


def ties(program: Program) -> Floats:
    """A whisper in favour of lower ids, far below any difference of scores.

    Columns stand in order of their ids. A need and a service of low rank also prefer one another: the product
    makes the pairs (1, 1), (2, 2) weigh more than (1, 2), (2, 1), which are otherwise equal in sum.
    """
    need = 1 - program.need / max(program.n_needs, 1)
    service = 1 - program.service / max(program.n_services, 1)
    whisper: Floats = _TIE * max(program.value.max(initial=0.0), EXACT) * (need + service + need * service)
    return whisper / 3
