"""A survey runs ten working days at least, closes by its date, and is published when it is closed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.act import Act
from models.calendar.clocks import start_of
from models.contracts.contract import Contract
from models.errors import Conflict, DomainError, Invalid
from models.surveys import running
from models.surveys.answer import SurveyAnswer
from models.surveys.lifecycle import phase_at, phase_sql
from models.surveys.survey import Survey, SurveyPhase
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


def test_it_runs_ten_working_days_across_new_year(session: Session, contract: Contract) -> None:
    """Opened on 25 December 2026: 1 January is off, and the tenth working day after is 11 January."""
    christmas = datetime(2026, 12, 25, 2, 0, tzinfo=UTC)
    survey = make.survey(session, contract, phase=SurveyPhase.DRAWN)
    act = official(session, christmas)
    with refusal(Invalid, "survey_too_short"):
        running.open_(session, survey, act, closes_on=date(2027, 1, 10), telephone=make.TELEPHONE)
    running.open_(session, survey, act, telephone=make.TELEPHONE)
    assert survey.closes_at == start_of(date(2027, 1, 12))


def test_spring_festival_is_not_counted(session: Session, contract: Contract) -> None:
    """Opened on 9 February 2026: 15 to 23 February are off, Saturdays 14 and 28 are worked."""
    survey = make.survey(session, contract, phase=SurveyPhase.DRAWN)
    opened = datetime(2026, 2, 9, 2, 0, tzinfo=UTC)
    assert running.least_until(opened.date()).day == date(2026, 2, 28)
    running.open_(session, survey, official(session, opened), telephone=make.TELEPHONE)
    assert survey.closes_at == start_of(date(2026, 3, 1))


def test_it_closes_by_its_date_to_the_microsecond(session: Session, contract: Contract) -> None:
    survey = make.survey(session, contract)
    assert survey.closes_at == start_of(date(2026, 12, 5))
    for at, phase in ((survey.closes_at - MOMENT, SurveyPhase.OPEN), (survey.closes_at, SurveyPhase.CLOSED)):
        assert phase_at(survey, at) == phase
        assert session.scalar(select(phase_sql(at)).where(Survey.id == survey.id)) == phase.value


def test_it_may_run_longer_but_not_for_ever(session: Session, contract: Contract) -> None:
    survey = make.survey(session, contract)
    act = official(session)
    with refusal(Invalid, "survey_not_longer"):
        running.extend(session, survey, act, closes_on=date(2026, 12, 4))
    with refusal(Invalid, "survey_too_long"):
        running.extend(session, survey, act, closes_on=date(2027, 2, 19))
    running.extend(session, survey, act, closes_on=date(2027, 2, 18))
    assert survey.closes_at == start_of(date(2027, 2, 19))
    with refusal(Conflict, "survey_not_open"):
        running.extend(session, survey, contracts.later(act, survey.closes_at), closes_on=date(2027, 2, 18))


def test_it_closes_early_when_all_have_answered(session: Session, contract: Contract) -> None:
    survey = make.survey(session, contract, people=6, answers=5)
    act = official(session)
    with refusal(Conflict, "survey_too_early"):
        running.close(session, survey, act)
    running.void(session, survey, act, number=6, words="已经搬走。")
    running.close(session, survey, act)
    assert phase_at(survey, act.at) == SurveyPhase.CLOSED


def test_it_closes_after_ten_working_days_whoever_has_answered(session: Session, contract: Contract) -> None:
    survey = make.survey(session, contract)
    running.extend(session, survey, official(session), closes_on=date(2026, 12, 31))
    tenth_is_over = start_of(date(2026, 12, 5))
    with refusal(Conflict, "survey_too_early"):
        running.close(session, survey, official(session, tenth_is_over - MOMENT))
    running.close(session, survey, official(session, tenth_is_over))
    assert survey.closed_at == tenth_is_over


def test_closing_takes_small_strata_out_of_the_answers(session: Session, contract: Contract) -> None:
    survey = make.survey(session, contract, people=30)
    for invitation in survey.invitations:
        if invitation.stratum != "B18" or invitation.number % 12 == 5:
            make.answer_row(session, invitation)
    session.flush()
    strata = select(SurveyAnswer.stratum, func.count()).group_by(SurveyAnswer.stratum)
    assert dict(session.execute(strata).all()) == {"B02": 15, "B03": 10, "B18": 3}
    assert survey.closes_at is not None
    running.publish(session, survey, official(session, survey.closes_at))
    assert dict(session.execute(strata).all()) == {"B02": 15, None: 13}


def test_it_is_published_only_when_closed(session: Session, contract: Contract) -> None:
    survey = make.survey(session, contract, answers=25)
    assert survey.closes_at is not None
    with refusal(Conflict, "wrong_phase"):
        running.publish(session, survey, official(session, survey.closes_at - MOMENT))
    assert not survey.is_public
    running.publish(session, survey, official(session, survey.closes_at))
    assert survey.is_public


def test_the_database_refuses_what_one_row_can_prove(session: Session, contract: Contract) -> None:
    survey = make.survey(session, contract)
    impossible = [
        {"closes_at": None},
        {"size": survey.population + 1},
        {"withdrawn_at": NOON},
        {"opened_at": None, "closed_at": NOON},
    ]
    for values in impossible:
        with pytest.raises(Exception, match=r"(?i)check"), session.begin_nested():
            session.execute(update(Survey).where(Survey.id == survey.id).values(values))
