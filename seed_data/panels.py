"""Panels: the draw, declarations, the check, marks, low prices, ranking and report."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from models.act import Act, Actor, Role
from models.bids.opened import InvalidReason, OpenedBid
from models.panels import correcting, declaring, drawing, low_prices, marking_desk, qualifying, reporting
from models.panels.bidders import opened_bids, valid_bids
from models.panels.declaring import Declared
from models.panels.marking import CorrectionGround, LowPriceQuestion, Mark
from models.panels.panel import Panel, PanelMember
from models.panels.pool import TieKind
from models.tenders.terms import RequirementKind
from seed_data.acting import REQUEST
from seed_data.moving import when
from seed_data.replay import District, Step
from seed_data.workbooks import Books, Row

Do = Callable[[District, Row, datetime], object]


def steps(books: Books) -> Iterator[Step]:
    """Each panel as far as it has come."""
    book = books["panels"]
    for row in book["panels"]:
        yield from _panel(row, books)
    for row in book["corrections"]:
        yield Step(when(row, "corrected_on", 14, 30), row, _correct)
    for row in book["low_prices"]:
        yield Step(when(row, "asked_on", 15, 30), row, _ask_price)
        if row.text("answer"):
            yield Step(when(row, "asked_on", 15, 50), row, _answer_price)
        if row.text("decision"):
            yield Step(when(row, "asked_on", 16, 20), row, _decide_price)


def _panel(row: Row, books: Books) -> Iterator[Step]:
    """One panel; a second row of the same tender is its work after a challenge."""
    book, key = books["panels"], (row.key("tender_id"), row.integer("round"))
    seats, marks = (
        [each for each in book[sheet] if (each.key("tender_id"), each.integer("round")) == key]
        for sheet in ("seats", "marks")
    )
    refused = [each for each in book["refusals"] if each.key("tender_id") == key[0]]
    moments: tuple[tuple[str, int, int, Do], ...] = (
        ("drawn_on", 11, 10, _draw),
        ("declared_on", 11, 40, partial(_declare, seats=seats)),
        ("checked_on", 13, 30, partial(_check, refused=refused)),
        ("consensus_on", 16, 30, _consensus),
        ("ranked_on", 16, 40, _rank),
        ("reported_on", 16, 50, _report),
    )
    for column, hour, minute, do in moments:
        if row.day(column):
            yield Step(when(row, column, hour, minute), row, do)
    for seat in seats:
        if seat.day("recused_on"):
            yield Step(when(seat, "recused_on", 13, 5), seat, _recuse)
    for number in range(1, 1 + (row.integer("marking") or 0)):
        hands_in = number <= (row.integer("handed_in") or 0)
        mark = partial(_mark, seat=number, rows=marks, hands_in=hands_in)
        yield Step(when(row, "marked_on", 13, 30 + 3 * number), row, mark)


def _draw(district: District, row: Row, at: datetime) -> None:
    drawing.draw(
        district.session,
        district.tender(row),
        district.by(row, "led_by", at),
        purchaser=[district.person_id(row, "purchaser")] if row.text("purchaser") else (),
        size=row.integer("size"),
    )


def _declare(district: District, row: Row, at: datetime, seats: Sequence[Row]) -> None:
    """Everybody declares; who takes the seat of a recused member does so too. `waiting` seats do not yet."""
    panel, waiting = _panel_of(district, row), row.integer("undeclared") or 0
    while True:
        left = [each for each in panel.seated if each.declared_at is None]
        if len(left) <= waiting:
            return
        member = left[0]
        said = [each for each in seats if each.integer("seat") == member.position + 1 and each.text("kind")]
        interests = [
            Declared(district.organisation(each).id, each.choice("kind", TieKind), each.text("words"))
            for each in said
        ]
        declaring.declare(district.session, member, _by_member(member, at), interests=interests)


def _recuse(district: District, row: Row, at: datetime) -> None:
    """The purchaser takes a member off; whoever takes the seat declares at once."""
    panel = _panel_of(district, row)
    member = next(each for each in panel.seated if each.position + 1 == row.integer("seat"))
    declaring.recuse(district.session, member, district.by(row, "led_by", at), words=row.key("words"))
    for each in panel.seated:
        if each.declared_at is None:
            declaring.declare(district.session, each, _by_member(each, at), interests=())


def _check(district: District, row: Row, at: datetime, refused: Sequence[Row]) -> None:
    session, panel, act = district.session, _panel_of(district, row), district.by(row, "led_by", at)
    said = {(each.key("org_id"), each.integer("lot") or 1): each for each in refused}
    names = {organisation.id: code for code, organisation in district.organisations.items()}
    for bid in valid_bids(session, panel.tender):
        told = said.get((names[bid.bid.organisation_id], bid.bid.lot.number))
        if told is not None and told.text("reason"):
            reason = told.choice("reason", InvalidReason)
            qualifying.reject(session, panel, act, bid=bid, reason=reason, words=told.key("words"))
            continue
        kind = told.choice("kind", RequirementKind) if told else None
        for each in panel.tender.requirements:
            words = told.key("words") if told and each.kind == kind else ""
            qualifying.check(session, panel, act, bid=bid, requirement=each, meets=not words, words=words)
    qualifying.complete(session, panel, act)


def _mark(
    district: District, row: Row, at: datetime, rows: Sequence[Row], *, seat: int, hands_in: bool
) -> None:
    """A member fills in the own columns; one who does not hand in has left some cells empty."""
    member = _panel_of(district, row).seated[seat - 1]
    act = _by_member(member, at)
    bids = _by_organisation(district, row)
    for each in rows:
        points = each.decimal(f"points_{seat}")
        if points is not None:
            marking_desk.save_mark(
                district.session,
                member,
                act,
                bid=bids[each.key("org_id"), each.integer("lot") or 1],
                criterion=member.panel.tender.criteria[(each.integer("criterion") or 1) - 1],
                points=points,
                note=each.text(f"note_{seat}"),
            )
    if hands_in:
        marking_desk.submit(district.session, member, act)


def _correct(district: District, row: Row, at: datetime) -> None:
    panel = _panel_of(district, row)
    bid = _by_organisation(district, row)[row.key("org_id"), row.integer("lot") or 1]
    criterion = panel.tender.criteria[(row.integer("criterion") or 1) - 1]
    member = panel.seated[(row.integer("seat") or 1) - 1]
    found = select(Mark).where(
        Mark.member_id == member.id, Mark.bid_id == bid.bid_id, Mark.criterion_id == criterion.id
    )
    correcting.correct(
        district.session,
        district.session.scalars(found).one(),
        district.by(row, "led_by", at),
        ground=row.choice("ground", CorrectionGround),
        points=row.decimal("points") or Decimal(0),
        words=row.key("words"),
    )


def _ask_price(district: District, row: Row, at: datetime) -> None:
    bid = _by_organisation(district, row)[row.key("org_id"), row.integer("lot") or 1]
    act = district.by(row, "led_by", at)
    low_prices.ask(district.session, bid, _panel_of(district, row), act, minutes=row.integer("minutes"))


def _answer_price(district: District, row: Row, at: datetime) -> None:
    act = district.by_staff(row, at)
    low_prices.answer(district.session, _question(district, row), act, words=row.key("answer"))


def _decide_price(district: District, row: Row, at: datetime) -> None:
    low_prices.decide(
        district.session,
        _question(district, row),
        _panel_of(district, row),
        district.by(row, "led_by", at),
        accepted=row.yes("accepted") is True,
        words=row.key("decision"),
    )


def _question(district: District, row: Row) -> LowPriceQuestion:
    bid = _by_organisation(district, row)[row.key("org_id"), row.integer("lot") or 1]
    return district.session.get_one(LowPriceQuestion, bid.bid_id)


def _consensus(district: District, row: Row, at: datetime) -> None:
    panel, act = _panel_of(district, row), district.by(row, "led_by", at)
    correcting.record_consensus(district.session, panel, act, words=row.key("consensus_words"))


def _rank(district: District, row: Row, at: datetime) -> None:
    tender, act = district.tender(row), district.by(row, "led_by", at)
    for lot in tender.lots:
        if lot.is_live:
            reporting.rank(district.session, lot, act)


def _report(district: District, row: Row, at: datetime) -> None:
    reporting.report(district.session, district.tender(row), district.by(row, "led_by", at))


def _panel_of(district: District, row: Row) -> Panel:
    query = select(Panel).where(Panel.tender_id == district.tender(row).id)
    return district.session.scalars(query).one()


def _by_organisation(district: District, row: Row) -> dict[tuple[str, int], OpenedBid]:
    """The opened bids by whose they are, and for which lot: what hides names from members hides none here."""
    names = {organisation.id: code for code, organisation in district.organisations.items()}
    found = opened_bids(district.session, district.tender(row))
    return {(names[each.bid.organisation_id], each.bid.lot.number): each for each in found}


def _by_member(member: PanelMember, at: datetime) -> Act:
    """A member acts in the role that lets people mark."""
    held = next(each for each in member.person.memberships if each.role is Role.PANEL_MEMBER)
    return Act(Actor(member.person_id, held.role, held.unit_code, None, held.id), at, REQUEST)
