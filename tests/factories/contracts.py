"""Awards, challenges and contracts of a tender whose bids are opened and ranked, at fixed hours."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.contracts import awarding, challenging, complaining, contracting, performing
from models.contracts.award import Award
from models.contracts.challenge import Challenge, ChallengeStage
from models.contracts.contract import Contract, ContractMilestone
from models.contracts.performing import UsersOpinion
from models.lifecycle import advance
from models.panels.bidders import opened_bids
from models.panels.marking import Ranking
from models.parties.organisation import Organisation
from models.rulebook.methods import Method
from models.tenders.criterion import Criterion
from models.tenders.lifecycle import TENDER, TenderMove
from models.tenders.lot import Lot
from models.tenders.tender import Tender
from tests.factories import panels, parties, tenders
from tests.factories.parties import STREET
from tests.support.stages import remembered

REPORTED = panels.RANKED  # Monday 14 December 2026, 17:00 in Shanghai
DECIDED = datetime(2026, 12, 15, 2, 0, tzinfo=UTC)
NOTICED = datetime(2026, 12, 16, 2, 0, tzinfo=UTC)
NOTICE_DAY = date(2026, 12, 16)
NOTICE_OVER = datetime(2026, 12, 17, 16, 0, tzinfo=UTC)  # 18 December begins in Shanghai
LAST_CHALLENGE_DAY = date(2026, 12, 28)
CHALLENGED = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)
SIGNED = datetime(2026, 12, 29, 2, 0, tzinfo=UTC)
URL = "https://www.zfcg.sh.gov.cn/notice/1"
NAMES = ("上海凌霄助老服务中心", "上海望湖社工事务所", "上海橙心社区服务中心")
PRICES = ("450000.00", "460000.00", "470000.00")
SCORES = ("90", "80", "70")


def official(session: Session, at: datetime = DECIDED, unit: str = STREET) -> Act:
    """Somebody of the purchaser."""
    return parties.act_as(session, Role.STREET_OFFICIAL, unit=unit, at=at)


def staff(session: Session, organisation: Organisation, at: datetime = DECIDED) -> Act:
    """Somebody of a bidder."""
    return parties.act_as(session, Role.ORGANISATION_STAFF, organisation=organisation, at=at)


def later(act: Act, at: datetime) -> Act:
    """The same person at another time."""
    return replace(act, at=at)


@remembered
def reported(
    session: Session,
    *,
    prices: Sequence[str] = PRICES,
    scores: Sequence[str] = SCORES,
    invalid: Sequence[int] = (),
    lots: int = 1,
    method: Method = Method.COMPETITIVE_CONSULTATION,
    bidders: Sequence[Organisation] = (),
) -> Tender:
    """A tender whose report lies before the purchaser; every criterion of a bid is marked with its score."""
    tender = tenders.tender(session, lots=lots, method=method)
    known = [*bidders, *(parties.organisation(session, name=name) for name in NAMES[len(bidders) :])]
    for lot, (number, organisation) in product(tender.lots, enumerate(known, 1)):
        panels.bid(session, lot.id, organisation, tender, alias=number, words=f"方案{number}")
    advance(session, TENDER, tender, TenderMove.OPEN, official(session, panels.OPENED))
    panel = panels.declared(session, tender=tender)
    refused = [each for each in opened_bids(session, tender) if each.alias - 1 in invalid]
    panels.check(session, panel, refused=refused)

    def points(_member: int, bid: OpenedBid, criterion: Criterion) -> Decimal:
        return criterion.weight * Decimal(scores[bid.alias - 1]) / 100

    for member in panel.seated:
        panels.mark(session, member, points=points)
    panels.open_prices(session, tender, prices=prices)
    panels.report(session, panel, REPORTED)
    return tender


def opened(session: Session, lot: Lot) -> list[OpenedBid]:
    """The opened bids of a lot, in the order of their aliases."""
    query = select(OpenedBid).join(OpenedBid.bid).where(Bid.lot_id == lot.id).order_by(OpenedBid.alias)
    return list(session.scalars(query))


@remembered
def award(session: Session, tender: Tender | None = None, *, noticed: bool = True) -> Award:
    """The first lot awarded to its first, and noticed on the day after."""
    given = tender or reported(session)
    act = official(session)
    made = awarding.decide(session, given.lots[0], act)
    if noticed:
        notice(session, made)
    return made


def notice(session: Session, award: Award) -> None:
    """The notice of the result, on the usual day."""
    act = official(session, NOTICED)
    awarding.note_notice(session, award, act, url=URL, published_on=NOTICE_DAY)


def challenge(session: Session, award: Award, *, at: datetime = CHALLENGED, who: int = 1) -> Challenge:
    """A challenge of the result by the second in rank."""
    organisation = opened(session, award.lot)[who].bid.organisation
    return challenging.file(
        session,
        award.lot.tender,
        staff(session, organisation, at),
        stage=ChallengeStage.RESULT,
        points="评分与公布的评分标准不一致。",
        remedy="请重新评审。",
        lot=award.lot,
    )


def supplier(session: Session, contract: Contract, at: datetime = SIGNED) -> Act:
    """Somebody of a contract's supplier."""
    return staff(session, contract.award.bid.bid.organisation, at)


@remembered
def contract(session: Session, given: Award | None = None, *, signed: bool = True) -> Contract:
    """A contract, signed by both sides on 29 December."""
    made = contracting.make(session, given or award(session), official(session, NOTICE_OVER))
    if signed:
        contracting.sign_for_purchaser(session, made, official(session, SIGNED))
        contracting.sign_for_supplier(session, made, supplier(session, made))
    return made


@remembered
def milestone(session: Session, *, reported: bool = False, accepted: bool = False) -> ContractMilestone:
    """The first milestone of a contract in force, as far as it is asked for."""
    made = contract(session).milestones[0]
    if reported or accepted:
        performing.report(session, made, supplier(session, made.contract), words="本期服务 300 人次。")
    if accepted:
        opinion = UsersOpinion(30, 27, "多数老人满意，希望增加周末送餐。")
        performing.accept(session, made, official(session, SIGNED), users=opinion, words="同意验收。")
    return made


@remembered
def award_row(session: Session) -> Award:
    """An award that is only a row, of a tender nobody has opened: for what follows from its dates alone."""
    tender = tenders.tender(session)
    opened = panels.bid(
        session, tender.lots[0].id, parties.organisation(session), tender, alias=1, words="方案"
    )
    ranking = Ranking(
        lot=tender.lots[0], number=1, question="", answer="", digest="0" * 64, made_at=parties.NOON
    )
    made = Award(
        lot=tender.lots[0],
        ranking=ranking,
        bid=opened,
        rank=1,
        amount=Decimal(450000),
        decided_at=parties.NOON,
    )
    session.add(made)
    session.flush()
    return made


@remembered
def contract_row(session: Session) -> Contract:
    """A contract of such an award, with its milestones."""
    return contracting.make(session, award_row(session), official(session, parties.NOON))


def complained(session: Session, award: Award, *, who: int = 1) -> Challenge:
    """A challenge that was rejected, and the complaint about that."""
    made = challenge(session, award, who=who)
    act = official(session, SIGNED)
    challenging.answer(session, made, act, upheld=False, words="经复核，质疑事项不成立。")
    complaining.complain(
        session, made, act, filed_on=date(2026, 12, 29), words="对答复不满意。", within_points=True
    )
    return made
