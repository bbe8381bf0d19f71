"""The projects whose final evaluation was published in a period, one line each."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from models.evaluations.evaluation import Evaluation
from models.evaluations.queries import with_contract
from models.rectifications.lifecycle import phase_at
from models.rectifications.queries import rectification_of
from models.rectifications.rectification import RectificationPhase
from models.reports.period import Period, inside, within
from models.rulebook.stages import Stage
from models.scoring.survey import Tally
from models.surveys.queries import result, survey_of
from models.tenders.tender import Tender


@dataclass(frozen=True)
class ProjectLine:
    """A contract, how it was judged, what its users said, and how far the mending is."""

    evaluation: Evaluation
    paid: Decimal
    opinion: Tally | None
    rectification: RectificationPhase | None


def projects(session: Session, area: str, period: Period) -> list[ProjectLine]:
    """In the order in which their results were published."""
    query = with_contract().where(
        Evaluation.stage == Stage.FINAL,
        within(Evaluation.published_at, period),
        inside(Tender.unit_code, area),
    )
    found = session.scalars(query.order_by(Evaluation.published_at, Evaluation.id))
    return [_line(session, each, period.ends_at) for each in found]


def _line(session: Session, evaluation: Evaluation, at: datetime) -> ProjectLine:
    contract = evaluation.contract
    survey = survey_of(session, contract.id, evaluation.stage)
    mended = rectification_of(session, evaluation.id)
    paid = [each.paid_amount for each in contract.milestones if each.paid_at and each.paid_at < at]
    return ProjectLine(
        evaluation=evaluation,
        paid=sum((each or Decimal(0) for each in paid), Decimal(0)),
        opinion=result(session, survey).overall if survey and survey.is_public else None,
        rectification=phase_at(mended, at) if mended and mended.issued_at < at else None,
    )
