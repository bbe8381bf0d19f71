"""The two documents of a bid: their shape, and what can never stand in them."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from models.errors import Invalid
from models.parties.organisation import Certificate
from models.tenders.tender import Tender
from models.wording import bounded, clean

Document = dict[str, Any]

FORMAT = 1
LONGEST = 4000
MOST_ROWS = 200
AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
"""Digits only: no sign, no exponent, no full-width figure."""

UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


def amount(typed: str, *, field: str) -> Decimal:
    """A price or a part of one: above nothing, at most two decimals. Raises "bid_amount_wrong"."""
    if not AMOUNT.fullmatch(typed) or not Decimal(typed):
        raise Invalid("bid_amount_wrong", field=field)
    return Decimal(typed).quantize(Decimal("0.01"))


def technical(tender: Tender, given: Mapping[str, Any]) -> Document:
    """The technical document: an answer to each criterion and requirement of the tender, and no other."""
    try:
        answers = {str(row["criterion"]): str(row["words"]) for row in given.get("answers", ())}
        met = {str(row["requirement"]): str(row["words"]) for row in given.get("requirements", ())}
        workers = [_worker(row) for row in given.get("workers", ())]
        subcontracting = bounded(str(given.get("subcontracting", "")), LONGEST, field="subcontracting")
    except UNREADABLE:
        raise Invalid("content_unreadable") from None
    if subcontracting and not tender.subcontracting_allowed:
        raise Invalid("subcontracting_not_allowed", field="subcontracting", rule="R52")
    return {
        "format": FORMAT,
        "answers": [
            {"criterion": str(each.id), "words": _words(answers, str(each.id))} for each in tender.criteria
        ],
        "requirements": [
            {"requirement": str(each.id), "words": _words(met, str(each.id))} for each in tender.requirements
        ],
        "workers": [worker for worker in workers if worker["name"]][:MOST_ROWS],
        "consortium": [],
        "subcontracting": subcontracting,
    }


def price(given: Mapping[str, Any]) -> Document:
    """The price document; the price may be open while it is a draft, but is never a wrong one."""
    try:
        total = str(given.get("price") or "")
        rows = [(str(row["words"]), str(row["amount"] or "")) for row in given.get("items", ())]
    except UNREADABLE:
        raise Invalid("content_unreadable") from None
    items = [
        {"words": bounded(words, 200, field="items"), "amount": str(amount(part, field="items"))}
        for words, part in rows[:MOST_ROWS]
        if clean(words) or part
    ]
    return {
        "format": FORMAT,
        "price": str(amount(total, field="price")) if total else "",
        "items": items,
    }


def total(document: Document) -> Decimal:
    """The price of a document from an envelope. Raises Invalid: it is none, or its items say otherwise."""
    checked = price(document)
    if not checked["price"] or not sums_up(checked):
        raise Invalid("bid_amount_wrong", field="price")
    return Decimal(checked["price"])


def sums_up(document: Document) -> bool:
    """Whether the items, where there are any, sum to the price."""
    parts = [Decimal(item["amount"]) for item in document["items"]]
    return not parts or sum(parts) == Decimal(document["price"] or 0)


def words_of(rows: Iterable[Mapping[str, str]], name: str) -> dict[str, str]:
    """The words of answers by the id of what they answer."""
    return {row[name]: row["words"] for row in rows}


def _worker(row: Mapping[str, Any]) -> Document:
    certificate = row.get("certificate")
    known = Certificate(certificate).value if certificate else None
    return {"name": clean(str(row["name"]))[:200], "certificate": known}


def _words(found: Mapping[str, str], key: str) -> str:
    return bounded(found.get(key), LONGEST, field=key)
