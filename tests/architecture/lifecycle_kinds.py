"""Every lifecycle with what its tests need: a fresh record, its dates, and who may move it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.act import Act, Role
from models.bids.bid import Bid
from models.bids.lifecycle import BID
from models.bids.lifecycle import phase_sql as bid_phase_sql
from models.catalogue.lifecycle import SERVICE
from models.catalogue.lifecycle import phase_sql as service_phase_sql
from models.catalogue.service import Service
from models.contracts import lifecycle as contract_lifecycles
from models.contracts.award import Award
from models.contracts.challenge import Challenge, ChallengeStage
from models.contracts.contract import Contract, ContractMilestone
from models.contracts.lifecycle import AWARD, CHALLENGE, CONTRACT, MILESTONE
from models.frameworks import lifecycle as framework_lifecycle
from models.frameworks.lifecycle import AGREEMENT
from models.matching.learning_lifecycle import LEARNING
from models.matching.learning_lifecycle import phase_sql as learning_phase_sql
from models.needs import lifecycle as needs_lifecycle
from models.needs.assessment import Assessment
from models.needs.deliberation import Deliberation
from models.needs.lifecycle import ASSESSMENT, DELIBERATION, NEED
from models.needs.need import ClosedReason, Need, NeedPhase
from models.parties.organisation import Organisation
from models.planning.lifecycle import PLAN
from models.planning.lifecycle import phase_sql as plan_phase_sql
from models.planning.plan import Plan
from models.reference import next_reference
from models.surveys.lifecycle import SURVEY
from models.surveys.lifecycle import phase_sql as survey_phase_sql
from models.surveys.survey import Survey, SurveyPhase
from models.volunteers.lifecycle import CALL
from models.volunteers.lifecycle import phase_sql as call_phase_sql
from tests.architecture import agency_kinds, evaluation_kinds, rectification_kinds
from tests.architecture.lifecycle_kind import Kind
from tests.factories import (
    bids,
    catalogue,
    contracts,
    deliberations,
    frameworks,
    learning,
    needs,
    parties,
    planning,
    surveys,
    tenders,
    volunteers,
)
from tests.factories.parties import NOON, STREET, act_as


def need(session: Session) -> Need:
    """A draft."""
    return needs.need(session, NeedPhase.DRAFT)


def assessment(session: Session) -> Assessment:
    """A draft."""
    return deliberations.assessment(session, completed=False)


def meeting(session: Session) -> Deliberation:
    """A meeting that has been announced."""
    return deliberations.meeting(session)


def service(session: Session) -> Service:
    """A draft entry."""
    return catalogue.service(session, published=False)


def plan(session: Session) -> Plan:
    """A plan that nobody has adopted."""
    planning.offer(session, "失能老人送餐上门")
    planning.matched(session, count=1)
    return planning.build(session, planning.official(session))


def bid(session: Session) -> Bid:
    """A sealed bid."""
    return bids.bid(session, tenders.tender(session).lots[0], bids.bidder(session))


def award(session: Session) -> Award:
    """An award that is not noticed."""
    return contracts.award_row(session)


def challenge(session: Session) -> Challenge:
    """A challenge that waits for its answer; the words of one are there already."""
    tender = tenders.tender(session)
    made = Challenge(
        reference=next_reference(session, "ZY", NOON),
        tender=tender,
        organisation=parties.organisation(session),
        stage=ChallengeStage.DOCUMENTS,
        points="评分标准没有量化。",
        remedy="请修改。",
        filed_at=NOON - MOMENT,
        reply="经复核，答复如下。",
    )
    session.add(made)
    session.flush()
    return made


def contract(session: Session) -> Contract:
    """A contract nobody has signed."""
    return contracts.contract_row(session)


def milestone(session: Session) -> ContractMilestone:
    """A milestone of which nothing is reported."""
    return contracts.contract_row(session).milestones[0]


def survey(session: Session) -> Survey:
    """A sample nobody has been asked of; the number to ring is there already."""
    made = surveys.survey(session, people=5, phase=SurveyPhase.DRAWN)
    made.telephone = surveys.TELEPHONE
    session.flush()
    return made


MOMENT = timedelta(microseconds=1)


KINDS = {
    "need": Kind(
        NEED,
        needs_lifecycle.phase_sql,
        need,
        (
            "submitted_at",
            "returned_at",
            "deliberating_at",
            "standardised_at",
            "matched_at",
            "unmet_at",
            "closed_at",
        ),
        {"closed_at": {"closed_reason": ClosedReason.SETTLED}},
    ),
    "assessment": Kind(
        ASSESSMENT,
        needs_lifecycle.assessment_phase_sql,
        assessment,
        ("completed_at", "withdrawn_at"),
        {},
    ),
    "deliberation": Kind(
        DELIBERATION,
        needs_lifecycle.deliberation_phase_sql,
        meeting,
        ("held_at", "promise_kept_at", "cancelled_at"),
        {"held_at": {"outcome": "supported", "present": 30}},
    ),
    "service": Kind(SERVICE, service_phase_sql, service, ("published_at", "retired_at"), {}),
    "bid": Kind(BID, bid_phase_sql, bid, ("replaced_at", "withdrawn_at"), {}),
    "plan": Kind(PLAN, plan_phase_sql, plan, ("adopted_at", "superseded_at", "withdrawn_at"), {}),
    "learning_run": Kind(
        LEARNING,
        learning_phase_sql,
        learning.learning_run,
        ("trained_at", "adopted_at", "discarded_at", "withdrawn_at"),
        {},
        first=(("trained_at", "adopted_at"), ("trained_at", "discarded_at"), ("adopted_at", "withdrawn_at")),
        never=(("adopted_at", "discarded_at"),),
    ),
    "award": Kind(
        AWARD,
        contract_lifecycles.award_phase_sql,
        award,
        ("noticed_at", "notice_ends_at", "cancelled_at"),
        {"noticed_at": {"noticed_on": NOON.date()}, "cancelled_at": {"cancelled_words": "中标人放弃。"}},
    ),
    "challenge": Kind(
        CHALLENGE,
        contract_lifecycles.challenge_phase_sql,
        challenge,
        ("upheld_at", "rejected_at", "withdrawn_at"),
        {},
        never=(("upheld_at", "rejected_at"),),
    ),
    "framework agreement": Kind(
        AGREEMENT,
        framework_lifecycle.phase_sql,
        frameworks.agreement_row,
        ("ended_at",),
        {"ended_at": {"ended_words": "财政部门要求停止。"}},
    ),
    "contract": Kind(
        CONTRACT,
        contract_lifecycles.contract_phase_sql,
        contract,
        ("purchaser_signed_at", "supplier_signed_at", "completed_at", "terminated_at"),
        {"terminated_at": {"terminated_words": "双方协商一致。"}},
        first=(("purchaser_signed_at", "supplier_signed_at"),),
    ),
    "milestone": Kind(
        MILESTONE,
        contract_lifecycles.milestone_phase_sql,
        milestone,
        ("reported_at", "returned_at", "accepted_at", "invoiced_at", "paid_at"),
        {"accepted_at": {"users_asked": 30}, "paid_at": {"paid_amount": Decimal(0)}},
        first=(
            ("reported_at", "accepted_at"),
            ("accepted_at", "invoiced_at"),
            ("invoiced_at", "paid_at"),
        ),
    ),
    **agency_kinds.KINDS,
    **evaluation_kinds.KINDS,
    "survey": Kind(
        SURVEY,
        survey_phase_sql,
        survey,
        ("opened_at", "closed_at", "published_at", "withdrawn_at"),
        {
            "opened_at": {"closes_at": NOON + timedelta(days=14)},
            "withdrawn_at": {"withdrawn_words": "登记有误。"},
        },
        first=(("opened_at", "closed_at"), ("opened_at", "published_at")),
    ),
    **rectification_kinds.KINDS,
    "call for volunteers": Kind(
        CALL, call_phase_sql, volunteers.call, ("closed_at",), {"closed_at": {"came_forward": 3}}
    ),
}


SUPPLIERS = {
    Permission.EVALUATION_ANSWER,
    Permission.CHALLENGE_FILE,
    Permission.CONSEQUENCE_APPEAL,
    Permission.CONTRACT_PERFORM,
    Permission.RECTIFICATION_PLAN,
}
AGENCIES = {
    Permission.AGENCY_APPEAL,
    Permission.EVALUATION_MARK,
    Permission.FINDING_ISSUE,
    Permission.RECTIFICATION_CHECK,
}


def whoever_may(session: Session, kind: Kind, subject: Any, needs: Permission) -> Act:
    """Somebody who has the permission."""
    if needs in SUPPLIERS:
        supplier = session.get_one(Organisation, subject.organisation_id)
        return act_as(session, Role.ORGANISATION_STAFF, organisation=supplier)
    if needs in AGENCIES:
        agency = session.get_one(Organisation, subject.agency_id)
        return act_as(session, Role.EVALUATOR, organisation=agency)
    if needs in {Permission.AGENCY_MANAGE, Permission.CONSEQUENCE_REVIEW}:
        return act_as(session, Role.DISTRICT_OFFICIAL)
    if kind.lifecycle is CALL:
        return act_as(session, Role.COMMUNITY_WORKER, unit=subject.unit_code)
    if kind.lifecycle in {SERVICE, BID}:
        return act_as(session, Role.ORGANISATION_STAFF, organisation=subject.organisation)
    if kind.lifecycle in {PLAN, LEARNING}:
        return planning.official(session)
    return act_as(session, Role.STREET_OFFICIAL, unit=STREET)
