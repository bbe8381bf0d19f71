"""Overdue steps go up to the officials and auditors of the area: once for each step."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.contracts.contract import Contract
from models.evaluations.evaluation import Evaluation
from models.rectifications import telling
from models.rectifications.clocks import Clock, clock_of, findings_until
from models.rectifications.escalation import Escalation
from models.rectifications.queries import open_rectifications, without_findings
from models.rectifications.rectification import Rectification


@dataclass(frozen=True)
class Step:
    """A step that has a day; `about` is the record whose page a notice leads to."""

    evaluation: Evaluation
    clock: Clock
    about: Evaluation | Rectification


def escalate(session: Session, act: Act) -> int:
    """Tell whoever stands above of every overdue step that they were not told of; how many steps."""
    ensure(act, Permission.CLOCK_REMIND)
    known = {tuple(row) for row in session.execute(select(Escalation.evaluation_id, Escalation.kind))}
    overdue = (each for each in steps(session, act) if each.clock.is_over(act.at))
    fresh = [each for each in overdue if (each.evaluation.id, each.clock.kind) not in known]
    for each in fresh:
        _escalate(session, each, act)
    return len(fresh)


def steps(session: Session, act: Act) -> Iterator[Step]:
    """Every step that waits to be done by a day, whoever may see it."""
    for evaluation in session.scalars(without_findings(act.at)):
        clock = findings_until(evaluation)
        if clock is not None:
            yield Step(evaluation, clock, evaluation)
    for rectification in session.scalars(open_rectifications(act.at)):
        clock = clock_of(rectification, act.at)
        if clock is not None:
            yield Step(rectification.evaluation, clock, rectification)


def _escalate(session: Session, found: Step, act: Act) -> None:
    evaluation, clock = found.evaluation, found.clock
    session.add(
        Escalation(evaluation_id=evaluation.id, kind=clock.kind, due_on=clock.day, escalated_at=act.at)
    )
    contract: Contract = evaluation.contract
    told = telling.above(session, act, evaluation.unit_code)
    facts = {"reference": contract.reference, "title": contract.award.lot.title, "day": clock.day}
    outbox.add(session, act, f"overdue_{clock.kind.value}", found.about, to=told, **facts)
