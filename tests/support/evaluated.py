"""What occurs in the evaluations of the seeded district: all there is, or else the reason is said."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from models.agencies.agency import AgencyQualification, QualificationKind
from models.agencies.assignment import Assignment, AssignmentKind
from models.agencies.lifecycle import suspension_phase_sql
from models.agencies.suspension import SuspensionPhase
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.evidence import EvaluationEvidence, EvaluationEvidenceKind
from models.evaluations.lifecycle import phase_sql as evaluation_phase
from models.evaluations.lifecycle import rescore_phase_sql
from models.evaluations.rescore import RescorePhase
from models.frameworks.agreement import CallOff, ChosenBy
from models.ratings.rating import Rating, Side
from models.rectifications.consequence import Consequence, ConsequenceKind, ConsequencePhase
from models.rectifications.lifecycle import consequence_phase_sql
from models.rectifications.lifecycle import phase_sql as rectification_phase
from models.rectifications.rectification import Finding, RectificationPhase, Severity
from models.rulebook.stages import Stage
from models.scoring.grades import Grade
from models.surveys.answer import SurveyAnswer
from models.surveys.lifecycle import phase_sql as survey_phase
from models.surveys.survey import Channel, SurveyPhase
from tests.factories.parties import NOON

EVALUATED: tuple[tuple[Any, Iterable[StrEnum]], ...] = (
    (AgencyQualification.kind, QualificationKind),
    (Assignment.kind, AssignmentKind),
    (suspension_phase_sql(NOON), (SuspensionPhase.UPHELD,)),
    (evaluation_phase(NOON), EvaluationPhase),
    (Evaluation.stage, Stage),
    # Of three finals none was excellent.
    (Evaluation.grade, (Grade.GOOD, Grade.PASS, Grade.FAIL)),
    # An invented photo would show nothing.
    (EvaluationEvidence.kind, sorted({*EvaluationEvidenceKind} - {EvaluationEvidenceKind.PHOTO})),
    (rescore_phase_sql(NOON), (RescorePhase.SUBMITTED, RescorePhase.REVIEWED)),
    (survey_phase(NOON), SurveyPhase),
    (SurveyAnswer.channel, Channel),
    (Finding.severity, Severity),
    # Mended, reported as mended, failed once and planned anew, never mended.
    (
        rectification_phase(NOON),
        (
            RectificationPhase.PASSED,
            RectificationPhase.DONE,
            RectificationPhase.REPLANNED,
            RectificationPhase.CONCLUDED,
        ),
    ),
    (
        Consequence.kind,
        (ConsequenceKind.PRAISE, ConsequenceKind.REMINDER, ConsequenceKind.REDUCED_PAYMENT),
    ),
    (consequence_phase_sql(NOON), (ConsequencePhase.STANDING, ConsequencePhase.CONFIRMED)),
    (Rating.about_side, Side),
    (Rating.by_side, sorted({*Side} - {Side.AGENCY})),
    (CallOff.chosen_by, ChosenBy),
)
