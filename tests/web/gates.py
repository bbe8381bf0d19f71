"""The gates of the portal: for every address, who is let in, and what everybody else is told."""

from tests.web import gates_agencies as agencies
from tests.web import gates_contracts as contracts
from tests.web import gates_evaluations as evaluations
from tests.web import gates_learning as learning
from tests.web import gates_panels as panels
from tests.web import gates_rectifications as rectifications
from tests.web import gates_reports as reports
from tests.web import gates_surveys as surveys
from tests.web.gate import (
    ADMINISTRATORS,
    AREA,
    EVERYBODY,
    OFFICIALS,
    OFFICIALS_ANYWHERE,
    REGISTRARS,
    SIGNED_IN,
    STAFF,
    WATCHERS,
    WRITERS,
    Gate,
)

OPEN = Gate(EVERYBODY)
ACCOUNT = Gate(SIGNED_IN)
DRAFT_NEED = Gate(AREA, 404)
DRAFT_SERVICE = Gate(frozenset({"staff"}), 404)
REGISTER = Gate(REGISTRARS)
CALENDAR_KEEPERS = Gate(REGISTRARS | ADMINISTRATORS)
PROFILE = Gate(REGISTRARS | {"staff"})
DRAFT_ASSESSMENT = Gate(AREA, 404)
PEOPLE = Gate(frozenset({"administrator"}), 403)
MATCHES = Gate(OFFICIALS, 404)
PLANNERS = Gate(frozenset({"district"}), 404)
BIDDERS = Gate(STAFF, 404)
OWN_BID = Gate(frozenset({"staff"}), 404)
OPENERS = Gate(OFFICIALS)
OPENING = Gate(OFFICIALS, 404)
DRAFT_TENDER = Gate(OFFICIALS, 404)
PLAN_READERS = Gate(frozenset({"district", "city", "auditor"}), 404, 404)

