"""Procurements in every state that open data can show, with words in them that must never be shown."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contracts import changing, contracting, performing
from models.contracts.contract import Contract
from models.needs.need import Need
from models.panels.marking import Mark
from models.tenders import amending, ending, enquiring
from models.tenders.lot import FailReason
from models.tenders.tender import Tender, TenderPhase
from tests.factories import bids, contracts, panels, parties, tenders
from tests.factories.contracts import SIGNED, URL
from tests.factories.parties import NOON
from tests.factories.tenders import CLOSES
from tests.support.stages import remembered

MARK = "凌霄密语"
"""Stands in drafts, sealed bids, names of askers, notes, reports: it is in no byte of the open data."""


def asked(session: Session, tender: Tender, at: datetime = NOON) -> None:
    """A question of somebody with a telling name, answered to all; and one that waits."""
    asker = parties.organisation(session, name=f"{MARK}提问人")
    act = bids.staff(session, asker, at)
    enquiry = enquiring.ask(session, tender, act, question="服务对象包括外来人员吗？")
    enquiring.answer(session, enquiry, tenders.official(session, at + timedelta(hours=1)), words="包括。")
    enquiring.ask(session, tender, act, question=f"{MARK}还没有答复的提问")


@remembered
def tendering(session: Session) -> Tender:
    """Bids are taken: a draft and a sealed bid lie there, a question was answered, something was amended."""
    tender = tenders.tender(session, lots=2)
    asked(session, tender)
    for name, write in (("起草", bids.draft), ("密封", bids.bid)):
        bidder = bids.bidder(session, name=f"{MARK}{name}人")
        write(session, tender.lots[0], bidder, words=f"{MARK}方案", price="431234.56")
    act = tenders.official(session, NOON + timedelta(days=1))
    amending.extend_after_outage(
        session, tender, act, until=CLOSES + timedelta(days=1), words="平台故障，统一顺延。"
    )
    session.flush()
    return tender


@remembered
def opened(session: Session) -> Tender:
    """Technical envelopes are open and marked with notes; the panel knows no names and no prices yet."""
    tender = bids.opened(session, sealed(session, tenders.tender(session), who=f"{MARK}投标人"))
    panels.marked(session, tender=tender)
    for mark in session.scalars(select(Mark)):
        mark.note = f"{MARK}评审意见"
    session.flush()
    return tender


@remembered
def priced(session: Session) -> Tender:
    """Prices are open, and nothing is decided."""
    return bids.opened(session, sealed(session, tenders.tender(session)), prices=True)


def sealed(session: Session, tender: Tender, *, who: str = "上海投标服务中心") -> Tender:
    """Three sealed bids with telling words, at 430,777 and more."""
    for number in range(3):
        bidder = bids.bidder(session, name=f"{who}{number}")
        bids.bid(session, tender.lots[0], bidder, words=f"{MARK}方案", price=f"43{number}777.00")
    return tender


@remembered
def cancelled(session: Session) -> Tender:
    """Cancelled while bids were taken."""
    return tenders.tender(session, TenderPhase.CANCELLED)


@remembered
def failed_and_repeated(session: Session) -> tuple[Tender, Tender]:
    """Failed for want of bids, then published again for the same need."""
    need: Need = tenders.need(session)
    first = tenders.tender(session, of=[need])
    act = tenders.official(session, CLOSES)
    ending.fail(session, first, act, reason=FailReason.FEW_BIDS, words="递交投标文件的供应商不足。")
    session.flush()
    again = CLOSES + timedelta(days=2)
    return first, tenders.tender(session, of=[need], at=again, until=again + timedelta(days=30, hours=1))


@dataclass(frozen=True)
class Run:
    """A contract that runs."""

    contract: Contract

    @property
    def tender(self) -> Tender:
        """Its tender."""
        return self.contract.award.lot.tender


def running(session: Session) -> Run:
    """A published contract with a change, its first milestone accepted and paid."""
    made = contracts.contract(session)
    act = contracts.official(session, SIGNED)
    supplier = contracts.supplier(session, made)
    contracting.publish(session, made, act, url=URL, published_on=date(2026, 12, 29))
    change = changing.change(session, made, act, words="增加一个服务点。", adds=Decimal(1000))
    changing.agree(session, change, supplier)
    session.flush()
    first = made.milestones[0]
    performing.report(session, first, supplier, words=f"{MARK}进展报告")
    users = performing.UsersOpinion(30, 27, f"{MARK}服务对象意见")
    performing.accept(session, first, act, users=users, words=f"{MARK}验收意见")
    performing.invoice(session, first, supplier)
    performing.pay(session, first, act)
    session.flush()
    return Run(made)
