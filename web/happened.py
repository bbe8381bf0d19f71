"""A record's audit trail in words: what happened, and in which role somebody did it."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from models.audit.timeline import Entry
from web.labels import action, label


def happened(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The lines of a timeline. People are named by their role, since most pages are public."""
    lines = [{"at": entry.at, "what": _what(entry)} for entry in entries]
    return lines[::-1]


def _what(entry: Entry) -> str:
    said = action(entry.action)
    return _("%(role)s%(action)s", role=label(entry.role), action=said) if entry.role else said
