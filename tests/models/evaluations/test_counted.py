"""What is counted and not marked: the platform's survey, the review meetings."""

import json
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from models.errors import Conflict
from models.evaluations import reporting
from models.evaluations.compiling import compiled, scored
from models.evaluations.evaluation import Evaluation
from models.scoring.score import Came
from models.surveys.assembly import AssemblyOpinion
from models.surveys.survey import SurveyPhase
from tests.factories import deliberations, evaluations, surveys
from tests.factories.parties import NOON

SUMMARY = "服务按约定完成。"


def come(session: Session, made: Evaluation) -> dict[str, str]:
    """How the points of each item came."""
    found = scored(session, made, evaluations.evaluator(session, made))
    return {each.item.code: each.came for each in found.items}


def test_the_survey_of_the_stage_gives_the_satisfaction_item(session: Session) -> None:
    made = evaluations.started(session)
    surveys.survey(session, made.contract, answers=30, phase=SurveyPhase.CLOSED)
    found = scored(session, made, evaluations.evaluator(session, made))
    (item,) = (each for each in found.items if each.item.code == "E3.1")
    assert (item.came, item.counted.answers, item.counted.satisfied) == (Came.SURVEY, 30, 24)
    assert item.points == Fraction(48, 5)


def test_a_survey_of_too_few_is_not_rated_and_no_figure_is_invented(session: Session) -> None:
    made = evaluations.started(session)
    surveys.survey(session, made.contract, answers=19, phase=SurveyPhase.CLOSED)
    assert come(session, made)["E3.1"] == Came.NOT_RATED
    question = json.loads(compiled(session, made, evaluations.evaluator(session, made)))
    assert question["survey"] == {"answers": "19"}


def test_a_draft_waits_for_the_survey_that_runs(session: Session) -> None:
    made = evaluations.filled(session)
    surveys.survey(session, made.contract, answers=25)
    assert come(session, made)["E3.1"] == Came.NO_SURVEY
    with pytest.raises(Conflict, match="evaluation_survey_runs"):
        reporting.draft(session, made, evaluations.evaluator(session, made), summary=SUMMARY)


def test_the_review_meetings_of_a_contract_count_together(session: Session) -> None:
    made = evaluations.started(session)
    for counts in ((20, 5, 5), (10, 0, 0)):
        meeting = deliberations.meeting(session)
        opinion = dict(zip(("satisfied", "fair", "dissatisfied"), counts, strict=True))
        row = AssemblyOpinion(
            contract_id=made.contract_id, deliberation_id=meeting.id, entered_at=NOON, **opinion
        )
        session.add(row)
    session.flush()
    found = scored(session, made, evaluations.evaluator(session, made))
    (item,) = (each for each in found.items if each.item.code == "E3.2")
    assert (item.counted.satisfied, item.counted.answers, item.came) == (30, 40, Came.ASSEMBLY)
