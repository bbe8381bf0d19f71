"""From an uploaded sheet to records: upload, check every row, confirm all that is good at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can, ensure
from models.act import Act
from models.audit.record import record
from models.errors import Conflict, DomainError, Invalid
from models.exchange import needs, organisations, services, tickets
from models.exchange.batch import ImportBatch, SheetKind
from models.exchange.cells import Row
from models.wording import clean

Taker = Callable[[Session, Act, Row], Any]

KINDS: dict[SheetKind, tuple[Permission, dict[str, bool], Taker]] = {
    SheetKind.NEEDS: (Permission.NEED_WRITE, needs.COLUMNS, needs.take),
    SheetKind.SERVICES: (Permission.SERVICE_EDIT, services.COLUMNS, services.take),
    SheetKind.ORGANISATIONS: (
        Permission.ORGANISATION_REGISTER,
        organisations.COLUMNS,
        organisations.take,
    ),
    SheetKind.TICKETS: (Permission.NEED_WRITE, tickets.COLUMNS, tickets.take),
}
"""Who may bring a kind of sheet, its columns, and the verb for one row."""

CLEANERS: dict[SheetKind, Callable[[dict[str, Any]], dict[str, Any]]] = {SheetKind.TICKETS: tickets.masked}
"""What a row must lose before it is kept at all."""

MOST_ROWS = 2000


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be taken. `number` is the row as the spreadsheet counts it."""

    number: int
    cells: dict[str, Any]
    error: DomainError


@dataclass(frozen=True)
class Report:
    """What a check found."""

    good: list[tuple[int, dict[str, Any]]]
    faults: list[Fault]


def columns(kind: SheetKind) -> dict[str, bool]:
    """The columns of a kind of sheet, and whether each must be filled."""
    return KINDS[kind][1]


def kinds_for(act: Act) -> list[SheetKind]:
    """The kinds of sheet this actor may bring."""
    return [kind for kind, (permission, _columns, _taker) in KINDS.items() if can(act, permission)]


def upload(
    session: Session,
    act: Act,
    *,
    kind: SheetKind,
    file_name: str,
    headings: list[str],
    rows: list[dict[str, Any]],
) -> ImportBatch:
    """Keep a sheet for its preview. A missing column refuses the whole sheet and names the column."""
    ensure(act, KINDS[kind][0])
    missing = [name for name, required in columns(kind).items() if required and name not in headings]
    if missing:
        raise Invalid("column_missing", field="file", column=missing[0])
    if not rows:
        raise Invalid("sheet_empty", field="file")
    if len(rows) > MOST_ROWS:
        raise Invalid("sheet_too_long", field="file", most=MOST_ROWS, rows=len(rows))
    batch = ImportBatch(
        kind=kind,
        file_name=clean(file_name)[-200:],
        rows=[CLEANERS[kind](row) for row in rows] if kind in CLEANERS else rows,
        uploaded_by=act.actor.person_id,
        uploaded_at=act.at,
    )
    session.add(batch)
    record(session, act, "import_batch.upload", batch, kind=kind, rows=len(rows))
    return batch


def check(session: Session, batch: ImportBatch, act: Act) -> Report:
    """Try every row through its verbs and undo it all: what is good, and why the rest is not."""
    trial = session.begin_nested()
    try:
        return _take_all(session, batch, act)
    finally:
        trial.rollback()


def confirm(session: Session, batch: ImportBatch, act: Act) -> Report:
    """Write every good row; the caller's transaction makes it all or nothing."""
    ensure(act, KINDS[batch.kind][0])
    session.refresh(batch, with_for_update=True)
    if batch.confirmed_at is not None:
        raise Conflict("batch_confirmed", imported=batch.imported)
    report = _take_all(session, batch, act)
    if not report.good:
        raise Invalid("batch_has_nothing_good")
    batch.confirmed_at, batch.imported = act.at, len(report.good)
    record(session, act, "import_batch.confirm", batch, imported=len(report.good), refused=len(report.faults))
    return report


def batch_of(session: Session, batch_id: UUID, act: Act) -> ImportBatch | None:
    """One's own batch."""
    batch = session.get(ImportBatch, batch_id)
    return batch if batch is not None and batch.uploaded_by == act.actor.person_id else None


def _take_all(session: Session, batch: ImportBatch, act: Act) -> Report:
    taker = KINDS[batch.kind][2]
    act = replace(act, opened_at=None)  # the time at the form is not that of each row
    good: list[tuple[int, dict[str, Any]]] = []
    faults: list[Fault] = []
    for number, cells in enumerate(batch.rows, 2):
        attempt = session.begin_nested()
        try:
            taker(session, act, Row(cells))
            attempt.commit()
        except DomainError as error:
            attempt.rollback()
            faults.append(Fault(number, cells, error))
        else:
            good.append((number, cells))
    return Report(good, faults)
