"""Every clock that runs in an area, whoever has to act: the calendar of officials and auditors."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.calendar.clocks import local_date
from models.clocks.duties import running
from models.clocks.mending import KINDS
from models.clocks.reminder import ReminderKind
from models.evaluations.evaluation import EvaluationPhase
from models.evaluations.lifecycle import phase_sql as evaluation_phase_sql
from models.evaluations.queries import with_contract
from models.rectifications.escalating import steps
from models.tenders.lifecycle import phase_sql
from models.tenders.tender import Tender, TenderPhase

MOMENT = timedelta(microseconds=1)
AWAITED = frozenset({EvaluationPhase.PLANNED, EvaluationPhase.STARTED, EvaluationPhase.DRAFTED})
BEFORE_OPENING = frozenset({TenderPhase.TENDERING, TenderPhase.CLOSED})


@dataclass(frozen=True)
class Entry:
    """One clock: what is to be done by which day, for which project, and the rule that counts it."""

    day: date
    kind: ReminderKind
    about: Any
    tender: Tender
    rule: str | None
    is_overdue: bool


def agenda(session: Session, act: Act) -> list[Entry]:
    """The clocks of the actor's area, what is due first standing first."""
    ensure(act, Permission.AWARD_VIEW)
    today = local_date(act.at)
    found = [
        Entry(day, kind, about, tender, rule, day < today)
        for day, kind, about, tender, rule in (*_bought(session, act), *_judged(session, act))
        if act.actor.covers(tender.unit_code)
    ]
    return sorted(found, key=lambda each: (each.day, each.kind, each.tender.reference))


Found = tuple[date, ReminderKind, Any, Tender, str | None]


def _bought(session: Session, act: Act) -> Iterator[Found]:
    shut = select(Tender).where(phase_sql(act.at).in_([each.value for each in BEFORE_OPENING]))
    for tender in session.scalars(shut):
        if tender.bids_until is not None:
            yield local_date(tender.bids_until), ReminderKind.OPENING_DUE, tender, tender, None
    for duty in running(session, act):
        if duty.by is not None:
            yield duty.by.day, duty.kind, duty.about, duty.tender, duty.by.rule


def _judged(session: Session, act: Act) -> Iterator[Found]:
    awaited = evaluation_phase_sql(act.at).in_([each.value for each in AWAITED])
    for each in session.scalars(with_contract().where(awaited)):
        tender = each.contract.award.lot.tender
        if each.drafted_at is None:
            yield each.due_until, ReminderKind.EVALUATION_DUE, each, tender, None
        elif each.answer_ends_at is not None:
            yield local_date(each.answer_ends_at - MOMENT), ReminderKind.ANSWER_DUE, each, tender, "R37"
    for step in steps(session, act):
        tender = step.evaluation.contract.award.lot.tender
        yield step.clock.day, KINDS[step.clock.kind], step.about, tender, step.clock.rule
