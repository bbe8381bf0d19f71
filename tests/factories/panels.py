"""Panels at every step, brought there by their verbs. Opened bids are rows: sealing has its own tests."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act, Actor, Role
from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.lifecycle import advance
from models.panels import (
    correcting,
    declaring,
    drawing,
    marking_desk,
    pooling,
    qualifying,
    reporting,
)
from models.panels.bidders import opened_bids
from models.panels.panel import Panel, PanelMember
from models.parties import accounts
from models.parties.organisation import Organisation
from models.parties.person import Person
from models.parties.unit import AdministrativeUnit
from models.sealing.envelope import digest
from models.tenders.criterion import Criterion
from models.tenders.lifecycle import TENDER, TenderMove
from models.tenders.tender import Tender
from tests.factories import parties, tenders
from tests.support.stages import remembered

HOUR = timedelta(hours=1)
OPENED = tenders.CLOSES + HOUR
DRAWN = OPENED + HOUR
QUALIFIED = DRAWN + 2 * HOUR
MARKED = QUALIFIED + 2 * HOUR
PRICED = MARKED + HOUR
RANKED = PRICED + HOUR
PRICES = ("450000.00", "462000.00", "480000.00")
BIDDERS = (
    "上海澄江乐龄服务中心",
    "上海暖阳社工事务所",
    "上海邻里公益发展中心",
    "上海蒲公英服务社",
    "上海同心社工站",
)

_numbers = count(1)
Points = Callable[[int, OpenedBid, Criterion], Decimal]


@remembered
def experts(
    session: Session, how_many: int = 9, *, unit: str = parties.DISTRICT, terms: Sequence[str] = ()
) -> list[Person]:
    """People in the pool of an area."""
    registrar = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    area = session.get_one(AdministrativeUnit, unit)
    found = []
    for _ in range(how_many):
        name = f"评审专家{next(_numbers)}"
        person = parties.person(session, Role.PANEL_MEMBER, unit=parties.DISTRICT, name=name)
        pooling.add(session, area, registrar, person_id=person.id, employer="临澄大学", terms=terms)
        found.append(person)
    return found


def purchaser(session: Session, tender: Tender) -> Person:
    """An official of the purchaser who may sit on panels."""
    person = parties.person(session, Role.STREET_OFFICIAL, unit=tender.unit_code, name="顾晓岚")
    unit = session.get_one(AdministrativeUnit, parties.DISTRICT)
    accounts.give_role(session, person, parties.system(), role=Role.PANEL_MEMBER, unit=unit)
    session.flush()
    return person


def at(act: Act, moment: datetime) -> Act:
    """The same actor at another instant."""
    return Act(act.actor, moment, "test")


def member_act(member: PanelMember, moment: datetime = DRAWN) -> Act:
    """The act of a member."""
    return Act(Actor(member.person_id, Role.PANEL_MEMBER, parties.DISTRICT), moment, "test")


def official(session: Session, tender: Tender, moment: datetime = DRAWN) -> Act:
    """An official of the tender's unit."""
    return tenders.official(session, moment, unit=tender.unit_code)


def bid(
    session: Session, lot_id: UUID, organisation: Organisation, tender: Tender, *, alias: int, words: str
) -> OpenedBid:
    """An opened bid with an answer to everything."""
    sealed = Bid(
        reference=f"TB-P-{next(_numbers):04d}",
        lot_id=lot_id,
        organisation_id=organisation.id,
        submitted_at=tenders.CLOSES - timedelta(days=1),
        technical=b"sealed",
        price=b"sealed",
        technical_digest=digest(b"sealed"),
        price_digest=digest(b"sealed"),
        technical_size=6,
        price_size=6,
    )
    session.add(sealed)
    answers = [{"criterion": str(each.id), "words": f"{words}：{each.title}"} for each in tender.criteria]
    met = [{"requirement": str(each.id), "words": "满足，见证明材料。"} for each in tender.requirements]
    technical = {
        "format": 1,
        "answers": answers,
        "requirements": met,
        "workers": [{"name": "王小明", "certificate": "social_worker"}],
        "consortium": [],
        "subcontracting": "",
    }
    opened = OpenedBid(bid=sealed, alias=alias, opened_at=OPENED, technical=technical)
    session.add(opened)
    session.flush()
    return opened


@remembered
def opened(
    session: Session,
    *,
    bids: int = 3,
    bidders: Sequence[Organisation] = (),
    tender: Tender | None = None,
    **changes: object,
) -> Tender:
    """A tender whose technical envelopes are open, with so many bids for each lot."""
    tender = tender or tenders.tender(session, **changes)  # type: ignore[arg-type]  # passed on as it is
    bidders = bidders or [parties.organisation(session, name=name) for name in BIDDERS[:bids]]
    for lot in tender.lots:
        for alias, organisation in enumerate(bidders, 1):
            bid(session, lot.id, organisation, tender, alias=alias, words=f"方案{alias}")
    advance(session, TENDER, tender, TenderMove.OPEN, official(session, tender, OPENED))
    return tender


