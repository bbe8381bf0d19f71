"""The gates of evaluation agencies, their assignments and their supervision."""

from tests.web.gate import OFFICIALS, OFFICIALS_ANYWHERE, REGISTRARS, Gate

AUDITORS = frozenset({"auditor", "auditor elsewhere"})
READERS = REGISTRARS | {"auditor", "evaluator"}
INVOLVED = OFFICIALS | {"auditor", "evaluator"}

LIST = Gate(OFFICIALS_ANYWHERE | AUDITORS | {"evaluator"}, 404)
READING = Gate(READERS, 404, 404)
KEEPING = Gate(REGISTRARS, 404)
OWN = Gate(frozenset({"evaluator"}), 404)
PURCHASER = Gate(OFFICIALS, 404)
WATCHING = Gate(OFFICIALS | {"auditor"}, 404, 404)

GATES: dict[str, Gate] = {
    "agencies.about": KEEPING,
    "agencies.appeal": OWN,
    "agencies.decide": KEEPING,
    "agencies.end_tie": KEEPING,
    "agencies.leave": KEEPING,
    "agencies.lift": KEEPING,
    "agencies.list_": LIST,
    "agencies.new": Gate(REGISTRARS),
    "agencies.qualify": KEEPING,
    "agencies.rotation": LIST,
    "agencies.set_rotation": Gate(REGISTRARS),
    "agencies.show": READING,
    "agencies.suspend": KEEPING,
    "agencies.suspension": READING,
    "agencies.tie": KEEPING,
    "assignments.again": PURCHASER,
    "assignments.assignment": Gate(INVOLVED, 404, 404),
    "assignments.declare": OWN,
    "assignments.draw": PURCHASER,
    "assignments.engage": PURCHASER,
    "assignments.list_": LIST,
    "assignments.pay": PURCHASER,
    "assignments.recuse": PURCHASER,
    "assignments.show": WATCHING,
    "assignments.stand_aside": OWN,
    "assignments.start": PURCHASER,
    "supervision.agency": READING,
    "supervision.choose": Gate(REGISTRARS),
    "supervision.gaps": LIST,
    "supervision.sample": Gate(REGISTRARS | {"auditor"}, 404, 404),
    "supervision.show": LIST,
}

ALSO_REFUSED: dict[tuple[str, str], int] = {
    # Those who read of an agency know of it, and are told that this step is another's.
    **{
        (who, name): 403
        for who in ("auditor", "evaluator")
        for name, gate in GATES.items()
        if gate is KEEPING
    },
    **{(who, "agencies.appeal"): 403 for who in REGISTRARS | {"auditor"}},
    **{
        (who, f"assignments.{name}"): 403
        for who in OFFICIALS | {"auditor"}
        for name in ("declare", "stand_aside")
    },
    **{
        (who, f"assignments.{name}"): 403
        for who in ("auditor", "evaluator")
        for name in ("engage", "pay", "recuse")
    },
    **{("auditor", f"assignments.{name}"): 403 for name in ("again", "draw", "start")},
    **{("staff", f"assignments.{name}"): 403 for name in ("draw", "start")},
}
