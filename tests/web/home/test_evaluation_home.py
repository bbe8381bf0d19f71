"""What evaluations bring to each home page: the soonest first, nothing twice, and a way to the rest."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.calendar.clocks import start_of
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.todo import EvaluationTask, for_official, overdue
from models.rulebook.stages import Stage
from tests.factories import agencies, contracts, evaluations, parties, rectifications
from tests.factories.parties import NEIGHBOURHOOD, NEXT_DOOR, NOON
from tests.web.home.conftest import Come
from web.home.evaluations import MOST
from web.home.page import ToDo, by_date
from web.shell import places

DAY, TICK = timedelta(days=1), timedelta(microseconds=1)
DUES = st.none() | st.integers(0, 9).map(lambda day: NOON + day * DAY)


@given(st.lists(DUES))
def test_what_has_a_day_stands_first_by_it_and_the_rest_keeps_its_order(dues: list[object]) -> None:
    todo = [ToDo("看", str(place), "/", due=due) for place, due in enumerate(dues)]  # type: ignore[arg-type]  # instants
    found = by_date(todo)
    dated = [each.due for each in found if each.due]
    assert dated == sorted(dated)
    assert [each for each in found if each.due is None] == found[len(dated) :]
    assert [each for each in todo if each.due is None] == found[len(dated) :]
    assert sorted(found, key=todo.index) == todo


def of(session: Session, evaluation: Evaluation, role: Role) -> Act:
    """Somebody of a role who has to do with the evaluation."""
    if role is Role.EVALUATOR:
        return rectifications.evaluator(session, evaluation)
    if role is Role.ORGANISATION_STAFF:
        return rectifications.staff(session, evaluation)
    if role is Role.COMMUNITY_WORKER:
        return parties.act_as(session, role, unit=NEIGHBOURHOOD)
    return parties.act_as(session, role)


@pytest.mark.parametrize(
    "role",
    [
        Role.EVALUATOR,
        Role.ORGANISATION_STAFF,
        Role.COMMUNITY_WORKER,
        Role.STREET_OFFICIAL,
        Role.DISTRICT_OFFICIAL,
        Role.AUDITOR,
    ],
)
def test_every_way_from_home_leads_somewhere_and_one_leads_to_evaluations(
    session: Session, evaluation: Evaluation, come: Come, role: Role
) -> None:
    pages = come(of(session, evaluation, role))
    ways = {link.href for link in pages.get("/home").links if link.href.startswith("/")}
    if role is Role.COMMUNITY_WORKER:
        assert {"/rectifications", "/ratings", "/surveys"} <= ways
    else:
        assert "/evaluations" in ways
    for way in sorted(ways - {"/home"}):
        pages.get(way, follow=True)


@pytest.mark.parametrize("role", Role)
def test_no_role_has_more_than_eight_places_and_none_twice(portal: Flask, role: Role) -> None:
    with portal.test_request_context():
        endpoints = [endpoint for _words, endpoint in places(role)]
    assert len(set(endpoints)) == len(endpoints) <= 8
    assert set(endpoints) <= set(portal.view_functions)


@pytest.mark.parametrize(
    ("role", "weekly"),
    [
        (Role.COMMUNITY_WORKER, {"surveys.list_", "rectifications.list_", "ratings.list_"}),
        (Role.EVALUATOR, {"assignments.list_", "evaluations.list_", "needs.board", "catalogue.list_"}),
        (Role.ORGANISATION_STAFF, {"contracts.list_", "evaluations.list_"}),
        (Role.STREET_OFFICIAL, {"contracts.list_", "evaluations.list_", "agenda.show"}),
        (Role.AUDITOR, {"contracts.list_", "evaluations.list_", "rectifications.list_"}),
    ],
)
def test_what_a_role_needs_weekly_is_in_its_menu_on_every_page(
    portal: Flask, role: Role, weekly: set[str]
) -> None:
    with portal.test_request_context():
        assert weekly <= {endpoint for _words, endpoint in places(role)}


def test_home_does_not_say_again_what_the_menu_says(
    session: Session, evaluation: Evaluation, come: Come
) -> None:
    page = come(of(session, evaluation, Role.ORGANISATION_STAFF)).get("/home")
    ways = [link.href for link in page.links if link.href in {"/contracts", "/evaluations", "/ratings"}]
    assert sorted(ways) == ["/contracts", "/evaluations", "/ratings"]


def test_an_overdue_stage_stands_on_the_auditors_home_the_day_after(
    session: Session, evaluation: Evaluation, come: Come
) -> None:
    late = evaluations.evaluation(
        session, Stage.MIDTERM, EvaluationPhase.STARTED, contract=evaluation.contract
    )
    over = start_of(late.due_until + DAY)
    auditor = parties.act_as(session, Role.AUDITOR)
    assert overdue(session, replace(auditor, at=over - TICK)) == []
    page = come(replace(auditor, at=over)).get("/home")
    assert page.click("催评估初稿").path == f"/evaluations/{late.id}"
    assert "催评估初稿" in come(contracts.official(session, over)).get("/home").text
    assert overdue(session, contracts.official(session, over)) == []


def test_a_contract_is_drawn_once_whatever_has_begun(session: Session, evaluation: Evaluation) -> None:
    contract = agencies.running(session)
    for stage in (Stage.START, Stage.MIDTERM):
        made = evaluations.evaluation(session, stage, contract=evaluation.contract)
        session.execute(update(Evaluation).where(Evaluation.id == made.id).values(contract_id=contract.id))
    session.expire_all()
    official = contracts.official(session)

    def draws() -> int:
        return [each.kind for each in for_official(session, official)].count(EvaluationTask.DRAW)

    assert draws() == 1
    agencies.assigned(session, contract, declared=False)
    assert draws() == 0  # now the agency has to declare


def test_a_neighbourhood_sees_the_results_of_what_it_asked_for(
    session: Session, evaluation: Evaluation, come: Come
) -> None:
    here, next_door = (
        parties.act_as(session, Role.COMMUNITY_WORKER, unit=unit) for unit in (NEIGHBOURHOOD, NEXT_DOOR)
    )
    where = f"/evaluations/{evaluation.id}"
    assert where not in [link.href for link in come(here).get("/home").links]
    values = {"published_at": NOON}
    session.execute(update(Evaluation).where(Evaluation.id == evaluation.id).values(values))
    assert where in [link.href for link in come(here).get("/home").links]
    assert where not in [link.href for link in come(next_door).get("/home").links]


def test_home_shows_a_handful_the_soonest(session: Session, evaluation: Evaluation, come: Come) -> None:
    made = [
        evaluations.evaluation(session, stage, EvaluationPhase.STARTED, contract=contract)
        for contract in (evaluation.contract, agencies.running(session))
        for stage in (Stage.START, Stage.MIDTERM, Stage.FOLLOW_UP)
    ]
    at = start_of(max(each.due_until for each in made) + DAY)
    shown = come(replace(parties.act_as(session, Role.AUDITOR), at=at)).get("/home").text.count("催评估初稿")
    assert len(made) > MOST
    assert shown == MOST
