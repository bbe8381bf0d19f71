"""The gap between two sheets of one evaluation: over the area's limit, an official decides."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from models.act import Act
from models.agencies.rotation import rotation_at
from models.calendar.clocks import local_date
from models.evaluations.evaluation import Evaluation
from models.evaluations.filing import rescore_of
from models.evaluations.lifecycle import rescore_phase_at
from models.evaluations.rescore import Rescore, RescorePhase


def limit(session: Session, evaluation: Evaluation, at: datetime) -> Decimal:
    """The gap the area still takes, as it held when the second sheet was handed in (R84: 10 points)."""
    return rotation_at(session, evaluation.unit_code, local_date(at)).rescore_gap


def settle_gap(session: Session, evaluation: Evaluation) -> None:
    """Note the gap, once both scores are there."""
    rescore = rescore_of(session, evaluation)
    if rescore is not None and rescore.score is not None and evaluation.score is not None:
        rescore.gap = abs(evaluation.score - rescore.score)


def needs_review(session: Session, rescore: Rescore) -> bool:
    """Whether the gap is over the limit; one of exactly the limit is not (R37)."""
    if rescore.gap is None or rescore.submitted_at is None:
        return False
    return rescore.gap > limit(session, rescore.evaluation, rescore.submitted_at)


def is_disputed(session: Session, evaluation: Evaluation, act: Act) -> bool:
    """Whether a second sheet is still out, or its gap waits for the review."""
    rescore = rescore_of(session, evaluation)
    if rescore is None:
        return False
    phase = rescore_phase_at(rescore, act.at)
    return phase is RescorePhase.ORDERED or (
        phase is RescorePhase.SUBMITTED and needs_review(session, rescore)
    )
