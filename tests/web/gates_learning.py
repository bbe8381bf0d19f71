"""The gates of what the matcher learns, of who is seen in it, and of track records."""

from tests.web.gate import EVERYBODY, OFFICIALS_ANYWHERE, REGISTRARS, WATCHERS, Gate

AUDITORS = frozenset({"auditor", "auditor elsewhere"})
READERS = Gate(frozenset({"district", "city", "auditor"}), 404, 404)
DECIDES = Gate(frozenset({"district"}), 404)

GATES: dict[str, Gate] = {
    "exposure.show": Gate(OFFICIALS_ANYWHERE | WATCHERS),
    "learning.adopt": DECIDES,
    "learning.discard": DECIDES,
    "learning.list_": Gate(REGISTRARS | AUDITORS, 404),
    "learning.rule": Gate(frozenset({"district"})),
    "learning.show": READERS,
    "learning.train": Gate(frozenset({"district"})),
    "learning.withdraw": DECIDES,
    "matching.gaps_closing": Gate(OFFICIALS_ANYWHERE | WATCHERS),
    "records.show": Gate(EVERYBODY),
}

ALSO_REFUSED: dict[tuple[str, str], int] = {
    # Those who read what was learned know of it, and may not decide.
    (who, name): 403
    for who in ("city", "auditor")
    for name, gate in GATES.items()
    if gate is DECIDES
}
