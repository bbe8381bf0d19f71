"""Whom the lot gives a contract's evaluation, what the agency declares, and its fee.

The lot decides anew at each load, so a row never names the agency: it speaks of whoever was drawn.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from models.agencies import declaring, drawing, engaging
from models.agencies.assignment import Assignment, AssignmentKind
from models.agencies.declaring import Answer
from models.agencies.ground import ASKED, Ground
from models.agencies.queries import engagement_of
from seed_data.moving import when, workday
from seed_data.replay import District, Step
from seed_data.workbooks import Books, Row


def steps(books: Books) -> Iterator[Step]:
    """Each draw with its declaration, then contract and fee."""
    for row in books["evaluations"]["assignments"]:
        yield Step(when(row, "drawn_on", 16, row.number), row, _draw)
        for column, hour, do in (
            ("declared_on", 10, _declare),
            ("agreed_on", 15, _agree),
            ("paid_on", 16, _pay),
        ):
            if row.day(column):
                yield Step(when(row, column, hour, row.number), row, do)


def drawn(district: District, row: Row, kind: AssignmentKind = AssignmentKind.PRIMARY) -> Assignment:
    """The agency that was drawn for the contract of a row and has not stood aside."""
    draw = drawing.draw_of(district.session, district.contract(row).id, kind)
    live = [each for each in draw.assignments if each.is_live] if draw else []
    return live[0] if live else row.refuse("no agency was drawn")


def declare(district: District, given: Assignment, row: Row, at: datetime, yes: Answer | None = None) -> None:
    """The drawn agency answers every question: no, but for the one that makes it stand aside."""
    answers = [yes if yes and yes.ground is each else Answer(each, is_yes=False) for each in ASKED]
    act = district.for_agency(given.agency_id, row, at)
    declaring.declare(district.session, given, act, answers=answers)


def _draw(district: District, row: Row, at: datetime) -> None:
    drawing.draw(district.session, district.contract(row), district.by(row, "managed_by", at))


def _declare(district: District, row: Row, at: datetime) -> None:
    """With a ground in the row the first one stands aside, and the next in the order declares."""
    ground = row.choice_or_none("aside", Ground)
    if ground is not None:
        yes = Answer(ground, is_yes=True, words=row.key("aside_words"))
        declare(district, drawn(district, row), row, at, yes)
    declare(district, drawn(district, row), row, at)


def _agree(district: District, row: Row, at: datetime) -> None:
    engaging.engage(
        district.session,
        drawn(district, row),
        district.by(row, "managed_by", at),
        fee=row.decimal("fee") or Decimal(0),
        agreed_on=workday(row, "agreed_on"),
        words=row.text("words"),
    )


def _pay(district: District, row: Row, at: datetime) -> None:
    act = district.by(row, "managed_by", at)
    found = engagement_of(district.session, drawn(district, row), act) or row.refuse("nothing was agreed")
    engaging.pay(district.session, found, act, paid_on=workday(row, "paid_on"))
