"""What follows a decision, as far as it is public; and what failed before."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.act import Act
from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.contracts.award import Award
from models.contracts.contract import Contract
from models.tenders.lot import Lot, LotNeed
from models.tenders.tender import Tender


def noticed_awards(session: Session, ids: list[UUID], act: Act) -> defaultdict[UUID, list[Award]]:
    """By tender: awards from their notice on (R33)."""
    query = (
        select(Award)
        .join(Lot, Lot.id == Award.lot_id)
        .where(Lot.tender_id.in_(ids), Award.noticed_at <= act.at)
        .order_by(Lot.number, Award.decided_at, Award.id)
        .options(
            joinedload(Award.lot),
            joinedload(Award.bid).joinedload(OpenedBid.bid).joinedload(Bid.organisation),
        )
    )
    found: defaultdict[UUID, list[Award]] = defaultdict(list)
    for award in session.scalars(query):
        found[award.lot.tender_id].append(award)
    return found


def published_contracts(session: Session, ids: list[UUID], act: Act) -> defaultdict[UUID, list[Contract]]:
    """By tender: contracts from their publication on (R34)."""
    query = (
        select(Lot.tender_id, Contract)
        .join(Award, Award.lot_id == Lot.id)
        .join(Contract, Contract.award_id == Award.id)
        .where(Lot.tender_id.in_(ids), Award.noticed_at <= act.at, Contract.published_at <= act.at)
        .order_by(Contract.reference)
        .options(selectinload(Contract.milestones), selectinload(Contract.changes))
    )
    found: defaultdict[UUID, list[Contract]] = defaultdict(list)
    for tender_id, contract in session.execute(query):
        found[tender_id].append(contract)
    return found


def failed_before(session: Session, tenders: list[Tender], act: Act) -> defaultdict[UUID, list[Tender]]:
    """By tender: published ones for one of the same needs that had failed before it was published."""
    needs = {tender.id: {row.need_id for lot in tender.lots for row in lot.needs} for tender in tenders}
    query = (
        select(Tender, LotNeed.need_id)
        .join(Lot, Lot.tender_id == Tender.id)
        .join(LotNeed, LotNeed.lot_id == Lot.id)
        .where(
            LotNeed.need_id.in_(set[UUID]().union(*needs.values())),
            Tender.published_at.is_not(None),
            Tender.failed_at <= act.at,
        )
        .order_by(Tender.failed_at, Tender.id)
    )
    found: defaultdict[UUID, list[Tender]] = defaultdict(list)
    for failed, need_id in session.execute(query):
        for tender in tenders:
            if need_id in needs[tender.id] and _follows(tender, failed) and failed not in found[tender.id]:
                found[tender.id].append(failed)
    return found


def _follows(tender: Tender, failed: Tender) -> bool:
    return (
        tender.published_at is not None
        and failed.failed_at is not None
        and failed.failed_at <= tender.published_at
    )
