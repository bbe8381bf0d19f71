"""Bids: written with what is known of the bidder, sealed, replaced, withdrawn, confirmed; and consortia."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from models.bids import consortia, drafting, prefill, submitting
from models.bids.consortia import Part
from models.bids.taking_part import live_bid
from models.tenders.terms import RequirementKind
from seed_data.moving import when
from seed_data.replay import District, Step
from seed_data.workbooks import Books, Row

Parts = dict[str, dict[str, list[Row]]]


def steps(books: Books) -> Iterator[Step]:
    """Each bid from its first words to its last."""
    book = books["bids"]
    parts: Parts = defaultdict(lambda: defaultdict(list))
    for sheet in ("answers", "items", "members"):
        for row in book[sheet]:
            parts[row.key("bid_id")][sheet].append(row)
    declared = {(row.key("style"), row.key("kind")): row.key("words") for row in book["declarations"]}
    for row in book["bids"]:
        told = parts[row.key("bid_id")]
        yield from _consortium(row, told["members"])
        write = partial(_write, told=told, declared=declared)
        yield Step(when(row, "written_on", 13, row.number % 60), row, write)
        for column, hour, do in (
            ("sealed_on", 14, _seal),
            ("confirmed_on", 15, _confirm),
            ("withdrawn_on", 16, _withdraw),
        ):
            if row.day(column):
                yield Step(when(row, column, hour, row.number % 60), row, do)


def _consortium(row: Row, members: Sequence[Row]) -> Iterator[Step]:
    """Who bids together: asked, and answering. Where one declines, the lead goes on alone."""
    if not members:
        return
    yield Step(when(row, "invited_on", 10, row.number % 60), row, partial(_invite, members=members))
    for member in members:
        if member.day("answered_on"):
            yield Step(when(member, "answered_on", 11, member.number % 60), member, partial(_reply, lead=row))
    if row.day("alone_on"):
        yield Step(when(row, "alone_on", 12, row.number % 60), row, partial(_invite, members=()))


def _invite(district: District, row: Row, at: datetime, members: Sequence[Row]) -> None:
    parts = [
        Part(district.organisation(each), each.decimal("share") or Decimal(0), each.key("work"))
        for each in members
    ]
    consortia.invite(district.session, district.lot(row), district.by_staff(row, at), parts=parts)


def _reply(district: District, row: Row, at: datetime, lead: Row) -> None:
    organisation, act = district.organisation(row), district.by_staff(row, at)
    found = consortia.consortium_of(district.session, district.lot(lead), district.organisation(lead).id)
    asked = found or lead.refuse("there is no consortium")
    member = next(each for each in asked.members if each.organisation_id == organisation.id)
    if row.yes("joins"):
        consortia.confirm(district.session, member, act, liable=True)
    else:
        consortia.decline(district.session, member, act)


def _write(
    district: District,
    row: Row,
    at: datetime,
    told: dict[str, list[Row]],
    declared: dict[tuple[str, str], str],
) -> None:
    lot, act = district.lot(row), district.by_staff(row, at)
    price = row.decimal("price")
    drafting.save(
        district.session,
        lot,
        act,
        technical=_technical(district, row, at, told["answers"], declared),
        price={
            "price": "" if price is None else f"{price:.2f}",
            "items": [
                {"words": each.key("words"), "amount": f"{each.decimal('amount'):.2f}"}
                for each in told["items"]
            ],
        },
        keeper=district.keeper,
    )


def _technical(
    district: District,
    row: Row,
    at: datetime,
    answers: Sequence[Row],
    declared: dict[tuple[str, str], str],
) -> dict[str, Any]:
    """The document: the row's own answers, the usual declarations, the people the register knows."""
    lot, organisation = district.lot(row), district.organisation(row)
    known = prefill.known(district.session, lot, organisation, district.by_staff(row, at))
    named = row.codes("workers")
    criteria = lot.tender.criteria
    return {
        "answers": [
            {"criterion": str(criteria[(each.integer("criterion") or 1) - 1].id), "words": each.key("words")}
            for each in answers
        ],
        "requirements": [
            {"requirement": str(each.id), "words": _declared(row, each.kind, declared)}
            for each in lot.tender.requirements
        ],
        "workers": [
            {"name": each.name, "certificate": each.certificate} for each in known.staff if each.name in named
        ],
        "subcontracting": row.text("subcontracting"),
    }


def _declared(row: Row, kind: RequirementKind, declared: dict[tuple[str, str], str]) -> str:
    if kind is RequirementKind.PARTICULAR:
        return row.key("particular")
    return declared[row.key("style"), kind.value]


def _seal(district: District, row: Row, at: datetime) -> None:
    lot, act = district.lot(row), district.by_staff(row, at)
    bid, _receipt, _copy = submitting.submit(district.session, lot, act, keeper=district.keeper)
    district.bids[row.key("bid_id")] = bid


def _confirm(district: District, row: Row, at: datetime) -> None:
    submitting.confirm(district.session, district.bids[row.key("bid_id")], district.by_staff(row, at))


def _withdraw(district: District, row: Row, at: datetime) -> None:
    bid = live_bid(district.session, district.lot(row), district.organisation(row).id)
    submitting.withdraw(district.session, bid or row.refuse("there is no bid"), district.by_staff(row, at))
