"""The rows of a project, out of the database as plain values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from models.archive.parts import BLIND_UNTIL, NEVER_OPENED, edges, parts
from models.audit.event import AuditEvent
from models.files import StoredFile
from models.needs.need import Need
from models.parties.organisation import Organisation
from models.parties.person import Person
from models.ratings.queries import released_in
from models.tenders.lot import Lot, LotNeed
from models.tenders.tender import Tender

MANY = 500
"""So many values a statement: databases limit them."""
Values = dict[str, Any]


@dataclass
class Project:
    """Everything about one tender: rows by table, the events about them, and who is named in both."""

    rows: dict[str, list[Values]] = field(default_factory=dict)
    events: list[AuditEvent] = field(default_factory=list)
    files: list[StoredFile] = field(default_factory=list)
    people: list[Values] = field(default_factory=list)
    organisations: list[Values] = field(default_factory=list)


def gather(session: Session, tender: Tender, at: datetime) -> Project:
    """One pass from parents to children: a row belongs if one it points at does, and is not blind yet."""
    project = Project()
    roots = {"tender": {tender.id}} | _needs(session, tender)
    for table in parts():
        if table.name in NEVER_OPENED and tender.opened_at is None:
            continue
        rows = _rows(session, table, roots.get(table.name, set()), project)
        seen = [row for row in rows if not is_blind(project, table.name, row, at)]
        if table.name == "rating":
            seen = _released(session, seen, at)
        if seen:
            project.rows[table.name] = seen
    file_ids = _named(project, "stored_file")
    project.files = list(_by_id(session, StoredFile, file_ids))
    project.events = _events(session, project)
    people = _named(project, "person") | {each.person_id for each in project.events if each.person_id}
    project.people = [{"id": each.id, "name": each.name} for each in _by_id(session, Person, people)]
    project.organisations = [
        {"id": each.id, "name": each.name, "credit_code": each.credit_code}
        for each in _by_id(session, Organisation, _named(project, "organisation"))
    ]
    return project


def _needs(session: Session, tender: Tender) -> dict[str, set[Any]]:
    """The needs a tender wants to meet, and the assessments that are their evidence."""
    needs = session.scalars(
        select(Need).join(LotNeed, LotNeed.need_id == Need.id).join(Lot).where(Lot.tender_id == tender.id)
    ).all()
    assessments = {need.assessment_id for need in needs if need.assessment_id}
    return {"need": {need.id for need in needs}, "assessment": assessments}


def is_blind(project: Project, table: str, row: Values, at: datetime) -> bool:
    """Whether nobody may read a row before what it belongs to has gone on."""
    if table not in BLIND_UNTIL:
        return False
    column, parent, stamps = BLIND_UNTIL[table]
    above = next(each for each in project.rows[parent] if each["id"] == row[column])
    return not any(above[stamp] is not None and above[stamp] <= at for stamp in stamps)


def _released(session: Session, rows: list[Values], at: datetime) -> list[Values]:
    """The ratings that are released."""
    found = released_in(session, {row["contract_id"] for row in rows}, at)
    known = {each.id for some in found.values() for each in some}
    return [row for row in rows if row["id"] in known]


def _rows(session: Session, table: Table, roots: set[Any], project: Project) -> Iterator[Values]:
    wanted: list[tuple[Column[Any], Iterable[Any]]] = [(next(iter(table.primary_key)), roots)]
    for column, key in edges(table):
        above = project.rows.get(key.column.table.name, ())
        wanted.append((column, {row[key.column.name] for row in above}))
    found: dict[tuple[Any, ...], Values] = {}
    for column, values in wanted:
        for some in _batched(values):
            for row in session.execute(select(table).where(column.in_(some))).mappings():
                found[tuple(str(row[each.name]) for each in table.primary_key)] = dict(row)
    for identity in sorted(found):
        yield found[identity]


def _named(project: Project, target: str) -> set[Any]:
    """Every id of another table that stands in a row."""
    return {
        row[column.name]
        for table in parts()
        for column in table.columns
        if any(key.column.table.name == target for key in column.foreign_keys)
        for row in project.rows.get(table.name, ())
        if row[column.name] is not None
    }


def _events(session: Session, project: Project) -> list[AuditEvent]:
    """The audit trail of every row, in the order of the chain."""
    found: list[AuditEvent] = []
    for table in parts():
        first, *more = table.primary_key
        ids = [] if more else [str(row[first.name]) for row in project.rows.get(table.name, ())]
        for some in _batched(ids):
            about = (AuditEvent.subject_type == table.name) & AuditEvent.subject_id.in_(some)
            found += session.scalars(select(AuditEvent).where(about))
    return sorted(found, key=lambda event: event.number)


def _batched(values: Iterable[Any]) -> Iterator[list[Any]]:
    """So many at a time as a statement may have, in an order of their own."""
    ordered = sorted(values, key=str)
    for start in range(0, len(ordered), MANY):
        yield ordered[start : start + MANY]


def _by_id(session: Session, model: Any, ids: set[Any]) -> Iterator[Any]:
    for some in _batched(ids):
        yield from session.scalars(select(model).where(model.id.in_(some)).order_by(model.id))
