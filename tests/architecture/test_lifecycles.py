"""Every cell of every lifecycle: from each phase each move is taken, or refused as a conflict."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.catalogue.lifecycle import SERVICE
from models.catalogue.lifecycle import phase_sql as service_phase_sql
from models.catalogue.service import Service
from models.errors import Conflict, NotAllowed, NotFound
from models.lifecycle import Lifecycle, advance
from models.needs import lifecycle as needs_lifecycle
from models.needs.assessment import Assessment
from models.needs.deliberation import Deliberation
from models.needs.lifecycle import ASSESSMENT, DELIBERATION, NEED
from models.needs.need import ClosedReason, Need, NeedPhase
from models.planning.lifecycle import PLAN
from models.planning.lifecycle import phase_sql as plan_phase_sql
from models.planning.plan import Plan
from tests.factories import catalogue, deliberations, needs, planning
from tests.factories.parties import NOON, STREET, act_as, nobody


def need(session: Session) -> Need:
    """A draft."""
    return needs.need(session, NeedPhase.DRAFT)


def assessment(session: Session) -> Assessment:
    """A draft."""
    return deliberations.assessment(session, completed=False)


def meeting(session: Session) -> Deliberation:
    """A meeting that has been announced."""
    return deliberations.meeting(session)


def service(session: Session) -> Service:
    """A draft entry."""
    return catalogue.service(session, published=False)


def plan(session: Session) -> Plan:
    """A plan that nobody has adopted."""
    planning.offer(session, "失能老人送餐上门")
    planning.matched(session, count=1)
    return planning.build(session, planning.official(session))


MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Kind:
    """A lifecycle with what a test needs of it: a fresh record, and the phase as SQL."""

    lifecycle: Lifecycle
    phase_sql: Any
    make: Any
    columns: tuple[str, ...]
    """The dates that say the phase, in the order in which they are stamped."""
    also: dict[str, dict[str, Any]]
    """What the database wants beside a date."""


KINDS = {
    "need": Kind(
        NEED,
        needs_lifecycle.phase_sql,
        need,
        (
            "submitted_at",
            "returned_at",
            "deliberating_at",
            "standardised_at",
            "matched_at",
            "unmet_at",
            "closed_at",
        ),
        {"closed_at": {"closed_reason": ClosedReason.SETTLED}},
    ),
    "assessment": Kind(
        ASSESSMENT,
        needs_lifecycle.assessment_phase_sql,
        assessment,
        ("completed_at", "withdrawn_at"),
        {},
    ),
    "deliberation": Kind(
        DELIBERATION,
        needs_lifecycle.deliberation_phase_sql,
        meeting,
        ("held_at", "promise_kept_at", "cancelled_at"),
        {"held_at": {"outcome": "supported", "present": 30}},
    ),
    "service": Kind(SERVICE, service_phase_sql, service, ("published_at", "retired_at"), {}),
    "plan": Kind(PLAN, plan_phase_sql, plan, ("adopted_at", "superseded_at", "withdrawn_at"), {}),
}


def phases(kind: Kind) -> list[StrEnum]:
    """Every phase the lifecycle knows: where moves start, and where records begin."""
    return sorted({phase for move in kind.lifecycle.moves.values() for phase in type(next(iter(move.from_)))})


CELLS = [
    (name, phase, move)
    for name, kind in KINDS.items()
    for phase, move in product(phases(kind), kind.lifecycle.moves)
]


def in_phase(session: Session, kind: Kind, phase: StrEnum) -> Any:
    """A record whose dates put it into a phase at noon."""
    subject = kind.make(session)
    for stamped in product((None, NOON - MOMENT), repeat=len(kind.columns)):
        dates = dict(zip(kind.columns, stamped, strict=True))
        if kind.lifecycle.phase_at(_Dated(dates), NOON) == phase:
            stamp(session, kind, subject, dates)
            return subject
    msg = f"no dates make {phase}"
    raise AssertionError(msg)


def stamp(session: Session, kind: Kind, subject: Any, dates: dict[str, datetime | None]) -> None:
    """Set decision dates past `advance()`, which a test of every phase may and nothing else does."""
    values: dict[str, Any] = dict(dates)
    for column, beside in kind.also.items():
        if column in dates:
            values |= {name: value if dates[column] else None for name, value in beside.items()}
    model = kind.lifecycle.model
    session.execute(update(model).where(model.id == subject.id).values(values))
    session.expire(subject)


class _Dated:
    """The dates of a record that is not one yet."""

    def __init__(self, dates: dict[str, datetime | None]) -> None:
        self.__dict__.update(dates)


def whoever_may(session: Session, kind: Kind, subject: Any) -> Act:
    """Somebody who has every permission of the lifecycle."""
    if kind.lifecycle is SERVICE:
        return act_as(session, Role.ORGANISATION_STAFF, organisation=subject.organisation)
    if kind.lifecycle is PLAN:
        return planning.official(session)
    return act_as(session, Role.STREET_OFFICIAL, unit=STREET)


@pytest.mark.parametrize(("name", "phase", "move"), CELLS, ids=lambda value: str(value))
def test_each_move_is_taken_from_its_phases_and_is_a_conflict_from_others(
    session: Session, name: str, phase: StrEnum, move: StrEnum
) -> None:
    kind = KINDS[name]
    subject = in_phase(session, kind, phase)
    act = whoever_may(session, kind, subject)
    rule = kind.lifecycle.moves[move]
    assert (move in kind.lifecycle.open_moves(subject, act.at)) == (phase in rule.from_)
    if phase not in rule.from_:
        with pytest.raises(Conflict, match="wrong_phase"):
            advance(session, kind.lifecycle, subject, move, act)
        return
    for column, beside in kind.also.items():  # what the verb around this move would fill in
        if column == rule.stamps and not rule.writes:
            for field, value in beside.items():
                setattr(subject, field, value)
    advance(session, kind.lifecycle, subject, move, act)
    assert getattr(subject, rule.stamps) == act.at
    assert kind.lifecycle.phase_at(subject, act.at) != phase
    for column in rule.clears:
        assert getattr(subject, column) is None


@pytest.mark.parametrize("name", KINDS)
def test_nobody_moves_anything_without_being_asked_who_they_are(session: Session, name: str) -> None:
    kind = KINDS[name]
    for phase in phases(kind):
        subject = in_phase(session, kind, phase)
        for move in kind.lifecycle.open_moves(subject, NOON):
            with pytest.raises((NotAllowed, NotFound)):
                advance(session, kind.lifecycle, subject, move, nobody())


@pytest.mark.parametrize("name", KINDS)
def test_python_and_sql_say_the_same_phase_at_every_boundary(session: Session, name: str) -> None:
    """Each date stands just before, exactly at or just after the instant asked about, or nowhere."""
    kind = KINDS[name]
    subject = kind.make(session)
    model = kind.lifecycle.model
    choices = (None, NOON - MOMENT, NOON, NOON + MOMENT)
    pairs = [(column, choice) for column in kind.columns for choice in choices]
    asked = 0
    for (first, one), (second, other) in product(pairs, pairs):
        if first >= second and (first != second or one != other):
            continue
        dates = dict.fromkeys(kind.columns) | {first: one, second: other}
        if kind.lifecycle is SERVICE and dates["retired_at"] and not dates["published_at"]:
            continue  # the database forbids it
        if kind.lifecycle is PLAN and dates["superseded_at"] and not dates["adopted_at"]:
            continue  # this too
        stamp(session, kind, subject, dates)
        said = session.scalar(select(kind.phase_sql(NOON)).where(model.id == subject.id))
        assert said == kind.lifecycle.phase_at(subject, NOON).value, dates
        asked += 1
    assert asked >= len(choices)


@pytest.mark.parametrize("name", KINDS)
def test_a_decision_takes_effect_at_its_microsecond(session: Session, name: str) -> None:
    kind = KINDS[name]
    subject = kind.make(session)
    first = kind.columns[0]
    before = kind.lifecycle.phase_at(_Dated(dict.fromkeys(kind.columns)), NOON)
    stamp(session, kind, subject, dict.fromkeys(kind.columns) | {first: NOON})
    assert kind.lifecycle.phase_at(subject, NOON - MOMENT) == before
    assert kind.lifecycle.phase_at(subject, NOON) != before
    assert kind.lifecycle.phase_at(subject, NOON + MOMENT) != before


@pytest.mark.parametrize("name", KINDS)
def test_every_move_leads_somewhere(name: str) -> None:
    kind = KINDS[name]
    for move, rule in kind.lifecycle.moves.items():
        assert rule.from_, move
        assert rule.stamps in kind.columns, move
