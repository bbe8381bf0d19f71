"""The file of a project: one archive whose manifest holds the SHA-256 of everything in it.

`SHA256SUMS` has the form that `sha256sum -c` reads, so that nobody needs this software to check it; the
digest of the manifest is in the audit trail, so that an archive can be told from another made later.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.archive.gathering import Project, Values, gather
from models.archive.parts import ENVELOPES, LEFT_OUT
from models.audit.event import AuditEvent
from models.audit.record import head, record
from models.errors import Conflict
from models.tenders.tender import Tender

FORMAT = "duijie-project-1"
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: what is in a file decides its bytes, not when it was packed."""


@dataclass(frozen=True)
class Packed:
    """What was handed out."""

    digest: str
    files: int


def closed(tender: Tender) -> bool:
    """The file is of what is decided or ended: before, the secrets of a tender are nobody's."""
    return any((tender.decided_at, tender.failed_at, tender.cancelled_at))


def pack(
    session: Session, tender: Tender, act: Act, out: IO[bytes], *, papers: Mapping[str, bytes]
) -> Packed:
    """Write the archive of a project to `out`; `papers` are documents to read, by their name."""
    ensure(act, Permission.PROJECT_FILE, tender)
    if not closed(tender):
        raise Conflict("project_not_closed")
    project = gather(session, tender, act.at)
    number, chain = head(session)
    sums: dict[str, str] = {}
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for path, content in _contents(project, papers):
            _write(archive, path, content)
            sums[path] = hashlib.sha256(content).hexdigest()
        manifest = _json(
            {
                "format": FORMAT,
                "tender": tender.reference,
                "title": tender.title,
                "made_at": act.at.astimezone(UTC),
                "audit_events": number,
                "audit_head": chain,
                "files": sums,
            }
        )
        digest = hashlib.sha256(manifest).hexdigest()
        _write(archive, MANIFEST, manifest)
        lines = [f"{each}  {path}\n" for path, each in sorted({**sums, MANIFEST: digest}.items())]
        _write(archive, SUMS, "".join(lines).encode())
    record(session, act, "project.pack", tender, digest=digest)
    return Packed(digest, len(sums))


def _contents(project: Project, papers: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name, content in sorted(papers.items()):
        yield f"papers/{name}", content
    for table, rows in project.rows.items():
        yield f"rows/{table}.jsonl", _lines(_plain(table, row) for row in rows)
        for column in ENVELOPES if table == "bid" else ():
            name = column.removeprefix("bid.")
            for row in rows:
                yield f"envelopes/{row['reference']}.{name}", row[name]
    yield "rows/person.jsonl", _lines(project.people)
    yield "rows/organisation.jsonl", _lines(project.organisations)
    yield "audit.jsonl", _lines(map(event_values, project.events))
    for file in project.files:
        ending = file.name.rsplit(".", 1)[-1].lower()
        yield f"files/{file.id}.{ending}", file.content


def event_values(event: AuditEvent) -> Values:
    """An event as it is hashed, with both hashes."""
    columns = AuditEvent.__table__.columns.keys()
    return {name: getattr(event, name) for name in columns}


def _plain(table: str, row: Values) -> Values:
    """A row without what leaves the house for nobody; bytes are files or nothing."""
    return {
        name: value
        for name, value in row.items()
        if f"{table}.{name}" not in LEFT_OUT and not isinstance(value, bytes)
    }


def _lines(rows: Iterable[Values]) -> bytes:
    return b"".join(_json(row, indent=None) for row in rows)


def _json(content: Values, indent: int | None = 2) -> bytes:
    written = json.dumps(content, default=_text, ensure_ascii=False, sort_keys=True, indent=indent)
    return f"{written}\n".encode()


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _write(archive: ZipFile, path: str, content: bytes) -> None:
    entry = ZipInfo(path, EARLIEST)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
