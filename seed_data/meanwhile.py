"""While a tender runs: its notices on the official site, enquiries with their answers, amendments."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from models.bids.queries import bidders
from models.tenders import amending, enquiring, noticing
from models.tenders.amendment import AmendmentKind
from models.tenders.enquiry import Enquiry
from models.tenders.notice import NoticeKind
from seed_data.moving import when, workday
from seed_data.replay import District, Step
from seed_data.workbooks import Books, Row

CHANGED_BY_AMENDMENT = ("users_words", "contract_words")


def steps(books: Books) -> Iterator[Step]:
    """Notices on the official site, enquiries with their answers, amendments."""
    book = books["tenders"]
    drafted = {row.key("tender_id"): row for row in book["tenders"]}
    for row in book["notices"]:
        told = drafted[row.key("tender_id")]
        yield Step(when(row, "published_on", 16, 40), row, partial(_note, told=told))
    for row in book["enquiries"]:
        asked: list[Enquiry] = []
        yield Step(when(row, "asked_on", 14, row.number % 60), row, partial(_ask, asked=asked))
        if row.day("answered_on"):
            told = drafted[row.key("tender_id")]
            yield Step(when(row, "answered_on", 16, 10), row, partial(_answer, asked=asked, told=told))
    for row in book["amendments"]:
        told = drafted[row.key("tender_id")]
        yield Step(when(row, "made_on", 15, 5), row, partial(_amend, told=told))


def _note(district: District, row: Row, at: datetime, told: Row) -> None:
    noticing.note(
        district.session,
        district.tender(row),
        district.by(told, "drafted_by", at),
        kind=row.choice("kind", NoticeKind),
        url=row.key("url"),
        published_on=workday(row, "published_on"),
    )


def _ask(district: District, row: Row, at: datetime, asked: list[Enquiry]) -> None:
    act = district.by_staff(row, at)
    asked.append(enquiring.ask(district.session, district.tender(row), act, question=row.key("question")))


def _answer(district: District, row: Row, at: datetime, asked: list[Enquiry], told: Row) -> None:
    act = district.by(told, "drafted_by", at)
    enquiring.answer(district.session, asked[0], act, words=row.key("answer"))


def _amend(district: District, row: Row, at: datetime, told: Row) -> None:
    session, tender, act = district.session, district.tender(row), district.by(told, "drafted_by", at)
    to, kind = bidders(session, tender, act), row.choice("kind", AmendmentKind)
    until = when(row, "closes_on", row.integer("closes_hour") or 0) if row.day("closes_on") else None
    if kind is AmendmentKind.OUTAGE:
        late = until or row.refuse("closes_on is empty")
        amending.extend_after_outage(session, tender, act, until=late, words=row.key("words"), to=to)
        return
    amending.amend(
        session,
        tender,
        act,
        words=row.key("words"),
        bears_on_bids=kind is AmendmentKind.CHANGE,
        until=until,
        changes={name: row.text(name) for name in CHANGED_BY_AMENDMENT if row.text(name)},
        to=to,
    )
