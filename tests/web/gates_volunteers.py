"""The gates of calls for volunteers: one of the committee for a need, a draft need, a contract in force."""

from tests.web.gate import EVERYBODY, OFFICIALS, Gate

OPEN = Gate(EVERYBODY)
COMMITTEE = Gate(frozenset({"worker"}))

GATES: dict[str, Gate] = {
    "volunteers.close": COMMITTEE,
    "volunteers.edit": COMMITTEE,
    "volunteers.for_contract": Gate(frozenset({"staff"}), 404),
    "volunteers.for_need": Gate(frozenset({"worker"}), 404),
    "volunteers.list_": OPEN,
    "volunteers.poster": OPEN,
    "volunteers.show": OPEN,
}

ALSO_REFUSED: dict[tuple[str, str], int] = {
    # Whoever may see the draft or the contract knows of it, and may not call for it.
    **{(who, "volunteers.for_need"): 403 for who in OFFICIALS},
    **{(who, "volunteers.for_contract"): 403 for who in OFFICIALS | {"auditor"}},
}
