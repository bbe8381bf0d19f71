"""What occurs in the procurement of the seeded district: all there is, or else the reason is said."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from models.bids.bid import BidPhase
from models.bids.lifecycle import phase_sql as bid_phase
from models.bids.opened import InvalidReason, OpenedBid
from models.bids.opening import Opening, OpeningOutcome
from models.contracts.award import Award, AwardPhase, PassingGround, TieBreak
from models.contracts.challenge import Challenge, ChallengePhase, ChallengeStage, ReplayStep
from models.contracts.contract import ContractPhase, MilestonePhase
from models.contracts.lifecycle import (
    award_phase_sql,
    challenge_phase_sql,
    contract_phase_sql,
    milestone_phase_sql,
)
from models.panels.marking import Correction, CorrectionGround
from models.panels.panel import MemberKind, PanelMember
from models.panels.pool import ASKED, ExpertTie
from models.rulebook.methods import Method
from models.sealing.keys import Envelope
from models.tenders.amendment import Amendment, AmendmentKind
from models.tenders.lifecycle import phase_sql as tender_phase
from models.tenders.lot import FailReason, Lot
from models.tenders.notice import Notice, NoticeKind
from models.tenders.tender import Tender, TenderPhase
from models.tenders.terms import Requirement, RequirementKind
from tests.factories.parties import NOON

PROCUREMENT: tuple[tuple[Any, Iterable[StrEnum]], ...] = (
    (tender_phase(NOON), TenderPhase),
    (Tender.method, Method),
    (Tender.fail_reason, FailReason),
    # A lot alone fails for want of bids, or of valid ones; everything else is its tender's.
    (Lot.fail_reason, (FailReason.FEW_BIDS, FailReason.FEW_VALID)),
    (Amendment.kind, AmendmentKind),
    (Notice.kind, NoticeKind),
    (Requirement.kind, RequirementKind),
    (bid_phase(NOON), BidPhase),
    # No verb alters an envelope or seals a price that cannot be read: only damage does.
    (
        OpenedBid.invalid_reason,
        sorted({*InvalidReason} - {InvalidReason.ENVELOPE_TAMPERED, InvalidReason.PRICE_UNREADABLE}),
    ),
    (Opening.envelope, Envelope),
    (Opening.outcome, OpeningOutcome),
    (PanelMember.kind, MemberKind),
    (ExpertTie.kind, ASKED),
    # The portal adds up by itself and takes no mark out of range.
    (Correction.ground, (CorrectionGround.EXTREME, CorrectionGround.UNEQUAL_OBJECTIVE)),
    (award_phase_sql(NOON), AwardPhase),
    # One winner declined in the year; the other three grounds are rarer than a district's year shows.
    (Award.rank_ground, (PassingGround.DECLINED,)),
    # Equal prices were drawn for; none of these documents has a rule of its own for ties.
    (Award.tie_break, (TieBreak.DRAW,)),
    (Challenge.stage, ChallengeStage),
    (challenge_phase_sql(NOON), ChallengePhase),
    # One challenge of a result was upheld, and takes the panel back to one step.
    (Challenge.replay_from, (ReplayStep.MARKING,)),
    (contract_phase_sql(NOON), ContractPhase),
    (milestone_phase_sql(NOON), MilestonePhase),
)

TENDERS_BY_PHASE = {
    TenderPhase.DRAFT: 2,
    TenderPhase.TENDERING: 5,
    TenderPhase.CLOSED: 2,
    TenderPhase.EVALUATION: 3,
    TenderPhase.REPORTED: 1,
    TenderPhase.DECIDED: 7,
    TenderPhase.COMPLETE: 10,
    TenderPhase.FAILED: 5,
    TenderPhase.CANCELLED: 2,
}
