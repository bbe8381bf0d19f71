"""Which evaluation a row is about, and who works on it."""

from datetime import datetime

from models.act import Act
from models.evaluations import planning
from models.evaluations.evaluation import Evaluation
from models.rulebook.stages import Stage
from seed_data.replay import District
from seed_data.workbooks import Row

Key = tuple[str, str]


def key_of(row: Row) -> Key:
    """Which evaluation a row is about."""
    return row.key("tender_id"), row.choice("stage", Stage)


def evaluation_of(district: District, row: Row) -> Evaluation:
    """The evaluation a row is about, unless it was cancelled."""
    found = planning.standing(district.session, district.contract(row))
    stage = row.choice("stage", Stage)
    return next((each for each in found if each.stage is stage), None) or row.refuse("it is not planned")


def by_evaluator(district: District, evaluation: Evaluation, row: Row, at: datetime) -> Act:
    """Who was drawn after the evaluation was planned is read from the database."""
    district.session.refresh(evaluation, ["agency_id"])
    return district.for_agency(evaluation.agency_id, row, at)
