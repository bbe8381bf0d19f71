"""Working days of a year as the State Council announced them, entered while no library has them (R37).

An entry is the whole year: its days off and the weekends that are worked. A later entry for the same year
takes its place; none is ever changed. From the instant of an entry on, every period is counted by it, until
the library knows the year itself.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache, partial
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.base import Base, Id
from models.calendar.clocks import local_date
from models.calendar.workdays import SATURDAY, Calendar, counting_by, libraries_know, statutory
from models.errors import Invalid

SOURCE_LIMIT = 300
DECEMBER = 12


class KnownBy(StrEnum):
    """Where the working days of a year are known from."""

    LIBRARY = "library"
    ENTRY = "entry"
    NOBODY = "nobody"


class AdjustedYear(Base):
    """The working days of a year, with the notice they were taken from."""

    __tablename__ = "adjusted_year"
    __table_args__ = (
        CheckConstraint("year BETWEEN 2004 AND 2099", name="year"),
        CheckConstraint("source <> ''", name="source"),
        Index("ix_adjusted_year_year", "year", "entered_at"),
    )

    id: Mapped[Id]
    year: Mapped[int]
    source: Mapped[str] = mapped_column(String(SOURCE_LIMIT))
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]

    days: Mapped[list["AdjustedDay"]] = relationship(
        back_populates="year", cascade="all, delete-orphan", order_by="AdjustedDay.day"
    )

    @property
    def rest(self) -> list[date]:
        """The days off."""
        return [each.day for each in self.days if not each.works]

    @property
    def work(self) -> list[date]:
        """The weekends that are worked."""
        return [each.day for each in self.days if each.works]


class AdjustedDay(Base):
    """A day off, or a day of a weekend that is worked."""

    __tablename__ = "adjusted_day"

    year_id: Mapped[UUID] = mapped_column(ForeignKey("adjusted_year.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    works: Mapped[bool]

    year: Mapped[AdjustedYear] = relationship(back_populates="days")


@dataclass(frozen=True)
class YearRow:
    """A year, and where its working days are known from; `entry` is the one in force."""

    year: int
    known_by: KnownBy
    entry: AdjustedYear | None


def enter_year(
    session: Session, act: Act, *, year: int, rest: Collection[date], work: Collection[date], source: str
) -> AdjustedYear:
    """Enter a year's working days: this year's or the next one's, and only while the library lacks them."""
    ensure(act, Permission.CALENDAR_SET)
    first = local_date(act.at).year
    if not first <= year <= first + 1:
        raise Invalid("calendar_year_far", field="year", first=first, last=first + 1)
    if libraries_know(year):
        raise Invalid("calendar_year_known", field="year", year=year)
    _check_days(year, frozenset(rest), frozenset(work))
    if not source.strip():
        raise Invalid("calendar_source_missing", field="source")
    if len(source.strip()) > SOURCE_LIMIT:
        raise Invalid("calendar_source_long", field="source", most=SOURCE_LIMIT)
    made = AdjustedYear(
        year=year, source=source.strip(), entered_by=act.actor.person_id, entered_at=act.at, days=[]
    )
    for works, days in ((False, rest), (True, work)):
        made.days += [AdjustedDay(day=day, works=works) for day in sorted(set(days))]
    session.add(made)
    record(session, act, "calendar.enter", made, year=year, rest=len(made.rest), work=len(made.work))
    return made


def _check_days(year: int, rest: frozenset[date], work: frozenset[date]) -> None:
    """Slips of the hand show in what no notice can say."""
    for field, days in (("rest", rest), ("work", work)):
        for day in sorted(days):
            if day.year != year and (day.year, day.month) != (year - 1, DECEMBER):
                raise Invalid("calendar_day_elsewhere", field=field, day=day, year=year)
    for day in sorted(rest & work):
        raise Invalid("calendar_day_twice", field="work", day=day)
    for day in sorted(statutory(year) - rest):
        raise Invalid("calendar_statutory_missing", field="rest", day=day)
    for day in sorted(work):
        if day.weekday() < SATURDAY:
            raise Invalid("calendar_works_anyway", field="work", day=day)


def calendar_at(session: Session, at: datetime) -> Calendar:
    """The calendar with what had been entered by an instant."""
    days: dict[date, bool] = {}
    years: set[int] = set()
    with session.no_autoflush:  # a verb may count while what it makes is not whole yet
        entries = _entries(session, at)
    for entry in entries:
        if entry.year not in years and not libraries_know(entry.year):
            years.add(entry.year)
            days |= {each.day: each.works for each in entry.days}
    return Calendar(MappingProxyType(days), frozenset(years)) if years else Calendar()


@contextmanager
def counting_at(session: Session, at: datetime) -> Iterator[None]:
    """Inside, periods are counted by what had been entered by an instant; read once, when first asked."""
    with counting_by(cache(partial(calendar_at, session, at))):
        yield


def history(session: Session, act: Act) -> list[AdjustedYear]:
    """Every entry, the newest first."""
    ensure(act, Permission.CALENDAR_SET)
    return _entries(session, act.at)


def years(session: Session, act: Act) -> list[YearRow]:
    """This year and the next: where their working days are known from."""
    entries = history(session, act)
    first = local_date(act.at).year
    return [_year(year, entries) for year in (first, first + 1)]


def _year(year: int, entries: list[AdjustedYear]) -> YearRow:
    if libraries_know(year):
        return YearRow(year, KnownBy.LIBRARY, None)
    entry = next((each for each in entries if each.year == year), None)
    return YearRow(year, KnownBy.ENTRY if entry else KnownBy.NOBODY, entry)


def _entries(session: Session, at: datetime) -> list[AdjustedYear]:
    query = select(AdjustedYear).where(AdjustedYear.entered_at <= at).options(selectinload(AdjustedYear.days))
    return list(session.scalars(query.order_by(AdjustedYear.entered_at.desc(), AdjustedYear.id.desc())))
