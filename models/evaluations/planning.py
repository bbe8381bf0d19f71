"""The plan of a contract's evaluations: its stages with their days, from the contract's own time (R79)."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.contracts import contracting, performing
from models.contracts.contract import Contract, ContractPhase
from models.contracts.lifecycle import contract_phase_at
from models.contracts.locking import hold
from models.contracts.words import needed
from models.errors import Conflict, Invalid
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.indicator_sets import set_for
from models.evaluations.lifecycle import EVALUATION, EvaluationMove, phase_at
from models.lifecycle import advance
from models.reference import next_reference
from models.rulebook.stages import Stage, window

PREFIX = "PG"
AFTER_END = timedelta(days=30)
"""The final of a contract that ended early is due within a month of its end."""
FURTHEST = timedelta(days=3 * 365)


def put_in_force(session: Session, contract: Contract, act: Act) -> None:
    """The supplier signs, the contract is in force, and its evaluations are planned."""
    contracting.sign_for_supplier(session, contract, act)
    _renew(session, contract, _by_itself(act))


def end(session: Session, contract: Contract, act: Act, *, words: str) -> None:
    """The contract is terminated: its final is due soon, and what can no longer be looked at is cancelled."""
    performing.terminate(session, contract, act, words=words)
    _renew(session, contract, _by_itself(act))
    for evaluation in standing(session, contract):
        if evaluation.stage is not Stage.FINAL and evaluation.started_at is None:
            cancel(session, evaluation, act, words=words)


def plan(session: Session, contract: Contract, act: Act) -> list[Evaluation]:
    """Plan what is not planned yet, and compute days again that nobody set by hand."""
    ensure(act, Permission.EVALUATION_PLAN, contract)
    hold(session, contract)
    if contract_phase_at(contract, act.at) not in {ContractPhase.ACTIVE, ContractPhase.COMPLETE}:
        raise Conflict("evaluation_contract_not_in_force")
    return _renew(session, contract, act)


def move(
    session: Session, evaluation: Evaluation, act: Act, *, due_from: date, due_until: date, words: str
) -> None:
    """Set other days, with the reason; they are not computed again."""
    ensure(act, Permission.EVALUATION_PLAN, evaluation)
    hold(session, evaluation)
    if phase_at(evaluation, act.at) is not EvaluationPhase.PLANNED:
        raise Conflict("evaluation_started")
    said = needed(words)
    first = evaluation.contract.starts_on
    last = evaluation.contract.ends_on + FURTHEST
    if not first <= due_from <= last:
        raise Invalid("date_out_of_range", field="due_from", first=first, last=last)
    if not due_from <= due_until <= last:
        raise Invalid("date_out_of_range", field="due_until", first=due_from, last=last)
    evaluation.due_from, evaluation.due_until, evaluation.moved_words = due_from, due_until, said
    record(session, act, "evaluation.move", evaluation, due_from=due_from, due_until=due_until)


def cancel(session: Session, evaluation: Evaluation, act: Act, *, words: str) -> None:
    """Cancel a stage nobody has begun, with the reason."""
    evaluation.cancelled_words = needed(words)
    advance(session, EVALUATION, evaluation, EvaluationMove.CANCEL, act)


def standing(session: Session, contract: Contract) -> list[Evaluation]:
    """The evaluations of a contract that are not cancelled, in the order of their days."""
    query = select(Evaluation).where(Evaluation.contract_id == contract.id, Evaluation.cancelled_at.is_(None))
    return list(session.scalars(query.order_by(Evaluation.due_from, Evaluation.id)))


def days(contract: Contract, stage: Stage) -> tuple[date, date]:
    """First and last day of a stage by the contract's own time."""
    if contract.terminated_at is not None and stage is Stage.FINAL:
        ended = local_date(contract.terminated_at)
        return ended, ended + AFTER_END
    return window(stage, contract.starts_on, contract.ends_on)


def _by_itself(act: Act) -> Act:
    """Nobody plans what follows from a signature or an end: the trail says so."""
    return Act.of_system(act.at, act.request_id)


def _renew(session: Session, contract: Contract, act: Act) -> list[Evaluation]:
    planned = {each.stage: each for each in standing(session, contract)}
    for stage in Stage:
        first, last = days(contract, stage)
        found = planned.get(stage)
        if found is None:
            if contract.terminated_at is None and not _was_cancelled(session, contract, stage):
                planned[stage] = _planned(session, contract, act, stage, first, last)
        elif _is_computed(found, act) and (found.due_from, found.due_until) != (first, last):
            found.due_from, found.due_until = first, last
            record(session, act, "evaluation.recompute", found, due_from=first, due_until=last)
    return sorted(planned.values(), key=lambda each: each.due_from)


def _is_computed(evaluation: Evaluation, act: Act) -> bool:
    return evaluation.moved_words is None and phase_at(evaluation, act.at) is EvaluationPhase.PLANNED


def _was_cancelled(session: Session, contract: Contract, stage: Stage) -> bool:
    """A stage somebody cancelled does not come back by itself."""
    query = select(Evaluation.id).where(Evaluation.contract_id == contract.id, Evaluation.stage == stage)
    return session.scalars(query).first() is not None


def _planned(
    session: Session, contract: Contract, act: Act, stage: Stage, first: date, last: date
) -> Evaluation:
    """By the indicators in force on the day of planning: the contractor knows them from the beginning."""
    made = Evaluation(
        reference=next_reference(session, PREFIX, act.at),
        contract=contract,
        stage=stage,
        planned_at=act.at,
        due_from=first,
        due_until=last,
        indicator_set=set_for(session, contract.unit_code, local_date(act.at), act),
    )
    session.add(made)
    session.flush()  # the audit event needs the id
    record(session, act, "evaluation.plan", made, stage=stage, due_from=first, due_until=last)
    return made
