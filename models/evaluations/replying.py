"""When the evaluator may reply to what a contractor answered, to an item and to a veto alike."""

from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.agencies.queries import ensure_free
from models.contracts.locking import hold
from models.errors import Conflict
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.lifecycle import phase_at


def hold_for_reply(session: Session, evaluation: Evaluation, act: Act) -> None:
    """Hold an evaluation whose answers are in (R37) and whose report is not final yet."""
    ensure(act, Permission.EVALUATION_MARK, evaluation)
    ensure_free(session, evaluation.contract, act)
    hold(session, evaluation)
    phase = phase_at(evaluation, act.at)
    if phase is not EvaluationPhase.ANSWERED:
        code = "answer_still_open" if phase is EvaluationPhase.DRAFTED else "evaluation_sheet_closed"
        raise Conflict(code)
