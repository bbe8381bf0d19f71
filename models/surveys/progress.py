"""How far a survey has come, and what its pages show to whom."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act
from models.catalogue.term import TaxonomyTerm
from models.scoring.survey import SurveyResult, small_strata
from models.surveys.answer import SurveyAnswer
from models.surveys.lifecycle import phase_at
from models.surveys.queries import answers_of, result
from models.surveys.registering import groups
from models.surveys.seeing import Seen
from models.surveys.settling import publish_until
from models.surveys.survey import Channel, Survey, SurveyInvitation, SurveyPhase

SHOWN = frozenset({SurveyPhase.CLOSED, SurveyPhase.PUBLISHED})


@dataclass(frozen=True)
class GroupProgress:
    """How many of a group were asked and have answered."""

    group: TaxonomyTerm
    invited: int
    answered: int


@dataclass(frozen=True)
class Said:
    """An open answer, with its group where that leads to nobody."""

    words: str
    group: TaxonomyTerm | None


@dataclass(frozen=True)
class SurveyPage:
    """A survey as somebody may see it."""

    view: Seen
    survey: Survey
    phase: SurveyPhase
    invited: int
    answered: int
    withdrawn: int
    channels: dict[Channel, int]
    groups: list[GroupProgress]
    result: SurveyResult | None
    """Not before the survey is closed: whoever still answers is not told what others said."""
    said: list[Said] | None
    """Open answers: for the officials, the evaluator and the auditor alone, once it is closed."""
    terms: dict[str, TaxonomyTerm]
    publish_until: date | None
    """The last day before the clock publishes it, once it is closed."""


def survey_page(session: Session, view: Seen, act: Act) -> SurveyPage:
    """What the page of a survey shows."""
    survey = view.survey
    phase = phase_at(survey, act.at)
    terms = groups(session)
    asked: Counter[str] = Counter()
    done: Counter[str] = Counter()
    of_survey = SurveyInvitation.survey_id == survey.id
    counted = select(SurveyInvitation.stratum, func.count(), func.count(SurveyInvitation.answered_on)).where(
        of_survey
    )
    for stratum, invited, answered in session.execute(counted.group_by(SurveyInvitation.stratum)):
        asked[stratum], done[stratum] = invited, answered
    withdrawn = select(func.count(SurveyInvitation.withdrawn_on)).where(of_survey)
    is_shown = phase in SHOWN
    return SurveyPage(
        view=view,
        survey=survey,
        phase=phase,
        invited=asked.total(),
        answered=done.total(),
        withdrawn=session.scalar(withdrawn) or 0,
        channels=_channels(session, survey),
        groups=[GroupProgress(terms[code], asked[code], done[code]) for code in sorted(asked)],
        result=result(session, survey) if is_shown else None,
        said=_said(session, survey, terms) if is_shown and may_read_words(act, survey) else None,
        terms=terms,
        publish_until=publish_until(survey).day if phase is SurveyPhase.CLOSED else None,
    )


def may_read_words(act: Act, survey: Survey) -> bool:
    """Whether the open answers are for this reader."""
    return can(act, P.SURVEY_RUN, survey) or can(act, P.PROJECT_FILE, survey)


def _channels(session: Session, survey: Survey) -> dict[Channel, int]:
    query = select(SurveyAnswer.channel, func.count()).where(SurveyAnswer.survey_id == survey.id)
    found: dict[Any, Any] = dict(session.execute(query.group_by(SurveyAnswer.channel)).all())
    return {channel: found.get(channel, 0) for channel in Channel}


def _said(session: Session, survey: Survey, terms: dict[str, TaxonomyTerm]) -> list[Said]:
    answers = answers_of(session, survey)
    strata = [each.stratum for each in answers if each.stratum is not None]
    small = small_strata(Counter(strata), len(answers) - len(strata))
    return [
        Said(each.words, terms[each.stratum] if each.stratum and each.stratum not in small else None)
        for each in answers
        if each.words
    ]
