"""The report of an area: what is stamped within the period and the area, and nothing else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.calendar.clocks import local_date
from models.errors import NotAllowed
from models.needs.need import NeedPhase
from models.reports.period import Period
from models.reports.report import AreaReport, Opinion, area_report
from models.rulebook.stages import Stage
from models.scoring.grades import Grade
from models.surveys.survey import SurveyPhase
from tests.factories import agencies, evaluations, needs, parties, surveys
from tests.factories.parties import NOON

DAY = timedelta(days=1)
TODAY = local_date(NOON)


def official(session: Session) -> Act:
    return parties.act_as(session, Role.DISTRICT_OFFICIAL, at=NOON)


def report(session: Session, first: date, last: date) -> AreaReport:
    return area_report(session, Period(first, last), official(session))


def test_a_final_is_told_in_the_period_in_which_it_was_published(session: Session) -> None:
    made = evaluations.final(session, score="86.50", at=NOON - DAY)
    told = report(session, TODAY - DAY, TODAY)
    assert [line.evaluation.id for line in told.projects] == [made.id]
    assert (told.mean_score, told.grades) == (Decimal("86.50"), {Grade.GOOD: 1})
    assert report(session, TODAY, TODAY).projects == []
    assert report(session, TODAY - 2 * DAY, TODAY - 2 * DAY).mean_score is None


def test_what_is_not_published_is_not_told(session: Session) -> None:
    evaluations.evaluation(session, Stage.FINAL, evaluations.EvaluationPhase.FINAL)
    evaluations.evaluation(session, Stage.MIDTERM, evaluations.EvaluationPhase.PUBLISHED)
    assert report(session, TODAY - DAY, TODAY).projects == []


def test_opinions_are_added_up_and_under_twenty_answers_not_rated(session: Session) -> None:
    contract = agencies.running(session)
    survey = surveys.survey(session, contract, answers=25, phase=SurveyPhase.PUBLISHED)
    evaluations.final(session, contract)
    told = report(session, TODAY - DAY, TODAY)
    assert (told.opinion.surveys, told.opinion.valid) == (1, 25)
    assert told.opinion.interval is not None
    assert told.projects[0].opinion is not None
    assert survey.is_public
    assert Opinion(1, 19, 19).interval is None
    assert Opinion(1, 20, 20).interval is not None


def test_counts_are_those_of_the_period_and_the_area(session: Session) -> None:
    contract = agencies.running(session)
    need = needs.need(session, NeedPhase.SUBMITTED)
    assert need.submitted_at is not None
    day = local_date(need.submitted_at)
    before = report(session, day, day).counts.needs_submitted
    needs.need(session, NeedPhase.SUBMITTED)
    assert report(session, day, day).counts.needs_submitted == before + 1
    assert contract.supplier_signed_at is not None
    day = local_date(contract.supplier_signed_at)
    signed = report(session, day, day).counts
    assert (signed.contracts_signed, signed.contracts_amount) == (1, contract.amount)
    assert report(session, day + DAY, day + DAY).counts.contracts_signed == 0
    other = parties.act_as(session, Role.STREET_OFFICIAL, unit=parties.OTHER_STREET, at=NOON)
    assert area_report(session, Period(day, day), other).counts.contracts_signed == 0


@pytest.mark.parametrize("role", [Role.COMMUNITY_WORKER, Role.ADMINISTRATOR, Role.PANEL_MEMBER])
def test_others_have_no_report(session: Session, role: Role) -> None:
    with pytest.raises(NotAllowed):
        area_report(session, Period(TODAY, TODAY), parties.act_as(session, role, at=NOON))
