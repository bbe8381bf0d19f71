"""Tickets of the hotline and the grid: brought as the import does, then counted or set aside (demand 49).

The one that begins a need is taken up where that need is written.
"""

from collections.abc import Iterator
from datetime import datetime

from models.needs import ticketing
from models.needs.details import EvidenceKind
from models.parties.unit import AdministrativeUnit
from models.surveys.masking import mask
from seed_data.replay import District, Step, spread
from seed_data.workbooks import Books, Row


def steps(books: Books) -> Iterator[Step]:
    """Each ticket as it comes in, and what becomes of it."""
    for row in books["needs"]["tickets"]:
        yield Step(spread(row.must_day("brought_on"), 8, row), row, _bring)
        if row.day("settled_on"):
            yield Step(spread(row.must_day("settled_on"), 16, row), row, _settle)


def _bring(district: District, row: Row, at: datetime) -> None:
    """Names, numbers and houses are masked before anything is kept."""
    district.tickets[row.key("number")] = ticketing.bring(
        district.session,
        district.by(row, "brought_by", at),
        district.session.get_one(AdministrativeUnit, row.key("unit_code")),
        channel=row.choice("channel", EvidenceKind),
        number=row.key("number"),
        words=mask(row.key("words")),
        received_on=row.day("received_on"),
        category=mask(row.text("category")),
    )


def _settle(district: District, row: Row, at: datetime) -> None:
    """Counted for the need that stands there; without one set aside."""
    session, act = district.session, district.by(row, "settled_by", at)
    ticket = district.ticket(row, "number")
    if row.text("need_id"):
        ticketing.count_for(session, ticket, act, need=district.need(row))
    else:
        ticketing.set_aside(session, ticket, act, words=row.key("aside_words"))
