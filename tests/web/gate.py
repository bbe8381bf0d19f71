"""Who may come to an address: sets of audiences, and what a gate says to the others."""

from dataclasses import dataclass

from tests.factories.world import AUDIENCES

OFFICIALS = frozenset({"street", "district", "city"})
AREA = OFFICIALS | {"worker"}
OFFICIALS_ANYWHERE = OFFICIALS | {"other street"}
WORKERS = frozenset({"worker", "worker next door"})
WRITERS = OFFICIALS_ANYWHERE | WORKERS
STAFF = frozenset({"staff", "other staff"})
WATCHERS = frozenset({"hub", "hub elsewhere", "auditor", "auditor elsewhere"})
REGISTRARS = frozenset({"district", "city"})
ADMINISTRATORS = frozenset({"administrator", "administrator elsewhere"})
EVERYBODY = frozenset(AUDIENCES)
SIGNED_IN = EVERYBODY - {"visitor"}


@dataclass(frozen=True)
class Gate:
    """Who is let in, what others are told, and what a visitor is told."""

    allowed: frozenset[str]
    refused: int = 403
    visitor: int = 303
