"""What waits for whom between a final report and its result, each with its clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act
from models.contracts.contract import ContractPhase
from models.contracts.lifecycle import contract_phase_at
from models.evaluations.evaluation import Evaluation
from models.rectifications.clocks import Clock, clock_of, findings_until
from models.rectifications.consequence import Consequence, ConsequenceKind, ConsequencePhase
from models.rectifications.deducting import is_final
from models.rectifications.lifecycle import consequence_phase_at, phase_at
from models.rectifications.queries import WATCHING, consequences, rectifications, to_issue
from models.rectifications.rectification import Rectification, RectificationPhase


class TaskKind(StrEnum):
    """What is to be done."""

    ISSUE = "issue"
    PLAN = "plan"
    REPORT = "report"
    RECHECK = "recheck"
    CHASE = "chase"
    CONCLUDE = "conclude"
    REVIEW = "review"
    TERMINATE = "terminate"


@dataclass(frozen=True)
class Task:
    """One thing to do about an evaluation's findings, or about what followed from it."""

    kind: TaskKind
    evaluation: Evaluation
    clock: Clock | None
    subject: Evaluation | Rectification | Consequence


BY_ORGANISATION = {
    RectificationPhase.ISSUED: TaskKind.PLAN,
    RectificationPhase.FAILED: TaskKind.PLAN,
    RectificationPhase.PLANNED: TaskKind.REPORT,
    RectificationPhase.REPLANNED: TaskKind.REPORT,
}
BY_EVALUATOR = {
    RectificationPhase.DONE: TaskKind.RECHECK,
    RectificationPhase.REDONE: TaskKind.RECHECK,
}


def for_supplier(session: Session, act: Act) -> list[Task]:
    """Plans to hand in, and mending to report."""
    if not can(act, P.RECTIFICATION_PLAN):
        return []
    return _sorted(_in_phases(session, act, BY_ORGANISATION))


def for_evaluator(session: Session, act: Act) -> list[Task]:
    """Findings to issue, and what to look at again."""
    if not can(act, P.FINDING_ISSUE):
        return []
    issuing = [Task(TaskKind.ISSUE, each, findings_until(each), each) for each in to_issue(session, act)]
    return _sorted([*issuing, *_in_phases(session, act, BY_EVALUATOR)])


def for_official(session: Session, act: Act) -> list[Task]:
    """What is overdue, what nobody mends any more, appeals against others, contracts to end as decided."""
    if not can(act, P.CONSEQUENCE_DECIDE):
        return []
    unmended = [
        Task(TaskKind.CONCLUDE, each.evaluation, None, each)
        for each in rectifications(session, act)
        if phase_at(each, act.at) is RectificationPhase.UNMENDED
    ]
    return _sorted([*overdue(session, act), *unmended, *_appeals(session, act), *_endings(session, act)])


def overdue(session: Session, act: Act) -> list[Task]:
    """Overdue steps of the area, for the officials and the auditor they go up to."""
    if act.actor.role not in WATCHING:
        return []
    reports = [Task(TaskKind.CHASE, each, findings_until(each), each) for each in to_issue(session, act)]
    mending = [
        Task(TaskKind.CHASE, each.evaluation, clock_of(each, act.at), each)
        for each in rectifications(session, act)
    ]
    return _sorted(each for each in [*reports, *mending] if each.clock and each.clock.is_over(act.at))


def _in_phases(session: Session, act: Act, kinds: dict[RectificationPhase, TaskKind]) -> Iterator[Task]:
    for each in rectifications(session, act):
        kind = kinds.get(phase_at(each, act.at))
        if kind is not None:
            yield Task(kind, each.evaluation, clock_of(each, act.at), each)


def _appeals(session: Session, act: Act) -> Iterator[Task]:
    for each in consequences(session, act):
        appealed = consequence_phase_at(each, act.at) is ConsequencePhase.APPEALED
        if appealed and can(act, P.CONSEQUENCE_REVIEW, each) and each.decided_by != act.actor.person_id:
            yield Task(TaskKind.REVIEW, each.evaluation, None, each)


def _endings(session: Session, act: Act) -> Iterator[Task]:
    for each in consequences(session, act):
        if each.kind is not ConsequenceKind.TERMINATION or not is_final(each, act):
            continue
        contract = each.evaluation.contract
        runs = contract_phase_at(contract, act.at) is ContractPhase.ACTIVE
        if runs and can(act, P.CONTRACT_MANAGE, contract):
            yield Task(TaskKind.TERMINATE, each.evaluation, None, each)


def _sorted(tasks: Iterable[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: (task.clock.day if task.clock else date.max, task.kind))
