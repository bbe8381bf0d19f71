"""The organisation's part: a plan for each finding (what, who, by when), then the report that it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.calendar.clocks import local_date
from models.contracts import people
from models.contracts.words import needed
from models.errors import Invalid
from models.lifecycle import advance
from models.rectifications import telling
from models.rectifications.clocks import clock_of
from models.rectifications.lifecycle import RECTIFICATION, RectificationMove, phase_at
from models.rectifications.rectification import Finding, Rectification, RectificationPhase, Remedy
from models.wording import bounded

LONGEST_MENDING = timedelta(days=90)
"""A mending that takes longer than a quarter is a change of the contract."""
NAME = 200
SECOND_ROUND = {RectificationPhase.FAILED, RectificationPhase.REPLANNED, RectificationPhase.REDONE}


@dataclass(frozen=True)
class Planned:
    """What is done about one finding, who does it, and by which day."""

    what: str
    who: str
    due_on: date


def to_mend(rectification: Rectification) -> list[Finding]:
    """The findings a plan must answer: all at first, in the second round those that did not pass."""
    return [each for each in rectification.findings if not each.passed]


def plan(
    session: Session, rectification: Rectification, act: Act, *, planned: Mapping[UUID, Planned]
) -> None:
    """Answer every open finding. After a failed re-check there is a second plan, and no third."""
    ensure(act, Permission.RECTIFICATION_PLAN, rectification)
    second = phase_at(rectification, act.at) in SECOND_ROUND
    advance(
        session,
        RECTIFICATION,
        rectification,
        RectificationMove.REPLAN if second else RectificationMove.PLAN,
        act,
    )
    for finding in to_mend(rectification):
        given = planned.get(finding.id)
        if given is None:
            raise Invalid("plan_incomplete", number=finding.number)
        finding.remedies.append(_remedy(given, finding.number, 2 if second else 1, local_date(act.at)))
    session.flush()  # the clock below reads them
    clock = clock_of(rectification, act.at)
    assert clock is not None  # noqa: S101  # for the type checker: a plan names days
    told = telling.agency(session, act, rectification)
    told |= people.purchaser(session, act, rectification.evaluation.contract.award.lot.tender)
    facts = {"reference": rectification.reference, "day": clock.day}
    outbox.add(session, act, "rectification_planned", rectification, to=told, **facts)


def report(session: Session, rectification: Rectification, act: Act, *, words: str) -> None:
    """Report it as done; the evaluator looks again within 30 days."""
    ensure(act, Permission.RECTIFICATION_PLAN, rectification)
    if phase_at(rectification, act.at) in SECOND_ROUND:
        rectification.redone_words, move = needed(words), RectificationMove.REPORT_AGAIN
    else:
        rectification.done_words, move = needed(words), RectificationMove.REPORT
    advance(session, RECTIFICATION, rectification, move, act)
    clock = clock_of(rectification, act.at)
    assert clock is not None  # noqa: S101  # for the type checker: it has just been reported
    told = telling.agency(session, act, rectification)
    facts = {"reference": rectification.reference, "day": clock.day}
    outbox.add(session, act, "rectification_done", rectification, to=told, **facts)


def _remedy(given: Planned, number: int, round_: int, today: date) -> Remedy:
    last = today + LONGEST_MENDING
    if not today <= given.due_on <= last:
        raise Invalid("plan_day", field=f"due_{number}", number=number, first=today, last=last)
    who = bounded(given.who, NAME, field=f"who_{number}")
    if not who:
        raise Invalid("words_missing", field=f"who_{number}")
    return Remedy(round=round_, what=needed(given.what, field=f"what_{number}"), who=who, due_on=given.due_on)
