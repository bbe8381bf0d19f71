"""Small plans against every plan there is."""

import pytest
from hypothesis import HealthCheck, given, settings

from matcher.plan import Plan, Planner
from tests.matcher.plan.small import District, allowed, districts, every_plan, fairness, takes, value_of

SLOW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def planned(district: District, *, fair: bool = False) -> Plan:
    needs, matches, services = district.tables()
    planner = Planner(
        fair=fair, max_share=district.max_share, newcomer_share=district.newcomer_share, gap=0.0
    )
    return planner.plan(needs, matches, services, budgets=district.budget_table())


def counted(district: District, plan: Plan) -> dict[tuple[str, str], int]:
    """Units of needs per pair, from units of capacity."""
    needs = {row["need_id"]: row for row in district.needs}
    services = {row["service_id"]: row for row in district.services}
    rows = plan.assignments[["need_id", "service_id", "units"]].itertuples(index=False, name=None)
    return {(a, b): units // takes(needs[a], services[b]) for a, b, units in rows}


@pytest.mark.parametrize("rules", [False, True])
def test_the_plan_is_the_best_of_all(*, rules: bool) -> None:
    @SLOW
    @given(districts(rules=rules))
    def holds(district: District) -> None:
        best = max((value_of(district, plan) for plan in every_plan(district)), default=None)
        plan = planned(district)
        if best is None:
            assert plan.status == "infeasible"
            return
        counts = counted(district, plan)
        assert plan.status == "optimal"
        assert allowed(district, counts)
        assert plan.objective == pytest.approx(best, abs=1e-7)
        assert plan.objective == pytest.approx(value_of(district, counts))
        assert plan.bound >= best - 1e-9

    holds()


@pytest.mark.parametrize("rules", [False, True])
def test_the_fair_plan_places_most_then_lifts_the_worst_then_the_total(*, rules: bool) -> None:
    @SLOW
    @given(districts(rules=rules))
    def holds(district: District) -> None:
        best = max((fairness(district, plan) for plan in every_plan(district)), default=None)
        plan = planned(district, fair=True)
        if best is None:
            assert plan.status == "infeasible"
            return
        counts = counted(district, plan)
        assert plan.status == "optimal"
        assert allowed(district, counts)
        assert fairness(district, counts) == pytest.approx(best, abs=1e-7)

    holds()


@SLOW
@given(districts(rules=True))
def test_what_lacks_units_is_told_with_a_reason(district: District) -> None:
    plan = planned(district)
    if not plan.feasible:
        return
    lacking = dict(zip(plan.unserved["need_id"], plan.unserved["units"], strict=True))
    assert plan.placed + sum(lacking.values()) == plan.asked
    assert plan.unserved["reasons"].map(len).ge(1).all()
    counts = counted(district, plan)
    for need_id, reasons in zip(plan.unserved["need_id"], plan.unserved["reasons"], strict=True):
        mine = [pair for pair in district.scores if pair[0] == need_id]
        one_more = [allowed(district, {**counts, pair: counts.get(pair, 0) + 1}) for pair in mine]
        assert ("outweighed" in reasons) == any(one_more)
        assert (reasons == ["no_candidate"]) == (not mine)


@SLOW
@given(districts(rules=True))
def test_an_alternate_has_room_where_the_need_gives_up_its_own(district: District) -> None:
    needs, matches, services = district.tables()
    plan = Planner(max_share=district.max_share, alternates=9).plan(
        needs, matches, services, budgets=district.budget_table()
    )
    counts = counted(district, plan)
    for need_id, others in zip(plan.assignments["need_id"], plan.assignments["alternates"], strict=True):
        without = {pair: n for pair, n in counts.items() if pair[0] != need_id}
        unused = [pair for pair in district.scores if pair[0] == need_id and not counts.get(pair)]
        loose = District(
            district.needs, district.services, district.scores, district.budgets, district.max_share
        )
        fitting = [pair for pair in unused if allowed(loose, {**without, pair: 1})]
        assert others == [b for _, b in sorted(fitting, key=lambda pair: (-district.scores[pair], pair[1]))]
