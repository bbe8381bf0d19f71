"""Cells as people leave them: full-width digits, thousands separators, dates as text, lists by semicolon."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from models.errors import Invalid
from models.wording import clean

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_NUMBER = re.compile(r"-?\d{1,12}(\.\d+)?")


class Row:
    """One row of a sheet, read column by column. What cannot be read is refused with its column."""

    def __init__(self, cells: Mapping[str, Any]) -> None:
        self._cells = cells

    def text(self, column: str) -> str:
        """The words of a cell, tidied; an apostrophe that only guards against formulas is taken away."""
        value = self._cells.get(column)
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        words = clean(str(value))
        return words[1:] if words[:1] == "'" and words[1:2] in set("=+-@") else words

    def required(self, column: str) -> str:
        """The words of a cell that may not be empty."""
        words = self.text(column)
        if not words:
            raise Invalid("cell_missing", field=column)
        return words

    def plain(self, column: str) -> str:
        """The words with full-width signs made narrow."""
        return unicodedata.normalize("NFKC", self.text(column)).strip()

    def listed(self, column: str) -> list[str]:
        """The parts of a cell, separated by semicolons, commas or 、."""
        return [part.strip() for part in re.split(r"[;,、\n]", self.plain(column)) if part.strip()]

    def number(self, column: str) -> Decimal | None:
        """A number, or None for an empty cell."""
        typed = self.plain(column).replace(",", "").replace("元", "").replace("¥", "").replace(" ", "")
        if not typed:
            return None
        if not _NUMBER.fullmatch(typed):
            raise Invalid("cell_not_a_number", field=column, typed=typed[:30])
        return Decimal(typed)

    def amount(self, column: str) -> Decimal | None:
        """An amount in yuan with at most two decimals."""
        found = self.number(column)
        if found is not None and found != found.quantize(Decimal("0.01")):
            raise Invalid("cell_too_precise", field=column, typed=str(found))
        return found

    def whole(self, column: str, least: int = 0, most: int = 10**9) -> int | None:
        """A whole number within bounds."""
        found = self.number(column)
        if found is None:
            return None
        if found != found.to_integral_value() or not least <= found <= most:
            raise Invalid("cell_out_of_range", field=column, typed=str(found), least=least, most=most)
        return int(found)

    def day(self, column: str) -> date | None:
        """A date: a date cell, 2026-11-20, 2026/11/20 or 2026年11月20日."""
        typed = self.plain(column)
        if not typed:
            return None
        found = _DATE.match(typed)
        day = _real_date(*(int(part) for part in found.groups())) if found else None
        if day is None:
            raise Invalid("cell_not_a_date", field=column, typed=typed[:30])
        return day


def _real_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
