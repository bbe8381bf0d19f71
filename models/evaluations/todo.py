"""What waits for whom in evaluations, each with its day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act, Role
from models.agencies.assignment import AgencyDraw, AssignmentKind
from models.calendar.clocks import local_date
from models.evaluations.board import EvaluationRow, Wanted, board, unplanned
from models.evaluations.evaluation import EvaluationPhase
from models.evaluations.gaps import needs_review
from models.evaluations.lifecycle import rescore_phase_at
from models.evaluations.queries import rescores
from models.evaluations.rescore import Rescore, RescorePhase
from models.paging import EVERYTHING


class EvaluationTask(StrEnum):
    """What is to be done."""

    START = "start"
    MARK = "mark"
    REPLY = "reply"
    RESCORE = "rescore"
    ANSWER = "answer"
    PLAN = "plan"
    DRAW = "draw"
    REVIEW = "review"
    PUBLISH = "publish"
    CHASE = "chase"


@dataclass(frozen=True)
class Task:
    """One thing to do, about an evaluation, a second sheet or a contract."""

    kind: EvaluationTask
    subject_id: UUID
    title: str
    due: date | None = None


def for_evaluator(session: Session, act: Act) -> list[Task]:
    """What waits for an agency."""
    if not can(act, P.EVALUATION_MARK):
        return []
    kinds = {
        EvaluationPhase.STARTED: EvaluationTask.MARK,
        EvaluationPhase.ANSWERED: EvaluationTask.REPLY,
    }
    today = local_date(act.at)
    found = []
    for row in _rows(session, act):
        kind = kinds.get(row.phase)
        if row.phase is EvaluationPhase.PLANNED and row.evaluation.due_from <= today:
            kind = EvaluationTask.START
        if kind is not None:
            found.append(_task(kind, row))
    open_ = (each for each in rescores(session, act) if _phase(each, act) is RescorePhase.ORDERED)
    return found + [Task(EvaluationTask.RESCORE, each.id, _title(each)) for each in open_]


def for_contractor(session: Session, act: Act) -> list[Task]:
    """Drafts that wait for an answer."""
    if not can(act, P.EVALUATION_ANSWER):
        return []
    rows = _rows(session, act)
    return [_task(EvaluationTask.ANSWER, row) for row in rows if row.phase is EvaluationPhase.DRAFTED]


def for_official(session: Session, act: Act) -> list[Task]:
    """Contracts without a plan or an agency, stages that are overdue, reports to publish, gaps to review."""
    if not can(act, P.EVALUATION_PLAN) or not act.actor.unit_code:
        return []
    found = [
        Task(EvaluationTask.PLAN, each.id, each.award.lot.tender.title) for each in unplanned(session, act)
    ]
    rows = _rows(session, act)
    seconds = {each.evaluation_id: each for each in session.scalars(select(Rescore))}
    tasks = (_decided(session, act, row, seconds.get(row.evaluation.id)) for row in rows)
    draws = list(_to_draw(session, act, rows))
    undrawn = {task.subject_id for task in draws}
    return [
        *found,
        *(task for task in tasks if task is not None),
        *draws,
        *(task for task in _late(rows) if task.subject_id not in undrawn),
    ]


def overdue(session: Session, act: Act) -> list[Task]:
    """Stages of an area nobody has handed over by their last day, for the auditor."""
    return _late(_rows(session, act)) if act.actor.role is Role.AUDITOR else []


def _decided(session: Session, act: Act, row: EvaluationRow, second: Rescore | None) -> Task | None:
    phase = _phase(second, act) if second is not None else None
    if second is not None and phase is RescorePhase.SUBMITTED and needs_review(session, second):
        return Task(EvaluationTask.REVIEW, second.id, _title(second))
    is_open = row.phase is EvaluationPhase.FINAL and phase is not RescorePhase.ORDERED
    return _task(EvaluationTask.PUBLISH, row) if is_open else None


def _to_draw(session: Session, act: Act, rows: list[EvaluationRow]) -> Iterator[Task]:
    """One task a contract that has begun a stage; where a draw was made, its own task says what is next."""
    drawn = select(AgencyDraw.contract_id).where(AgencyDraw.kind == AssignmentKind.PRIMARY)
    known = set(session.scalars(drawn))
    for row in rows:
        contract_id = row.evaluation.contract_id
        begun = row.phase is EvaluationPhase.PLANNED and row.evaluation.due_from <= local_date(act.at)
        if begun and contract_id not in known:
            known.add(contract_id)
            yield _task(EvaluationTask.DRAW, row)


def _late(rows: list[EvaluationRow]) -> list[Task]:
    return [_task(EvaluationTask.CHASE, row) for row in rows if row.is_overdue]


def _rows(session: Session, act: Act) -> list[EvaluationRow]:
    return board(session, act, Wanted(), paging=EVERYTHING).rows


def _task(kind: EvaluationTask, row: EvaluationRow) -> Task:
    return Task(kind, row.evaluation.id, _named(row), row.due)


def _named(row: EvaluationRow) -> str:
    return row.evaluation.contract.award.lot.tender.title


def _title(rescore: Rescore) -> str:
    return rescore.evaluation.contract.award.lot.tender.title


def _phase(rescore: Rescore, act: Act) -> RescorePhase:
    return rescore_phase_at(rescore, act.at)
