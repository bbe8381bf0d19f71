"""An archive read back by anybody, without a database: whole, unchanged, and computed again."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import IO, Any
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from models.act import Role
from models.archive.packing import FORMAT, MANIFEST, SUMS
from models.archive.parts import ENVELOPES
from models.audit.event import AuditEvent
from models.audit.record import digest
from models.errors import DomainError, Invalid
from models.panels.ranking.report import recompute
from models.scoring.score import evaluate

RANKINGS, SCORES = "rows/ranking.jsonl", "rows/evaluation_report.jsonl"
LARGEST = 2 * 1024**3
"""Bytes in all, unpacked: a file that claims more is not one of ours."""


class Flaw(StrEnum):
    """What can be wrong with an entry."""

    MISSING = "missing"
    EXTRA = "extra"
    CHANGED = "changed"
    EVENT_CHANGED = "event_changed"
    RANKING_DIFFERS = "ranking_differs"
    SCORE_DIFFERS = "score_differs"
    ENVELOPE_CHANGED = "envelope_changed"


@dataclass(frozen=True)
class Fault:
    """A flaw and its place."""

    place: str
    flaw: Flaw


@dataclass(frozen=True)
class Verified:
    """What an archive is, how much was looked at, and everything that is wrong."""

    tender: str
    digest: str
    files: int
    events: int
    rankings: int
    scores: int
    faults: tuple[Fault, ...]


def verify_archive(source: IO[bytes]) -> Verified:
    """Check every entry against the manifest, every event's hash, every ranking, score and envelope.

    Raises Invalid when it is no archive of a project at all.
    """
    try:
        with ZipFile(source) as archive:
            return _verify(archive)
    except (BadZipFile, KeyError, UnicodeDecodeError, json.JSONDecodeError, TypeError, ValueError) as error:
        raise Invalid("not_a_project_file") from error


def _verify(archive: ZipFile) -> Verified:
    if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
        raise Invalid("not_a_project_file")
    manifest = archive.read(MANIFEST)
    content = json.loads(manifest)
    if content["format"] != FORMAT:
        raise Invalid("not_a_project_file")
    files: dict[str, str] = content["files"]
    events = _rows(archive, "audit.jsonl")
    rankings, scores = _rows(archive, RANKINGS), _rows(archive, SCORES)
    faults = [
        *_files(archive, files, hashlib.sha256(manifest).hexdigest()),
        *_events(events),
        *_recomputed(rankings, RANKINGS, recompute, Flaw.RANKING_DIFFERS),
        *_recomputed(scores, SCORES, evaluate, Flaw.SCORE_DIFFERS),
        *_envelopes(archive, _rows(archive, "rows/bid.jsonl")),
    ]
    return Verified(
        content["tender"],
        hashlib.sha256(manifest).hexdigest(),
        len(files),
        len(events),
        len(rankings),
        len(scores),
        tuple(faults),
    )


def _files(archive: ZipFile, files: dict[str, str], digest_: str) -> Iterator[Fault]:
    names = archive.namelist()
    lines = {**files, MANIFEST: digest_}
    wanted = {**files, SUMS: hashlib.sha256(_sums(lines)).hexdigest()}
    for name in sorted({*wanted, *names} - {MANIFEST}):
        if name not in names:
            yield Fault(name, Flaw.MISSING)
        elif name not in wanted or names.count(name) > 1:
            yield Fault(name, Flaw.EXTRA)
        elif hashlib.sha256(archive.read(name)).hexdigest() != wanted[name]:
            yield Fault(name, Flaw.CHANGED)


def _sums(lines: dict[str, str]) -> bytes:
    return "".join(f"{each}  {path}\n" for path, each in sorted(lines.items())).encode()


def _rows(archive: ZipFile, name: str) -> list[dict[str, Any]]:
    if name not in archive.namelist():
        return []
    return [json.loads(line) for line in archive.read(name).decode().splitlines()]


def _events(events: list[dict[str, Any]]) -> Iterator[Fault]:
    """Each event has the hash of what it says; neighbours in the chain hold on to each other."""
    before: dict[str, Any] | None = None
    for each in events:
        number = int(each["number"])
        linked = before is None or number != before["number"] + 1 or each["previous_hash"] == before["hash"]
        if not linked or digest(_event(each)) != each["hash"]:
            yield Fault(f"audit.jsonl:{number}", Flaw.EVENT_CHANGED)
        before = each


def _event(values: dict[str, Any]) -> AuditEvent:
    person, role = values["person_id"], values["role"]
    return AuditEvent(
        **{
            **values,
            "at": datetime.fromisoformat(values["at"]),
            "person_id": UUID(person) if person else None,
            "role": Role(role) if role else None,
        }
    )


def _recomputed(
    rows: list[dict[str, Any]], name: str, compute: Callable[[bytes], bytes], flaw: Flaw
) -> Iterator[Fault]:
    """What was kept as a question and its answer comes out again, byte for byte."""
    for each in rows:
        try:
            same = compute(each["question"].encode()) == each["answer"].encode()
        except DomainError:
            same = False
        if not same:
            yield Fault(f"{name}:{each['id']}", flaw)


def _envelopes(archive: ZipFile, bids: list[dict[str, Any]]) -> Iterator[Fault]:
    for bid in bids:
        for column, promised in ENVELOPES.items():
            name = f"envelopes/{bid['reference']}.{column.removeprefix('bid.')}"
            held = name in archive.namelist() and hashlib.sha256(archive.read(name)).hexdigest()
            if held != bid[promised]:
                yield Fault(name, Flaw.ENVELOPE_CHANGED)
