"""What a plan keeps to, and each refusal by its name."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can
from models.act import Act, Role
from models.catalogue import operations as catalogue_operations
from models.errors import DomainError, NotAllowed
from models.matching import operations as reviews
from models.matching.engine import Engine
from models.matching.operations import latest_run
from models.matching.review import Decision, RejectReason
from models.needs.need import NeedPhase
from models.planning import operations
from models.planning.binding import binding
from models.planning.page import plan_page
from models.planning.plan import LineFlag, Plan, Proof, UnservedReason
from models.planning.queries import Ready, plans, ready
from models.planning.solving import Parameters
from tests.factories import catalogue, matching, needs, parties, planning


def refusal(verb: Callable[[], object]) -> DomainError:
    """The refusal a verb gives."""
    with pytest.raises(DomainError) as refused:
        verb()
    return refused.value


def test_every_need_is_given_the_best_service_that_has_room(session: Session) -> None:
    planning.offer(session, "失能老人送餐上门")
    planning.offer(session, "社区长者食堂配餐", places=5)
    first, second = planning.matched(session)
    plan = planning.build(session, planning.official(session))
    assert (plan.asked, plan.placed, plan.proof, plan.gap) == (2, 2, Proof.OPTIMAL, 0)
    assert sorted(filter(None, planning.chosen(plan).values())) == ["失能老人送餐上门", "社区长者食堂配餐"]
    assert plan.score == pytest.approx(sum(line.score for line in plan.lines if line.score))
    assert {line.run_id for line in plan.lines} == {latest_run(session, n.id).id for n in (first, second)}
    page = plan_page(session, plan, planning.official(session))
    assert page.worst is not None
    assert page.worst.score == plan.worst


def test_a_need_without_room_says_so_and_stand_ins_have_room(session: Session) -> None:
    planning.offer(session, "失能老人送餐上门")
    planning.matched(session, count=3)
    by = planning.official(session)
    plan = planning.build(session, by)
    page = plan_page(session, plan, by)
    assert (len(page.served), len(page.unserved)) == (1, 2)
    assert page.reasons == {UnservedReason.FULL: 2}
    planning.offer(session, "社区长者食堂配餐", places=5)
    engine, after = Engine(), planning.later(by)
    for line in plan.lines:
        matching.run(session, line.need, by=after, engine=engine)
    with_other = planning.build(session, after)
    (line,) = (each for each in with_other.lines if each.service.title == "失能老人送餐上门")
    assert [other.service.title for other in line.alternates] == ["社区长者食堂配餐"]


def test_services_that_share_little_with_a_need_are_no_candidates(session: Session) -> None:
    planning.offer(session, "青少年象棋兴趣班", terms=("YO-01", "B06"), description="暑假教中小学生下象棋。")
    planning.matched(session, count=1)
    by = planning.official(session)
    page = plan_page(session, planning.build(session, by), by)
    assert page.reasons == {UnservedReason.NO_CANDIDATE: 1}
    assert page.worst is None


def test_only_open_needs_that_were_run_are_planned(session: Session) -> None:
    planning.offer(session, "失能老人送餐上门", places=9)
    (need,) = planning.matched(session, count=1)
    needs.need(session)  # never run
    by = planning.official(session)
    for phase in (NeedPhase.SUBMITTED, NeedPhase.MATCHED, NeedPhase.CLOSED):
        needs.need(session, phase)
    assert ready(session, parties.DISTRICT, by) == Ready(matched=1, unmatched=1)
    plan = planning.build(session, by)
    assert [line.need for line in plan.lines] == [need]
    assert operations.match_rest(session, planning.unit(session), by, Engine()) == 1
    assert planning.build(session, by).asked == 2


def test_without_matched_needs_there_is_no_plan(session: Session) -> None:
    needs.need(session)
    by = planning.official(session)
    assert refusal(lambda: planning.build(session, by)).code == "no_matched_needs"


def test_a_district_without_a_service_left_is_planned_without_any(session: Session) -> None:
    offered = planning.offer(session, "失能老人送餐上门")
    planning.matched(session, count=1)
    staff = catalogue.staff_act(offered.organisation, parties.NOON)
    catalogue_operations.retire(session, offered, staff)
    assert planning.build(session, planning.official(session)).placed == 0


def test_what_reviewers_accepted_stays_and_what_they_rejected_is_left_out(session: Session) -> None:
    best = planning.offer(session, "高龄老人助餐送餐上门", places=5)
    other = planning.offer(session, "社区长者食堂配餐", places=5)
    first, second = planning.matched(session)
    by = planning.official(session)
    kept = matching.match_of(latest_run(session, first.id), other)
    matching.accept(session, kept, by)
    left = matching.match_of(latest_run(session, second.id), best)
    reviews.review(session, left, by, decision=Decision.REJECT, reason=RejectReason.TOO_FAR)
    plan = planning.build(session, by)
    agreed = planning.line_of(plan, first)
    assert (agreed.service, agreed.told) == (other, [LineFlag.AGREED])
    assert planning.line_of(plan, second).service == other


def test_a_service_refused_by_a_limit_is_planned_only_where_a_reviewer_accepted_it(session: Session) -> None:
    dear = planning.offer(session, "老人营养餐配送项目", price=900000)
    (need,) = planning.matched(session, count=1)
    by = planning.official(session)
    page = plan_page(session, planning.build(session, by), by)
    assert page.reasons == {UnservedReason.REFUSED: 1}
    match = matching.match_of(latest_run(session, need.id), dear)
    reviews.review(session, match, by, decision=Decision.ACCEPT, words="区里补足差额。")
    line = planning.line_of(planning.build(session, by), need)
    assert (line.service, line.score) == (dear, match.score)


def test_no_organisation_gets_more_than_the_cap(session: Session) -> None:
    one = parties.organisation(session)
    planning.offer(session, "失能老人送餐上门", places=9, organisation=one)
    planning.matched(session, count=4)
    by = planning.official(session)
    page = plan_page(session, planning.build(session, by, cap_percent=50), by)
    assert (page.organisations[0].needs, page.reasons) == (2, {UnservedReason.SHARE_CAP: 2})
    error = refusal(lambda: planning.build(session, by, cap_percent=24))
    assert (error.code, error.field, error.facts) == (
        "cap_below_one_need",
        "cap_percent",
        {"asked": 4, "least": 25},
    )


def test_newcomers_are_those_nobody_accepted_in_a_year(session: Session) -> None:
    known = planning.offer(session, "高龄老人助餐送餐上门", places=9)
    planning.offer(session, "社区长者食堂配餐", places=9)
    (settled, *_rest) = planning.matched(session, count=3)
    by = planning.official(session)
    matching.accept(session, matching.match_of(latest_run(session, settled.id), known), by)
    reviews.conclude(session, settled, by)
    half = planning.build(session, by, newcomer_percent=50)
    assert sorted(planning.chosen(half).values()) == ["社区长者食堂配餐", "高龄老人助餐送餐上门"]


def test_street_budgets_bind_only_when_asked(session: Session) -> None:
    planning.offer(session, "失能老人送餐上门", places=9, price=50000)
    planning.matched(session, count=2, budget=Decimal(60000))
    planning.matched(session, count=1, budget=Decimal(50000), unit=parties.ELSEWHERE)
    by = planning.official(session)
    free = plan_page(session, planning.build(session, by), by)
    assert [(str(each.unit.code), each.cost, each.budget, each.over) for each in free.streets] == [
        (parties.STREET, Decimal(100000), Decimal(120000), 0),
        (parties.OTHER_STREET, Decimal(50000), Decimal(50000), 0),
    ]
    assert planning.build(session, by, street_budgets=True).placed == 3


def test_a_street_that_cannot_pay_for_all_leaves_needs_out(session: Session) -> None:
    planning.offer(session, "失能老人送餐上门", places=9, price=50000)
    (rich,) = planning.matched(session, count=1, budget=Decimal(60000))
    planning.matched(session, count=1, budget=None)
    by = planning.official(session)
    page = plan_page(session, planning.build(session, by, street_budgets=True), by)
    assert page.reasons == {UnservedReason.BUDGET: 1}
    loose = plan_page(session, planning.build(session, by), by)
    assert (loose.streets[0].budget, loose.streets[0].over) == (rich.budget, Decimal(40000))


def test_limits_that_cannot_hold_together_are_named(session: Session) -> None:
    only = planning.offer(session, "失能老人送餐上门")
    first, second = planning.matched(session)
    by = planning.official(session)
    for need in (first, second):
        matching.accept(session, matching.match_of(latest_run(session, need.id), only), by)
    error = refusal(lambda: planning.build(session, by))
    assert error.code == "plan_infeasible"
    named = binding(session, error.facts["limits"])
    assert [(each.code, each.service) for each in named] == [
        ("capacity", only),
        ("agreed", only),
        ("agreed", only),
    ]
    assert {each.need for each in named[1:]} == {first, second}


def test_pressing_build_twice_builds_once(session: Session) -> None:
    planning.offer(session, "失能老人送餐上门")
    planning.matched(session, count=1)
    by, key = planning.official(session), uuid4()
    made = [
        operations.build(session, planning.unit(session), by, parameters=Parameters(), id=key) for _ in "12"
    ]
    assert made[0] is made[1]
    again = [operations.resolve(session, made[0], by, id=uuid4()) for _ in "1"]
    assert operations.resolve(session, made[0], by, id=again[0].id) is again[0]
    assert session.scalar(select(func.count(Plan.id))) == 2


def test_building_is_for_officials_of_the_district(session: Session) -> None:
    planning.offer(session, "失能老人送餐上门")
    planning.matched(session, count=1)
    unit = planning.unit(session)
    for role in (Role.STREET_OFFICIAL, Role.CITY_OFFICIAL, Role.AUDITOR, Role.HUB, Role.COMMUNITY_WORKER):
        act = parties.act_as(session, role)
        with pytest.raises(NotAllowed):
            operations.build(session, unit, act, parameters=Parameters())
        with pytest.raises(NotAllowed):
            operations.match_rest(session, unit, act, Engine())


def test_what_is_listed_is_what_may_be_read(session: Session) -> None:
    planning.offer(session, "失能老人送餐上门")
    planning.matched(session, count=1)
    plan = planning.build(session, planning.official(session))
    for role in (Role.DISTRICT_OFFICIAL, Role.CITY_OFFICIAL, Role.AUDITOR):
        for unit in (None, parties.OTHER_STREET):
            usual = parties.act_as(session, role)
            scope = unit or usual.actor.unit_code
            act = Act(replace(usual.actor, unit_code=scope), usual.at)
            listed = [row.plan for row in plans(session, act).rows]
            assert (plan in listed) == can(act, Permission.PLAN_VIEW, plan)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    places=st.lists(st.integers(1, 3), min_size=1, max_size=3),
    count=st.integers(1, 4),
    fair=st.booleans(),
    cap=st.sampled_from([None, 50, 100]),
)
def test_no_plan_exceeds_capacity_or_cap(
    session: Session, places: list[int], count: int, fair: bool, cap: int | None
) -> None:
    with session.begin_nested() as undo:
        offers = [planning.offer(session, f"老人送餐上门第{i}队", places=n) for i, n in enumerate(places)]
        planning.matched(session, count=count)
        if cap is not None and cap * count < 100:
            cap = None
        plan = planning.build(session, planning.official(session), fair=fair, cap_percent=cap)
        given_ = [line.service_id for line in plan.lines if line.service_id]
        for offer, room in zip(offers, places, strict=True):
            assert given_.count(offer.id) <= min(room, count * (cap or 100) // 100)
        assert plan.placed == len(given_) <= plan.asked == count
        assert plan.objective <= plan.bound + 1e-9
        undo.rollback()
