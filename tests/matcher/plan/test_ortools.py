"""A plain plan of some size against OR-tools, in a process of its own: its solvers and SciPy's do not mix."""

import importlib.util
import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from matcher.plan import Planner
from tests.matcher.tables import need, needs, service, services

N_NEEDS, N_SERVICES, CANDIDATES = 400, 120, 10
FLOW = """
import json, sys
from ortools.graph.python import min_cost_flow
told = json.load(sys.stdin)
flow = min_cost_flow.SimpleMinCostFlow()
n, m = len(told["units"]), len(told["capacity"])
for need, service, score in told["pairs"]:
    flow.add_arc_with_capacity_and_unit_cost(need, n + service, told["units"][need], -score)
for need, units in enumerate(told["units"]):
    flow.add_arc_with_capacity_and_unit_cost(n + m, need, units, 0)
    flow.add_arc_with_capacity_and_unit_cost(need, n + m + 1, units, 0)
for service, capacity in enumerate(told["capacity"]):
    flow.add_arc_with_capacity_and_unit_cost(n + service, n + m + 1, capacity, 0)
flow.set_node_supply(n + m, sum(told["units"]))
flow.set_node_supply(n + m + 1, -sum(told["units"]))
assert flow.solve() == flow.OPTIMAL
print(-flow.optimal_cost())
"""

needs_ortools = pytest.mark.skipif(
    importlib.util.find_spec("ortools") is None,
    reason="NOT CHECKED AGAINST OR-TOOLS: ortools is not installed",
)


@needs_ortools
@pytest.mark.parametrize("most_units", [1, 3])
def test_the_plan_is_worth_as_much_as_the_flow_of_ortools(most_units: int) -> None:
    draw = np.random.default_rng(11)
    units = draw.integers(1, most_units + 1, N_NEEDS)
    capacity = draw.integers(0, 2 * most_units + 3, N_SERVICES)
    popular = 1 / np.arange(1, N_SERVICES + 1)
    pairs = [
        (asking, int(offering), int(draw.integers(1, 10_000)))
        for asking in range(N_NEEDS)
        for offering in draw.choice(N_SERVICES, CANDIDATES, replace=False, p=popular / popular.sum())
    ]
    told = json.dumps({"units": units.tolist(), "capacity": capacity.tolist(), "pairs": pairs})
    done = subprocess.run(
        [sys.executable, "-c", FLOW], input=told, capture_output=True, text=True, check=True
    )
    plan = Planner().plan(
        needs(*(need(need_id=f"N{at:03}", units=int(count)) for at, count in enumerate(units))),
        pd.DataFrame(
            [(f"N{a:03}", f"S{b:03}", score / 10_000) for a, b, score in pairs],
            columns=["need_id", "service_id", "score"],
        ),
        services(
            *(service(service_id=f"S{at:03}", capacity_free=int(room)) for at, room in enumerate(capacity))
        ),
    )
    assert plan.status == "optimal"
    assert plan.placed < plan.asked
    assert plan.objective == pytest.approx(int(done.stdout) / 10_000)
