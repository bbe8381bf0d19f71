"""What a plan keeps to: edits, units, assumptions, order of rows; and what it says of bad tables."""

import numpy as np
import pandas as pd
import pytest

from matcher import SheetError
from matcher.plan import Plan, Planner, compare
from tests.matcher.tables import need, needs, service, services


def run_of(*pairs: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(list(pairs), columns=["need_id", "service_id", "score"])


def pairs(plan: Plan) -> list[tuple[str, str, int]]:
    return list(plan.assignments[["need_id", "service_id", "units"]].itertuples(index=False, name=None))


THREE = needs(*(need(need_id=f"N{at}") for at in (1, 2, 3)))
TWO = services(
    *(service(service_id=f"S{at}", org_id=f"O{at}", price_unit="场", capacity_free=2) for at in (1, 2))
)
RUN = run_of(*((f"N{a}", f"S{b}", round(0.9 - 0.1 * a - 0.05 * b, 2)) for a in (1, 2, 3) for b in (1, 2)))


def test_a_need_takes_its_people_of_a_capacity_by_heads_and_one_of_any_other() -> None:
    offered = services(
        service(service_id="S1", price_unit="人次", unit_price_yuan=18, capacity_free=50),
        service(service_id="S2", price_unit="场", unit_price_yuan=500, capacity_free=1),
    )
    asked = needs(need(need_id="N1", affected_people=40), need(need_id="N2", affected_people=40))
    plan = Planner().plan(asked, run_of(("N1", "S1", 0.9), ("N2", "S1", 0.8), ("N2", "S2", 0.1)), offered)
    assert pairs(plan) == [("N1", "S1", 40), ("N2", "S2", 1)]
    assert plan.assignments["cost_yuan"].tolist() == [720.0, 500.0]
    assert plan.objective == pytest.approx(1.0)


def test_a_need_with_units_is_divided_among_services() -> None:
    asked = THREE.head(1).assign(units=3)
    plan = Planner().plan(asked, RUN.head(2), TWO)
    assert pairs(plan) == [("N1", "S1", 2), ("N1", "S2", 1)]
    assert plan.objective == pytest.approx(2 * 0.75 + 0.70)


def test_one_need_larger_than_everything_is_said_to_be_too_large() -> None:
    plan = Planner().plan(needs(need(affected_people=10**9)), run_of(("N1", "S1", 0.9)), services())
    assert plan.unserved.to_dict("records") == [{"need_id": "N1", "units": 1, "reasons": ["too_large"]}]
    huge = needs(need(units=10**7))
    plan = Planner().plan(huge, run_of(("N1", "S1", 0.9)), services())
    assert (pairs(plan), plan.unserved["units"].tolist()) == ([("N1", "S1", 5000)], [10**7 - 5000])


def test_forced_forbidden_and_agreed_pairs_are_kept() -> None:
    plan = Planner().plan(
        THREE, RUN, TWO, forced=[("N3", "S1")], forbidden=[("N1", "S1")], agreed=[("N2", "S2")]
    )
    assert pairs(plan) == [("N1", "S2", 1), ("N2", "S2", 1), ("N3", "S1", 1)]
    assert plan.assignments["flags"].tolist() == [[], ["agreed"], ["forced"]]
    assert plan.status == "optimal"


def test_a_pair_fixed_by_hand_may_be_outside_the_run_and_scores_nothing() -> None:
    plan = Planner().plan(needs(), RUN.head(0), TWO, forced=[("N1", "S2")])
    assert pairs(plan) == [("N1", "S2", 1)]
    assert (plan.objective, plan.assignments["flags"].tolist()) == (0.0, [["forced", "unscored"]])


def test_an_earlier_plan_is_an_agreement_as_it_stands() -> None:
    first = Planner().plan(THREE, RUN, TWO)
    again = Planner().plan(
        THREE, RUN.assign(score=RUN["score"][::-1].to_numpy()), TWO, agreed=first.assignments
    )
    assert pairs(again) == pairs(first)


def test_a_plan_made_anew_stays_near_to_the_one_before_where_that_costs_little() -> None:
    run = run_of(("N1", "S1", 0.50), ("N1", "S2", 0.52))
    before = run_of(("N1", "S1", 0.5))
    assert pairs(Planner().plan(needs(), run, TWO, before=before)) == [("N1", "S2", 1)]
    kept = Planner(stability=0.05).plan(needs(), run, TWO, before=before)
    assert pairs(kept) == [("N1", "S1", 1)]
    assert (kept.objective, kept.score) == (pytest.approx(0.55), pytest.approx(0.50))


def test_a_comparison_says_who_moved_gained_and_lost() -> None:
    one = TWO.assign(capacity_free=1)
    first = Planner().plan(THREE, RUN.iloc[:4], one)
    second = Planner().plan(THREE, RUN.iloc[[1, 4, 5]], one)
    changes = compare(first, second).changes.to_dict("records")
    assert [(row["need_id"], row["change"], row["before"], row["after"]) for row in changes] == [
        ("N1", "moved", ["S1"], ["S2"]),
        ("N2", "lost", ["S2"], []),
        ("N3", "gained", [], ["S1"]),
    ]
    assert compare(first, first).changes.empty
    assert compare(first, second).score == pytest.approx(0.70 + 0.55 - 0.75 - 0.60)


@pytest.mark.parametrize("fair", [False, True])
@pytest.mark.parametrize("share", [None, 0.4])
def test_the_order_of_rows_does_not_matter(*, fair: bool, share: float | None) -> None:
    draw = np.random.default_rng(3)
    asked = needs(*(need(need_id=f"N{at:02}") for at in range(20)))
    offered = services(
        *(
            service(service_id=f"S{at}", org_id=f"O{at % 3}", price_unit="场", capacity_free=4)
            for at in range(6)
        )
    )
    run = run_of(*((f"N{a:02}", f"S{b}", draw.integers(1, 5) / 5) for a in range(20) for b in range(6)))
    planner = Planner(fair=fair, max_share=share)
    plan = planner.plan(asked, run, offered)
    for _ in range(3):
        mixed = [table.sample(frac=1, random_state=draw) for table in (asked, run, offered)]
        again = planner.plan(*mixed)
        pd.testing.assert_frame_equal(again.assignments, plan.assignments)
        pd.testing.assert_frame_equal(again.unserved, plan.unserved)


@pytest.mark.parametrize("share", [None, 0.6])
def test_of_equals_the_lower_id_comes_first(share: float | None) -> None:
    run = run_of(*((f"N{a}", f"S{b}", 0.5) for a in (3, 2, 1) for b in (2, 1)))
    one = TWO.assign(capacity_free=1)
    assert pairs(Planner(max_share=share).plan(THREE, run, one)) == [("N1", "S1", 1), ("N2", "S2", 1)]


def test_arguments_stay_as_they_are() -> None:
    tables = [THREE.copy(), RUN.copy(), TWO.copy()]
    budgets = pd.DataFrame({"org_id": ["O1"], "budget_yuan": [20.0]})
    Planner(fair=True, max_share=0.9).plan(*tables, budgets=budgets, before=RUN.head(1))
    for table, as_it_was in zip(tables, (THREE, RUN, TWO), strict=True):
        pd.testing.assert_frame_equal(table, as_it_was)
    assert budgets.to_dict("list") == {"org_id": ["O1"], "budget_yuan": [20.0]}


def test_an_unknown_capacity_is_room_for_one_need_and_flagged() -> None:
    offered = services(service(capacity_per_year=None, price_unit="人次"))
    asked = needs(need(need_id="N1", affected_people=500), need(need_id="N2"))
    run = run_of(("N1", "S1", 0.9), ("N2", "S1", 0.8))
    plan = Planner().plan(asked, run, offered)
    assert pairs(plan) == [("N1", "S1", 1)]
    assert plan.assignments["flags"].tolist() == [["capacity_unknown"]]
    assert Planner(unknown_capacity=2).plan(asked, run, offered).placed == 2


def test_under_a_budget_an_unknown_price_is_what_the_need_has_to_spend() -> None:
    offered = services(service(unit_price_yuan=None, price_unit="场"))
    run = run_of(("N1", "S1", 0.9))
    budgets = pd.DataFrame({"street": ["临江街道"], "budget_yuan": [500]})
    plan = Planner().plan(needs(need(budget_yuan=400)), run, offered, budgets=budgets)
    assert plan.assignments[["cost_yuan", "flags"]].values.tolist() == [[400.0, ["price_unknown"]]]
    nobody_knows = Planner().plan(needs(need(budget_yuan=None)), run, offered, budgets=budgets)
    assert nobody_knows.unserved["reasons"].tolist() == [["price_unknown"]]


def test_a_budget_of_several_columns_holds_for_the_pairs_that_agree_with_all() -> None:
    asked = needs(need(need_id="N1", street="东街"), need(need_id="N2", street="西街"))
    offered = TWO.assign(unit_price_yuan=100)
    budgets = pd.DataFrame({"street": ["东街", ""], "org_id": ["O1", ""], "budget_yuan": [0, 1000]})
    plan = Planner().plan(asked, RUN.head(4), offered, budgets=budgets)
    assert pairs(plan) == [("N1", "S2", 1), ("N2", "S1", 1)]


def test_why_a_need_got_nothing() -> None:
    asked = needs(*(need(need_id=f"N{at}") for at in range(1, 7)))
    offered = services(
        *(service(service_id=f"S{at}", org_id=f"O{at}", price_unit="场", capacity_free=at) for at in range(4))
    )
    run = run_of(
        ("N1", "S3", 0.9),
        ("N2", "S0", 0.9),
        ("N3", "S1", 0.9),
        ("N4", "S1", 0.8),
        ("N5", "S3", 0.7),
        ("N5", "S2", 0.6),
    )
    budgets = pd.DataFrame({"org_id": ["O3"], "budget_yuan": [20]})
    plan = Planner().plan(asked, run, offered, budgets=budgets, forbidden=[("N5", "S2")])
    assert dict(zip(plan.unserved["need_id"], plan.unserved["reasons"], strict=True)) == {
        "N2": ["too_large"],
        "N4": ["full"],
        "N5": ["forbidden", "budget"],
        "N6": ["no_candidate"],
    }


def test_a_pair_that_the_run_refuses_is_no_candidate() -> None:
    run = run_of(("N1", "S1", 0.9)).assign(verdict="refused")
    assert Planner().plan(needs(), run, services()).unserved["reasons"].tolist() == [["refused"]]


def test_no_organisation_gets_more_than_its_share_of_all_units() -> None:
    plan = Planner(max_share=0.34).plan(THREE, RUN, TWO)
    assert plan.placed == 2
    assert plan.unserved["reasons"].tolist() == [["share_cap"]]


def test_services_of_one_organisation_may_offer_a_need_its_only_place() -> None:
    budgets = pd.DataFrame({"street": ["临江街道"], "budget_yuan": [30]})
    asked = needs(need(need_id="N1", affected_people=1), need(need_id="N2", affected_people=1))
    plan = Planner().plan(asked, RUN.head(4), TWO, budgets=budgets)
    assert pairs(plan) == [("N1", "S1", 1)]
    assert plan.unserved["reasons"].tolist() == [["budget"]]


def test_newcomers_get_their_floor_though_others_score_higher() -> None:
    marked = TWO.assign(newcomer=["", "yes"])
    plan = Planner(newcomer_share=0.6).plan(THREE, RUN, marked)
    assert plan.assignments["service_id"].tolist().count("S2") == 2


def test_nothing_to_plan_is_an_empty_plan() -> None:
    for asked, run in ((THREE.head(0), RUN.head(0)), (THREE, RUN.head(0))):
        plan = Planner(max_share=0.5).plan(asked, run, TWO)
        assert (plan.status, plan.objective, plan.gap, len(plan.assignments)) == ("optimal", 0.0, 0.0, 0)
        assert plan.unserved["reasons"].tolist() == [["no_candidate"]] * len(asked)
        assert Planner(fair=True).plan(asked, run, TWO).placed == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"matches": run_of(("N1", "S1", float("nan")))}, "bad_score"),
        ({"matches": run_of(("N1", "S1", -0.1))}, "bad_score"),
        ({"matches": run_of(("N1", "S1", 0.5), ("N1", "S1", 0.4))}, "duplicate_pair"),
        ({"matches": run_of(("N9", "S1", 0.5))}, "unknown_id"),
        ({"matches": run_of(("N1", "S9", 0.5))}, "unknown_id"),
        ({"matches": RUN.drop(columns="score")}, "missing_column"),
        ({"forced": [("N9", "S1")]}, "unknown_id"),
        ({"forbidden": [("N1", "S9")]}, "unknown_id"),
        ({"forced": [("N1", "S1")], "forbidden": [("N1", "S1")]}, "forced_and_forbidden"),
        ({"agreed": [("N1", "S1")], "forbidden": [("N1", "S1")]}, "agreed_and_forbidden"),
        ({"agreed": [("N1", "S1", 0.5)]}, "bad_units"),
        ({"needs": THREE.assign(units=1.5)}, "bad_units"),
        ({"needs": THREE.assign(units="many")}, "bad_number"),
        ({"budgets": pd.DataFrame({"street": ["a"]})}, "missing_column"),
        ({"budgets": pd.DataFrame({"moon": ["a"], "budget_yuan": [1]})}, "unknown_column"),
        ({"budgets": pd.DataFrame({"street": ["a"], "budget_yuan": [None]})}, "bad_budget"),
    ],
)
def test_a_bad_table_is_refused_with_its_code(change: dict[str, object], code: str) -> None:
    tables: dict[str, object] = {"needs": THREE, "matches": RUN, "services": TWO, **change}
    with pytest.raises(SheetError) as raised:
        Planner().plan(**tables)
    assert raised.value.code == code


@pytest.mark.parametrize("option", [{"max_share": 1.1}, {"newcomer_share": -0.1}, {"time_limit": -1.0}])
def test_a_bad_option_is_refused(option: dict[str, float]) -> None:
    with pytest.raises(SheetError):
        Planner(**option).plan(THREE, RUN, TWO)
