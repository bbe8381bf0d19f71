"""The whole question of a plan: who asks, who offers, the candidates and the limits."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from matcher.plan.edits import Fixed
from matcher.plan.limits import ASKED, BUDGET, CAPACITY, NEWCOMER_SHARE, SHARE_CAP, Limit
from matcher.plan.program import EXACT, Floats, Ints, Marks, Program
from matcher.plan.tables import Asked, Candidates, Offered, amounts
from matcher.sheets import SheetError

Row = tuple[Limit, Ints, Floats, float]  # limit, columns, what each takes, bound


@dataclass(frozen=True)
class Rules:
    """What a plan has to keep to besides the tables."""

    max_share: float | None
    newcomer_share: float | None
    budgets: pd.DataFrame | None


@dataclass(frozen=True)
class Problem:
    """A plan to be made; columns of the program are the candidates, `limits` name its rows.

    Attributes
    ----------
    unaffordable : array of shape (n_candidates,)
        Under a budget, and nobody knows what they cost.
    """

    asked: Asked
    offered: Offered
    fixed: Fixed
    candidates: Candidates
    program: Program
    limits: tuple[Limit, ...]
    unaffordable: Marks

    @classmethod
    def of(
        cls, asked: Asked, offered: Offered, fixed: Fixed, candidates: Candidates, bonus: Floats, rules: Rules
    ) -> "Problem":
        """Lay out the rows: what needs ask, what services can take, shares, budgets, the newcomers' floor."""
        rows = [
            *_asked(asked, candidates),
            *_capacities(offered, candidates),
            *_shares(asked, offered, candidates, rules.max_share),
            *_budgets(asked, offered, candidates, rules.budgets),
            *_floor(asked, offered, candidates, rules.newcomer_share),
        ]
        matrix, bound = _stacked(rows, len(candidates))
        unknown = np.isnan(candidates.cost)
        under_budget = [columns for limit, columns, _, _ in rows if limit.code == BUDGET]
        unaffordable = np.zeros(len(candidates), dtype=bool)
        unaffordable[np.concatenate([np.empty(0, np.int64), *under_budget])] = True
        unaffordable &= unknown & (candidates.least == 0)
        program = Program(
            value=candidates.score + bonus,
            matrix=matrix,
            bound=bound,
            upper=np.where(unaffordable, 0.0, asked.units[candidates.need]),
            need=candidates.need,
            service=candidates.service,
            n_needs=len(asked.table),
            n_services=len(offered.table),
        )
        limits = tuple(limit for limit, *_ in rows)
        return cls(asked, offered, fixed, candidates, program, limits, unaffordable)


def _asked(asked: Asked, candidates: Candidates) -> Iterator[Row]:
    ids = asked.table["need_id"]
    for row, columns in enumerate(_by(candidates.need, len(ids))):
        units = float(asked.units[row])
        yield Limit(ASKED, {"need_id": ids[row], "units": int(units)}), columns, np.ones(len(columns)), units


def _capacities(offered: Offered, candidates: Candidates) -> Iterator[Row]:
    ids = offered.table["service_id"]
    for row, columns in enumerate(_by(candidates.service, len(ids))):
        capacity = float(offered.capacity[row])
        facts: dict[str, object] = {"service_id": ids[row], "capacity": int(capacity)}
        if offered.assumed[row]:
            facts["assumed"] = True
        yield Limit(CAPACITY, facts), columns, candidates.take[columns], capacity


def _shares(asked: Asked, offered: Offered, candidates: Candidates, share: float | None) -> Iterator[Row]:
    """A cap on each organisation, in units of all that is asked: known beforehand, whatever is placed."""
    if share is None:
        return
    total = asked.units.sum()
    cap = float(np.floor(share * total + EXACT))
    table = offered.table
    # A service that names no organisation stands for itself.
    names, row = np.unique(
        table["org_id"].where(table["org_id"] != "", table["service_id"]).astype(str), return_inverse=True
    )
    for name, columns in zip(names, _by(row[candidates.service], len(names)), strict=True):
        facts = {"org_id": str(name), "share": share, "asked": int(total), "units": int(cap)}
        yield Limit(SHARE_CAP, facts), columns, np.ones(len(columns)), cap


def _budgets(
    asked: Asked, offered: Offered, candidates: Candidates, budgets: pd.DataFrame | None
) -> Iterator[Row]:
    """A row of the budgets sheet holds for the pairs that agree with every cell filled in."""
    if budgets is None:
        return
    if "budget_yuan" not in budgets:
        raise SheetError("missing_column", file="budgets", column="budget_yuan")
    yuan = amounts(budgets, "budget_yuan", "budgets")
    keys = [str(column) for column in budgets.columns if column != "budget_yuan"]
    values = {key: _values(key, asked, offered, candidates) for key in keys}
    for at, amount in enumerate(yuan):
        said = {key: str(budgets[key].iloc[at]).strip() for key in keys if pd.notna(budgets[key].iloc[at])}
        said = {key: value for key, value in said.items() if value}
        if not amount >= 0:
            raise SheetError("bad_budget", file="budgets", value=str(amount), **said)
        agrees = np.ones(len(candidates), dtype=bool)
        for key, value in said.items():
            codes, names = values[key]
            agrees &= codes == names.get(value, -1)
        columns = np.flatnonzero(agrees)
        # What nobody knows the cost of is kept out, unless people have fixed it: then it counts nothing.
        cost = np.nan_to_num(candidates.cost[columns])
        yield Limit(BUDGET, {**said, "budget_yuan": float(amount)}), columns, cost, float(amount)


def _values(key: str, asked: Asked, offered: Offered, candidates: Candidates) -> tuple[Ints, dict[str, int]]:
    """For each candidate the code of its need's or its service's value in the column `key`."""
    for table, row in ((asked.table, candidates.need), (offered.table, candidates.service)):
        if key in table:
            names, codes = np.unique(table[key].astype(str).str.strip(), return_inverse=True)
            return codes[row].astype(np.int64), {str(name): code for code, name in enumerate(names)}
    raise SheetError("unknown_column", file="budgets", column=key)


def _floor(asked: Asked, offered: Offered, candidates: Candidates, share: float | None) -> Iterator[Row]:
    if share is None:
        return
    total = asked.units.sum()
    units = float(np.ceil(share * total - EXACT))
    columns = np.flatnonzero(offered.newcomer[candidates.service])
    facts = {"share": share, "asked": int(total), "units": int(units)}
    yield Limit(NEWCOMER_SHARE, facts), columns, -np.ones(len(columns)), -units


def _by(row: Ints, n: int) -> list[Ints]:
    """For each of n rows the candidates in it."""
    order = np.argsort(row, kind="stable")
    return np.split(order, np.searchsorted(row[order], np.arange(1, n))) if n else []


def _stacked(rows: list[Row], n_columns: int) -> tuple[sparse.csc_array, Floats]:
    counts = [len(columns) for _, columns, _, _ in rows]
    row = np.repeat(np.arange(len(rows)), counts)
    column = np.concatenate([np.empty(0, np.int64), *(columns for _, columns, _, _ in rows)])
    takes = np.concatenate([np.empty(0), *(takes for _, _, takes, _ in rows)])
    held = takes != 0  # what costs nothing is no entry
    matrix = sparse.csc_array((takes[held], (row[held], column[held])), shape=(len(rows), n_columns))
    return matrix, np.array([bound for *_, bound in rows], dtype=float)
