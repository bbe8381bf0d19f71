"""The gates of the portal: for every address, who is let in, and what everybody else is told."""

from dataclasses import dataclass

from tests.factories.world import AUDIENCES

OFFICIALS = frozenset({"street", "district", "city"})
AREA = OFFICIALS | {"worker"}
OFFICIALS_ANYWHERE = OFFICIALS | {"other street"}
WORKERS = frozenset({"worker", "worker next door"})
WRITERS = OFFICIALS_ANYWHERE | WORKERS
STAFF = frozenset({"staff", "other staff"})
WATCHERS = frozenset({"hub", "hub elsewhere", "auditor", "auditor elsewhere"})
REGISTRARS = frozenset({"district", "city"})
ADMINISTRATORS = frozenset({"administrator", "administrator elsewhere"})
EVERYBODY = frozenset(AUDIENCES)
SIGNED_IN = EVERYBODY - {"visitor"}


@dataclass(frozen=True)
class Gate:
    """Who is let in, what others are told, and what a visitor is told."""

    allowed: frozenset[str]
    refused: int = 403
    visitor: int = 303


OPEN = Gate(EVERYBODY)
ACCOUNT = Gate(SIGNED_IN)
DRAFT_NEED = Gate(AREA, 404)
DRAFT_SERVICE = Gate(frozenset({"staff"}), 404)
REGISTER = Gate(REGISTRARS)
PROFILE = Gate(REGISTRARS | {"staff"})
DRAFT_ASSESSMENT = Gate(AREA, 404)
PEOPLE = Gate(frozenset({"administrator"}), 403)
MATCHES = Gate(OFFICIALS, 404)
PLANNERS = Gate(frozenset({"district"}), 404)
PLAN_READERS = Gate(frozenset({"district", "city", "auditor"}), 404, 404)

GATES: dict[str, Gate] = {
    "account.language": OPEN,
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
    "standing.grade": REGISTER,
    "standing.put_on_list": REGISTER,
    "standing.report": REGISTER,
    "standing.show": REGISTER,
    "standing.take_off_list": REGISTER,
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
    # An account elsewhere is not there for an administrator who may manage accounts.
    **{
        ("administrator elsewhere", name): 404
        for name, gate in GATES.items()
        if name.startswith("people.") and gate is PEOPLE
    },
}
"""Where somebody is told something else than the gate says."""
