"""The policy, on one page: permission -> any of [all of predicates of (act, subject)].

Subjects are known by their shape only: `unit_code`, `organisation_id`, `agency_id`, `is_public`, `is_draft`.
The guard, the verb, the list query and the button all ask `can()`. A draft is for those who may write it: its
committee, with the officials who may write in its place, or its organisation.
"""

from collections.abc import Callable
from typing import Any

from models.access.permissions import Permission as P
from models.act import OFFICIALS, Act, Role
from models.errors import NotAllowed, NotFound

Predicate = Callable[[Act, Any], bool]


def anyone(_act: Act, _subject: Any) -> bool:
    """Everybody, signed in or not."""
    return True


def public(_act: Act, subject: Any) -> bool:
    """The subject has been published."""
    return bool(subject is not None and subject.is_public)


def covers(act: Act, subject: Any) -> bool:
    """The subject lies in the actor's administrative unit."""
    return subject is None or act.actor.covers(subject.unit_code)


def own_organisation(act: Act, subject: Any) -> bool:
    """The subject belongs to the organisation the actor works for."""
    return subject is None or (
        act.actor.organisation_id is not None and act.actor.organisation_id == subject.organisation_id
    )


def begun(_act: Act, subject: Any) -> bool:
    """The subject has left its author's desk: it was handed in, completed or published once."""
    return subject is None or not subject.is_draft


def opened(_act: Act, subject: Any) -> bool:
    """The envelopes have been opened: who bid is no secret any more."""
    return subject is None or subject.is_opened


def own_agency(act: Act, subject: Any) -> bool:
    """The subject was given to the agency the actor works for."""
    return subject is None or (
        act.actor.organisation_id is not None and act.actor.organisation_id == subject.agency_id
    )


def drafted(_act: Act, subject: Any) -> bool:
    """The evaluator has handed the draft to the contractor."""
    return subject is None or subject.is_drafted


def own_seat(act: Act, subject: Any) -> bool:
    """The subject is the actor's own seat on a panel."""
    return subject is None or (act.actor.person_id is not None and act.actor.person_id == subject.person_id)


def role(*roles: Role) -> Predicate:
    """The actor acts in one of these roles."""
    wanted = frozenset(roles)

    def has_role(act: Act, _subject: Any) -> bool:
        return act.actor.role in wanted

    return has_role


official = role(*OFFICIALS)
worker = role(Role.COMMUNITY_WORKER)
staff = role(Role.ORGANISATION_STAFF)
panelist = role(Role.PANEL_MEMBER)
evaluator = role(Role.EVALUATOR)
auditor = role(Role.AUDITOR)
hub = role(Role.HUB)
watcher = role(Role.HUB, Role.AUDITOR)
system = role(Role.SYSTEM)
administrator = role(Role.ADMINISTRATOR)
registrar = role(Role.DISTRICT_OFFICIAL, Role.CITY_OFFICIAL)
planner = role(Role.DISTRICT_OFFICIAL)

Rule = list[list[Predicate]]

