"""The platform draws, once and by its own lot; anybody can draw the same again."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from models.act import Act
from models.agencies.ground import Ground
from models.agencies.tie import AgencyTie
from models.contracts.contract import Contract
from models.errors import Conflict, DomainError, Invalid, NotAllowed
from models.rulebook.stages import Stage
from models.surveys import drawing, queries, running, seeing
from models.surveys.links import hashed, is_its, token_again
from models.surveys.survey import SurveyPhase
from tests.factories import agencies, contracts
from tests.factories import surveys as make
from tests.factories.parties import NOON

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def contract(session: Session) -> Contract:
    return agencies.running(session)


def official(session: Session, at: datetime = NOON) -> Act:
    return contracts.official(session, at)


def refusal(error: type[DomainError], code: str) -> object:
    return pytest.raises(error, match=code)


def test_the_draw_is_replayed_from_its_seed(session: Session, contract: Contract) -> None:
    make.register(session, contract, 400)
    survey = make.survey(session, contract, phase=SurveyPhase.DRAWN)
    session.expire_all()
    assert (survey.population, survey.size, len(survey.invitations)) == (400, 40, 40)
    assert Counter(each.stratum for each in survey.invitations) == {"B02": 20, "B03": 13, "B18": 7}
    assert drawing.is_as_drawn(survey)
    other = survey.invitations[0].served_person_id
    survey.pool = [[group, [id_ for id_ in ids if id_ != str(other)]] for group, ids in survey.pool]
    assert not drawing.is_as_drawn(survey)


def test_another_seed_draws_others(session: Session, contract: Contract) -> None:
    make.register(session, contract, 400)
    survey = make.survey(session, contract, phase=SurveyPhase.DRAWN)
    survey.seed = "0" * 64
    assert not drawing.is_as_drawn(survey)


def test_under_thirty_everybody_is_asked(session: Session, contract: Contract) -> None:
    make.register(session, contract, 29)
    survey = make.survey(session, contract, phase=SurveyPhase.DRAWN)
    assert survey.size == survey.population == 29
    assert [each.number for each in survey.invitations] == [each.person.number for each in survey.invitations]


def test_whoever_left_of_late_is_still_asked(session: Session, contract: Contract) -> None:
    people = make.register(session, contract, 10)
    day = NOON.date()
    people[0].left_on, people[1].left_on = day - timedelta(days=90), day - timedelta(days=91)
    session.flush()
    survey = make.survey(session, contract, phase=SurveyPhase.DRAWN)
    assert {each.person.number for each in survey.invitations} == set(range(1, 11)) - {2}


def test_nobody_is_drawn_from_an_empty_register(session: Session, contract: Contract) -> None:
    with refusal(Invalid, "register_empty"):
        drawing.draw(session, make.of(contract), official(session), stage=Stage.FINAL, key=make.KEY)


def test_a_stage_is_drawn_once_and_again_after_it_was_withdrawn(session: Session, contract: Contract) -> None:
    make.survey(session, contract, phase=SurveyPhase.DRAWN)
    act = official(session)
    with refusal(Conflict, "survey_drawn"):
        drawing.draw(session, make.of(contract), act, stage=Stage.FINAL, key=make.KEY)
    drawing.draw(session, make.of(contract), act, stage=Stage.MIDTERM, key=make.KEY)
    first = queries.survey_of(session, contract.id, Stage.FINAL)
    assert first is not None
    with refusal(Invalid, "words_missing"):
        running.withdraw(session, first, act, words=" ")
    running.withdraw(session, first, act, words="登记有误。")
    again = drawing.draw(session, make.of(contract), act, stage=Stage.FINAL, key=make.KEY)
    assert queries.survey_of(session, contract.id, Stage.FINAL) == again
    assert len(queries.surveys_of(session, contract)) == 3


def test_a_contract_nobody_signed_is_not_surveyed(session: Session) -> None:
    contract = contracts.contract_row(session)
    make.register(session, contract, 40)
    with refusal(Conflict, "survey_contract_not_in_force"):
        drawing.draw(session, make.of(contract), official(session), stage=Stage.START, key=make.KEY)


def test_the_contractor_draws_nothing(session: Session, contract: Contract) -> None:
    make.register(session, contract, 40)
    with pytest.raises(NotAllowed):
        drawing.draw(
            session, make.of(contract), contracts.supplier(session, contract), stage=Stage.FINAL, key=make.KEY
        )


def test_the_evaluator_draws_once_it_has_declared(session: Session, contract: Contract) -> None:
    agency = agencies.agency(session, name="上海公正评估中心")
    by = agencies.evaluator(session, agency)
    make.register(session, contract, 40)
    with pytest.raises(NotAllowed):
        drawing.draw(session, make.of(contract), by, stage=Stage.FINAL, key=make.KEY)
    assignment = agencies.assigned(session, contract, agency)
    register = seeing.register_of(session, contract, by)
    survey = drawing.draw(session, register, by, stage=Stage.FINAL, key=make.KEY)
    session.refresh(survey)
    assert survey.agency_id == agency.organisation_id
    assignment.recused_at, assignment.recused_words = NOON, "亲属在该机构任职。"
    session.flush()
    session.refresh(survey)
    assert survey.agency_id is None


def test_a_tied_evaluator_draws_nothing_although_it_was_assigned(
    session: Session, contract: Contract
) -> None:
    """R53: the tie was entered after the agency had declared that there was none."""
    agency = agencies.agency(session, name="上海公正评估中心")
    by = agencies.evaluator(session, agency)
    agencies.assigned(session, contract, agency)
    make.register(session, contract, 40)
    tie = AgencyTie(
        agency_id=agency.organisation_id,
        organisation_id=contract.organisation_id,
        kind=Ground.PAID_WORK,
        declared_at=NOON,
    )
    session.add(tie)
    session.flush()
    register = seeing.register_of(session, contract, by)
    with refusal(NotAllowed, "agency_is_tied"):
        drawing.draw(session, register, by, stage=Stage.FINAL, key=make.KEY)


def test_the_database_keeps_no_token(session: Session, contract: Contract) -> None:
    survey = make.survey(session, contract, phase=SurveyPhase.DRAWN)
    (first, second, *_rest) = survey.invitations
    token = token_again(make.KEY, first)
    assert first.token_hash == hashed(token) != token
    assert is_its(token, first)
    assert not is_its(token, second)
    with refusal(Conflict, "survey_key_changed"):
        token_again(b"another key", first)
