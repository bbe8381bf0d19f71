"""Reads of agreements: public once they are made, with what users have said of each call-off (R47)."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.access.permissions import Permission
from models.access.policy import can
from models.act import Act
from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.contracts.award import Award
from models.contracts.awarding import contract_of
from models.contracts.contract import Contract, ContractMilestone
from models.frameworks.agreement import CallOff, FrameworkAgreement, FrameworkSupplier
from models.frameworks.calling_off import service_codes
from models.frameworks.lifecycle import is_live, live_sql
from models.needs.need import Need
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.tenders.lot import Lot, LotNeed
from models.tenders.queries import ready_needs
from models.tenders.tender import Tender


@dataclass(frozen=True)
class CallOffRow:
    """A call-off that its notice has made public, and what its users have said."""

    call_off: CallOff
    contract: Contract | None
    accepted: list[ContractMilestone]


@dataclass(frozen=True)
class AgreementPage:
    """An agreement, and whether the reader may call off from it or end it."""

    agreement: FrameworkAgreement
    is_live: bool
    may_call_off: bool
    may_end: bool
    call_offs: list[CallOffRow]


def agreement(session: Session, agreement_id: UUID, _act: Act) -> FrameworkAgreement | None:
    """An agreement, which everybody may read."""
    return session.get(FrameworkAgreement, agreement_id)


def own_agreement(session: Session, agreement_id: UUID, act: Act) -> FrameworkAgreement | None:
    """An agreement, for those who may call off from it."""
    found = session.get(FrameworkAgreement, agreement_id)
    return found if found and may_call_off(found, act) else None


def may_call_off(agreement: FrameworkAgreement, act: Act) -> bool:
    """The purchaser who concluded it, and those below."""
    unit = act.actor.unit_code or ""
    return can(act, Permission.AWARD_DECIDE) and unit.startswith(agreement.unit_code)


def live(session: Session, act: Act, *, paging: Paging = FIRST_PAGE) -> Listed[FrameworkAgreement]:
    """The agreements that can be called off from now, those that end first standing first."""
    query = (
        select(FrameworkAgreement)
        .join(FrameworkAgreement.lot)
        .join(Lot.tender)
        .where(live_sql(act.at))
        .order_by(FrameworkAgreement.ends_on, FrameworkAgreement.reference)
    )
    return Listed(list(session.scalars(cut(_whole(query), paging)).unique()), count(session, query))


def _whole(query: Select[FrameworkAgreement]) -> Select[FrameworkAgreement]:
    whose = selectinload(FrameworkAgreement.suppliers).joinedload(FrameworkSupplier.bid)
    lot = joinedload(FrameworkAgreement.lot)
    return query.options(
        whose.joinedload(OpenedBid.bid).joinedload(Bid.organisation),
        lot.joinedload(Lot.tender).joinedload(Tender.unit),
        lot.selectinload(Lot.needs).joinedload(LotNeed.need).selectinload(Need.terms),
    )


def of_lot(session: Session, lot_id: UUID) -> FrameworkAgreement | None:
    """The newest agreement of a lot."""
    query = select(FrameworkAgreement).where(FrameworkAgreement.lot_id == lot_id)
    return session.scalar(query.order_by(FrameworkAgreement.made_at.desc()).limit(1))


def callable_needs(session: Session, agreement: FrameworkAgreement, act: Act) -> list[Need]:
    """The needs of the reader's area that the agreement can meet."""
    ready = ready_needs(session, act.actor.unit_code or "", act)
    services = agreement.services
    return [need for need in ready if services & set(service_codes(need))]


def agreement_page(session: Session, agreement: FrameworkAgreement, act: Act) -> AgreementPage:
    """The page of an agreement."""
    alive = is_live(agreement, act.at)
    return AgreementPage(
        agreement=agreement,
        is_live=alive,
        may_call_off=alive and may_call_off(agreement, act),
        may_end=agreement.ended_at is None and can(act, Permission.AWARD_DECIDE, agreement),
        call_offs=_call_offs(session, agreement, act),
    )


def _call_offs(session: Session, agreement: FrameworkAgreement, act: Act) -> list[CallOffRow]:
    query = (
        select(CallOff)
        .join(CallOff.supplier)
        .join(CallOff.award)
        .where(FrameworkSupplier.agreement_id == agreement.id)
        .where(Award.noticed_at <= act.at, Award.cancelled_at.is_(None))
        .order_by(Award.decided_at, Award.id)
    )
    return [_row(session, each, act) for each in session.scalars(query)]


def _row(session: Session, call_off: CallOff, act: Act) -> CallOffRow:
    contract = contract_of(session, call_off.award)
    milestones = contract.milestones if contract else []
    accepted = [each for each in milestones if each.accepted_at and each.accepted_at <= act.at]
    return CallOffRow(call_off, contract, accepted)
