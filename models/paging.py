"""Lists a page at a time: counted and cut in SQL."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

SIZES = (20, 50, 100)
Row = TypeVar("Row")


@dataclass(frozen=True)
class Paging:
    """Which part of a list is wanted; `size` None is all of it, for an export."""

    page: int = 1
    size: int | None = SIZES[0]


FIRST_PAGE = Paging()
EVERYTHING = Paging(size=None)


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """A page of a list, and how many rows there are in all."""

    rows: list[Row]
    total: int


def count(session: Session, query: Select[Any]) -> int:
    """How many rows a query has."""
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    return session.scalar(counted) or 0


def cut(query: Select[Any], paging: Paging) -> Select[Any]:
    """The part of a query that is wanted."""
    if paging.size is None:
        return query
    return query.limit(paging.size).offset((max(paging.page, 1) - 1) * paging.size)
