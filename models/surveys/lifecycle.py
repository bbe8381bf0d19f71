"""Phases and moves of a survey: all there is to know. It closes by its date, whoever sleeps."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, case, or_

from models.access.permissions import Permission as P
from models.lifecycle import Lifecycle, Move
from models.surveys.survey import Survey, SurveyPhase


class SurveyMove(StrEnum):
    """What can happen to a survey."""

    OPEN = "open"
    CLOSE = "close"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


def phase_at(survey: Survey, at: datetime) -> SurveyPhase:
    """The phase of a survey at an instant."""

    def past(stamp: datetime | None) -> bool:
        return stamp is not None and stamp <= at

    if past(survey.withdrawn_at):
        return SurveyPhase.WITHDRAWN
    if past(survey.published_at):
        return SurveyPhase.PUBLISHED
    if past(survey.closed_at) or past(survey.closes_at):
        return SurveyPhase.CLOSED
    return SurveyPhase.OPEN if past(survey.opened_at) else SurveyPhase.DRAWN


def phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase of a survey as SQL."""
    return case(
        (Survey.withdrawn_at <= at, SurveyPhase.WITHDRAWN.value),
        (Survey.published_at <= at, SurveyPhase.PUBLISHED.value),
        (or_(Survey.closed_at <= at, Survey.closes_at <= at), SurveyPhase.CLOSED.value),
        (Survey.opened_at <= at, SurveyPhase.OPEN.value),
        else_=SurveyPhase.DRAWN.value,
    )


_DRAWN, _OPEN = frozenset({SurveyPhase.DRAWN}), frozenset({SurveyPhase.OPEN})
SURVEY = Lifecycle(
    Survey,
    phase_at,
    {
        SurveyMove.OPEN: Move(_DRAWN, P.SURVEY_RUN, stamps="opened_at"),
        SurveyMove.CLOSE: Move(_OPEN, P.SURVEY_RUN, stamps="closed_at"),
        SurveyMove.PUBLISH: Move(frozenset({SurveyPhase.CLOSED}), P.SURVEY_RUN, stamps="published_at"),
        # A sample drawn from a wrong register, links gone astray: with words, and it stays on record.
        SurveyMove.WITHDRAW: Move(_DRAWN | _OPEN, P.SURVEY_RUN, stamps="withdrawn_at"),
    },
)