@remembered
def drawn(session: Session, *, tender: Tender | None = None, pool: int = 9, **changes: object) -> Panel:
    """A panel that nobody has declared to yet."""
    tender = tender or opened(session, **changes)  # type: ignore[arg-type]  # passed on as it is
    experts(session, pool)
    panel = drawing.draw(session, tender, official(session, tender))
    session.flush()
    return panel


@remembered
def declared(session: Session, **changes: object) -> Panel:
    """A panel all of whose members have no interest in any bidder."""
    panel = drawn(session, **changes)  # type: ignore[arg-type]  # passed on as it is
    for member in panel.seated:
        declaring.declare(session, member, member_act(member), interests=())
    session.flush()
    return panel


def check(
    session: Session, panel: Panel, *, refused: Sequence[OpenedBid] = (), moment: datetime = QUALIFIED
) -> None:
    """Check every bid by every requirement, and close the check."""
    act = official(session, panel.tender, moment)
    for each in opened_bids(session, panel.tender):
        for requirement in panel.tender.requirements:
            meets = each not in refused
            words = "" if meets else "没有提供审计报告。"
            qualifying.check(session, panel, act, bid=each, requirement=requirement, meets=meets, words=words)
    qualifying.complete(session, panel, act)
    session.flush()


@remembered
def qualified(session: Session, **changes: object) -> Panel:
    """A panel that can begin to mark."""
    panel = declared(session, **changes)
    check(session, panel)
    return panel


def usual_points(_member: int, bid: OpenedBid, criterion: Criterion) -> Decimal:
    """All members agree: the first bid is the best one."""
    share = Decimal(90 - 10 * bid.alias) / 100
    return (criterion.weight * share).quantize(Decimal("0.01"))


def mark(
    session: Session,
    member: PanelMember,
    *,
    points: Points = usual_points,
    submit: bool = True,
    note: str = "见方案。",
    moment: datetime = MARKED,
) -> None:
    """Fill in the whole sheet of a member."""
    act = member_act(member, moment)
    number = member.panel.seated.index(member)
    for each, criterion in marking_desk.cells(session, member.panel.tender):
        given = points(number, each, criterion)
        marking_desk.save_mark(session, member, act, bid=each, criterion=criterion, points=given, note=note)
    if submit:
        marking_desk.submit(session, member, act)
    session.flush()


@remembered
def marked(session: Session, *, points: Points = usual_points, **changes: object) -> Panel:
    """A panel whose members have all handed in."""
    panel = qualified(session, **changes)
    for member in panel.seated:
        mark(session, member, points=points)
    return panel


def open_prices(session: Session, tender: Tender, *, prices: Sequence[str] = PRICES) -> None:
    """Open the price envelopes of the valid bids; the prices are by alias."""
    for each in opened_bids(session, tender):
        if each.invalid_at is None:
            amount = prices[each.alias - 1]
            each.priced_at, each.price = PRICED, Decimal(amount)
            each.price_document = {"format": 1, "price": amount, "items": []}
    advance(session, TENDER, tender, TenderMove.OPEN_PRICES, official(session, tender, PRICED))


@remembered
def priced(
    session: Session, *, prices: Sequence[str] = PRICES, points: Points = usual_points, **changes: object
) -> Panel:
    """A panel with marks and prices before it."""
    panel = marked(session, points=points, **changes)
    open_prices(session, panel.tender, prices=prices)
    session.flush()
    return panel


@remembered
def reported(
    session: Session,
    *,
    prices: Sequence[str] = PRICES,
    points: Points = usual_points,
    **changes: object,
) -> Tender:
    """A tender whose panel has handed in its report: every lot ranked, the first bid best."""
    panel = priced(session, prices=prices, points=points, **changes)
    report(session, panel)
    return panel.tender


def report(session: Session, panel: Panel, moment: datetime = RANKED) -> None:
    """The meeting, the ranking of every live lot, and the report."""
    act = official(session, panel.tender, moment)
    correcting.record_consensus(session, panel, act, words="成员逐项核对评分，没有异议。")
    for lot in panel.tender.lots:
        if lot.is_live:
            reporting.rank(session, lot, act)
    reporting.report(session, panel.tender, act)
    session.flush()


def panel_of(session: Session, tender: Tender) -> Panel:
    """The panel of a tender."""
    return session.scalars(select(Panel).where(Panel.tender_id == tender.id)).one()
