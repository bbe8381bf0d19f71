"""What a supplier is bound by: its live contracts, what they are worth, the people named and served.

How many units of which service a contract binds is written nowhere, so none is subtracted from a catalogue
entry; what can be counted is told as it is.
"""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.act import Act
from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.calendar.clocks import local_date
from models.contracts.award import Award
from models.contracts.contract import Contract, ContractPhase, ContractWorker
from models.contracts.lifecycle import contract_phase_sql
from models.needs.need import Need
from models.tenders.lot import LotNeed


@dataclass(frozen=True)
class Load:
    """What an organisation has on its hands; a worker named twice counts once, by name."""

    contracts: int
    amount: Decimal
    workers: int
    people: int


def load(session: Session, organisation_id: UUID, act: Act) -> Load:
    """The live contracts of an organisation at the moment of the act."""
    query = (
        select(Contract.id, Contract.amount, Award.lot_id)
        .join(Contract.award)
        .join(OpenedBid, Award.bid_id == OpenedBid.bid_id)
        .join(Bid, OpenedBid.bid_id == Bid.id)
        .where(Bid.organisation_id == organisation_id)
        .where(contract_phase_sql(act.at) == ContractPhase.ACTIVE.value)
    )
    live = session.execute(query).all()
    today = local_date(act.at)
    workers = select(func.count(ContractWorker.name.distinct())).where(
        ContractWorker.contract_id.in_([row.id for row in live]),
        ContractWorker.until_on.is_(None) | (ContractWorker.until_on >= today),
    )
    people = (
        select(func.coalesce(func.sum(Need.affected_people), 0))
        .join(LotNeed, LotNeed.need_id == Need.id)
        .where(LotNeed.lot_id.in_([row.lot_id for row in live]))
    )
    return Load(
        contracts=len(live),
        amount=sum((row.amount for row in live), Decimal(0)),
        workers=session.scalar(workers) or 0,
        people=session.scalar(people) or 0,
    )
