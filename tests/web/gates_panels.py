"""The gates of panels: a pool, a panel that marks, one with prices; nobody here sits on either."""

from tests.web.gate import OFFICIALS, OFFICIALS_ANYWHERE, REGISTRARS, SIGNED_IN, Gate

PANELS = Gate(OFFICIALS, 404)
PANEL_READERS = Gate(OFFICIALS | {"auditor"}, 404, 404)
MEMBERS = Gate(frozenset(), 404, 404)  # a seat is its member's, and nobody here is one
POOL = Gate(REGISTRARS, 404)

GATES: dict[str, Gate] = {
    "experts.end_tie": POOL,
    "experts.leave": POOL,
    "experts.list_": Gate(REGISTRARS),
    "experts.new": Gate(REGISTRARS),
    "experts.show": POOL,
    "experts.tie": POOL,
    "low_prices.answer": Gate(frozenset({"staff"}), 404),
    "marking.check": MEMBERS,
    "marking.declare": MEMBERS,
    "marking.file": MEMBERS,
    "marking.marks": MEMBERS,
    "marking.save": MEMBERS,
    "marking.seat": MEMBERS,
    "marking.seats": Gate(SIGNED_IN),
    "marking.sheet": MEMBERS,
    "marking.submit": MEMBERS,
    "panels.answer": PANEL_READERS,
    "panels.check": PANELS,
    "panels.choose_chair": PANELS,
    "panels.close": PANELS,
    "panels.consensus": PANELS,
    "panels.correct": PANELS,
    "panels.draw": Gate(OFFICIALS, 404),
    "panels.list_": Gate(OFFICIALS_ANYWHERE | {"auditor", "auditor elsewhere"}, 404),
    "panels.marks": PANEL_READERS,
    "panels.price": PANELS,
    "panels.question": PANEL_READERS,
    "panels.rank": PANELS,
    "panels.redraw": PANELS,
    "panels.reject": PANELS,
    "panels.report": PANELS,
    "panels.report_file": PANEL_READERS,
    "panels.seat": PANELS,
    "panels.show": PANEL_READERS,
    "panels.start": Gate(OFFICIALS, 404, 404),
}

ALSO_REFUSED: dict[tuple[str, str], int] = {
    # Auditors see panels, and do nothing in them.
    **{("auditor", name): 403 for name, gate in GATES.items() if gate is PANELS},
}
