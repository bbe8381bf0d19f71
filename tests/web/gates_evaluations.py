"""The gates of evaluations: a final nobody has published yet, and a second sheet of another one."""

from tests.web.gate import EVERYBODY, OFFICIALS, OFFICIALS_ANYWHERE, REGISTRARS, STAFF, Gate

AUDITORS = frozenset({"auditor", "auditor elsewhere"})
OPEN = Gate(EVERYBODY)
AGENCY = Gate(frozenset({"evaluator"}), 404, 404)
PURCHASER = Gate(OFFICIALS, 404)
SUPPLIER = Gate(frozenset({"staff"}), 404)
CONCERNED = OFFICIALS | {"auditor", "evaluator", "staff"}

GATES: dict[str, Gate] = {
    "evaluations.add_proof": AGENCY,
    "evaluations.add_visit": AGENCY,
    "evaluations.answers": SUPPLIER,
    "evaluations.cancel": PURCHASER,
    "evaluations.default_file": OPEN,
    "evaluations.document": Gate(CONCERNED, 404, 404),
    "evaluations.draft": AGENCY,
    "evaluations.draw_rescore": PURCHASER,
    "evaluations.evidence": Gate(OFFICIALS | {"auditor", "evaluator"}, 404, 404),
    "evaluations.finalise": AGENCY,
    "evaluations.give_answers": SUPPLIER,
    "evaluations.indicator_set": OPEN,
    "evaluations.indicators": OPEN,
    "evaluations.list_": Gate(OFFICIALS_ANYWHERE | AUDITORS | STAFF | {"evaluator"}, 404),
    "evaluations.move": PURCHASER,
    "evaluations.of_contract": Gate(OFFICIALS | {"auditor", "staff"}, 404, 404),
    "evaluations.order_rescore": PURCHASER,
    "evaluations.plan": Gate(OFFICIALS, 404),  # of a contract
    "evaluations.prove_by_register": AGENCY,
    "evaluations.proofs": AGENCY,
    "evaluations.publish": PURCHASER,
    "evaluations.publish_set": Gate(REGISTRARS),
    "evaluations.reassign": PURCHASER,
    "evaluations.remove_proof": AGENCY,
    "evaluations.reply": AGENCY,
    "evaluations.reply_veto": AGENCY,
    "evaluations.report": AGENCY,
    "evaluations.rescore": AGENCY,
    "evaluations.rescore_evidence": Gate(frozenset(), 404, 404),  # it is another evaluation's
    "evaluations.results": OPEN,
    "evaluations.review": Gate(OFFICIALS, 404),
    "evaluations.save": AGENCY,
    "evaluations.save_rescore": AGENCY,
    "evaluations.set_file": OPEN,
    "evaluations.sheet": AGENCY,
    "evaluations.show": Gate(CONCERNED, 404, 404),
    "evaluations.start": AGENCY,
    "evaluations.submit_rescore": AGENCY,
    "evaluations.vetoes": AGENCY,
    "evaluations.waive": Gate(OFFICIALS, 404),
}

ALSO_REFUSED: dict[tuple[str, str], int] = {
    # Those who may read the evaluation or the contract are told whose step it is.
    **{
        (who, name): 403
        for who in CONCERNED
        for name, gate in GATES.items()
        if (gate is PURCHASER or gate is SUPPLIER) and who not in gate.allowed
    },
    **{(who, "evaluations.plan"): 403 for who in ("auditor", "staff")},
}
