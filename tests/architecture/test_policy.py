"""The role table: who may do what to something that is not public, inside the own area and outside it."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from models.access.permissions import Permission as P
from models.access.policy import can, ensure
from models.act import Act, Actor, Role
from models.errors import NotAllowed, NotFound
from tests.factories.parties import NOON

OWN, SEAT = uuid4(), uuid4()
INSIDE, OUTSIDE = "310190001001", "310115001001"

OFFICIALS = {Role.CITY_OFFICIAL, Role.DISTRICT_OFFICIAL, Role.STREET_OFFICIAL}
WORKER, STAFF, SYSTEM = {Role.COMMUNITY_WORKER}, {Role.ORGANISATION_STAFF}, {Role.SYSTEM}
EVALUATOR = {Role.EVALUATOR}
WATCHING = {Role.HUB, Role.AUDITOR}
REGISTRARS = {Role.CITY_OFFICIAL, Role.DISTRICT_OFFICIAL}

TABLE: dict[P, set[Role]] = {
    P.ACCOUNT_MANAGE: SYSTEM | {Role.ADMINISTRATOR},
    P.AGENCY_APPEAL: EVALUATOR,
    P.AGENCY_MANAGE: REGISTRARS,
    P.AGENCY_VIEW: OFFICIALS | EVALUATOR | {Role.AUDITOR},
    P.ASSESSMENT_VIEW: OFFICIALS | WORKER | WATCHING,
    P.ASSESSMENT_WRITE: OFFICIALS | WORKER,
    P.ASSIGNMENT_DECLARE: EVALUATOR,
    P.AUDIT_READ: SYSTEM | {Role.AUDITOR},
    P.AWARD_DECIDE: OFFICIALS,
    P.AWARD_VIEW: OFFICIALS | {Role.AUDITOR},
    P.BID_SUBMIT: STAFF,
    P.BID_VIEW: OFFICIALS | STAFF | {Role.AUDITOR},
    P.CALENDAR_SET: REGISTRARS | {Role.ADMINISTRATOR},
    P.CHALLENGE_ANSWER: OFFICIALS,
    P.CHALLENGE_FILE: STAFF,
    P.CHALLENGE_VIEW: OFFICIALS | STAFF | {Role.AUDITOR},
    P.CLOCK_REMIND: SYSTEM,
    P.CONSEQUENCE_APPEAL: STAFF,
    P.CONSEQUENCE_DECIDE: OFFICIALS,
    P.CONSEQUENCE_REVIEW: REGISTRARS,
    P.CONSEQUENCE_VIEW: OFFICIALS | STAFF | {Role.AUDITOR},
    P.CONTRACT_MANAGE: OFFICIALS,
    P.CONTRACT_PERFORM: STAFF,
    P.CONTRACT_VIEW: OFFICIALS | STAFF | WORKER | {Role.AUDITOR},
    P.DELIBERATION_RECORD: OFFICIALS | WORKER,
    P.DELIBERATION_VIEW: OFFICIALS | WORKER | WATCHING,
    P.DISTRICT_OVERVIEW: OFFICIALS | WATCHING,
    P.ENGAGEMENT_VIEW: OFFICIALS | EVALUATOR | {Role.AUDITOR},
    P.ENQUIRY_ASK: STAFF,
    P.EVALUATION_ANSWER: STAFF,
    P.EVALUATION_DECIDE: OFFICIALS,
    P.EVALUATION_MARK: EVALUATOR,
    P.EVALUATION_PLAN: OFFICIALS | SYSTEM,
    P.EVALUATION_VIEW: OFFICIALS | STAFF | EVALUATOR | {Role.AUDITOR},
    P.EXPERT_MANAGE: REGISTRARS,
    P.FINDING_ISSUE: EVALUATOR,
    P.GAP_VIEW: OFFICIALS | WATCHING,
    P.INDICATORS_SET: REGISTRARS,
    P.LEARNING_RUN: {Role.DISTRICT_OFFICIAL},
    P.LEARNING_VIEW: REGISTRARS | {Role.AUDITOR},
    P.MATCH_RECOMMEND: {Role.HUB},
    P.MATCH_REVIEW: OFFICIALS,
    P.MATCH_RUN: OFFICIALS,
    P.MATCH_VIEW: OFFICIALS | {Role.AUDITOR},
    P.MEETING_RULE_SET: OFFICIALS,
    P.NEED_DELIBERATE: OFFICIALS | WORKER,
    P.NEED_EVIDENCE: OFFICIALS | WORKER | {Role.AUDITOR},
    P.NEED_STANDARDISE: OFFICIALS,
    P.NEED_VIEW: OFFICIALS | WORKER | WATCHING,
    P.NEED_WRITE: OFFICIALS | WORKER,
    P.ORGANISATION_EDIT: REGISTRARS | STAFF | SYSTEM,
    P.ORGANISATION_REGISTER: REGISTRARS | SYSTEM,
    P.PANEL_MAKE: OFFICIALS,
    P.PANEL_MARK: {Role.PANEL_MEMBER},
    P.PANEL_VIEW: OFFICIALS | {Role.AUDITOR},
    P.PLAN_MAKE: {Role.DISTRICT_OFFICIAL},
    P.PLAN_VIEW: REGISTRARS | {Role.AUDITOR},
    P.PROJECT_FILE: {Role.AUDITOR},
    P.RATING_GIVE: OFFICIALS | STAFF | WORKER,
    P.RATING_VIEW: OFFICIALS | STAFF | WORKER | {Role.AUDITOR},
    P.RECTIFICATION_CHECK: EVALUATOR,
    P.RECTIFICATION_PLAN: STAFF,
    P.RECTIFICATION_VIEW: OFFICIALS | STAFF | WORKER | EVALUATOR | {Role.AUDITOR},
    P.REGISTER_VIEW: OFFICIALS | STAFF | EVALUATOR,
    P.REGISTER_WRITE: STAFF,
    P.SAMPLE_CHOOSE: REGISTRARS | SYSTEM,
    P.SERVICE_EDIT: STAFF,
    P.SERVICE_VIEW: OFFICIALS | STAFF | {Role.AUDITOR},
    P.SURVEY_ENTER: OFFICIALS | WORKER | EVALUATOR,
    P.SURVEY_RUN: OFFICIALS | EVALUATOR | {Role.SYSTEM},
    P.SURVEY_VIEW: OFFICIALS | WORKER | EVALUATOR | {Role.AUDITOR},
    P.TAXONOMY_LOAD: SYSTEM,
    P.TENDER_END: OFFICIALS,
    P.TENDER_OPEN: OFFICIALS,
    P.TENDER_PUBLISH: OFFICIALS,
    P.TENDER_VIEW: OFFICIALS | {Role.AUDITOR},
    P.TENDER_WRITE: OFFICIALS,
    P.THRESHOLD_SET: REGISTRARS,
    P.UNIT_MANAGE: SYSTEM | {Role.ADMINISTRATOR},
    P.VOLUNTEER_CALL: STAFF | WORKER,
}
EVERYWHERE = (
    {(P.ENQUIRY_ASK, Role.ORGANISATION_STAFF)}
    | {(P.SERVICE_VIEW, role) for role in OFFICIALS | {Role.AUDITOR}}
    | {(P.CALENDAR_SET, role) for role in REGISTRARS | {Role.ADMINISTRATOR}}
    | {(permission, Role.SYSTEM) for permission in P}
)
"""Who needs no area for it: a catalogue is for all areas, there is one calendar, the machine has none."""


@dataclass(frozen=True)
class Subject:
    """Something that is not public, in a unit, of an organisation."""

    unit_code: str
    organisation_id: UUID
    is_public: bool = False
    is_draft: bool = False
    is_opened: bool = True
    is_drafted: bool = True
    person_id: UUID = SEAT

    @property
    def agency_id(self) -> UUID:
        """Given to the agency that has the organisation's id: one actor is either."""
        return self.organisation_id


