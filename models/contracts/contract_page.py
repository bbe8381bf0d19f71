"""A contract with everything its page shows, and the acceptances the public can read (R10)."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.act import Act
from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.contracts.award import Award, AwardPhase
from models.contracts.board import paid
from models.contracts.capacity import Load, load
from models.contracts.challenge import Challenge
from models.contracts.changing import room, total
from models.contracts.clocks import Clock, contract_clocks, milestone_clock
from models.contracts.contract import (
    Contract,
    ContractChange,
    ContractMilestone,
    ContractPhase,
    MilestonePhase,
)
from models.contracts.lifecycle import award_phase_at, contract_phase_at, milestone_phase_at
from models.contracts.suspending import suspended_by
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.tenders.lot import Lot


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone with its phase and what is due of it."""

    milestone: ContractMilestone
    phase: MilestonePhase
    clock: Clock | None


@dataclass(frozen=True)
class ContractPage:
    """Everything the page of a contract shows."""

    contract: Contract
    phase: ContractPhase
    clocks: list[Clock]
    milestones: list[MilestoneRow]
    total: Decimal
    paid: Decimal
    room: Decimal
    waiting: ContractChange | None
    suspended: list[Challenge]
    notice_runs: bool
    load: Load


def contract_page(session: Session, contract: Contract, act: Act) -> ContractPage:
    """The page of a contract."""
    waiting = [each for each in contract.changes if each.agreed_at is None]
    return ContractPage(
        contract=contract,
        phase=contract_phase_at(contract, act.at),
        clocks=contract_clocks(contract, act.at),
        milestones=[milestone_row(each, act) for each in contract.milestones],
        total=total(contract),
        paid=paid(contract, act),
        room=room(contract),
        waiting=waiting[0] if waiting else None,
        suspended=suspended_by(session, contract.award.lot, act),
        notice_runs=award_phase_at(contract.award, act.at) in {AwardPhase.PENDING, AwardPhase.NOTICED},
        load=load(session, contract.organisation_id, act),
    )


def milestone_row(milestone: ContractMilestone, act: Act) -> MilestoneRow:
    """A milestone as a line."""
    return MilestoneRow(milestone, milestone_phase_at(milestone, act.at), milestone_clock(milestone, act.at))


def acceptances(session: Session, act: Act, *, paging: Paging = FIRST_PAGE) -> Listed[ContractMilestone]:
    """What was accepted, and what its users said of it: everybody can read it (R10)."""
    award = joinedload(ContractMilestone.contract).joinedload(Contract.award)
    query = (
        select(ContractMilestone)
        .where(ContractMilestone.accepted_at <= act.at)
        .order_by(ContractMilestone.accepted_at.desc(), ContractMilestone.id)
    )
    whole = query.options(
        award.joinedload(Award.lot).joinedload(Lot.tender),
        award.joinedload(Award.bid).joinedload(OpenedBid.bid).joinedload(Bid.organisation),
    )
    return Listed(list(session.scalars(cut(whole, paging))), count(session, query))
