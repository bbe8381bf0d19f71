"""Changing a plan by hand and solving again, and each refusal by its name."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.audit.timeline import timeline
from models.catalogue import operations as catalogue_operations
from models.catalogue.service import Service
from models.errors import DomainError, NotAllowed
from models.matching import operations as reviews
from models.matching.operations import latest_run
from models.matching.review import Decision, RejectReason
from models.needs.need import Need
from models.planning import adopting, editing, operations
from models.planning.binding import binding
from models.planning.comparing import comparison
from models.planning.edit import EditKind, PlanEdit
from models.planning.line_page import line_page
from models.planning.page import plan_page
from models.planning.plan import LineFlag, Plan, UnservedReason
from tests.factories import catalogue, matching, parties, planning

WHY = "居民信任这家机构。"


def refusal(verb: Callable[[], object]) -> str:
    """The code of the refusal a verb gives."""
    with pytest.raises(DomainError) as refused:
        verb()
    return refused.value.code


@pytest.fixture
def offers(session: Session) -> list[Service]:
    """A service that fits very well, and a lesser one."""
    best = planning.offer(session, "高龄老人助餐送餐上门", places=9)
    return [best, planning.offer(session, "社区长者食堂配餐", places=9)]


@pytest.fixture
def needs_(session: Session, offers: list[Service]) -> list[Need]:
    """Two needs, matched."""
    return planning.matched(session)


@pytest.fixture
def by(session: Session) -> Act:
    """The official who plans."""
    return planning.official(session)


@pytest.fixture
def plan(session: Session, needs_: list[Need], by: Act) -> Plan:
    """Both needs with the better service."""
    return planning.build(session, by)


def resolved(session: Session, plan: Plan, by: Act) -> Plan:
    made = operations.resolve(session, plan, by)
    session.flush()
    return made


def test_a_forced_pair_is_in_the_next_plan_and_the_old_one_stays(
    session: Session, plan: Plan, needs_: list[Need], offers: list[Service], by: Act
) -> None:
    line = planning.line_of(plan, needs_[0])
    editing.force(session, line, by, service_id=offers[1].id, reason=WHY)
    after = resolved(session, plan, planning.later(by))
    forced = planning.line_of(after, needs_[0])
    assert (after.follows, forced.service, forced.told) == (plan, offers[1], [LineFlag.FORCED])
    assert planning.line_of(after, needs_[1]).service == offers[0]
    assert line.service == offers[0]
    found = comparison(session, plan, after, by)
    assert [(each.need, each.change, each.before, each.after) for each in found.changes] == [
        (needs_[0], "moved", offers[0], offers[1])
    ]
    assert (found.kept, found.placed) == (1, 0)
    assert found.score == pytest.approx(after.score - plan.score)
    assert found.score < 0


def test_a_forbidden_pair_is_not_in_the_next_plan(
    session: Session, plan: Plan, needs_: list[Need], offers: list[Service], by: Act
) -> None:
    line = planning.line_of(plan, needs_[0])
    for offer in offers:
        editing.forbid(session, line, by, service_id=offer.id, reason=WHY)
    after = resolved(session, plan, planning.later(by))
    assert planning.line_of(after, needs_[0]).told == [UnservedReason.FORBIDDEN]
    assert [each.change for each in comparison(session, plan, after, by).changes] == ["lost"]
    assert [each.change for each in comparison(session, after, plan, by).changes] == ["gained"]


def test_an_edit_waits_until_it_is_solved_with_and_a_dropped_one_too(
    session: Session, plan: Plan, needs_: list[Need], offers: list[Service], by: Act
) -> None:
    line = planning.line_of(plan, needs_[0])
    edit = editing.forbid(session, line, by, service_id=offers[0].id, reason=WHY)
    assert plan_page(session, plan, by).waiting_edits == 1
    after = resolved(session, plan, planning.later(by))
    (carried,) = plan_page(session, after, by).edits
    assert (carried.waits, carried.reason, carried.at, carried.editor) == (False, WHY, edit.at, edit.editor)
    editing.drop(session, carried, by)
    editing.drop(session, carried, by)  # pressed twice
    assert carried.waits
    back = resolved(session, after, planning.later(by, 2))
    assert planning.line_of(back, needs_[0]).service == offers[0]
    assert plan_page(session, back, by).edits == []
    editing.drop(session, edit, by)
    assert plan_page(session, plan, by).edits == []  # never solved with: nothing waits
    assert [entry.action for entry in timeline(session, plan)] == [
        "plan.build",
        "plan.forbid",
        "plan.drop_edit",
    ]


def test_an_edit_needs_a_reason(
    session: Session, plan: Plan, needs_: list[Need], offers: list[Service], by: Act
) -> None:
    line = planning.line_of(plan, needs_[0])
    for verb in (editing.force, editing.forbid):
        for reason, code in ((" ", "edit_reason_missing"), ("长" * 1001, "words_too_long")):
            said = {"service_id": offers[0].id, "reason": reason}
            assert refusal(lambda v=verb, s=said: v(session, line, by, **s)) == code
    session.add(
        PlanEdit(
            plan=plan,
            need=needs_[0],
            service=offers[0],
            kind=EditKind.FORBID,
            reason="",
            at=by.at,
            carried=False,
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_service_no_match_has_found_cannot_be_chosen(
    session: Session, plan: Plan, needs_: list[Need], by: Act
) -> None:
    late = planning.offer(session, "后来的送餐服务")
    line = planning.line_of(plan, needs_[0])
    code = refusal(lambda: editing.force(session, line, by, service_id=late.id, reason=WHY))
    assert code == "service_not_found_for_need"


def test_edits_of_a_need_do_not_contradict_one_another(
    session: Session, plan: Plan, needs_: list[Need], offers: list[Service], by: Act
) -> None:
    line, (best, other) = planning.line_of(plan, needs_[0]), offers
    first = editing.force(session, line, by, service_id=best.id, reason=WHY)
    assert editing.force(session, line, by, service_id=best.id, reason=WHY) is first  # pressed twice
    for verb, service in ((editing.forbid, best), (editing.force, other)):
        code = refusal(lambda v=verb, s=service: v(session, line, by, service_id=s.id, reason=WHY))
        assert code == "edited_otherwise"
    editing.forbid(session, line, by, service_id=other.id, reason=WHY)
    assert session.scalar(select(func.count(PlanEdit.id))) == 2


def test_an_edit_does_not_overrule_a_review(
    session: Session, plan: Plan, needs_: list[Need], offers: list[Service], by: Act
) -> None:
    line, (best, other) = planning.line_of(plan, needs_[0]), offers
    run = latest_run(session, needs_[0].id)
    editing.forbid(session, line, by, service_id=best.id, reason=WHY)
    matching.accept(session, matching.match_of(run, best), by)
    assert refusal(lambda: operations.resolve(session, plan, by)) == "forbidden_is_accepted"
    second = planning.line_of(plan, needs_[1])
    run = latest_run(session, needs_[1].id)
    matching.accept(session, matching.match_of(run, best), by)
    code = refusal(lambda: editing.forbid(session, second, by, service_id=best.id, reason=WHY))
    assert code == "forbidden_is_accepted"
    rejected = matching.match_of(run, other)
    reviews.review(session, rejected, by, decision=Decision.REJECT, reason=RejectReason.TOO_FAR)
    code = refusal(lambda: editing.force(session, second, by, service_id=other.id, reason=WHY))
    assert code == "forced_is_rejected"
    shown = line_page(session, second, by).choices
    assert {each.match.service: each.decision for each in shown} == {
        best: Decision.ACCEPT,
        other: Decision.REJECT,
    }


def test_forcing_another_service_than_the_accepted_one_names_what_clashes(
    session: Session, plan: Plan, needs_: list[Need], offers: list[Service], by: Act
) -> None:
    line, (best, other) = planning.line_of(plan, needs_[0]), offers
    matching.accept(session, matching.match_of(latest_run(session, needs_[0].id), best), by)
    editing.force(session, line, by, service_id=other.id, reason=WHY)
    with pytest.raises(DomainError) as refused:
        operations.resolve(session, plan, by)
    named = binding(session, refused.value.facts["limits"])
    assert [(each.code, each.need, each.service) for each in named] == [
        ("asked", needs_[0], None),
        *sorted([("agreed", needs_[0], best), ("forced", needs_[0], other)], key=lambda each: each[2].id.hex),
    ]


def test_a_service_that_is_gone_cannot_be_forced(
    session: Session, plan: Plan, needs_: list[Need], offers: list[Service], by: Act
) -> None:
    line, other = planning.line_of(plan, needs_[0]), offers[1]
    editing.force(session, line, by, service_id=other.id, reason=WHY)
    catalogue_operations.retire(session, other, catalogue.staff_act(other.organisation, parties.NOON))
    assert refusal(lambda: operations.resolve(session, plan, by)) == "forced_is_not_offered"
    second = planning.line_of(plan, needs_[1])
    code = refusal(lambda: editing.force(session, second, by, service_id=other.id, reason=WHY))
    assert code == "forced_is_not_offered"


def test_edits_of_needs_that_were_settled_are_left_behind(
    session: Session, plan: Plan, needs_: list[Need], offers: list[Service], by: Act
) -> None:
    editing.force(session, planning.line_of(plan, needs_[0]), by, service_id=offers[1].id, reason=WHY)
    run = latest_run(session, needs_[0].id)
    matching.accept(session, matching.match_of(run, offers[0]), by)
    reviews.conclude(session, needs_[0], by)
    after = resolved(session, plan, planning.later(by))
    assert [line.need for line in after.lines] == [needs_[1]]
    assert plan_page(session, after, by).edits == []
    assert plan_page(session, plan, planning.later(by)).moved_on == 1


@pytest.mark.parametrize("closing", [operations.withdraw, adopting.adopt])
def test_only_a_draft_is_edited(
    session: Session,
    plan: Plan,
    needs_: list[Need],
    offers: list[Service],
    by: Act,
    closing: Callable[[Session, Plan, Act], None],
) -> None:
    line = planning.line_of(plan, needs_[0])
    edit = editing.forbid(session, line, by, service_id=offers[1].id, reason=WHY)
    after = resolved(session, plan, by)
    (carried,) = plan_page(session, after, by).edits
    closing(session, after, by)
    mine = planning.line_of(after, needs_[0])
    assert refusal(lambda: editing.drop(session, carried, by)) == "wrong_phase"
    code = refusal(lambda: editing.force(session, mine, by, service_id=offers[1].id, reason=WHY))
    assert code == "wrong_phase"
    editing.drop(session, edit, by)  # the plan before is still a draft


def test_a_plan_put_aside_is_not_solved_again(session: Session, plan: Plan, by: Act) -> None:
    operations.withdraw(session, plan, by)
    assert refusal(lambda: operations.resolve(session, plan, by)) == "wrong_phase"


@pytest.mark.parametrize("role", [Role.CITY_OFFICIAL, Role.STREET_OFFICIAL, Role.AUDITOR, Role.HUB])
def test_editing_is_for_officials_of_the_district(
    session: Session, plan: Plan, needs_: list[Need], offers: list[Service], by: Act, role: Role
) -> None:
    line = planning.line_of(plan, needs_[0])
    edit = editing.forbid(session, line, by, service_id=offers[0].id, reason=WHY)
    act = parties.act_as(session, role)
    said = {"service_id": offers[0].id, "reason": WHY}
    for verb in (
        lambda: editing.force(session, line, act, **said),
        lambda: editing.forbid(session, line, act, **said),
        lambda: editing.drop(session, edit, act),
        lambda: operations.resolve(session, plan, act),
        lambda: operations.withdraw(session, plan, act),
        lambda: adopting.adopt(session, plan, act),
    ):
        with pytest.raises(NotAllowed):
            verb()