def act_of(role: Role | None) -> Act:
    unit = {Role.COMMUNITY_WORKER: INSIDE, Role.STREET_OFFICIAL: INSIDE[:9], Role.CITY_OFFICIAL: INSIDE[:2]}
    organisation = OWN if role in STAFF | EVALUATOR else None
    scope = None if role in STAFF | EVALUATOR | SYSTEM or role is None else unit.get(role, INSIDE[:6])
    return Act(Actor(person_id=SEAT, role=role, unit_code=scope, organisation_id=organisation), NOON)


def test_the_table_names_every_permission() -> None:
    assert set(TABLE) == set(P)


@pytest.mark.parametrize("permission", P)
@pytest.mark.parametrize("role", [*Role, None])
def test_who_may_do_it_to_what_is_theirs(permission: P, role: Role | None) -> None:
    assert can(act_of(role), permission, Subject(INSIDE, OWN)) == (role in TABLE[permission])


@pytest.mark.parametrize("permission", P)
@pytest.mark.parametrize("role", [*Role, None])
def test_nobody_may_do_it_to_what_is_elsewhere(permission: P, role: Role | None) -> None:
    elsewhere = Subject("11" + OUTSIDE[2:], uuid4(), person_id=uuid4())
    allowed = role in TABLE[permission] and (permission, role) in EVERYWHERE
    assert can(act_of(role), permission, elsewhere) == allowed


WRITES_DRAFTS = {P.NEED_VIEW: OFFICIALS | WORKER, P.ASSESSMENT_VIEW: OFFICIALS | WORKER}
SEES_DRAFTS = WRITES_DRAFTS | {P.NEED_EVIDENCE: OFFICIALS | WORKER, P.SERVICE_VIEW: STAFF}


@pytest.mark.parametrize("permission", SEES_DRAFTS)
@pytest.mark.parametrize("role", [*Role, None])
def test_a_draft_is_seen_by_those_who_may_write_it(permission: P, role: Role | None) -> None:
    draft = Subject(INSIDE, OWN, is_draft=True)
    assert can(act_of(role), permission, draft) == (role in SEES_DRAFTS[permission])


def test_what_may_not_be_seen_is_not_there_and_what_may_not_be_done_is_refused() -> None:
    with pytest.raises(NotFound):
        ensure(act_of(None), P.NEED_VIEW, Subject(INSIDE, OWN))
    with pytest.raises(NotAllowed):
        ensure(act_of(None), P.NEED_WRITE, Subject(INSIDE, OWN))


def test_who_bid_is_not_told_before_the_opening() -> None:
    sealed = Subject(INSIDE, OWN, is_opened=False)
    seeing = {role for role in Role if can(act_of(role), P.BID_VIEW, sealed)}
    assert seeing == STAFF


def test_a_contractor_reads_an_evaluation_once_its_draft_is_handed_over() -> None:
    undrafted = Subject(INSIDE, OWN, is_drafted=False)
    seeing = {role for role in Role if can(act_of(role), P.EVALUATION_VIEW, undrafted)}
    assert seeing == TABLE[P.EVALUATION_VIEW] - STAFF