POLICY: dict[P, Rule] = {
    P.ACCOUNT_MANAGE: [[system], [administrator, covers]],
    P.AGENCY_APPEAL: [[evaluator, own_agency]],
    P.AGENCY_MANAGE: [[registrar, covers]],
    P.AGENCY_VIEW: [[official, covers], [auditor, covers], [evaluator, own_agency]],
    P.ASSESSMENT_VIEW: [[public], [official, covers], [worker, covers], [watcher, covers, begun]],
    P.ASSESSMENT_WRITE: [[worker, covers], [official, covers]],
    P.ASSIGNMENT_DECLARE: [[evaluator, own_agency]],
    P.AUDIT_READ: [[auditor, covers], [system]],
    P.AWARD_DECIDE: [[official, covers]],
    P.AWARD_VIEW: [[official, covers], [auditor, covers]],
    P.BID_SUBMIT: [[staff, own_organisation]],
    P.BID_VIEW: [[staff, own_organisation], [official, covers, opened], [auditor, covers, opened]],
    P.CALENDAR_SET: [[registrar], [administrator]],
    P.CHALLENGE_ANSWER: [[official, covers]],
    P.CHALLENGE_FILE: [[staff, own_organisation]],
    P.CHALLENGE_VIEW: [[staff, own_organisation], [official, covers], [auditor, covers]],
    P.CLOCK_REMIND: [[system]],
    P.CONSEQUENCE_APPEAL: [[staff, own_organisation]],
    P.CONSEQUENCE_DECIDE: [[official, covers]],
    P.CONSEQUENCE_REVIEW: [[registrar, covers]],
    P.CONSEQUENCE_VIEW: [[official, covers], [auditor, covers], [staff, own_organisation]],
    P.CONTRACT_MANAGE: [[official, covers]],
    P.CONTRACT_PERFORM: [[staff, own_organisation]],
    P.CONTRACT_VIEW: [[staff, own_organisation], [official, covers], [worker, covers], [auditor, covers]],
    P.DELIBERATION_RECORD: [[worker, covers], [official, covers]],
    P.DELIBERATION_VIEW: [[public], [worker, covers], [official, covers], [hub, covers], [auditor, covers]],
    P.DISTRICT_OVERVIEW: [[official, covers], [auditor, covers], [hub, covers]],
    P.ENGAGEMENT_VIEW: [[official, covers], [auditor, covers], [evaluator, own_agency]],
    P.ENQUIRY_ASK: [[staff]],
    P.EVALUATION_ANSWER: [[staff, own_organisation]],
    P.EVALUATION_DECIDE: [[official, covers]],
    P.EVALUATION_MARK: [[evaluator, own_agency]],
    P.EVALUATION_PLAN: [[official, covers], [system]],
    P.EVALUATION_VIEW: [
        [public],
        [official, covers],
        [auditor, covers],
        [evaluator, own_agency],
        [staff, own_organisation, drafted],
    ],
    P.EXPERT_MANAGE: [[registrar, covers]],
    P.FINDING_ISSUE: [[evaluator, own_agency]],
    P.GAP_VIEW: [[official, covers], [auditor, covers], [hub, covers]],
    P.INDICATORS_SET: [[registrar, covers]],
    P.LEARNING_RUN: [[planner, covers]],
    P.LEARNING_VIEW: [[registrar, covers], [auditor, covers]],
    P.MATCH_RECOMMEND: [[hub, covers]],
    P.MATCH_REVIEW: [[official, covers]],
    P.MATCH_RUN: [[official, covers]],
    P.MATCH_VIEW: [[official, covers], [auditor, covers]],
    P.MEETING_RULE_SET: [[official, covers]],
    P.NEED_DELIBERATE: [[worker, covers], [official, covers]],
    P.NEED_EVIDENCE: [[worker, covers], [official, covers], [auditor, covers, begun]],
    P.NEED_STANDARDISE: [[official, covers]],
    P.NEED_VIEW: [[public], [worker, covers], [official, covers], [watcher, covers, begun]],
    P.NEED_WRITE: [[worker, covers], [official, covers]],
    P.ORGANISATION_EDIT: [[staff, own_organisation], [registrar, covers], [system]],
    P.ORGANISATION_REGISTER: [[registrar, covers], [system]],
    P.PANEL_MAKE: [[official, covers]],
    P.PANEL_MARK: [[panelist, own_seat]],
    P.PANEL_VIEW: [[official, covers], [auditor, covers]],
    P.PLAN_MAKE: [[planner, covers]],
    P.PLAN_VIEW: [[registrar, covers], [auditor, covers]],
    P.PROJECT_FILE: [[auditor, covers]],
    P.RATING_GIVE: [[staff, own_organisation], [worker, covers], [official, covers]],
    P.RATING_VIEW: [[staff, own_organisation], [worker, covers], [official, covers], [auditor, covers]],
    P.RECTIFICATION_CHECK: [[evaluator, own_agency]],
    P.RECTIFICATION_PLAN: [[staff, own_organisation]],
    P.RECTIFICATION_VIEW: [
        [public],
        [official, covers],
        [auditor, covers],
        [worker, covers],
        [evaluator, own_agency],
        [staff, own_organisation],
    ],
    P.REGISTER_VIEW: [[staff, own_organisation], [official, covers], [evaluator, own_agency]],
    P.REGISTER_WRITE: [[staff, own_organisation]],
    P.SAMPLE_CHOOSE: [[registrar, covers], [system]],
    P.SERVICE_EDIT: [[staff, own_organisation]],
    P.SERVICE_VIEW: [[public], [staff, own_organisation], [official, begun], [auditor, begun]],
    P.SURVEY_ENTER: [[official, covers], [worker, covers], [evaluator, own_agency]],
    P.SURVEY_RUN: [[official, covers], [evaluator, own_agency], [system]],
    P.SURVEY_VIEW: [
        [public],
        [official, covers],
        [worker, covers],
        [auditor, covers],
        [evaluator, own_agency],
    ],
    P.TAXONOMY_LOAD: [[system]],
    P.TENDER_END: [[official, covers]],
    P.TENDER_OPEN: [[official, covers]],
    P.TENDER_PUBLISH: [[official, covers]],
    P.TENDER_VIEW: [[public], [official, covers], [auditor, covers, begun]],
    P.TENDER_WRITE: [[official, covers]],
    P.THRESHOLD_SET: [[registrar, covers]],
    P.UNIT_MANAGE: [[system], [administrator, covers]],
    P.VOLUNTEER_CALL: [[worker, covers], [staff, own_organisation]],
}

SEEING = {
    P.NEED_VIEW,
    P.NEED_EVIDENCE,
    P.ASSESSMENT_VIEW,
    P.DELIBERATION_VIEW,
    P.SERVICE_VIEW,
    P.MATCH_VIEW,
    P.PLAN_VIEW,
    P.TENDER_VIEW,
    P.BID_VIEW,
    P.PANEL_VIEW,
    P.PANEL_MARK,
    P.AWARD_VIEW,
    P.CHALLENGE_VIEW,
    P.CONTRACT_VIEW,
    P.AGENCY_VIEW,
    P.CONSEQUENCE_VIEW,
    P.ENGAGEMENT_VIEW,
    P.EVALUATION_VIEW,
    P.EVALUATION_MARK,
    P.LEARNING_VIEW,
    P.PROJECT_FILE,
    P.RATING_VIEW,
    P.RECTIFICATION_VIEW,
    P.REGISTER_VIEW,
    P.SURVEY_VIEW,
}
"""Refusals of these are answered "there is no such thing": nobody learns of what is not theirs."""


def can(act: Act, permission: P, subject: Any = None) -> bool:
    """Whether the act may do this to the subject (None: to any subject at all, for menus)."""
    return any(all(holds(act, subject) for holds in rule) for rule in POLICY[permission])


def ensure(act: Act, permission: P, subject: Any = None) -> None:
    """Raise NotFound or NotAllowed unless `can()`."""
    if not can(act, permission, subject):
        if permission in SEEING:
            raise NotFound("not_found")
        raise NotAllowed("not_allowed", permission=permission)
