"""Reads of contracts: the loaders for guards, and what an act may see of contracts and challenges."""

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import OFFICIALS, Act, Role
from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.contracts.award import Award
from models.contracts.challenge import Challenge
from models.contracts.contract import Contract, ContractChange, ContractMilestone, ContractWorker
from models.tenders.lot import Lot
from models.tenders.tender import Tender

AREA_READERS = OFFICIALS | {Role.AUDITOR, Role.COMMUNITY_WORKER}
_OfContract = ContractMilestone | ContractChange | ContractWorker
Seen = TypeVar("Seen", bound=Tender | Lot | Award | Bid | Challenge | Contract | _OfContract)


def awarded_tender(session: Session, tender_id: UUID, act: Act) -> Tender | None:
    """The tender, for those who may see its awards before their notice."""
    return _seen(session.get(Tender, tender_id), act, P.AWARD_VIEW)


def lot(session: Session, lot_id: UUID, act: Act) -> Lot | None:
    """A lot, for those who may see its award before the notice."""
    return _seen(session.get(Lot, lot_id), act, P.AWARD_VIEW)


def award(session: Session, award_id: UUID, act: Act) -> Award | None:
    """An award, for those who may see it before its notice."""
    return _seen(session.get(Award, award_id), act, P.AWARD_VIEW)


def bid(session: Session, bid_id: UUID, act: Act) -> Bid | None:
    """A bid whose letter somebody wants to read."""
    return _seen(session.get(Bid, bid_id), act, P.BID_VIEW)


def challenge(session: Session, challenge_id: UUID, act: Act) -> Challenge | None:
    """A challenge, for its organisation and the officials of the area."""
    return _seen(session.get(Challenge, challenge_id), act, P.CHALLENGE_VIEW)


def contract(session: Session, contract_id: UUID, act: Act) -> Contract | None:
    """A contract, for its two sides and those who watch the area."""
    return _seen(session.get(Contract, contract_id), act, P.CONTRACT_VIEW)


def milestone(session: Session, milestone_id: UUID, act: Act) -> ContractMilestone | None:
    """A milestone of a contract that may be seen."""
    return _seen(session.get(ContractMilestone, milestone_id), act, P.CONTRACT_VIEW)


def change(session: Session, change_id: UUID, act: Act) -> ContractChange | None:
    """A change of a contract that may be seen."""
    return _seen(session.get(ContractChange, change_id), act, P.CONTRACT_VIEW)


def worker(session: Session, worker_id: UUID, act: Act) -> ContractWorker | None:
    """A social worker named in a contract that may be seen."""
    return _seen(session.get(ContractWorker, worker_id), act, P.CONTRACT_VIEW)


def contracts(session: Session, act: Act) -> list[Contract]:
    """Every contract the act may see, the newest first."""
    if not can(act, P.CONTRACT_VIEW):
        return []
    query = with_contract().where(_own_or_area(act, Bid.organisation_id, AREA_READERS))
    return list(session.scalars(query.order_by(Contract.made_at.desc(), Contract.id)))


def contracts_of(session: Session, tender: Tender) -> list[Contract]:
    """The contracts a tender led to, lot by lot."""
    query = select(Contract).join(Contract.award).join(Award.lot).where(Lot.tender_id == tender.id)
    return list(session.scalars(query.order_by(Lot.number, Contract.made_at)))


def challenges(session: Session, act: Act) -> list[Challenge]:
    """Every challenge the act may see, the newest first."""
    if not can(act, P.CHALLENGE_VIEW):
        return []
    readers = AREA_READERS - {Role.COMMUNITY_WORKER}
    whole = (contains_eager(Challenge.tender), joinedload(Challenge.organisation), joinedload(Challenge.lot))
    mine = _own_or_area(act, Challenge.organisation_id, readers)
    query = select(Challenge).join(Challenge.tender).where(mine).options(*whole)
    return list(session.scalars(query.order_by(Challenge.filed_at.desc(), Challenge.id)))


def with_contract() -> Select[Contract]:
    """Contracts with all that a list says of them."""
    lot = contains_eager(Contract.award).contains_eager(Award.lot)
    opened = contains_eager(Contract.award).contains_eager(Award.bid)
    return (
        select(Contract)
        .join(Contract.award)
        .join(Award.lot)
        .join(Lot.tender)
        .join(Award.bid)
        .join(OpenedBid.bid)
        .options(
            lot.contains_eager(Lot.tender),
            opened.contains_eager(OpenedBid.bid).joinedload(Bid.organisation),
            selectinload(Contract.milestones),
            selectinload(Contract.changes),
        )
    )


def _own_or_area(act: Act, organisation_id: Any, readers: frozenset[Role]) -> ColumnElement[bool]:
    """`can()` as SQL: an organisation's own, or those of the area of whoever reads there."""
    actor = act.actor
    if actor.role == Role.ORGANISATION_STAFF:
        return organisation_id == actor.organisation_id  # type: ignore[no-any-return]  # a column's ==
    if actor.role in readers and actor.unit_code:
        return Tender.unit_code.startswith(actor.unit_code, autoescape=True)
    return false()


def _seen(found: Seen | None, act: Act, permission: P) -> Seen | None:
    return found if found is not None and can(act, permission, found) else None
