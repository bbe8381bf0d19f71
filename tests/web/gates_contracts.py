"""The gates of awards, challenges and contracts: a contract in force, its supplier and its purchaser."""

from tests.web.gate import EVERYBODY, OFFICIALS, OFFICIALS_ANYWHERE, STAFF, WORKERS, Gate

AUDITORS = frozenset({"auditor", "auditor elsewhere"})
OPEN = Gate(EVERYBODY)
AWARD_READERS = Gate(OFFICIALS | {"auditor"}, 404, 404)
BOTH_SIDES = Gate(OFFICIALS | {"auditor", "staff"}, 404, 404)
PURCHASER = Gate(OFFICIALS, 404)
SUPPLIER = Gate(frozenset({"staff"}), 404)

GATES: dict[str, Gate] = {
    "awards.contract": PURCHASER,
    "awards.desk": AWARD_READERS,
    "awards.draw": PURCHASER,
    "awards.equal": PURCHASER,
    "awards.first": PURCHASER,
    "awards.letter": BOTH_SIDES,
    "awards.mine": Gate(STAFF),
    "awards.notice": PURCHASER,
    "awards.other": PURCHASER,
    "awards.paper": OPEN,
    "awards.result": OPEN,
    "awards.withdraw": PURCHASER,
    "challenges.answer": PURCHASER,
    "challenges.complaint": PURCHASER,
    "challenges.decision": PURCHASER,
    "challenges.list_": Gate(OFFICIALS_ANYWHERE | STAFF | AUDITORS, 404),
    "challenges.new": Gate(STAFF),
    "challenges.show": BOTH_SIDES,
    "challenges.withdraw": SUPPLIER,
    "contracts.accepted": OPEN,
    "contracts.agree": SUPPLIER,
    "contracts.change": PURCHASER,
    "contracts.countersign": SUPPLIER,
    "contracts.file_": PURCHASER,
    "contracts.list_": Gate(OFFICIALS_ANYWHERE | WORKERS | STAFF | AUDITORS, 404),
    "contracts.paper": BOTH_SIDES,
    "contracts.publish": PURCHASER,
    "contracts.replace_worker": SUPPLIER,
    "contracts.show": BOTH_SIDES,
    "contracts.sign": PURCHASER,
    "contracts.terminate": PURCHASER,
    "contracts.terms": PURCHASER,
    "frameworks.agree": PURCHASER,
    "frameworks.call_off": Gate(frozenset({"street"})),
    "frameworks.end": Gate(OFFICIALS),
    "frameworks.list_": OPEN,
    "frameworks.show": OPEN,
    "milestones.accept": PURCHASER,
    "milestones.invoice": SUPPLIER,
    "milestones.pay": PURCHASER,
    "milestones.report": SUPPLIER,
    "milestones.return_": PURCHASER,
    "milestones.show": BOTH_SIDES,
}

ALSO_REFUSED: dict[tuple[str, str], int] = {
    # Auditors see awards, challenges and contracts, and each side what is the other's to do.
    **{
        (who, name): 403
        for who in ("auditor", *OFFICIALS)
        for name, gate in GATES.items()
        if gate == SUPPLIER
    },
    # An official who is no party to an agreement is told that there is no call-off.
    **{(who, "frameworks.call_off"): 404 for who in ("district", "city", "other street")},
    **{("auditor", name): 403 for name, gate in GATES.items() if gate == PURCHASER},
    **{
        ("staff", name): 403
        for name, gate in GATES.items()
        if gate == PURCHASER and not name.startswith(("awards.", "frameworks."))
    },
}
