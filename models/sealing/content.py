"""What goes into an envelope: one JSON document and its attachments, as one deterministic file.

The manifest names every attachment with its media type, size and hash, in the bidder's order. Reading refuses
whatever is not consistent with it, also before sealing: a bidder may start from a file it sent in.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.errors import Invalid
from models.sealing import archive
from models.sealing.envelope import MEGABYTE, SIZES
from models.sealing.keys import Envelope

FORMAT = "duijie-bid-content-1"
MANIFEST, DOCUMENT, FOLDER = "manifest.json", "document.json", "attachments/"
MOST_ATTACHMENTS = 100
MOST_BYTES = SIZES[Envelope.TECHNICAL][-1]
LONGEST_NAME = 200
MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*")
FORBIDDEN_SIGNS = frozenset('/\\:*?"<>|')
"""Separators, drives and what Windows cannot store."""

INVISIBLE = frozenset({"Cc", "Cf", "Cs"})


@dataclass(frozen=True)
class Attachment:
    """One file of a bid, as its bidder named it."""

    name: str
    media_type: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """The hash that the manifest states."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Content:
    """What one envelope holds; amounts in the document are strings, so that no digit is lost."""

    document: Mapping[str, Any] = field(repr=False)
    attachments: tuple[Attachment, ...] = ()


def pack(content: Content) -> bytes:
    """The bytes to seal: the same for the same content."""
    _check(content.attachments)
    entries = {
        MANIFEST: _canonical(_manifest(content.attachments)),
        DOCUMENT: _canonical(content.document),
        **{FOLDER + each.name: each.content for each in content.attachments},
    }
    packed = archive.write(entries)
    _check_size(packed)
    return packed


def unpack(packed: bytes) -> Content:
    """The content again. Raises Invalid where names, hashes, sizes or the document do not agree."""
    _check_size(packed)
    entries = archive.read(packed)
    try:
        manifest = json.loads(entries.pop(MANIFEST))
        raw_document = entries.pop(DOCUMENT)
        document = json.loads(raw_document)
        listed = [(FOLDER + each["name"], each) for each in manifest["attachments"]]
        attachments = tuple(
            Attachment(each["name"], each["media_type"], entries[path]) for path, each in listed
        )
        same_document = isinstance(document, dict) and _canonical(document) == raw_document
    except (KeyError, TypeError, ValueError, RecursionError):
        raise Invalid("content_unreadable") from None
    if not same_document or list(entries) != [path for path, _ in listed]:
        raise Invalid("content_unreadable")
    _check(attachments)
    if manifest != _manifest(attachments):
        raise Invalid("content_altered")
    return Content(document, attachments)


def _manifest(attachments: tuple[Attachment, ...]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "attachments": [
            {
                "name": each.name,
                "media_type": each.media_type,
                "size": len(each.content),
                "sha256": each.sha256,
            }
            for each in attachments
        ],
    }


def _canonical(value: Mapping[str, Any]) -> bytes:
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return written.encode()


def _check(attachments: tuple[Attachment, ...]) -> None:
    if len(attachments) > MOST_ATTACHMENTS:
        raise Invalid("too_many_attachments", limit=MOST_ATTACHMENTS)
    seen: set[str] = set()
    for each in attachments:
        if not _is_name(each.name):
            raise Invalid("attachment_name", name=each.name)
        if not isinstance(each.media_type, str) or not MEDIA_TYPE.fullmatch(each.media_type):
            raise Invalid("attachment_media_type", name=each.name)
        if each.name.casefold() in seen:
            raise Invalid("attachment_twice", name=each.name)
        seen.add(each.name.casefold())


def _is_name(name: object) -> bool:
    """A plain file name on every system: no path, nothing invisible, nothing that reads backwards."""
    return (
        isinstance(name, str)
        and 0 < len(name) <= LONGEST_NAME
        and name == name.strip(" .") == unicodedata.normalize("NFC", name)
        and not any(sign in FORBIDDEN_SIGNS or unicodedata.category(sign) in INVISIBLE for sign in name)
    )


def _check_size(packed: bytes) -> None:
    if len(packed) > MOST_BYTES:
        raise Invalid("content_too_large", limit_mb=MOST_BYTES // MEGABYTE)
