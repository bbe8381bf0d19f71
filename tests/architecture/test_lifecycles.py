"""Every cell of every lifecycle: from each phase each move is taken, or refused as a conflict."""

from datetime import datetime
from enum import StrEnum
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.bids.lifecycle import BID
from models.catalogue.lifecycle import SERVICE
from models.errors import Conflict, NotAllowed, NotFound
from models.lifecycle import advance
from models.planning.lifecycle import PLAN
from tests.architecture.lifecycle_kinds import KINDS, MOMENT, Kind, whoever_may
from tests.factories.parties import NOON, nobody


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
        if kind.impossible(dates):
            continue
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

    def __getattr__(self, _name: str) -> None:
        """Nothing where the tests stamp nothing: the day on which a survey that is not open would close."""


@pytest.mark.parametrize(("name", "phase", "move"), CELLS, ids=lambda value: str(value))
def test_each_move_is_taken_from_its_phases_and_is_a_conflict_from_others(
    session: Session, name: str, phase: StrEnum, move: StrEnum
) -> None:
    kind = KINDS[name]
    subject = in_phase(session, kind, phase)
    rule = kind.lifecycle.moves[move]
    act = whoever_may(session, kind, subject, rule.needs)
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
        if kind.impossible(dates):
            continue
        if kind.lifecycle is SERVICE and dates["retired_at"] and not dates["published_at"]:
            continue  # the database forbids it
        if kind.lifecycle is PLAN and dates["superseded_at"] and not dates["adopted_at"]:
            continue  # this too
        if kind.lifecycle is BID and dates["replaced_at"] and dates["withdrawn_at"]:
            continue  # and this
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
