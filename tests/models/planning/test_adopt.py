"""What adopting a plan does to the reviews of its needs, and what it leaves alone."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.act import Act
from models.catalogue import operations as catalogue_operations
from models.catalogue.service import Service
from models.errors import Conflict, Invalid
from models.matching import operations as reviews
from models.matching.operations import accepted, latest_run, live_review
from models.matching.review import Decision, RejectReason, Review
from models.needs.need import Need
from models.parties.organisation import ListFlag
from models.planning import adopting, editing, operations
from models.planning.lifecycle import phase_at
from models.planning.page import plan_page
from models.planning.plan import AdoptOutcome, Plan, PlanLine, PlanPhase
from models.session import make_sessions, transaction
from tests.factories import catalogue, matching, parties, planning


@pytest.fixture
def offers(session: Session) -> list[Service]:
    """A service that fits very well, and a lesser one."""
    best = planning.offer(session, "高龄老人助餐送餐上门", places=9)
    return [best, planning.offer(session, "社区长者食堂配餐", places=9)]


@pytest.fixture
def by(session: Session) -> Act:
    """The official who plans."""
    return planning.official(session)


@pytest.fixture
def need(session: Session, offers: list[Service]) -> Need:
    """One need, matched."""
    (made,) = planning.matched(session, count=1)
    return made


@pytest.fixture
def plan(session: Session, need: Need, by: Act) -> Plan:
    """The need with the better service."""
    return planning.build(session, by)


def outcome(session: Session, plan: Plan, by: Act) -> AdoptOutcome | None:
    adopting.adopt(session, plan, by)
    session.flush()
    (line,) = plan.lines
    return line.outcome


def test_adopting_accepts_what_was_chosen_on_the_newest_run(
    session: Session, plan: Plan, need: Need, offers: list[Service], by: Act
) -> None:
    after = planning.later(by)
    run = matching.run(session, need, by=after)
    assert outcome(session, plan, after) == AdoptOutcome.ACCEPTED
    (match,) = accepted(session, run)
    review = live_review(session, match)
    assert (match.service, review.reviewer_id, review.at) == (offers[0], by.actor.person_id, after.at)
    assert need.matched_at is None  # a person still settles the need
    assert phase_at(plan, after.at) == PlanPhase.ADOPTED


def test_adopting_twice_adopts_once(session: Session, plan: Plan, by: Act) -> None:
    assert outcome(session, plan, by) == AdoptOutcome.ACCEPTED
    assert outcome(session, plan, planning.later(by)) == AdoptOutcome.ACCEPTED
    assert session.scalar(select(func.count(Review.id))) == 1
    assert plan.adopted_at == by.at


def test_a_need_that_was_settled_since_is_left_and_said(
    session: Session, plan: Plan, need: Need, offers: list[Service], by: Act
) -> None:
    matching.accept(session, matching.match_of(latest_run(session, need.id), offers[1]), by)
    reviews.conclude(session, need, by)
    assert outcome(session, plan, planning.later(by)) == AdoptOutcome.NEED_MOVED_ON
    page = plan_page(session, plan, planning.later(by))
    assert (page.taken, page.not_taken) == (0, 1)


def test_another_acceptance_or_a_rejection_since_is_not_overruled(
    session: Session, need: Need, offers: list[Service], by: Act
) -> None:
    best, other = (matching.match_of(latest_run(session, need.id), each) for each in offers)
    for act, outcomes in ((by, AdoptOutcome.OTHER_ACCEPTED), (planning.later(by), AdoptOutcome.REJECTED)):
        plan = planning.build(session, act)
        if outcomes == AdoptOutcome.OTHER_ACCEPTED:
            review = matching.accept(session, other, act)
        else:
            reviews.review(session, best, act, decision=Decision.REJECT, reason=RejectReason.TOO_FAR)
        assert outcome(session, plan, act) == outcomes
        if outcomes == AdoptOutcome.OTHER_ACCEPTED:
            reviews.withdraw(session, other, act, replaces=review.id)


def test_a_shortlisted_service_is_accepted_and_an_accepted_one_stays(
    session: Session, plan: Plan, need: Need, offers: list[Service], by: Act
) -> None:
    match = matching.match_of(latest_run(session, need.id), offers[0])
    reviews.review(session, match, by, decision=Decision.SHORTLIST)
    assert outcome(session, plan, planning.later(by)) == AdoptOutcome.ACCEPTED
    standing = live_review(session, match)
    again = planning.build(session, planning.later(by, 2))
    assert outcome(session, again, planning.later(by, 3)) == AdoptOutcome.ALREADY_ACCEPTED
    assert live_review(session, match) is standing


def test_a_service_that_may_not_be_chosen_any_more_is_left(
    session: Session, plan: Plan, offers: list[Service], by: Act
) -> None:
    other = planning.build(session, by)
    matching.put_on_list(session, offers[0].organisation, ListFlag.DISHONEST)
    assert outcome(session, plan, by) == AdoptOutcome.ORGANISATION_DISHONEST
    offers[0].organisation.flags.clear()
    catalogue_operations.retire(session, offers[0], catalogue.staff_act(offers[0].organisation, parties.NOON))
    assert outcome(session, other, planning.later(by)) == AdoptOutcome.SERVICE_NOT_OFFERED
    assert session.scalar(select(func.count(Review.id))) == 0


def test_a_service_the_newest_run_does_not_list_is_left(
    session: Session, plan: Plan, need: Need, offers: list[Service], by: Act
) -> None:
    after = planning.later(by)
    catalogue_operations.retire(session, offers[0], catalogue.staff_act(offers[0].organisation, after.at))
    matching.run(session, need, by=after)
    assert outcome(session, plan, after) == AdoptOutcome.NOT_LISTED


def test_a_forced_service_that_a_limit_refuses_is_accepted_with_its_reason(
    session: Session, offers: list[Service], by: Act
) -> None:
    dear = planning.offer(session, "老人营养餐配送项目", price=900000)
    (need,) = planning.matched(session, count=1)
    plan = planning.build(session, by)
    line = planning.line_of(plan, need)
    editing.force(session, line, by, service_id=dear.id, reason="区里补足差额。")
    after = operations.resolve(session, plan, by)
    assert outcome(session, after, by) == AdoptOutcome.ACCEPTED
    (match,) = accepted(session, latest_run(session, need.id))
    assert (match.service, live_review(session, match).words) == (dear, "区里补足差额。")


def test_a_service_a_limit_refuses_since_is_left_without_a_reason(
    session: Session, plan: Plan, need: Need, offers: list[Service], by: Act
) -> None:
    matching.put_on_list(session, offers[0].organisation, ListFlag.ABNORMAL)
    matching.run(session, need, by=planning.later(by))
    assert outcome(session, plan, planning.later(by)) == AdoptOutcome.REFUSED_NEEDS_WORDS


def test_changes_that_were_not_solved_with_keep_a_plan_from_being_adopted(
    session: Session, plan: Plan, need: Need, offers: list[Service], by: Act
) -> None:
    edit = editing.forbid(session, planning.line_of(plan, need), by, service_id=offers[0].id, reason="x")
    with pytest.raises(Conflict, match="edits_wait"):
        adopting.adopt(session, plan, by)
    editing.drop(session, edit, by)
    assert outcome(session, plan, by) == AdoptOutcome.ACCEPTED


def test_a_plan_that_assigns_nothing_is_not_adopted(session: Session, by: Act) -> None:
    planning.matched(session, count=1)
    plan = planning.build(session, by)
    with pytest.raises(Invalid, match="nothing_planned"):
        adopting.adopt(session, plan, by)


def test_a_newly_adopted_plan_takes_the_place_of_the_one_before(
    session: Session, plan: Plan, by: Act
) -> None:
    adopting.adopt(session, plan, by)
    following = operations.resolve(session, plan, planning.later(by))
    adopting.adopt(session, following, planning.later(by, 2))
    assert phase_at(plan, planning.later(by, 2).at) == PlanPhase.SUPERSEDED
    assert phase_at(following, planning.later(by, 2).at) == PlanPhase.ADOPTED
    with pytest.raises(Conflict, match="wrong_phase"):
        adopting.adopt(session, plan, planning.later(by, 3))


def test_the_database_keeps_one_plan_in_force(session: Session, plan: Plan, by: Act) -> None:
    other = planning.build(session, by)
    adopting.adopt(session, plan, by)
    with pytest.raises(IntegrityError):
        session.execute(Plan.__table__.update().where(Plan.id == other.id).values(adopted_at=by.at))


def test_two_officials_adopting_at_once_leave_one_review_of_each_need(own_engine: Database) -> None:
    sessions = make_sessions(own_engine)
    with sessions() as session, transaction(session):
        planning.offer(session, "高龄老人助餐送餐上门", places=9)
        planning.matched(session)
        acts = [planning.official(session), planning.official(session)]
        plan_id = planning.build(session, acts[0]).id
    start = Barrier(2)

    def adopt(act: Act) -> None:
        with sessions() as mine:
            start.wait(timeout=20)
            with transaction(mine):
                adopting.adopt(mine, mine.get_one(Plan, plan_id), act)

    threads = [Thread(target=adopt, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    with sessions() as session:
        assert session.scalar(select(func.count(Review.id))) == 2
        outcomes = session.scalars(select(PlanLine.outcome).where(PlanLine.plan_id == plan_id)).all()
        assert outcomes == [AdoptOutcome.ACCEPTED] * 2
