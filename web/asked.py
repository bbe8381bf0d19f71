"""What the address asks of a list: words, choices, order, page. Anything strange in it is left unheard."""

from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from flask import request

from models.paging import EVERYTHING, SIZES, Paging
from web.form import AMOUNT, narrow, tidy

LONGEST = 200
LAST_PAGE = 100_000
Member = TypeVar("Member", bound=StrEnum)


def words(name: str = "q") -> str | None:
    """The words somebody looks for."""
    return (tidy(request.args.get(name)) or "")[:LONGEST] or None


def among(name: str, known: Collection[str]) -> str | None:
    """A choice, if it is one that is offered."""
    chosen = request.args.get(name)
    return chosen if chosen in known else None


def member(name: str, kind: type[Member]) -> Member | None:
    """A choice among the members of an enum."""
    chosen = among(name, [each.value for each in kind])
    return kind(chosen) if chosen else None


def amount(name: str) -> Decimal | None:
    """A sum of money."""
    typed = narrow(request.args.get(name) or "")
    return Decimal(typed) if AMOUNT.fullmatch(typed) else None


def sort(known: Collection[str], default: str) -> str:
    """The column to sort by, "-" before it to sort downwards."""
    chosen = request.args.get("sort", "")
    return chosen if chosen.removeprefix("-") in known else default


def workbook() -> bool:
    """Whether the list is wanted as a file: a workbook, or csv."""
    return request.args.get("format") in {"xlsx", "csv"}


def paging() -> Paging:
    """The page wanted; all of the list for a workbook."""
    if workbook():
        return EVERYTHING
    page = request.args.get("page", 1, type=int)
    size = request.args.get("size", SIZES[0], type=int)
    return Paging(min(max(page, 1), LAST_PAGE), size if size in SIZES else SIZES[0])