GATES: dict[str, Gate] = {
    **agencies.GATES,
    **contracts.GATES,
    **evaluations.GATES,
    **learning.GATES,
    **panels.GATES,
    **rectifications.GATES,
    **reports.GATES,
    **surveys.GATES,
    "account.language": OPEN,
    "account.mail": ACCOUNT,
    "account.me": ACCOUNT,
    "account.sign_in": OPEN,
    "account.sign_out": ACCOUNT,
    "account.switch_role": Gate(frozenset(), 404),  # nobody here has the role that is asked for
    "assessments.complete": DRAFT_ASSESSMENT,
    "assessments.edit": DRAFT_ASSESSMENT,
    "assessments.file": Gate(AREA, 404, 404),
    "assessments.list_": OPEN,
    "assessments.new": Gate(WRITERS),
    "assessments.remove_file": DRAFT_ASSESSMENT,
    "assessments.show": Gate(AREA, 404, 404),
    "assessments.withdraw": DRAFT_ASSESSMENT,
    "bids.attach": BIDDERS,
    "bids.check": BIDDERS,
    "bids.choose": Gate(STAFF),
    "bids.confirm": OWN_BID,
    "bids.consortium": BIDDERS,
    "bids.copy": OWN_BID,
    "bids.decline": OWN_BID,
    "bids.detach": BIDDERS,
    "bids.discard": BIDDERS,
    "bids.dissolve": BIDDERS,
    "bids.edit": BIDDERS,
    "bids.file": BIDDERS,
    "bids.invitations": Gate(STAFF),
    "bids.invite": BIDDERS,
    "bids.join": OWN_BID,
    "bids.mine": Gate(STAFF),
    "bids.receipt": OWN_BID,
    "bids.save": BIDDERS,
    "bids.seal": BIDDERS,
    "bids.show": OWN_BID,
    "bids.start": BIDDERS,
    "bids.withdraw": OWN_BID,
    "catalogue.confirm": DRAFT_SERVICE,
    "catalogue.edit": DRAFT_SERVICE,
    "catalogue.list_": OPEN,
    "catalogue.mine": Gate(STAFF),
    "catalogue.new": Gate(STAFF),
    "catalogue.publish": DRAFT_SERVICE,
    "catalogue.restore": DRAFT_SERVICE,
    "catalogue.retire": DRAFT_SERVICE,
    "catalogue.show": Gate(frozenset({"staff"}), 404, 404),
    "deliberations.announce": DRAFT_NEED,
    "deliberations.cancel": Gate(AREA),
    "deliberations.keep": Gate(AREA),
    "deliberations.list_": Gate(WRITERS),
    "deliberations.notice": OPEN,
    "deliberations.paper": DRAFT_NEED,
    "deliberations.record": Gate(AREA),
    "deliberations.show": OPEN,
    "exchange.confirm_": Gate(frozenset(), 404),
    "exchange.preview": Gate(frozenset(), 404),
    "exchange.rejected": Gate(frozenset(), 404),
    "exchange.sheet": Gate(WRITERS, 404),
    "exchange.start": ACCOUNT,
    "exchange.template": Gate(WRITERS, 404),
    "handling.deliberate": Gate(OFFICIALS, 404),
    "handling.merge": Gate(OFFICIALS, 404),
    "handling.queue": Gate(OFFICIALS_ANYWHERE),
    "handling.return_": Gate(OFFICIALS, 404),
    "handling.route": Gate(OFFICIALS, 404),
    "handling.settle": Gate(OFFICIALS, 404),
    "handling.show": Gate(OFFICIALS, 404),
    "handling.standardise": Gate(OFFICIALS, 404),
    "home.home": ACCOUNT,
    "inbox.follow": Gate(frozenset(), 404),
    "inbox.list_": ACCOUNT,
    "inbox.read_all": ACCOUNT,
    "main.accessibility": OPEN,
    "main.data": OPEN,
    "main.landing": OPEN,
    "main.rules": OPEN,
    "main.search": OPEN,
    "matching.conclude": MATCHES,
    "matching.declare_unmet": MATCHES,
    "matching.fitting": Gate(STAFF),
    "matching.gaps": Gate(OFFICIALS_ANYWHERE | WATCHERS),
    "matching.reopen": MATCHES,
    "matching.review": MATCHES,
    "matching.run": MATCHES,
    "matching.show": Gate(OFFICIALS, 404, 404),
    "matching.withdraw": MATCHES,
    "needs.board": OPEN,
    "needs.check": DRAFT_NEED,
    "needs.copy": DRAFT_NEED,
    "needs.file": Gate(AREA, 404, 404),
    "needs.fold": DRAFT_NEED,
    "needs.mine": Gate(WRITERS),
    "needs.new": Gate(WRITERS),
    "needs.proposals": Gate(WRITERS),
    "needs.remove_file": DRAFT_NEED,
    "needs.show": Gate(AREA, 404, 404),
    "needs.submit": DRAFT_NEED,
    "needs.submitted": DRAFT_NEED,
    "needs.what": DRAFT_NEED,
    "needs.when": DRAFT_NEED,
    "needs.who": DRAFT_NEED,
    "needs.withdraw": DRAFT_NEED,
    "ocds.about": OPEN,
    "ocds.package": OPEN,
    "ocds.process": Gate(frozenset(), 404, 404),  # nobody has published what is asked for
    "ocds.records": OPEN,
    "ocds.releases": OPEN,
    "openings.break_off": OPENING,
    "openings.envelopes": OPEN,
    "openings.give": OPENING,
    "openings.open_": OPENING,
    "openings.show": OPENERS,
    "openings.start": OPENERS,
    "openings.start_prices": OPENERS,
    "organisation.add_board_member": PROFILE,
    "organisation.add_staff": PROFILE,
    "organisation.members": PROFILE,
    "organisation.profile": PROFILE,
    "organisation.remove_board_member": PROFILE,
    "organisation.remove_staff": PROFILE,
    "overview.show": Gate(OFFICIALS_ANYWHERE | WATCHERS),
    "parties.amend": REGISTER,
    "parties.organisations": OPEN,
    "parties.register": REGISTER,
    "parties.show": OPEN,
    "people.disable": PEOPLE,
    "people.enable": PEOPLE,
    "people.end_role": PEOPLE,
    "people.give_role": PEOPLE,
    "people.list_": Gate(ADMINISTRATORS),
    "people.new": Gate(ADMINISTRATORS),
    "people.password": PEOPLE,
    "people.show": PEOPLE,
    "planning.adopt": PLANNERS,
    "planning.build": Gate(frozenset({"district"})),
    "planning.compare": PLAN_READERS,
    "planning.drop": PLANNERS,
    "planning.edit": PLANNERS,
    "planning.line": PLAN_READERS,
    "planning.list_": Gate(REGISTRARS | {"auditor", "auditor elsewhere"}, 404),
    "planning.match_rest": Gate(frozenset({"district"})),
    "planning.new": Gate(frozenset({"district"})),
    "planning.resolve": PLANNERS,
    "planning.show": PLAN_READERS,
    "planning.withdraw": PLANNERS,
    "ranking.show": OPEN,
    "rulebook.dates": OPEN,
    "rulebook.list_": OPEN,
    "rulebook.methods": OPEN,
    "rulebook.set_threshold": REGISTER,
    "rulebook.thresholds": REGISTER,
    "standing.grade": REGISTER,
    "standing.put_on_list": REGISTER,
    "standing.report": REGISTER,
    "standing.show": REGISTER,
    "standing.take_off_list": REGISTER,
    "tenders.amend": DRAFT_TENDER,
    "tenders.answer": Gate(OFFICIALS),
    "tenders.ask": Gate(STAFF),
    "tenders.basics": DRAFT_TENDER,
    "tenders.check_phrase": Gate(frozenset()),  # nobody here holds the phrase
    "tenders.document": Gate(OFFICIALS, 404, 404),
    "tenders.drop": DRAFT_TENDER,
    "tenders.end": DRAFT_TENDER,
    "tenders.approval": DRAFT_TENDER,
    "tenders.extend": DRAFT_TENDER,
    "tenders.item": DRAFT_TENDER,
    "tenders.keys": DRAFT_TENDER,
    "tenders.list_": OPEN,
    "tenders.new": Gate(OFFICIALS_ANYWHERE),
    "tenders.notices": DRAFT_TENDER,
    "tenders.phrase": Gate(frozenset()),  # nor here
    "tenders.publish": DRAFT_TENDER,
    "tenders.remove": DRAFT_TENDER,
    "tenders.show": Gate(OFFICIALS, 404, 404),
    "tenders.write": DRAFT_TENDER,
    "working_days.enter": CALENDAR_KEEPERS,
    "working_days.list_": CALENDAR_KEEPERS,
}
"""Gates of the needs, services and assessments are those of drafts: what nobody else may even know of."""

