"""Chinese working days, adjusted weekends (调休) included.

Three sources, the surest first: a table entered by hand, the State Council's notices as the library
chinesecalendar keeps them, and, for years not yet announced, the holidays that the law fixes. What only the
last one says is provisional: nobody knows yet which weekends will be worked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType

import chinese_calendar
import holidays

from models.errors import Invalid

SATURDAY = 5
WORKS = {"work": True, "rest": False}


@dataclass(frozen=True)
class Calendar:
    """Which days people work. `adjusted` holds days entered by hand (True: a working day) and goes before
    every library; in the years of `announced` it is complete, so that other days follow the week."""

    adjusted: Mapping[date, bool] = field(default_factory=lambda: MappingProxyType({}))
    announced: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> tuple[bool, bool]:
        """Whether people work that day, and whether that is only provisional."""
        if day in self.adjusted:
            return self.adjusted[day], False
        if day.year in self.announced:
            return day.weekday() < SATURDAY, False
        try:
            return chinese_calendar.is_workday(day), False
        except NotImplementedError:  # the State Council has not announced that year yet
            return day.weekday() < SATURDAY and day not in _fixed(day.year), True


@cache
def _fixed(year: int) -> frozenset[date]:
    """The days off that the law itself fixes for a year."""
    return frozenset(holidays.country_holidays("CN", years=year))


LIBRARIES = Calendar()
"""The national calendar as the libraries alone know it."""

_entered: ContextVar[Callable[[], Calendar]] = ContextVar("entered", default=lambda: LIBRARIES)


class _National(Calendar):
    """What was entered in this portal goes before the libraries."""

    def is_workday(self, day: date) -> tuple[bool, bool]:
        return _entered.get()().is_workday(day)


NATIONAL: Calendar = _National()
"""The national calendar, by which every period is counted that names no other one."""


@contextmanager
def counting_by(read: Callable[[], Calendar]) -> Iterator[None]:
    """Inside, the national calendar is the one that `read` gives: asked only when something is counted."""
    before = _entered.set(read)
    try:
        yield
    finally:
        _entered.reset(before)


def libraries_know(year: int) -> bool:
    """Whether the library holds the State Council's notice for a year."""
    return not LIBRARIES.is_workday(date(year, 7, 1))[1]


def statutory(year: int) -> frozenset[date]:
    """The holidays the law itself fixes (全国年节及纪念日放假办法), without the days moved around them."""
    return frozenset(holidays.country_holidays("CN", years=year, observed=False))


def is_workday(day: date) -> tuple[bool, bool]:
    """Whether people work that day by the national calendar, and whether that is only provisional."""
    return NATIONAL.is_workday(day)


def read_calendar(lines: Iterable[str]) -> Calendar:
    """A calendar from lines such as `2027-02-06,rest` and `2027-02-20,work`.

    `2027,announced` says that the year's table is complete. Blank lines and those after a # are passed over.
    """
    adjusted: dict[date, bool] = {}
    announced: set[int] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            what, said = (part.strip() for part in line.split(","))
            if said == "announced":
                announced.add(int(what))
            else:
                adjusted[date.fromisoformat(what)] = WORKS[said]
        except (ValueError, KeyError):
            raise Invalid("calendar_line", line=number) from None
    return Calendar(MappingProxyType(adjusted), frozenset(announced))
