"""Publishing: everything that is missing or forbidden is named at once, with its rule."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act
from models.calendar.clocks import start_of
from models.errors import Conflict, Invalid, NotAllowed
from models.needs import handling
from models.outbox import Message
from models.rulebook.finding import FindingCode
from models.rulebook.methods import Method
from models.tenders import drafting, publishing
from models.tenders.checking import TaskCode, findings, tasks
from models.tenders.content import CriterionContent, Level, MilestoneContent, RequirementContent
from models.tenders.lifecycle import phase_at
from models.tenders.tender import Tender, TenderPhase
from models.tenders.terms import RequirementKind
from tests.factories import needs, tenders
from tests.factories.parties import NOON

TICK = timedelta(microseconds=1)


@pytest.fixture
def act(session: Session) -> Act:
    return tenders.official(session)


def not_ready(session: Session, tender: Tender, act: Act, until: datetime = tenders.CLOSES) -> set[str]:
    """The codes of everything with which the tender is refused."""
    with pytest.raises(publishing.NotReady) as refused:
        publishing.publish(session, tender, act, bids_until=until)
    assert phase_at(tender, act.at) == TenderPhase.DRAFT
    return {each.code for each in (*refused.value.tasks, *refused.value.findings)}


def test_draft_of_the_factory_is_published(session: Session, act: Act) -> None:
    made = tenders.draft(session)
    assert [task.code for task in tasks(session, made, act)] == [TaskCode.INTENT_NOTICE_MISSING]
    publishing.publish(session, made, act, bids_until=tenders.CLOSES)
    assert phase_at(made, NOON - TICK) == TenderPhase.DRAFT
    assert phase_at(made, NOON) == TenderPhase.TENDERING
    assert phase_at(made, tenders.CLOSES - TICK) == TenderPhase.TENDERING
    assert phase_at(made, tenders.CLOSES) == TenderPhase.CLOSED


def test_authors_of_the_needs_are_told(session: Session) -> None:
    made = tenders.tender(session)
    author = made.lots[0].needs[0].need.created_by
    told = session.scalars(select(Message.person_id).where(Message.kind == "need_in_procurement")).all()
    assert told == [author]


@pytest.mark.parametrize(
    ("method", "first"),
    [
        (Method.OPEN_TENDER, date(2026, 12, 10)),  # R21: 20 days
        (Method.COMPETITIVE_CONSULTATION, date(2026, 11, 30)),  # R39: 10 days, documents 5 working days
        (Method.NEGOTIATION, date(2026, 11, 25)),  # R44: 3 working days
    ],
)
def test_r21_r39_r44_days_to_bid(session: Session, act: Act, method: Method, first: date) -> None:
    made = tenders.draft(session, method=method)
    before = first - timedelta(days=3 if first.weekday() == 0 else 1)
    late_in_the_day = timedelta(hours=17)
    assert FindingCode.DEADLINE_TOO_EARLY in not_ready(session, made, act, start_of(before) + late_in_the_day)
    publishing.publish(session, made, act, bids_until=start_of(first) + late_in_the_day)


@pytest.mark.parametrize("method", Method)
def test_usual_deadline_is_lawful(method: Method) -> None:
    for day in range(60):
        at = NOON + timedelta(days=day)
        publishing.ensure_deadline(publishing.usual_deadline(method, at), at)


def test_deadline_at_midnight_belongs_to_the_day_before(session: Session, act: Act) -> None:
    made = tenders.draft(session)
    monday = start_of(date(2026, 12, 14))
    with pytest.raises(Invalid, match="deadline_not_workday") as refused:
        publishing.publish(session, made, act, bids_until=monday)
    assert refused.value.facts["next"] == date(2026, 12, 14)
    publishing.publish(session, made, act, bids_until=monday + TICK)


def test_deadline_lies_ahead(session: Session, act: Act) -> None:
    made = tenders.draft(session)
    with pytest.raises(Invalid, match="deadline_not_ahead"):
        publishing.publish(session, made, act, bids_until=act.at)


def test_weights_of_99_99_are_refused(session: Session, act: Act) -> None:
    made = tenders.draft(session)
    levels = (Level("五项都有", Decimal("89.99")), Level("没有", Decimal(0)))
    drafting.set_criteria(session, made, act, criteria=[CriterionContent("方案", Decimal("89.99"), levels)])
    assert not_ready(session, made, act) == {FindingCode.WEIGHTS_NOT_100}
    (finding,) = findings(session, made, act)
    assert finding.rule == "R26"
    assert finding.facts["total"] == Decimal("99.99")


def test_findings_stand_at_their_place(session: Session, act: Act) -> None:
    made = tenders.draft(session)
    drafting.set_requirements(
        session,
        made,
        act,
        requirements=[RequirementContent(RequirementKind.PARTICULAR, "须在本市登记的社会组织")],
    )
    session.flush()
    found = findings(session, made, act)
    assert {each.code for each in found} == {FindingCode.GATING_WORDS}
    assert {each.where for each in found} == {str(made.requirements[0].id)}
    assert {each.rule for each in found} == {"R49"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"budget_item": ""}, TaskCode.BUDGET_ITEM_MISSING),
        ({"service_ends_on": None}, TaskCode.PERIOD_MISSING),
        ({"users_words": ""}, TaskCode.USERS_MISSING),
        ({"description": ""}, TaskCode.DESCRIPTION_MISSING),
        ({"surveyed_on": None}, FindingCode.SURVEY_MISSING),
        ({"surveyed_on": date(2025, 11, 19)}, FindingCode.SURVEY_TOO_OLD),
        ({"surveyed_respondents": 2}, FindingCode.SURVEY_TOO_FEW),
        ({"price_weight": Decimal("9.99")}, FindingCode.PRICE_WEIGHT_BELOW_FLOOR),
        ({"price_weight": Decimal("30.01")}, FindingCode.PRICE_WEIGHT_ABOVE_CEILING),
    ],
)
def test_what_is_missing_or_forbidden_is_named(
    session: Session, act: Act, changes: dict[str, object], code: str
) -> None:
    made = tenders.draft(session, **changes)
    assert code in not_ready(session, made, act)


@pytest.mark.parametrize(
    ("ends", "codes"),
    [
        (date(2028, 2, 29), set()),
        (date(2028, 3, 1), {TaskCode.PERIOD_OVER_USUAL}),
        (date(2030, 2, 28), {TaskCode.PERIOD_OVER_USUAL}),
        (date(2030, 3, 1), {TaskCode.PERIOD_TOO_LONG}),
    ],
)
def test_r06_a_year_as_a_rule_and_three_at_most(
    session: Session, act: Act, ends: date, codes: set[TaskCode]
) -> None:
    made = tenders.draft(session, service_starts_on=date(2027, 3, 1), service_ends_on=ends)
    found = {task.code for task in tasks(session, made, act) if task.rule == "R06"}
    assert found == codes


def test_r07_need_that_nobody_was_asked_about(session: Session, act: Act) -> None:
    made = tenders.draft(session, of=[needs.need(session, budget=tenders.BUDGET)])
    assert not_ready(session, made, act) == {FindingCode.PUBLIC_NOT_ASKED}


def test_r20_comparison_is_not_for_amounts_from_the_limit_on(session: Session, act: Act) -> None:
    big = tenders.draft(session, lots=2, method=Method.COMPARISON)  # a million: the limit itself (R37)
    assert TaskCode.METHOD_NOT_ALLOWED in {task.code for task in tasks(session, big, act)}
    small = tenders.draft(session, method=Method.COMPARISON)
    assert tasks(session, small, act) == []
    publishing.publish(session, small, act, bids_until=NOON + timedelta(days=3))


def test_r19_an_item_is_not_split_to_stay_below_the_tender_threshold(session: Session, act: Act) -> None:
    for _ in range(3):
        tenders.tender(session, lots=2, budget_item="为老服务专项")
    whole = tenders.draft(session, lots=2, budget_item="为老服务专项", method_words="")  # four million in all
    assert not {TaskCode.SPLITTING, TaskCode.METHOD_REASON_MISSING} & {
        task.code for task in tasks(session, whole, act)
    }
    tenders.tender(session, lots=1, budget_item="为老服务专项")
    found = {task.code for task in tasks(session, whole, act) if task.rule == "R19"}
    assert found == {TaskCode.SPLITTING, TaskCode.METHOD_REASON_MISSING}


def test_r44_negotiation_wants_its_grounds(session: Session, act: Act) -> None:
    made = tenders.draft(session, method=Method.NEGOTIATION, method_words="")
    assert not_ready(session, made, act) == {TaskCode.METHOD_REASON_MISSING}


def test_r63_reservation_for_small_firms_wants_a_reason(session: Session, act: Act) -> None:
    made = tenders.draft(session, lots=2, reservation_words="")
    assert not_ready(session, made, act) == {TaskCode.RESERVATION_REASON_MISSING}


def test_milestones_sum_to_100(session: Session, act: Act) -> None:
    made = tenders.draft(session)
    drafting.set_milestones(session, made, act, milestones=[MilestoneContent("全部", 90, Decimal("99.99"))])
    assert not_ready(session, made, act) == {TaskCode.MILESTONES_NOT_100}


def test_publishing_waits_for_every_phrase(session: Session, act: Act) -> None:
    from models.tenders import keys

    made = tenders.draft(session)
    keys.make_keys(
        session,
        made,
        act,
        officers=tenders.officers(session),
        threshold=2,
        escrow_place=tenders.ESCROW,
        keeper=tenders.KEEPER,
    )
    session.flush()
    assert not_ready(session, made, act) == {TaskCode.PHRASES_WAIT}


def test_need_that_was_settled_meanwhile_is_refused(session: Session, act: Act) -> None:
    made = tenders.draft(session)
    need = made.lots[0].needs[0].need
    handling.settle(session, need, needs.official(session, at=NOON), words="已由其他项目解决。")
    with pytest.raises(Invalid, match="need_not_ready"):
        publishing.publish(session, made, act, bids_until=tenders.CLOSES)


def test_published_once(session: Session, act: Act) -> None:
    made = tenders.tender(session)
    with pytest.raises(Conflict, match="wrong_phase"):
        publishing.publish(session, made, act, bids_until=tenders.CLOSES)


def test_worker_may_not_publish(session: Session) -> None:
    made = tenders.draft(session)
    with pytest.raises(NotAllowed):
        publishing.publish(session, made, needs.worker(session, at=NOON), bids_until=tenders.CLOSES)
