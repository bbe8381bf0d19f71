"""The workbooks as rows that know where they stand, so that an error can be found and mended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from python_calamine import CalamineWorkbook

FOLDER = Path(__file__).parent
BOOKS = (
    "units",
    "people",
    "organisations",
    "services",
    "assessments",
    "needs",
    "deliberations",
    "reviews",
    "tenders",
    "bids",
    "panels",
    "contracts",
    "evaluations",
)
NOTES = "说明"
LAST_DAY = date(2026, 11, 20)
"""The workbooks tell the district as it stood on the morning of this day."""

Choice = TypeVar("Choice", bound=StrEnum)
Cell = str | float | bool | date | None


class RowError(Exception):
    """A row that cannot be loaded: which workbook, sheet and row, and why."""

    def __init__(self, row: "Row", why: object) -> None:
        super().__init__(f"{row.book}.xlsx, {row.sheet}, row {row.number}: {why}")


@dataclass(frozen=True)
class Row:
    """One row by its column names."""

    book: str
    sheet: str
    number: int
    cells: Mapping[str, Cell]
    shift: timedelta = field(default=timedelta(0))

    def text(self, column: str) -> str:
        """The words of a cell; an empty one is an empty text."""
        value = self._cell(column)
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return "" if value is None else str(value).strip()

    def key(self, column: str) -> str:
        """Words that must be there."""
        return self.text(column) or self.refuse(f"{column} is empty")

    def codes(self, column: str) -> list[str]:
        """Codes set apart by semicolons."""
        return [code.strip() for code in self.text(column).split(";") if code.strip()]

    def integer(self, column: str) -> int | None:
        """A whole number, or None."""
        value = self.text(column)
        if value and not value.isdecimal():
            self.refuse(f"{column} is no whole number: {value}")
        return int(value) if value else None

    def yes(self, column: str) -> bool | None:
        """What a cell says to a question: yes, no, or nothing."""
        return {"yes": True, "no": False, "": None}[self.text(column)]

    def decimal(self, column: str) -> Decimal | None:
        """A number, or None."""
        value = self._cell(column)
        if value is None or isinstance(value, float):
            return None if value is None else Decimal(str(value))
        return self.refuse(f"{column} is no number: {value}")

    def day(self, column: str) -> date | None:
        """A day, or None; it moves with the whole story, see `shift_for`."""
        value = self._cell(column)
        if value is None or isinstance(value, date):
            return None if value is None else value + self.shift
        return self.refuse(f"{column} is no date: {value}")

    def must_day(self, column: str) -> date:
        """A day that must be there."""
        return self.day(column) or self.refuse(f"{column} is empty")

    def choice(self, column: str, kind: type[Choice]) -> Choice:
        """One of a list's values."""
        value = self.text(column)
        return kind(value) if value in set(kind) else self.refuse(f"{column} cannot be {value!r}")

    def choice_or_none(self, column: str, kind: type[Choice]) -> Choice | None:
        """One of a list's values, or None."""
        return self.choice(column, kind) if self.text(column) else None

    def refuse(self, why: object) -> NoReturn:
        """Say what is wrong with this row."""
        raise RowError(self, why)

    def _cell(self, column: str) -> Cell:
        return self.cells[column] if column in self.cells else self.refuse(f"there is no column {column}")


Books = dict[str, dict[str, list[Row]]]


def read(folder: Path = FOLDER, *, shift: timedelta = timedelta(0)) -> Books:
    """Every row of every workbook: books[name][sheet]."""
    return {name: _book(folder, name, shift) for name in BOOKS}


def shift_for(today: date | None) -> timedelta:
    """How far to move the story so that it ends in this week; whole weeks, so Mondays stay Mondays."""
    return timedelta(0) if today is None else timedelta(weeks=(today - LAST_DAY).days // 7)


def _book(folder: Path, name: str, shift: timedelta) -> dict[str, list[Row]]:
    book = CalamineWorkbook.from_path(str(folder / f"{name}.xlsx"))
    sheets = {}
    for sheet in book.sheet_names:
        if sheet == NOTES:
            continue
        header, *lines = book.get_sheet_by_name(sheet).to_python()
        columns = [str(column) for column in header]
        sheets[sheet] = [
            Row(name, sheet, number, dict(zip(columns, map(_plain, line), strict=True)), shift)
            for number, line in enumerate(lines, start=2)
        ]
    return sheets


def _plain(value: object) -> Cell:
    """What a cell holds; a day without its midnight, an empty cell as None."""
    if isinstance(value, datetime):
        return value.date()
    if value is None or value == "":
        return None
    return value if isinstance(value, str | float | bool | date) else float(str(value))
