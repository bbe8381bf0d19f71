"""The gates of rectifications, of what follows from an evaluation, and of mutual ratings."""

from tests.web.gate import OFFICIALS, OFFICIALS_ANYWHERE, REGISTRARS, STAFF, WORKERS, Gate

AUDITORS = frozenset({"auditor", "auditor elsewhere"})
CONCERNED = OFFICIALS | {"auditor", "staff", "evaluator"}
SIDES = OFFICIALS | {"worker", "staff"}
WATCHING = OFFICIALS_ANYWHERE | AUDITORS
AGENCY = Gate(frozenset({"evaluator"}), 404)
SUPPLIER = Gate(frozenset({"staff"}), 404)
PURCHASER = Gate(OFFICIALS, 404)

GATES: dict[str, Gate] = {
    "consequences.appeal": SUPPLIER,
    "consequences.list_": Gate(WATCHING | STAFF, 404),
    "consequences.new": PURCHASER,
    "consequences.review": Gate(REGISTRARS, 404),
    "consequences.show": Gate(OFFICIALS | {"auditor", "staff"}, 404, 404),
    "ratings.give": Gate(SIDES, 404),
    "ratings.list_": Gate(WATCHING | STAFF | WORKERS, 404),
    "ratings.of": Gate(SIDES | {"auditor"}, 404, 404),
    "ratings.show": Gate(SIDES | {"auditor"}, 404, 404),
    "rectifications.clear": AGENCY,
    "rectifications.conclude": PURCHASER,
    "rectifications.done": SUPPLIER,
    "rectifications.file": Gate(frozenset(), 404, 404),  # nothing has been looked at yet
    "rectifications.issue": AGENCY,
    "rectifications.list_": Gate(WATCHING | STAFF | WORKERS | {"evaluator"}, 404),
    "rectifications.plan": SUPPLIER,
    "rectifications.recheck": AGENCY,
    "rectifications.show": Gate(CONCERNED, 404, 404),
}

_OF_RECTIFICATION = {"conclude", "done", "plan", "recheck"}
_OF_EVALUATION = {"rectifications.clear", "rectifications.issue", "consequences.new"}
ALSO_REFUSED: dict[tuple[str, str], int] = {
    # Those concerned know of the thing, and are told that this step is another's.
    **{
        (who, f"rectifications.{name}"): 403
        for who in CONCERNED
        for name in _OF_RECTIFICATION
        if who not in GATES[f"rectifications.{name}"].allowed
    },
    **{(who, name): 403 for who in CONCERNED for name in _OF_EVALUATION if who not in GATES[name].allowed},
    **{
        (who, f"consequences.{name}"): 403
        for who in OFFICIALS | {"auditor", "staff"}
        for name in ("appeal", "review")
        if who not in GATES[f"consequences.{name}"].allowed
    },
    ("auditor", "ratings.give"): 403,
}
