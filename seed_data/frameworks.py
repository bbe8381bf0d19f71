"""Framework agreements concluded from a report, and the needs called off from them (R47)."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from models.contracts import awarding
from models.frameworks import agreeing, calling_off
from models.frameworks.agreement import ChosenBy
from models.frameworks.calling_off import Order
from seed_data.moving import when, workday
from seed_data.replay import District, Step
from seed_data.workbooks import Books, Row


def steps(books: Books) -> Iterator[Step]:
    """Agreements, then each call-off with its notice."""
    for row in books["contracts"]["agreements"]:
        yield Step(when(row, "agreed_on", 10), row, _agree)
    for row in books["contracts"]["call_offs"]:
        yield Step(when(row, "called_on", 10, 20), row, _call_off)
        yield Step(when(row, "noticed_on", 14, 20), row, _notice)


def _agree(district: District, row: Row, at: datetime) -> None:
    agreeing.agree(
        district.session,
        district.lot(row),
        district.by(row, "agreed_by", at),
        starts_on=workday(row, "starts_on"),
        ends_on=row.must_day("ends_on"),
        url=row.key("url"),
        published_on=workday(row, "agreed_on"),
    )


def _call_off(district: District, row: Row, at: datetime) -> None:
    """The need gets a tender of its own; later rows know it by the name given here."""
    lot = district.lot(row, "from_tender")
    agreement = agreeing.standing_of(district.session, lot) or row.refuse("there is no agreement")
    chosen = district.organisation(row).id
    award = calling_off.call_off(
        district.session,
        next(each for each in agreement.suppliers if each.organisation.id == chosen),
        district.by(row, "called_by", at),
        need=district.need(row),
        order=Order(
            row.integer("quantity") or row.refuse("quantity is empty"),
            row.decimal("unit_price") or Decimal(0),
            row.choice("chosen_by", ChosenBy),
            row.key("words"),
        ),
    )
    district.tenders[row.key("tender_id")] = award.lot.tender


def _notice(district: District, row: Row, at: datetime) -> None:
    (lot,) = district.tender(row).lots
    award = awarding.standing_award(district.session, lot) or row.refuse("the award does not stand")
    awarding.note_notice(
        district.session,
        award,
        district.by(row, "called_by", at),
        url=row.key("url"),
        published_on=workday(row, "noticed_on"),
    )
