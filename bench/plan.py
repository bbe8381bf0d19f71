"""A district's plan beside other ways to make it, in one run on one machine.

    python bench/plan.py [--small] [--needs 6000] [--seed 7] [--systems plain greedy ...]

Needs of 20 candidates each, one organisation for four needs with two services of 1 to 4 places; a need meets
mostly services of its own theme, the better known ones more often. Budgets pay 0.6 of what all would cost.
Each system runs in a process of its own; its time is that from tables in memory to a plan. The gap is to the
bound the system itself proves; where it proves none, to the best bound of the same question in this run.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from matcher.plan import Planner  # noqa: E402 - run as a file, too

CANDIDATES, STREETS, THEMES = 20, 215, 50
Told = dict[str, object]


class District:
    """The tables of a district, drawn by a seed."""

    def __init__(self, n_needs: int, seed: int) -> None:
        draw = np.random.default_rng(seed)
        n_orgs = n_needs // 4
        n_services = 2 * n_orgs
        known = draw.permutation(1 / np.sqrt(np.arange(1, n_services + 1)))
        theme, need_theme = draw.integers(0, THEMES, n_services), draw.integers(0, THEMES, n_needs)
        chosen = []
        for wanted in need_theme:
            weight = known * np.where(theme == wanted, 50.0, 1.0)
            chosen.append(
                np.sort(draw.choice(n_services, CANDIDATES, replace=False, p=weight / weight.sum()))
            )
        self.need = np.repeat(np.arange(n_needs), CANDIDATES)
        self.service = np.concatenate(chosen)
        quality = draw.beta(4, 3, n_services)
        fit = draw.beta(3, 3, len(self.need))
        self.score = np.round(0.5 * quality[self.service] + 0.5 * fit, 4)
        self.capacity = draw.integers(1, 5, n_services)
        self.price = np.exp(draw.normal(8, 0.6, n_services)).round()
        self.org = np.arange(n_services) // 2
        self.street = draw.integers(0, STREETS * n_needs // 6000, n_needs)
        self.people = draw.integers(5, 80, n_needs)
        self.n_needs, self.n_services = n_needs, n_services

    def tables(self, unit: str = "场") -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """needs, matches, services."""
        text = dict.fromkeys(("community", "district", "title", "description", "beneficiary_group"), "")
        rest = dict.fromkeys(("urgency", "budget_yuan", "start_month"), np.nan)
        needs = pd.DataFrame({"need_id": [f"N{at:05}" for at in range(self.n_needs)], **text, **rest})
        needs = needs.assign(
            source="", affected_people=self.people, street=[f"T{at:03}" for at in self.street]
        )
        services = pd.DataFrame({"service_id": [f"S{at:05}" for at in range(self.n_services)]})
        words = ("org_name", "org_type", "org_grade", "org_district", "title", "description")
        services = services.assign(
            **dict.fromkeys((*words, "coverage_districts", "languages_qualifications"), "")
        )
        services = services.assign(
            org_id=[f"O{at:05}" for at in self.org],
            unit_price_yuan=self.price,
            price_unit=unit,
            capacity_unit="场",
            capacity_per_year=self.capacity,
            newcomer=np.where(self.org % 5 == 0, "yes", ""),
        )
        ids = {
            "need_id": needs["need_id"].to_numpy()[self.need],
            "service_id": services["service_id"].to_numpy()[self.service],
        }
        return needs, pd.DataFrame({**ids, "score": self.score}), services

    def budgets(self, column: str, heads: float = 1.0) -> pd.DataFrame:
        """Equal budgets for each street or organisation, together 0.6 of the mean price of every need."""
        of = {"street": [f"T{at:03}" for at in np.unique(self.street)]}
        keys = of.get(column) or [f"O{at:05}" for at in np.unique(self.org)]
        return pd.DataFrame({column: keys, "budget_yuan": 0.6 * self.total(heads) / len(keys)})

    def total(self, heads: float = 1.0) -> float:
        """What all needs would cost at the mean price of their candidates."""
        return float(self.price[self.service].mean() * self.n_needs * heads)

    def rows(self, column: str | None) -> tuple[sparse.csc_array, np.ndarray]:
        """The limits of needs, services and budgets as one matrix, for solvers that take one."""
        at = np.arange(len(self.need))
        ones = np.ones(len(at))
        parts = [
            sparse.csr_array((ones, (self.need, at)), shape=(self.n_needs, len(at))),
            sparse.csr_array((ones, (self.service, at)), shape=(self.n_services, len(at))),
        ]
        bound = [np.ones(self.n_needs), self.capacity.astype(float)]
        if column:
            key = self.street[self.need] if column == "street" else self.org[self.service]
            parts.append(sparse.csr_array((self.price[self.service], (key, at))))
            bound.append(np.full(parts[-1].shape[0], 0.6 * self.total() / len(np.unique(key))))
        return sparse.csc_array(sparse.vstack(parts, format="csc")), np.concatenate(bound)


def ours(
    column: str | None = None, *, by_heads: bool = False, places: int | None = None, **options: float
) -> Callable[[District], Told]:
    """Our planner; `places` is the cap of an organisation."""

    def run(district: District) -> Told:
        tables = district.tables("人次" if by_heads else "场")
        heads = float(district.people.mean()) if by_heads else 1.0
        budgets = district.budgets(column, heads) if column else None
        share = places / district.n_needs if places else None
        started = time.perf_counter()
        plan = Planner(max_share=share, **options).plan(*tables, budgets=budgets)  # type: ignore[arg-type] # all are numbers
        return {
            "seconds": time.perf_counter() - started,
            "objective": plan.score,
            "bound": plan.bound,
            "placed": plan.placed,
            "worst": plan.worst,
            "status": plan.status,
        }

    return run


def greedy(district: District) -> Told:
    """The highest score first, as long as there is room."""
    started = time.perf_counter()
    left = district.capacity.copy()
    got = np.full(district.n_needs, np.nan)
    for at in np.argsort(-district.score, kind="stable"):
        need, service = district.need[at], district.service[at]
        if np.isnan(got[need]) and left[service]:
            got[need] = district.score[at]
            left[service] -= 1
    placed = got[~np.isnan(got)]
    return told(started, placed)


def ortools_flow(district: District) -> Told:
    """The min-cost flow of OR-tools."""
    from ortools.graph.python import min_cost_flow

    started = time.perf_counter()
    flow = min_cost_flow.SimpleMinCostFlow()
    n, m = district.n_needs, district.n_services
    needs, services = np.arange(n), n + np.arange(m)
    source, sink = n + m, n + m + 1
    costs = np.round(-10_000 * district.score).astype(np.int64)
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        district.need, n + district.service, np.ones(len(costs), np.int64), costs
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        np.full(n, source), needs, np.ones(n, np.int64), np.zeros(n, np.int64)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        services, np.full(m, sink), district.capacity, np.zeros(m, np.int64)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        needs, np.full(n, sink), np.ones(n, np.int64), np.zeros(n, np.int64)
    )
    flow.set_nodes_supplies(np.array([source, sink]), np.array([n, -n]))
    flow.solve()
    return told(started, district.score[flow.flows(arcs) > 0])


def lp(district: District) -> Told:
    """HiGHS on the linear program, which for this question has whole solutions."""
    started = time.perf_counter()
    matrix, bound = district.rows(None)
    x = linprog(-district.score, A_ub=matrix, b_ub=bound, bounds=(0, 1), method="highs").x
    return told(started, district.score[x > 0.5])


def mip(column: str | None) -> Callable[[District], Told]:
    """HiGHS on the integer program as it stands, for a minute."""

    def run(district: District) -> Told:
        started = time.perf_counter()
        matrix, bound = district.rows(column)
        done = milp(
            -district.score,
            constraints=LinearConstraint(matrix, -np.inf, bound),
            bounds=Bounds(0, 1),
            integrality=np.ones(len(district.score)),
            options={"time_limit": 60},
        )
        return told(started, district.score[done.x > 0.5]) | {"bound": -float(done.mip_dual_bound)}

    return run


def told(started: float, scores: np.ndarray) -> Told:
    """What a peer has placed."""
    return {
        "seconds": time.perf_counter() - started,
        "objective": float(scores.sum()),
        "placed": len(scores),
        "worst": float(scores.min()),
    }


SYSTEMS: dict[str, tuple[str, Callable[[District], Told]]] = {
    "plain": ("plain", ours()),
    "ortools flow": ("plain", ortools_flow),
    "scipy LP": ("plain", lp),
    "scipy milp": ("plain", mip(None)),
    "greedy": ("plain", greedy),
    "fair": ("fair", ours(fair=True)),
    "shares": ("shares", ours(places=5, newcomer_share=0.2)),
    "street budgets": ("street", ours("street")),
    "street budgets, scipy milp": ("street", mip("street")),
    "organisation budgets": ("org_id", ours("org_id")),
    "organisation budgets, scipy milp": ("org_id", mip("org_id")),
    "street budgets and shares": ("both", ours("street", places=5, newcomer_share=0.2)),
    "organisation budgets by heads": ("heads", ours("org_id", by_heads=True)),
}
HEADS = ("system", "s", "objective", "gap %", "placed", "lowest", "status")


def measure(system: str, needs: int, seed: int) -> Told | None:
    """One system in a process of its own; None where what it needs is missing."""
    if system == "ortools flow" and importlib.util.find_spec("ortools") is None:
        print("NOT MEASURED: ortools flow, ortools is not installed", file=sys.stderr)
        return None
    command = [sys.executable, __file__, "--one", system, "--needs", str(needs), "--seed", str(seed)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--needs", type=int, default=6000)
    parser.add_argument("--small", action="store_true", help="600 needs, in about a minute")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    parser.add_argument("--one", choices=SYSTEMS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    needs = 600 if asked.small else asked.needs
    if asked.one:
        print(json.dumps(SYSTEMS[asked.one][1](District(needs, asked.seed))))
        return 0
    found = {system: row for system in asked.systems if (row := measure(system, needs, asked.seed))}
    print("| " + " | ".join(HEADS) + " |\n" + "|---" * len(HEADS) + "|")
    for system, row in found.items():
        print("| " + " | ".join(cells(system, row, found)) + " |")
    return 0


def cells(system: str, row: Told, found: dict[str, Told]) -> list[str]:
    """One row of the table."""
    same = [other for name, other in found.items() if SYSTEMS[name][0] == SYSTEMS[system][0]]
    bound = row.get("bound") or min(
        (float(str(other["bound"])) for other in same if "bound" in other), default=0
    )
    objective = float(str(row["objective"]))
    gap = f"{100 * (1 - objective / float(str(bound))):.2f}" if bound else ""
    figures = [f"{row['seconds']:.2f}", f"{objective:.2f}", gap, f"{row['placed']}", f"{row['worst']:.3f}"]
    return [system, *figures, str(row.get("status", ""))]


if __name__ == "__main__":
    sys.exit(main())
