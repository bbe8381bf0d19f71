"""The gates of reports and of project files."""

from tests.web.gate import OFFICIALS_ANYWHERE, WATCHERS, Gate
from tests.web.gates_contracts import AUDITORS

AUDITOR = Gate(frozenset({"auditor"}), 404, 404)
OF_AREAS = Gate(OFFICIALS_ANYWHERE | WATCHERS)

GATES: dict[str, Gate] = {
    "agenda.show": Gate(OFFICIALS_ANYWHERE | AUDITORS, 404),
    "archive.show": AUDITOR,
    "archive.take": AUDITOR,
    "reports.file": OF_AREAS,
    "reports.show": OF_AREAS,
}
