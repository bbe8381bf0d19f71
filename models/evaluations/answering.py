"""The contractor answers the draft item by item, and the evaluator replies item by item."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.contracts.locking import hold
from models.contracts.words import LONGEST, needed
from models.errors import Conflict, Invalid
from models.evaluations import people
from models.evaluations.answer import ItemAnswer
from models.evaluations.compiling import scored
from models.evaluations.contesting import contest
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.filing import report_of, score_of
from models.evaluations.indicator_sets import indicators_of
from models.evaluations.lifecycle import EVALUATION, EvaluationMove, phase_at
from models.evaluations.marking import FILLED_IN, Given, check, marks_of, write
from models.evaluations.replying import hold_for_reply
from models.evaluations.sheet import EvaluationMark, ReportKind
from models.lifecycle import advance
from models.scoring.indicators import Item
from models.scoring.score import Score, two
from models.wording import bounded


def answer(
    session: Session,
    evaluation: Evaluation,
    act: Act,
    *,
    words: Mapping[str, str],
    vetoes: Mapping[str, str] = MappingProxyType({}),
    done: bool = False,
) -> None:
    """Answer items of the draft and contest its vetoes; one without words has no answer (any more).

    `done`: the contractor has said all, or has nothing to add, so the days need not run out.
    """
    ensure(act, Permission.EVALUATION_ANSWER, evaluation)
    hold(session, evaluation)
    if phase_at(evaluation, act.at) is not EvaluationPhase.DRAFTED:
        raise Conflict("answer_period_over")
    kept = answers_of(session, evaluation)
    for code, said in words.items():
        item_of(evaluation, code)
        _write(session, evaluation, act, kept.get(code), code, bounded(said, LONGEST, field=f"words_{code}"))
    for code, said in vetoes.items():
        contest(session, evaluation, act, code=code, words=said)
    if done:
        advance(session, EVALUATION, evaluation, EvaluationMove.ANSWER, act)
        told = people.evaluators(session, evaluation, act)
        outbox.add(session, act, "evaluation_answered", evaluation, to=told, reference=evaluation.reference)


def reply(
    session: Session, answer: ItemAnswer, act: Act, *, words: str, given: Given | None = None
) -> ItemAnswer:
    """Reply to an answer, with the mark changed or not; the points before and after stay beside it."""
    evaluation = answer.evaluation
    hold_for_reply(session, evaluation, act)
    said = needed(words)
    item = item_of(evaluation, answer.item_code)
    if given is not None:
        if item.kind not in FILLED_IN:
            raise Invalid("mark_is_counted", field="words", item=item.code)
        kept = marks_of(session, evaluation)
        write(session, kept, item, check(item, given), EvaluationMark, evaluation_id=evaluation.id)
        session.flush()  # the points after are computed from what is stored
    before, after = _drafted(session, evaluation, item), _points(scored(session, evaluation, act), item)
    answer.points_before, answer.points_after = before, after
    answer.reply_words, answer.replied_at, answer.replied_by = said, act.at, act.actor.person_id
    facts = {"item": item.code, "before": before, "after": after}
    record(session, act, "evaluation.reply", evaluation, **facts)
    return answer


def _write(
    session: Session, evaluation: Evaluation, act: Act, found: ItemAnswer | None, code: str, said: str
) -> None:
    if (found.words if found else "") == said:
        return
    if found is None:
        found = ItemAnswer(evaluation_id=evaluation.id, item_code=code)
        session.add(found)
    if said:
        found.words, found.given_at, found.given_by = said, act.at, act.actor.person_id
    else:
        session.delete(found)
    record(session, act, "evaluation.answer_item", evaluation, item=code, taken_back=not said)


def answers_of(session: Session, evaluation: Evaluation) -> dict[str, ItemAnswer]:
    """The answers by item."""
    query = select(ItemAnswer).where(ItemAnswer.evaluation_id == evaluation.id)
    return {each.item_code: each for each in session.scalars(query.order_by(ItemAnswer.item_code))}


def item_of(evaluation: Evaluation, code: str) -> Item:
    """An item the stage asks."""
    asked = indicators_of(evaluation.indicator_set).asked(evaluation.stage)
    found = next((item for item in asked if item.code == code), None)
    if found is None:
        raise Invalid("mark_item_unknown", item=code)
    return found


def _drafted(session: Session, evaluation: Evaluation, item: Item) -> Decimal:
    report = report_of(session, evaluation, ReportKind.DRAFT)
    return _points(score_of(report), item) if report else Decimal(0)


def _points(found: Score, item: Item) -> Decimal:
    return next(two(each.points) for each in found.items if each.item.code == item.code)
