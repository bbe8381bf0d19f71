"""Uploads as rows: xlsx and csv, whatever the browser calls them. Formulas are never evaluated."""

import csv
import zipfile
from datetime import date, datetime
from io import BytesIO, StringIO
from math import isfinite
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from models.errors import Invalid

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
"""A workbook that unpacks to more is not somebody's forms."""

Table = tuple[list[str], list[dict[str, Any]]]


def read(name: str, content: bytes, headings: dict[str, str]) -> Table:
    """Headings as column keys, and the rows below them. `headings` maps what people write to keys.

    Raises Invalid with a sheet_…, not_… or column_… code.
    """
    if len(content) > MOST_BYTES:
        raise Invalid("sheet_too_large", field="file", limit_mb=MOST_BYTES // 2**20)
    ending = name.rsplit(".", 1)[-1].lower()
    if ending == "xlsx":
        lines = _workbook(content)
    elif ending == "csv":
        lines = _csv(content)
    else:
        raise Invalid("sheet_kind_unknown", field="file")
    return _table(lines, headings)


def _workbook(content: bytes) -> list[list[Any]]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked > MOST_UNPACKED:
            raise Invalid("sheet_too_large", field="file", limit_mb=MOST_UNPACKED // 2**20)
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, CalamineError) as error:
        raise Invalid("not_a_workbook", field="file") from error


def _csv(content: bytes) -> list[list[Any]]:
    for encoding in ("utf-8-sig", "gb18030"):  # what Excel writes in China when asked for csv
        try:
            return list(csv.reader(StringIO(content.decode(encoding))))
        except UnicodeDecodeError:
            continue
        except csv.Error as error:
            raise Invalid("not_readable", field="file") from error
    raise Invalid("not_readable", field="file")


def _table(lines: list[list[Any]], headings: dict[str, str]) -> Table:
    filled = [line for line in lines if any(str(cell).strip() for cell in line if cell is not None)]
    if not filled:
        raise Invalid("sheet_empty", field="file")
    keys = [headings.get(_heading(cell), _heading(cell)) for cell in filled[0]]
    twice = [key for key in keys if key and keys.count(key) > 1]
    if twice:
        raise Invalid("column_twice", field="file", column=twice[0])
    rows = [
        {key: _plain(cell) for key, cell in zip(keys, line, strict=False) if key and cell not in (None, "")}
        for line in filled[1:]
    ]
    return [key for key in keys if key], rows


def _heading(cell: Any) -> str:
    return str(cell or "").strip().rstrip("*＊").strip()


def _plain(cell: Any) -> Any:
    """Cells as JSON can keep them."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool | int | str) or (isinstance(cell, float) and isfinite(cell)):
        return cell
    return str(cell)
