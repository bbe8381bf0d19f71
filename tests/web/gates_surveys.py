"""The gates of surveys and registers: one of a contract in force, which the evaluator's agency evaluates."""

from tests.web.gate import AREA, EVERYBODY, OFFICIALS, Gate

OPEN = Gate(EVERYBODY)
EVALUATORS = frozenset({"evaluator"})
READERS = Gate(AREA | EVALUATORS | {"auditor"}, 404, 404)
RUNNERS = Gate(OFFICIALS | EVALUATORS, 404)
KEYERS = Gate(AREA | EVALUATORS, 404)
REGISTER_READERS = Gate(OFFICIALS | EVALUATORS | {"staff"}, 404, 404)
CONTRACTOR = Gate(frozenset({"staff"}), 404)

GATES: dict[str, Gate] = {
    "resident.ask": Gate(EVERYBODY - {"staff"}),  # the contractor does not answer
    "resident.thanks": OPEN,
    "served.import_": CONTRACTOR,
    "served.leave": CONTRACTOR,
    "served.list_": REGISTER_READERS,
    "served.new": CONTRACTOR,
    "sheets.enter": KEYERS,
    "sheets.print_": RUNNERS,
    "sheets.sample": KEYERS,
    "surveys.close": RUNNERS,
    "surveys.desk": READERS,
    "surveys.draw": RUNNERS,
    "surveys.extend": RUNNERS,
    "surveys.list_": OPEN,
    "surveys.open_": RUNNERS,
    "surveys.opinion": KEYERS,
    "surveys.publish": RUNNERS,
    "surveys.show": READERS,
    "surveys.void": RUNNERS,
    "surveys.withdraw": RUNNERS,
}

ALSO_REFUSED: dict[tuple[str, str], int] = {
    # Whoever may read of a survey is told that running it or keying in is for others.
    **{(who, name): 403 for who in ("worker", "auditor") for name, gate in GATES.items() if gate is RUNNERS},
    **{("auditor", name): 403 for name, gate in GATES.items() if gate is KEYERS},
    **{
        (who, name): 403
        for who in OFFICIALS | EVALUATORS
        for name, gate in GATES.items()
        if gate is CONTRACTOR
    },
}
