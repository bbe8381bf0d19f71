"""A survey nobody closes or publishes: its date fixes the number, the clock settles it and shows it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.act import Act
from models.audit.event import AuditEvent
from models.calendar.clocks import start_of
from models.clocks.reminding import remind
from models.errors import Conflict, NotAllowed
from models.evaluations import reporting
from models.evaluations.evaluation import EvaluationPhase
from models.outbox import Message
from models.surveys import running
from models.surveys.answer import SurveyAnswer
from models.surveys.lifecycle import phase_at
from models.surveys.queries import result
from models.surveys.settling import publish_overdue, publish_until, settle_closed
from models.surveys.survey import Survey, SurveyPhase
from tests.factories import agencies, contracts, evaluations, parties, surveys

MOMENT = timedelta(microseconds=1)
OVER = start_of(date(2026, 12, 5))
"""Ten working days after NOON, Friday 20 November 2026, end with Friday 4 December."""
SHOWN = start_of(date(2027, 1, 5))
"""30 days later is Sunday 3 January 2027: the last day is the next on which people work, the 4th."""


@pytest.fixture
def survey(session: Session) -> Survey:
    """A survey that runs, with 24 answers; of those in two strata there are few."""
    return surveys.survey(session, answers=24)


def strata(session: Session, survey: Survey) -> set[str | None]:
    return set(session.scalars(select(SurveyAnswer.stratum).where(SurveyAnswer.survey_id == survey.id)))


def machine(at: object) -> Act:
    return parties.system(at)  # type: ignore[arg-type]  # an instant


def test_a_survey_is_settled_from_the_instant_of_its_end_and_once(session: Session, survey: Survey) -> None:
    before = strata(session, survey)
    assert settle_closed(session, machine(OVER - MOMENT)) == 0
    assert (survey.settled_at, strata(session, survey)) == (None, before)
    assert settle_closed(session, machine(OVER)) == 1
    assert (survey.settled_at, phase_at(survey, OVER)) == (OVER, SurveyPhase.CLOSED)
    assert settle_closed(session, machine(OVER + MOMENT)) == 0
    events = select(AuditEvent).where(AuditEvent.action == "survey.settle")
    assert len(session.scalars(events).all()) == 1


def test_strata_of_a_few_are_taken_out_when_it_is_settled(session: Session) -> None:
    made = surveys.survey(session, answers=6, people=12)
    assert None not in strata(session, made)
    settle_closed(session, machine(OVER))
    assert None in strata(session, made)


def test_the_number_of_answers_is_fixed_by_the_date_whatever_the_clock_does(
    session: Session, survey: Survey
) -> None:
    found = result(session, survey)
    settle_closed(session, machine(OVER))
    publish_overdue(session, machine(SHOWN))
    after = result(session, survey)
    assert (after.valid, after.overall) == (found.valid, found.overall)


def test_the_result_is_shown_by_the_clock_when_thirty_days_are_over(session: Session, survey: Survey) -> None:
    assert publish_until(survey).day == date(2027, 1, 4)
    assert publish_overdue(session, machine(SHOWN - MOMENT)) == 0
    assert not survey.is_public
    assert publish_overdue(session, machine(SHOWN)) == 1
    assert (survey.published_at, survey.settled_at) == (SHOWN, SHOWN)
    assert publish_overdue(session, machine(SHOWN)) == 0


def test_an_official_can_show_it_before(session: Session, survey: Survey) -> None:
    official = contracts.official(session, OVER - MOMENT)
    with pytest.raises(Conflict, match="wrong_phase"):
        running.publish(session, survey, official)
    with pytest.raises(NotAllowed):
        running.publish(session, survey, contracts.supplier(session, survey.contract, OVER))
    running.publish(session, survey, agencies.later(official, OVER))
    assert survey.is_public
    assert publish_overdue(session, machine(SHOWN)) == 0


def test_what_was_closed_by_hand_counts_from_its_last_day(session: Session) -> None:
    made = surveys.survey(session, answers=40)
    for each in made.invitations:
        each.answered_on = parties.NOON.date()
    session.flush()
    running.close(session, made, contracts.official(session, parties.NOON + MOMENT))
    assert made.settled_at == parties.NOON + MOMENT
    assert publish_until(made).day == date(2026, 12, 21)  # 20 December is a Sunday


def test_withdrawn_and_unopened_surveys_are_left_alone(session: Session) -> None:
    for phase in (SurveyPhase.DRAWN, SurveyPhase.WITHDRAWN):
        surveys.survey(session, phase=phase)
    assert settle_closed(session, machine(SHOWN)) == 0
    assert publish_overdue(session, machine(SHOWN)) == 0


def test_an_evaluation_is_published_after_its_survey_was(session: Session, survey: Survey) -> None:
    publish_overdue(session, machine(SHOWN))
    made = evaluations.evaluation(
        session, survey.stage, EvaluationPhase.FINAL, contract=survey.contract, at=SHOWN
    )
    reporting.publish(session, made, evaluations.official(session, SHOWN + MOMENT))
    assert made.is_public
    assert survey.published_at == SHOWN


def test_nobody_settles_by_hand(session: Session, survey: Survey) -> None:
    with pytest.raises(NotAllowed):
        settle_closed(session, contracts.staff(session, parties.organisation(session, name="别家"), OVER))


def test_officials_are_told_five_working_days_before_the_clock_shows_it(
    session: Session, survey: Survey
) -> None:
    """The last day is Monday 4 January; 1 to 3 January are off."""
    official = contracts.official(session, OVER)
    mine = select(func.count(Message.id)).where(
        Message.kind == "survey_unpublished", Message.person_id == official.actor.person_id
    )
    opens = start_of(date(2026, 12, 25))
    for at, told in ((opens - MOMENT, 0), (opens, 1), (opens + MOMENT, 1)):
        remind(session, machine(at))
        session.flush()
        assert session.scalar(mine) == told
