"""Lists as files: workbooks and csv, plain cells, no formula ever."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO, StringIO
from typing import Any

from flask import Response, request, send_file
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from models.calendar.clocks import SHANGHAI
from web.labels import label

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST, NARROWEST = 60, 8
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""Text that begins so is taken for a formula by a spreadsheet that is not told otherwise."""


def plain(value: Any) -> Any:
    """A value as a cell may hold it: text, number, date. Instants are shown in Shanghai."""
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).replace(tzinfo=None)
    if isinstance(value, bool | int | float | Decimal | date):
        return value
    if isinstance(value, list | tuple):
        return "; ".join(str(plain(each)) for each in value)
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))


Columns = Sequence[tuple[str, str]]
Sheet = tuple[str, Columns, Iterable[dict[str, Any]]]


def workbook(*sheets: Sheet) -> bytes:
    """Sheets of (name, columns, rows), a row a record under a frozen heading; columns are (heading, key)."""
    book = Workbook(write_only=True)
    for name, columns, rows in sheets:
        _fill(book.create_sheet(name[:31]), columns, rows)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Any, columns: Columns, rows: Iterable[dict[str, Any]]) -> None:
    page.freeze_panes = "A2"
    shown = [[plain(row.get(key)) for _heading, key in columns] for row in rows]
    for index, (heading, _key) in enumerate(columns, 1):
        longest = max([_width(heading), *(_width(str(row[index - 1])) for row in shown[:200])])
        page.column_dimensions[get_column_letter(index)].width = min(max(longest + 2, NARROWEST), WIDEST)
    head = [WriteOnlyCell(page, heading) for heading, _key in columns]
    for cell in head:
        cell.font = Font(bold=True)
    page.append(head)
    for row in shown:
        page.append([_cell(page, value) for value in row])


def _cell(page: Any, value: Any) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value)
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl reads a leading "=" as a formula unless told otherwise
        cell.quotePrefix = value.startswith(RISKY)  # and so would Excel, once the cell is edited
    return cell


def _width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text.split("\n", 1)[0])


def respond(name: str, columns: Columns, rows: Iterable[dict[str, Any]], *more: Sheet) -> Response:
    """The list as a download: csv where the address asks for it, else a workbook with any further sheets."""
    if request.args.get("format") == "csv":
        return attached(comma_separated(columns, rows), "text/csv", f"{name}.csv")
    return attached(workbook((name, columns, rows), *more), XLSX, f"{name}.xlsx")


def attached(content: bytes, mimetype: str, name: str) -> Response:
    """A download; a Chinese name goes over the wire as RFC 6266 says, or the server refuses the header."""
    return send_file(BytesIO(content), mimetype=mimetype, as_attachment=True, download_name=name)


def comma_separated(columns: Columns, rows: Iterable[dict[str, Any]]) -> bytes:
    """The list as csv in UTF-8 with a mark, as spreadsheets in China expect it."""
    out = StringIO()
    lines = csv.writer(out)
    lines.writerow([heading for heading, _key in columns])
    lines.writerows([[_guarded(plain(row.get(key))) for _heading, key in columns] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _guarded(value: Any) -> Any:
    """An apostrophe before text that a spreadsheet would take for a formula; reading takes it away again."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value