ALSO_REFUSED: dict[tuple[str, str], int] = {
    # An address of matches or of handling is known to whoever may see the need, but not for them.
    **{("worker", name): 403 for name, gate in GATES.items() if name.startswith("handling.")},
    **{("worker", f"matching.{name}"): 403 for name in ("conclude", "declare_unmet", "reopen", "run")},
    # Auditors see a run, and decide nothing in it.
    ("auditor", "matching.review"): 403,
    ("auditor", "matching.withdraw"): 403,
    # Those who read plans know of them, and may not change them.
    **{(who, name): 403 for who in ("city", "auditor") for name, gate in GATES.items() if gate is PLANNERS},
    **agencies.ALSO_REFUSED,
    **contracts.ALSO_REFUSED,
    **evaluations.ALSO_REFUSED,
    **learning.ALSO_REFUSED,
    **panels.ALSO_REFUSED,
    **rectifications.ALSO_REFUSED,
    **surveys.ALSO_REFUSED,
    # An account elsewhere is not there for an administrator who may manage accounts.
    **{
        ("administrator elsewhere", name): 404
        for name, gate in GATES.items()
        if name.startswith("people.") and gate is PEOPLE
    },
    # A sealed bid and an opening under way are nobody else's to know of.
    **{("auditor", name): 404 for name, gate in GATES.items() if gate is OWN_BID or gate is OPENING},
    **{("staff", name): 404 for name, gate in GATES.items() if gate is OPENING},
    **{(who, name): 404 for who in OFFICIALS for name, gate in GATES.items() if gate is OWN_BID},
    # A draft of a tender is the purchaser's business alone.
    **{("auditor", name): 404 for name, gate in GATES.items() if gate is DRAFT_TENDER},
}
"""Where somebody is told something else than the gate says."""
