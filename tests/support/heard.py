"""What is needed in the seeded district and how it is heard: all there is, or else the reason is said."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from models.matching.gap import GapCause, GapEntry, GapRemedy
from models.matching.recommendation import HubRelation, Recommendation
from models.matching.review import Decision, RejectReason, Review
from models.needs.assessment import AssessmentMethod, AssessmentPhase, MethodUsed
from models.needs.deliberation import Deliberation, DeliberationPhase, MeetingType, Outcome
from models.needs.details import (
    Evidence,
    EvidenceKind,
    FundingSource,
    NeedFunding,
    NeedResource,
    ResourceKind,
)
from models.needs.lifecycle import assessment_phase_sql, deliberation_phase_sql, phase_sql
from models.needs.need import ClosedReason, Engagement, Need, NeedPhase, ReturnReason
from models.needs.raiser import Raiser, RaiserKind
from models.needs.ticket import CHANNELS, Ticket
from tests.factories.parties import NOON

HEARD: tuple[tuple[Any, Iterable[StrEnum]], ...] = (
    (assessment_phase_sql(NOON), AssessmentPhase),
    (MethodUsed.method, AssessmentMethod),
    (phase_sql(NOON), NeedPhase),
    (Need.closed_reason, ClosedReason),
    (Need.return_reason, ReturnReason),
    (Need.engagement, Engagement),
    (Evidence.kind, EvidenceKind),
    (Ticket.channel, CHANNELS),
    (Raiser.kind, RaiserKind),
    (NeedResource.kind, ResourceKind),
    (NeedFunding.source, FundingSource),
    (deliberation_phase_sql(NOON), DeliberationPhase),
    (Deliberation.meeting_type, MeetingType),
    (Deliberation.outcome, Outcome),
    (Recommendation.relation, HubRelation),
    (Review.decision, Decision),
    (Review.reason, sorted({*RejectReason} - {RejectReason.TOO_EXPENSIVE, RejectReason.CONFLICT})),
    (GapEntry.cause, GapCause),
    (GapEntry.remedy, GapRemedy),
)
