"""The search for large plans, made to look at small ones so that every plan can be counted."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from matcher.plan import Planner
from matcher.plan import search as search_module
from matcher.plan.fillings import fillings
from tests.matcher.plan.small import STREETS, District, allowed, districts, every_plan, value_of
from tests.matcher.plan.test_optimum import SLOW, counted, planned
from tests.matcher.tables import need, needs, service, services


def test_the_bound_is_never_below_the_best_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "SMALL", -1)

    @SLOW
    @given(districts(rules=True))
    def holds(district: District) -> None:
        best = max((value_of(district, plan) for plan in every_plan(district)), default=None)
        plan = planned(district)
        if best is None:
            assert plan.status == "infeasible"
            return
        assert allowed(district, counted(district, plan))
        assert plan.objective <= best + 1e-9
        assert plan.bound >= best - 1e-9
        assert plan.gap == pytest.approx((plan.bound - plan.objective) / (plan.bound or 1.0))

    holds()


@pytest.mark.parametrize(
    ("sizes", "most", "room", "ways"),
    [
        ([4.0, 7.0], [9, 9], 10.0, {(2, 0), (0, 1)}),
        ([4.0, 7.0], [1, 9], 10.0, {(1, 0), (0, 1)}),
        ([3.0, 5.0], [9, 9], 11.0, {(3, 0), (2, 1), (0, 2)}),
        ([12.0], [9], 10.0, {(0,)}),
    ],
)
def test_fillings_are_those_to_which_nothing_can_be_added(
    sizes: list[float], most: list[float], room: float, ways: set[tuple[int, ...]]
) -> None:
    found = fillings(sizes, most, room)
    assert found is not None
    assert {tuple(way) for way in found.astype(int).tolist()} == ways


def test_a_limit_with_too_many_fillings_keeps_its_line() -> None:
    assert fillings([1.0, 1.1, 1.2, 1.3, 1.4], [50] * 5, 40.0) is None


def test_when_time_is_up_there_is_a_plan_and_a_bound_that_holds() -> None:
    draw = np.random.default_rng(5)
    n, m = 320, 60
    asked = needs(*(need(need_id=f"N{at:03}", street=STREETS[at % 2], affected_people=1) for at in range(n)))
    offered = services(
        *(service(service_id=f"S{at:02}", unit_price_yuan=int(draw.integers(10, 99))) for at in range(m))
    )
    pairs = [(f"N{a:03}", f"S{b:02}") for a in range(n) for b in draw.choice(m, 12, replace=False)]
    run = pd.DataFrame(pairs, columns=["need_id", "service_id"]).assign(score=draw.random(len(pairs)))
    budgets = pd.DataFrame({"street": STREETS, "budget_yuan": [3000, 2500]})
    hasty = Planner(time_limit=0.0).plan(asked, run, offered, budgets=budgets)
    patient = Planner().plan(asked, run, offered, budgets=budgets)
    assert hasty.status == "best_found"
    assert patient.status == "within_gap"
    assert 0 < hasty.objective <= patient.objective <= min(hasty.bound, patient.bound)
    for plan in (hasty, patient):
        spent = plan.assignments.merge(asked, on="need_id").groupby("street")["cost_yuan"].sum()
        assert spent["东街"] <= 3000
        assert spent["西街"] <= 2500
