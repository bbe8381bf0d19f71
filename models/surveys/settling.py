"""What the clock does with a survey that nobody closes or publishes.

Its number of answers is fixed by its date alone, and the evaluator reads the result from then on. The next
round takes from the answers what could lead to somebody. Residents see what came of their answers within 30
days, whether or not the evaluation is published by then.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date, start_of
from models.calendar.counting import Counted, DayKind, count
from models.contracts.locking import hold
from models.surveys.lifecycle import phase_at, phase_sql
from models.surveys.running import publish, settle
from models.surveys.survey import Survey, SurveyPhase

PUBLISH_WITHIN = 30
ONE, MOMENT = timedelta(days=1), timedelta(microseconds=1)


def ended_at(survey: Survey) -> datetime:
    """The instant from which no answer comes any more; of a survey that is over."""
    ends = [each for each in (survey.closed_at, survey.closes_at) if each is not None]
    return min(ends)


def publish_until(survey: Survey) -> Counted:
    """The last day before its result is shown by itself: 30 days after its last day (counted by R37)."""
    return count(local_date(ended_at(survey) - MOMENT), PUBLISH_WITHIN, DayKind.CALENDAR)


def settle_closed(session: Session, act: Act) -> int:
    """Settle every survey that its date has closed; how many."""
    ended = select(Survey).where(_closed(act), Survey.settled_at.is_(None)).order_by(Survey.id)
    held = [each for each in session.scalars(ended) if _still_closed(session, each, act)]
    found = [each for each in held if each.settled_at is None]  # nobody else was faster
    for each in found:
        ensure(act, Permission.SURVEY_RUN, each)
        settle(session, each, act)
        record(session, act, "survey.settle", each)
    return len(found)


def publish_overdue(session: Session, act: Act) -> int:
    """Publish every survey whose last day to be published is over; how many."""
    found = [
        each
        for each in session.scalars(select(Survey).where(_closed(act)).order_by(Survey.id))
        if act.at >= start_of(publish_until(each).day + ONE) and _still_closed(session, each, act)
    ]
    for each in found:
        publish(session, each, act)
    return len(found)


def _closed(act: Act) -> ColumnElement[bool]:
    return phase_sql(act.at) == SurveyPhase.CLOSED.value


def _still_closed(session: Session, survey: Survey, act: Act) -> bool:
    """Whether it is, now that nobody else can change it."""
    hold(session, survey)
    return phase_at(survey, act.at) is SurveyPhase.CLOSED
