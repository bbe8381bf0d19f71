"""Evaluation, whole: planned, drawn, asked, marked, answered, published, mended, known at the next match."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from models.audit.record import verify
from models.rulebook.stages import Stage as Step
from models.session import make_engine, make_sessions, transaction
from tests.conftest import MakeDatabase
from tests.factories.parties import NOON
from tests.stories.conftest import OpenPage, serving
from tests.stories.evaluation import asking, doubting, drawing, judging, mending
from tests.stories.evaluation.stage import CONTRACTOR, FIRST, SECOND, SIGNED, contract_page, furnish, on
from tests.stories.procurement.stage import Clock, Stage
from web import create_app, db
from web.config import Config

pytestmark = pytest.mark.story


@pytest.fixture(scope="module")
def portal(
    make_database: MakeDatabase, migrated: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """A portal of the stories' own, for its clock is theirs."""
    var = tmp_path_factory.mktemp("evaluation")
    with make_database("evaluation", of=migrated) as url:
        engine = make_engine(url)
        with make_sessions(engine)() as session, transaction(session):
            furnish(session)
        engine.dispose()
        yield create_app(Config(var=var, database_url=url, secret_key="for stories only"))


@pytest.fixture(scope="module")
def address(portal: Flask) -> Iterator[str]:
    """Where it serves."""
    with serving(portal) as address:
        yield address


@pytest.fixture
def stage(portal: Flask, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The windows, and the clock in the first week of the contracts."""
    clock = Clock(SIGNED)
    monkeypatch.setattr(db, "now", clock)
    return Stage(portal, clock, open_page)


def test_a_contract_is_evaluated_its_findings_mended_and_the_next_match_knows(stage: Stage) -> None:
    contract = contract_page(stage, CONTRACTOR)
    mending.matched(stage)
    drawing.plan(stage, contract)
    drawing.draw(stage, contract)
    drawing.declare(stage, FIRST)

    stage.clock.at = on("2027-05-20")
    judging.midterm(stage, judging.evaluation(stage, Step.MIDTERM))

    stage.clock.at = on("2027-08-02")
    asking.register(stage, contract)
    survey = asking.open_(stage, contract)
    asking.resident(stage, asking.sheets(stage, survey)[0])
    asking.paper(stage, survey)
    asking.others(stage, survey)
    asking.unread(stage, survey)
    stage.clock.at = on("2027-08-17")
    asking.closed(stage, survey)

    final = judging.evaluation(stage, Step.FINAL)
    judging.final(stage, final)
    judging.not_before_its_time(stage, final)
    judging.publish(stage, final)

    rectification = mending.issue(stage, final)
    mending.mend(stage, rectification)
    mending.recheck(stage, rectification)
    mending.what_came_of_it(stage)

    stage.clock.at += timedelta(days=20)
    mending.record(stage)
    mending.rematched(stage)
    with stage.session() as session:
        assert verify(session).broken_at is None


def test_a_conflicted_evaluator_who_opens_the_project_is_refused(stage: Stage) -> None:
    stage.clock.at = NOON
    doubting.refused(stage, doubting.started(stage))


def test_a_second_agency_marks_blind_and_an_official_decides_the_gap(stage: Stage) -> None:
    stage.clock.at = NOON
    where = doubting.drafted(stage)
    doubting.order(stage, where)
    drawing.declare(stage, SECOND)
    doubting.mark_again(stage, where)
    doubting.decided(stage, where)
