"""Stages: what a factory wrote is remembered, and written again when the same is asked for in the same place.

Most tests of procurement begin where others begin too: at a tender with a report, an award, a contract. The
verbs that lead there are real and slow, so each worker goes that way once and keeps the statements. A later
transaction that stands where the first one stood executes those very statements, without what computed them.
Every test still has a transaction of its own, and rows that came out of the verbs.

Where a transaction stands: at START, the migrated database; at a stage that was reached from there; or at
None, because somebody wrote something else. From None a factory takes the long way.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import wraps
from itertools import count
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, event, inspect
from sqlalchemy.orm import Session

from models.act import Act
from models.base import Base

START = 0
STANDS, TAPES = "stands_at", "tapes"
READS = ("SELECT", "SAVEPOINT", "RELEASE")
TAKES_BACK = "ROLLBACK"
PLAIN = (str, bytes, int, Enum, date, datetime, timedelta, Decimal, UUID, Act, type(None))

P = ParamSpec("P")
R = TypeVar("R")
Statement = tuple[str, Any]


@dataclass(eq=False)
class Tape:
    """The statements of one way, as the driver got them; spoilt when some of it was taken back."""

    statements: list[Statement] = field(default_factory=list)
    spoilt: bool = False


@dataclass(frozen=True)
class Stage:
    """Where a way leads to, what it writes, and what the factory gives back."""

    state: int
    statements: list[Statement]
    given: Any


@dataclass(frozen=True)
class Row:
    """A record, wherever it is loaded."""

    kind: type[Base]
    identity: tuple[Any, ...]


class Named(tuple[tuple[str, Any], ...]):
    """A mapping that can be compared and hashed."""

    __slots__ = ()


class Unknown(Exception):
    """A value that cannot be compared with another test's, such as a function."""


_stages: dict[object, Stage] = {}
_states = count(START + 1)


def watch(engine: Engine) -> None:
    """From now on, know of every transaction of this engine where it stands."""
    event.listen(engine, "begin", _begun)
    event.listen(engine, "after_cursor_execute", _executed)


def remembered(make: Callable[Concatenate[Session, P], R]) -> Callable[Concatenate[Session, P], R]:
    """Make a factory one that remembers. All it writes must follow from where it starts and its arguments."""

    @wraps(make)
    def factory(session: Session, *args: P.args, **kwargs: P.kwargs) -> R:
        session.flush()  # what waits to be written is a part of where the transaction stands
        connection = session.connection()
        state = connection.info.get(STANDS)
        if state is None:
            return make(session, *args, **kwargs)
        try:
            key = (state, make, _known(args), _known(kwargs))
        except Unknown:
            return make(session, *args, **kwargs)
        if key in _stages:
            given: R = _write_again(session, connection, _stages[key])
            return given
        with _taping(connection) as tape:
            made = make(session, *args, **kwargs)
            session.flush()
        _remember(connection, key, tape, made)
        return made

    return factory


def _begun(connection: Connection) -> None:
    connection.info[STANDS] = START


def _executed(
    connection: Connection, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
) -> None:
    if statement.startswith(READS):
        return
    connection.info[STANDS] = None
    for tape in connection.info.get(TAPES, ()):
        tape.statements.append((statement, parameters))
        tape.spoilt |= statement.startswith(TAKES_BACK)


@contextmanager
def _taping(connection: Connection) -> Iterator[Tape]:
    tape, tapes = Tape(), connection.info.setdefault(TAPES, [])
    tapes.append(tape)
    try:
        yield tape
    finally:
        tapes.remove(tape)


def _remember(connection: Connection, key: object, tape: Tape, made: Any) -> None:
    try:
        given = _known(made)
    except Unknown:
        return
    if not tape.spoilt:
        stage = Stage(next(_states), tape.statements, given)
        _stages[key] = stage
        connection.info[STANDS] = stage.state


def _write_again(session: Session, connection: Connection, stage: Stage) -> Any:
    driver = connection.connection
    at_once = nullcontext() if connection.dialect.name == "sqlite" else driver.driver_connection.pipeline()
    with at_once, closing(driver.cursor()) as cursor:
        for statement, parameters in stage.statements:
            (cursor.executemany if isinstance(parameters, list) else cursor.execute)(statement, parameters)
    for tape in connection.info.get(TAPES, ()):
        tape.statements.extend(stage.statements)
    connection.info[STANDS] = stage.state
    session.expire_all()
    return _found(session, stage.given)


def _known(value: Any) -> Any:
    """A value as something that means the same in every test."""
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, Base):
        state = inspect(value)
        if state.identity is None:
            raise Unknown
        return Row(type(value), state.identity)
    if isinstance(value, list | tuple):
        return tuple(_known(each) for each in value)
    if isinstance(value, Mapping):
        return Named((name, _known(each)) for name, each in value.items())
    raise Unknown


def _found(session: Session, value: Any) -> Any:
    if isinstance(value, Row):
        return session.get_one(value.kind, value.identity)
    if isinstance(value, Named):
        return {name: _found(session, each) for name, each in value}
    if isinstance(value, tuple):
        return [_found(session, each) for each in value]
    return value
