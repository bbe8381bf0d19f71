"""A plan that cannot be names limits that cannot hold together, and none too many."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.plan import Limit, Plan, Planner
from tests.matcher.plan.small import District, districts, every_plan, units_of
from tests.matcher.plan.test_optimum import SLOW, planned
from tests.matcher.tables import need, needs, service, services


def codes(plan: Plan) -> list[str]:
    return [limit.code for limit in plan.binding]


def run_of(*pairs: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(list(pairs), columns=["need_id", "service_id", "score"])


@SLOW
@given(districts(rules=False), st.sampled_from([0.3, 0.6, 1.0]))
def test_the_newcomers_floor_is_named_with_what_keeps_it_from_being_met(
    district: District, share: float
) -> None:
    strict = replace(district, newcomer_share=share)
    plan = planned(strict)
    assert (plan.status == "infeasible") == (not any(True for _ in every_plan(strict)))
    if plan.feasible:
        return
    assert codes(plan)[0] == "newcomer_share"
    floor = share * sum(units_of(row) for row in district.needs)
    assert most_newcomers(strict, plan.binding) < floor - 1e-9
    for left_out in plan.binding[1:]:
        fewer = tuple(limit for limit in plan.binding if limit != left_out)
        assert most_newcomers(strict, fewer) >= floor - 1e-9


def most_newcomers(district: District, limits: tuple[Limit, ...]) -> float:
    """What newcomers can get at most when only these limits hold: the smallest of all cuts of the network."""
    asked = {limit.facts["need_id"]: limit.facts["units"] for limit in limits if limit.code == "asked"}
    offered = {
        limit.facts["service_id"]: limit.facts["capacity"] for limit in limits if limit.code == "capacity"
    }
    new = {str(row["service_id"]) for row in district.services if row["newcomer"]}
    pairs = [pair for pair in district.scores if pair[1] in new]
    ends = sorted({("n", a) for a, _ in pairs} | {("s", b) for _, b in pairs})
    best = float("inf")
    for bits in range(2 ** len(ends)):
        cut = {end for at, end in enumerate(ends) if bits >> at & 1}
        if all(("n", a) in cut or ("s", b) in cut for a, b in pairs):
            sizes = [float(str((asked if k == "n" else offered).get(i, "inf"))) for k, i in cut]
            best = min(best, sum(sizes))
    return best


def test_forced_pairs_over_a_capacity_name_the_fewest_that_break_it() -> None:
    asked = needs(*(need(need_id=f"N{at}") for at in range(4)))
    offered = services(service(capacity_per_year=2, price_unit="场"))
    run = run_of(*((f"N{at}", "S1", 0.5) for at in range(4)))
    plan = Planner().plan(asked, run, offered, forced=[(f"N{at}", "S1") for at in range(4)])
    assert plan.status == "infeasible"
    assert codes(plan) == ["capacity", "forced", "forced", "forced"]
    assert plan.binding[0].facts == {"service_id": "S1", "capacity": 2}
    assert plan.assignments.empty
    assert Planner().plan(asked, run, offered, forced=[("N0", "S1"), ("N1", "S1")]).status == "optimal"


def test_of_fixed_pairs_that_differ_in_size_the_large_ones_are_named() -> None:
    asked = needs(need(need_id="N1", affected_people=3), need(need_id="N2", affected_people=90))
    offered = services(service(capacity_per_year=80))
    run = run_of(("N1", "S1", 0.5), ("N2", "S1", 0.5))
    plan = Planner().plan(asked, run, offered, agreed=[("N1", "S1"), ("N2", "S1")])
    assert [(limit.code, limit.facts.get("need_id")) for limit in plan.binding] == [
        ("capacity", None),
        ("agreed", "N2"),
    ]


@pytest.mark.parametrize(
    ("options", "budgets", "code", "facts"),
    [
        ({"max_share": 0.5}, None, "share_cap", {"org_id": "O1", "share": 0.5, "asked": 2, "units": 1}),
        (
            {},
            [{"street": "临江街道", "budget_yuan": 5.0}],
            "budget",
            {"street": "临江街道", "budget_yuan": 5.0},
        ),
        ({}, [{"budget_yuan": 30.0}], "budget", {"budget_yuan": 30.0}),
    ],
)
def test_every_kind_of_limit_is_named_with_its_figures(
    options: dict[str, float], budgets: list[dict[str, object]] | None, code: str, facts: dict[str, object]
) -> None:
    asked = needs(need(need_id="N1"), need(need_id="N2"))
    offered = services(service(unit_price_yuan=18, price_unit="场"))
    run = run_of(("N1", "S1", 0.5), ("N2", "S1", 0.5))
    table = None if budgets is None else pd.DataFrame(budgets)
    plan = Planner(**options).plan(asked, run, offered, budgets=table, forced=[("N1", "S1"), ("N2", "S1")])
    assert (plan.binding[0].code, plan.binding[0].facts) == (code, facts)


def test_a_need_forced_to_two_services_asks_only_one() -> None:
    offered = services(service(), service(service_id="S2"))
    run = run_of(("N1", "S1", 0.5), ("N1", "S2", 0.5))
    plan = Planner().plan(needs(), run, offered, forced=[("N1", "S1"), ("N1", "S2")])
    assert codes(plan) == ["asked", "forced", "forced"]


def test_without_any_newcomer_the_floor_stands_alone() -> None:
    plan = Planner(newcomer_share=0.5).plan(needs(), run_of(("N1", "S1", 0.5)), services())
    assert codes(plan) == ["newcomer_share"]
    assert plan.binding[0].facts == {"share": 0.5, "asked": 1, "units": 1}
