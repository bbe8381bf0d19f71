"""A survey from its draw to its publication: replayable, at least ten working days, closed by its date."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.calendar.clocks import start_of
from models.contracts.contract import Contract
from models.errors import Conflict, DomainError, Invalid, NotAllowed
from models.rulebook.stages import Stage
from models.surveys import drawing, queries, running, seeing
from models.surveys.answer import SurveyAnswer
from models.surveys.lifecycle import phase_at, phase_sql
from models.surveys.links import hashed, is_its, token_again
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


def test_the_database_keeps_no_token(session: Session, contract: Contract) -> None:
    survey = make.survey(session, contract, phase=SurveyPhase.DRAWN)
    (first, second, *_rest) = survey.invitations
    token = token_again(make.KEY, first)
    assert first.token_hash == hashed(token) != token
    assert is_its(token, first)
    assert not is_its(token, second)
    with refusal(Conflict, "survey_key_changed"):
        token_again(b"another key", first)


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
