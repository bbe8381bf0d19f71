"""Who sees which survey, its progress, its result and the words of residents."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.contracts.contract import Contract
from models.rulebook.stages import Stage
from models.surveys import queries
from models.surveys.progress import SurveyPage, survey_page
from models.surveys.survey import Survey, SurveyPhase
from tests.factories import agencies, contracts, parties
from tests.factories import surveys as make
from tests.factories.parties import NOON

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def contract(session: Session) -> Contract:
    return agencies.running(session)


def official(session: Session, at: datetime = NOON) -> Act:
    return contracts.official(session, at)


def page_of(session: Session, survey: Survey, act: Act) -> SurveyPage:
    view = queries.survey(session, survey.id, act)
    assert view is not None
    return survey_page(session, view, act)


def test_nobody_is_told_what_others_said_before_it_is_closed(session: Session, contract: Contract) -> None:
    survey = make.survey(session, contract)
    for place, invitation in enumerate(survey.invitations):
        make.answer_row(session, invitation, words="希望周末也来。" if place < 7 else "")
    session.flush()
    assert survey.closes_at is not None
    reader = official(session)
    open_ = page_of(session, survey, contracts.later(reader, survey.closes_at - MOMENT))
    assert (open_.result, open_.said) == (None, None)
    assert (open_.invited, open_.answered) == (30, 30)
    closed = page_of(session, survey, contracts.later(reader, survey.closes_at))
    assert closed.result is not None
    assert closed.said is not None
    assert len(closed.said) == 7
    worker = parties.act_as(session, Role.COMMUNITY_WORKER, at=survey.closes_at)
    assert page_of(session, survey, worker).said is None
    auditor = parties.act_as(session, Role.AUDITOR, at=survey.closes_at)
    assert page_of(session, survey, auditor).said is not None


def test_an_open_answer_of_a_small_group_has_no_group(session: Session, contract: Contract) -> None:
    survey = make.survey(session, contract, people=28)
    for invitation in survey.invitations:
        make.answer_row(session, invitation, words=f"我们这组 {invitation.stratum}")
    session.flush()
    assert survey.closes_at is not None
    page = page_of(session, survey, official(session, survey.closes_at))
    assert page.said is not None
    named = {each.words[-3:]: each.group.code if each.group else None for each in page.said}
    assert named == {"B02": "B02", "B03": None, "B18": None}
    assert page.result is not None
    assert list(page.result.strata) == ["B02", None]


def test_what_is_listed_is_what_may_be_seen(session: Session, contract: Contract) -> None:
    shown = make.survey(session, contract, phase=SurveyPhase.PUBLISHED, answers=25)
    hidden = make.survey(session, contract, Stage.MIDTERM)
    agency = agencies.agency(session, name="上海公正评估中心")
    other = agencies.agency(session, name="上海别家评估中心")
    agencies.assigned(session, contract, agency)
    session.expire_all()
    readers = [
        parties.nobody(),
        contracts.supplier(session, contract, NOON),
        official(session),
        parties.act_as(session, Role.STREET_OFFICIAL, unit=parties.OTHER_STREET),
        parties.act_as(session, Role.DISTRICT_OFFICIAL),
        parties.act_as(session, Role.COMMUNITY_WORKER),
        parties.act_as(session, Role.AUDITOR),
        parties.act_as(session, Role.HUB),
        agencies.evaluator(session, agency),
        agencies.evaluator(session, other),
    ]
    for act in readers:
        listed = {each.id for each in queries.surveys(session, act, queries.Wanted()).rows}
        may = {each.id for each in (shown, hidden) if queries.survey(session, each.id, act)}
        assert listed == may, act.actor.role
        assert shown.id in listed


def test_a_list_is_filtered_by_phase_stage_and_words(session: Session, contract: Contract) -> None:
    survey = make.survey(session, contract, Stage.MIDTERM)
    act = official(session)

    def found(**wanted: object) -> list[Survey]:
        return queries.surveys(session, act, queries.Wanted(**wanted)).rows  # type: ignore[arg-type]  # any

    assert found(phase=SurveyPhase.OPEN, stage=Stage.MIDTERM, words=survey.reference.lower()) == [survey]
    assert found(phase=SurveyPhase.CLOSED) == found(stage=Stage.FINAL) == found(words="没有这样的") == []
