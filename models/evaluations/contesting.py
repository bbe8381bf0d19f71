"""The contractor contests a veto of the draft within its five working days, and the evaluator replies (R37).

A veto makes the grade the lowest, so nothing is final before each that is contested is upheld or withdrawn,
with the reason.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.contracts.words import LONGEST, needed
from models.errors import Conflict, Invalid
from models.evaluations.answer import VetoAnswer
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.lifecycle import phase_at
from models.evaluations.marking import vetoes_of
from models.evaluations.replying import hold_for_reply
from models.evaluations.sheet import EvaluationVeto
from models.wording import bounded


def contest(session: Session, evaluation: Evaluation, act: Act, *, code: str, words: str) -> None:
    """Say what is wrong about a veto; without words nothing is (any more)."""
    ensure(act, Permission.EVALUATION_ANSWER, evaluation)
    if phase_at(evaluation, act.at) is not EvaluationPhase.DRAFTED:
        raise Conflict("answer_period_over")
    veto, found = vetoes_of(session, evaluation).get(code), contests_of(session, evaluation).get(code)
    if veto is None:
        raise Invalid("veto_unknown", field="code")
    said = bounded(words, LONGEST, field=f"veto_{code}")
    if (found.words if found else "") == said:
        return
    if found is None:
        found = VetoAnswer(evaluation_id=evaluation.id, code=code, veto_words=veto.words)
        session.add(found)
    if said:
        found.words, found.given_at, found.given_by = said, act.at, act.actor.person_id
    else:
        session.delete(found)
    record(session, act, "evaluation.contest_veto", evaluation, code=code, taken_back=not said)


def reply(session: Session, answer: VetoAnswer, act: Act, *, upheld: bool, words: str) -> None:
    """Uphold the veto or withdraw it, with the reason; until the report is final the reply can be changed."""
    evaluation = answer.evaluation
    hold_for_reply(session, evaluation, act)
    answer.reply_words, answer.upheld = needed(words, field="reply"), upheld
    answer.replied_at, answer.replied_by = act.at, act.actor.person_id
    veto = vetoes_of(session, evaluation).get(answer.code)
    if veto is not None and not upheld:
        session.delete(veto)
    elif veto is None and upheld:
        again = {"code": answer.code, "words": answer.veto_words, "made_at": act.at}
        session.add(EvaluationVeto(evaluation_id=evaluation.id, **again))
    record(session, act, "evaluation.reply_veto", evaluation, code=answer.code, upheld=upheld)


def contests_of(session: Session, evaluation: Evaluation) -> dict[str, VetoAnswer]:
    """The answers by veto."""
    query = select(VetoAnswer).where(VetoAnswer.evaluation_id == evaluation.id)
    return {each.code: each for each in session.scalars(query.order_by(VetoAnswer.code))}
