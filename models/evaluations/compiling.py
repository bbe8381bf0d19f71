"""An evaluation as the file that `duijie evaluate` takes: there is one way to every score."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from models.act import Act
from models.evaluations.evaluation import Evaluation
from models.evaluations.filing import written
from models.evaluations.marking import marks_of, vetoes_of
from models.evaluations.proving import evidence_of
from models.evaluations.sheet import Marked
from models.scoring.score import Score, score
from models.scoring.sheet import LEAST_ANSWERS, read_sheet
from models.surveys.lifecycle import phase_at as survey_phase_at
from models.surveys.queries import result, survey_of
from models.surveys.reviewing import opinions
from models.surveys.survey import SurveyPhase

RUN = frozenset({SurveyPhase.CLOSED, SurveyPhase.PUBLISHED})


def compiled(
    session: Session,
    evaluation: Evaluation,
    act: Act,
    *,
    marks: Mapping[str, Marked] | None = None,
) -> bytes:
    """The file of an evaluation as it stands, or of other marks upon the same evidence."""
    found = marks_of(session, evaluation) if marks is None else marks
    proofs: dict[str, list[str]] = {}
    for each in evidence_of(session, evaluation):
        proofs.setdefault(each.item_code, []).append(each.name)
    document = {
        "about": evaluation.reference,
        "stage": evaluation.stage.value,
        "indicators": evaluation.indicator_set.content,
        "survey": _survey(session, evaluation, act),
        "assembly": _assembly(session, evaluation),
        "items": {
            code: _entry(mark, proofs.get(code, [])) for code, mark in sorted(found.items()) if _says(mark)
        },
        "vetoes": {code: each.words for code, each in vetoes_of(session, evaluation).items()},
    }
    return written(document)


def scored(session: Session, evaluation: Evaluation, act: Act) -> Score:
    """The score as it stands now."""
    return score(read_sheet(compiled(session, evaluation, act)))


def _says(mark: Marked) -> bool:
    """Whether a mark says something of its item; words alone are a note."""
    return bool(mark.missing_words) or mark.points is not None or mark.planned is not None


def _entry(mark: Marked, proofs: list[str]) -> dict[str, Any]:
    words = {"words": mark.words} if mark.words else {}
    if mark.missing_words:
        return {"missing": mark.missing_words, **words}
    if mark.points is not None:
        return {"points": f"{mark.points:f}", "evidence": proofs, **words}
    return {"planned": f"{mark.planned:f}", "actual": f"{mark.actual:f}", "evidence": proofs, **words}


def _survey(session: Session, evaluation: Evaluation, act: Act) -> dict[str, str] | None:
    """What the platform's survey of this stage says, once it has run; of too few, only how many."""
    survey = survey_of(session, evaluation.contract_id, evaluation.stage)
    if survey is None or survey_phase_at(survey, act.at) not in RUN:
        return None
    found = result(session, survey)
    if found.overall is None:
        return {"answers": str(min(found.valid, LEAST_ANSWERS - 1))}
    return {"answers": str(found.overall.valid), "satisfied": str(found.overall.satisfied)}


def _assembly(session: Session, evaluation: Evaluation) -> dict[str, str] | None:
    """What everybody at the contract's review meetings 评议会 said, taken together (R74)."""
    found = opinions(session, evaluation.contract)
    if not found:
        return None
    return {
        "answers": str(sum(each.voters for each in found)),
        "satisfied": str(sum(each.satisfied for each in found)),
    }
