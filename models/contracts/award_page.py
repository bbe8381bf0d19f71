"""The award desk of a tender, and its result as the public sees it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.contracts.award import Award, AwardPhase
from models.contracts.awarding import contract_of, standing_award
from models.contracts.challenge import Challenge
from models.contracts.clocks import Clock, challenge_until, decision_until, notice_until, signing_until
from models.contracts.contract import Contract, ContractPhase
from models.contracts.lifecycle import award_phase_at, contract_phase_at
from models.contracts.standings import Standing, Standings, standings
from models.contracts.suspending import suspended_by
from models.panels import reporting
from models.panels.current import current_panel
from models.panels.panel import PanelMember
from models.tenders.lifecycle import phase_at
from models.tenders.lot import Lot
from models.tenders.notice import Notice, NoticeKind
from models.tenders.tender import Tender, TenderPhase

DECIDABLE = frozenset({TenderPhase.REPORTED, TenderPhase.DECIDED})


@dataclass(frozen=True)
class LotDesk:
    """One lot before the purchaser: the ranking, what was decided, and what is next."""

    lot: Lot
    standings: Standings | None
    award: Award | None
    phase: AwardPhase | None
    contract: Contract | None
    suspended: list[Challenge]
    cancelled: list[Award]
    notice: Clock | None
    challenge: Clock | None
    signing: Clock | None
    decidable: bool

    @property
    def ranked(self) -> list[Standing]:
        """The bids with a rank, in its order."""
        return [each for each in self.standings.bids if each.rank] if self.standings else []

    @property
    def equals(self) -> list[Standing]:
        """Those who share the first rank, when there are several (R28)."""
        first = [each for each in self.ranked if each.rank == 1]
        return first if len(first) > 1 else []


@dataclass(frozen=True)
class AwardDesk:
    """Everything the desk of a tender shows."""

    tender: Tender
    phase: TenderPhase
    decision: Clock | None
    lots: list[LotDesk]


@dataclass(frozen=True)
class LotResult:
    """What everybody may know of a lot: the winner and the price, never the marks of others."""

    lot: Lot
    award: Award | None
    is_over: bool
    challenge: Clock | None
    contract: Contract | None
    contract_phase: ContractPhase | None


@dataclass(frozen=True)
class ResultPage:
    """The result of a tender; the panel's names are told with it, and not before (实施条例 art 43)."""

    tender: Tender
    phase: TenderPhase
    lots: list[LotResult]
    notices: list[Notice]
    undone: dict[UUID, datetime]
    """By notice of a result: when that result was taken back."""
    members: list[PanelMember]


def award_desk(session: Session, tender: Tender, act: Act) -> AwardDesk:
    """The desk of a tender."""
    ensure(act, Permission.AWARD_VIEW, tender)
    lots = [lot_desk(session, lot, act) for lot in tender.lots]
    return AwardDesk(tender, phase_at(tender, act.at), decision_until(tender), lots)


def result_page(session: Session, tender: Tender, act: Act) -> ResultPage:
    """The result of a tender, as far as its notices tell."""
    ensure(act, Permission.TENDER_VIEW, tender)
    lots = [_result(session, lot, act) for lot in tender.lots]
    kinds = (NoticeKind.AWARD, NoticeKind.FAILURE, NoticeKind.CONTRACT)
    query = select(Notice).where(Notice.tender_id == tender.id, Notice.kind.in_(kinds))
    notices = list(session.scalars(query.order_by(Notice.published_on, Notice.recorded_at)))
    members = _members(session, tender) if any(each.award for each in lots) else []
    return ResultPage(
        tender=tender,
        phase=phase_at(tender, act.at),
        lots=lots,
        notices=notices,
        undone=_undone(session, tender, notices),
        members=members,
    )


def lot_desk(session: Session, lot: Lot, act: Act) -> LotDesk:
    """One lot of the desk."""
    phase = phase_at(lot.tender, act.at)
    ranking = reporting.standing(session, lot) if phase in DECIDABLE | {TenderPhase.COMPLETE} else None
    award = standing_award(session, lot)
    whose = joinedload(Award.bid).joinedload(OpenedBid.bid).joinedload(Bid.organisation)
    query = select(Award).where(Award.lot_id == lot.id, Award.cancelled_at.is_not(None)).options(whose)
    return LotDesk(
        lot=lot,
        standings=standings(session, ranking) if ranking else None,
        award=award,
        phase=award_phase_at(award, act.at) if award else None,
        contract=contract_of(session, award) if award else None,
        suspended=suspended_by(session, lot, act),
        cancelled=list(session.scalars(query.order_by(Award.decided_at))),
        notice=notice_until(award) if award and not award.noticed_at else None,
        challenge=challenge_until(award) if award else None,
        signing=signing_until(award) if award else None,
        decidable=phase in DECIDABLE and lot.is_live and award is None and ranking is not None,
    )


def _result(session: Session, lot: Lot, act: Act) -> LotResult:
    award = standing_award(session, lot)
    if award is None or award.noticed_at is None:
        return LotResult(lot, None, is_over=False, challenge=None, contract=None, contract_phase=None)
    contract = contract_of(session, award)
    return LotResult(
        lot=lot,
        award=award,
        is_over=award_phase_at(award, act.at) == AwardPhase.ACTIVE,
        challenge=challenge_until(award),
        contract=contract,
        contract_phase=contract_phase_at(contract, act.at) if contract else None,
    )


def _undone(session: Session, tender: Tender, notices: list[Notice]) -> dict[UUID, datetime]:
    """A notice is recorded in the same act as its award is noticed."""
    query = select(Award).join(Award.lot).where(Lot.tender_id == tender.id, Award.cancelled_at.is_not(None))
    ended = {award.noticed_at: award.cancelled_at for award in session.scalars(query)}
    found = {each.id: ended.get(each.recorded_at) for each in notices if each.kind == NoticeKind.AWARD}
    return {id_: at for id_, at in found.items() if at is not None}


def _members(session: Session, tender: Tender) -> list[PanelMember]:
    panel = current_panel(session, tender)
    return panel.seated if panel else []
