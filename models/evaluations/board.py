"""The calendar: evaluations with their phase and what is due of them, and contracts without a plan."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act
from models.calendar.clocks import local_date
from models.contracts.contract import Contract, ContractPhase
from models.contracts.lifecycle import contract_phase_sql
from models.contracts.queries import with_contract as contracts_query
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.lifecycle import phase_at, phase_sql
from models.evaluations.queries import mine, visible, with_contract
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.parties.organisation import Organisation
from models.rulebook.stages import Stage
from models.tenders.tender import Tender
from models.wording import search_words

MOMENT = timedelta(microseconds=1)
UNDER_WAY = frozenset({EvaluationPhase.PLANNED, EvaluationPhase.STARTED})
SORTS = ("due", "published", "reference", "supplier", "score")


@dataclass(frozen=True)
class Wanted:
    """Which evaluations somebody looks for."""

    stage: Stage | None = None
    phase: EvaluationPhase | None = None
    words: str | None = None
    overdue: bool = False


@dataclass(frozen=True)
class EvaluationRow:
    """One line of the calendar. `due` is the day of what comes next, if it has one."""

    evaluation: Evaluation
    phase: EvaluationPhase
    due: date | None
    is_overdue: bool


def row_of(evaluation: Evaluation, act: Act) -> EvaluationRow:
    """An evaluation as a line: a stage nobody has handed over by its last day is overdue."""
    phase = phase_at(evaluation, act.at)
    due = evaluation.due_until if phase in UNDER_WAY else None
    if phase is EvaluationPhase.DRAFTED and evaluation.answer_ends_at is not None:
        due = local_date(evaluation.answer_ends_at - MOMENT)
    late = phase in UNDER_WAY and evaluation.due_until < local_date(act.at)
    return EvaluationRow(evaluation, phase, due, late)


def board(
    session: Session, act: Act, wanted: Wanted, *, sort: str = "due", paging: Paging = FIRST_PAGE
) -> Listed[EvaluationRow]:
    """The evaluations that concern the actor."""
    if not can(act, P.EVALUATION_VIEW):
        return Listed([], 0)
    return _listed(session, act, mine(act), wanted, sort=sort, paging=paging)


def published(
    session: Session, act: Act, wanted: Wanted, *, sort: str = "-published", paging: Paging = FIRST_PAGE
) -> Listed[EvaluationRow]:
    """Results everybody may read."""
    return _listed(session, act, Evaluation.published_at <= act.at, wanted, sort=sort, paging=paging)


def unplanned(session: Session, act: Act) -> list[Contract]:
    """Contracts in force in the actor's area that no evaluation is planned for."""
    if not can(act, P.EVALUATION_PLAN) or not act.actor.unit_code:
        return []
    planned = select(Evaluation.id).where(Evaluation.contract_id == Contract.id).exists()
    query = contracts_query().where(
        Tender.unit_code.startswith(act.actor.unit_code, autoescape=True),
        contract_phase_sql(act.at) == ContractPhase.ACTIVE.value,
        ~planned,
    )
    return list(session.scalars(query.order_by(Contract.starts_on, Contract.id)))


def _listed(
    session: Session, act: Act, whose: ColumnElement[bool], wanted: Wanted, *, sort: str, paging: Paging
) -> Listed[EvaluationRow]:
    query = with_contract().where(whose, visible(act))
    if wanted.stage is not None:
        query = query.where(Evaluation.stage == wanted.stage)
    if wanted.phase is not None:
        query = query.where(phase_sql(act.at) == wanted.phase.value)
    else:
        query = query.where(Evaluation.cancelled_at.is_(None))
    if wanted.overdue:
        query = query.where(_late(act))
    for word in search_words(wanted.words):
        named = Organisation.search_text.contains(word, autoescape=True)
        titled = Tender.title.contains(word, autoescape=True)
        query = query.where(or_(named, titled, Evaluation.reference == word.upper()))
    found = session.scalars(cut(query.order_by(_order(sort, act.at), Evaluation.id), paging))
    return Listed([row_of(each, act) for each in found], count(session, query))


def _late(act: Act) -> ColumnElement[bool]:
    under_way = phase_sql(act.at).in_([phase.value for phase in UNDER_WAY])
    return and_(under_way, Evaluation.due_until < local_date(act.at))


def _due(at: datetime) -> ColumnElement[Any]:
    """The day of what comes next, as the line says it; nothing when no day is set for it."""
    phase = phase_sql(at)
    return case(
        (phase.in_([each.value for each in UNDER_WAY]), Evaluation.due_until),
        (phase == EvaluationPhase.DRAFTED.value, func.date(Evaluation.answer_ends_at)),
        else_=None,
    )


ORDERS: dict[str, Callable[[], Any]] = {
    "published": lambda: Evaluation.published_at,
    "reference": lambda: Evaluation.reference,
    "supplier": lambda: Organisation.name,
    "score": lambda: Evaluation.score,
}


def _order(sort: str, at: datetime) -> Any:
    name = sort.removeprefix("-")
    column = _due(at) if name == "due" else ORDERS[name]()
    return column.desc().nulls_last() if sort.startswith("-") else column.asc().nulls_last()
