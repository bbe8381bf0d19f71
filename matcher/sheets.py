"""The two exchange tables, checked once at the door: afterwards every column holds what it says."""

import math
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from python_calamine import CalamineError

from matcher.columns import NEED_COLUMNS, SERVICE_COLUMNS, Column

_BLANK = {"", "nan", "none", "null", "<na>", "nat"}
_HEADER_ROW = 1


class SheetError(ValueError):
    """A table that cannot be read as it is; `code` says why, `facts` say where (file, row, column, value)."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        where = ", ".join(f"{name} {value!r}" for name, value in facts.items())
        super().__init__(f"{code.replace('_', ' ')}: {where}" if where else code.replace("_", " "))


def read_needs(path: str | Path) -> pd.DataFrame:
    """Read and check a needs sheet (csv or xlsx)."""
    return _read(Path(path), NEED_COLUMNS)


def read_services(path: str | Path) -> pd.DataFrame:
    """Read and check a services sheet (csv or xlsx)."""
    return _read(Path(path), SERVICE_COLUMNS)


def check_needs(frame: pd.DataFrame, *, file: str = "needs") -> pd.DataFrame:
    """Return a checked copy: every column present, texts as str, amounts as float with NaN for unknown."""
    return _check(frame, NEED_COLUMNS, file)


def check_services(frame: pd.DataFrame, *, file: str = "services") -> pd.DataFrame:
    """Return a checked copy: every column present, texts as str, amounts as float with NaN for unknown."""
    return _check(frame, SERVICE_COLUMNS, file)


def split_list(value: str) -> list[str]:
    """The parts of a ";"-joined cell, whichever semicolon or comma a person typed, blanks left out."""
    return [part.strip() for part in re.split(r"[;；,，、]", value) if part.strip()]


def split_lists(cells: Iterable[str]) -> list[tuple[str, ...]]:
    """The parts of each cell; a large sheet has few different ones."""
    known: dict[str, tuple[str, ...]] = {}
    for cell in cells:
        if cell not in known:
            known[cell] = tuple(dict.fromkeys(split_list(cell)))
    return [known[cell] for cell in cells]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dicts by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def read_table(path: Path) -> pd.DataFrame:
    """Any sheet (csv or xlsx) as texts; raises SheetError for what is none."""
    if not path.is_file():
        raise SheetError("no_such_file", file=str(path))
    readers = {".csv": _read_csv, ".xlsx": _read_workbook}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise SheetError("unknown_format", file=path.name, known=", ".join(readers))
    frame = reader(path)
    if frame.empty:
        raise SheetError("empty_sheet", file=path.name)
    return frame


def _read(path: Path, columns: Sequence[Column]) -> pd.DataFrame:
    return _check(read_table(path), columns, path.name)


def _read_csv(path: Path) -> pd.DataFrame:
    # Excel on a Chinese Windows saves csv as GB 18030; every other tool writes UTF-8.
    data = path.read_bytes()
    encoding = "utf-8-sig"
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "gb18030"
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding=encoding, skipinitialspace=True)
    except pd.errors.EmptyDataError as error:
        raise SheetError("empty_sheet", file=path.name) from error
    except (pd.errors.ParserError, UnicodeDecodeError) as error:
        raise SheetError("not_a_table", file=path.name) from error


def _read_workbook(path: Path) -> pd.DataFrame:
    try:
        return pd.read_excel(path, dtype=str, keep_default_na=False, engine="calamine")
    except (CalamineError, zipfile.BadZipFile, ValueError) as error:
        raise SheetError("not_a_workbook", file=path.name) from error


def _check(frame: pd.DataFrame, columns: Sequence[Column], file: str) -> pd.DataFrame:
    names = [_fold(name).lower() for name in frame.columns]
    for name in names:
        if names.count(name) > 1:
            raise SheetError("duplicate_column", file=file, column=name)
    missing = [column.name for column in columns if column.core and column.name not in names]
    if missing:
        raise SheetError("missing_column", file=file, column=missing[0], missing=missing)
    checked = frame.set_axis(names, axis=1).reset_index(drop=True)
    for column in columns:
        values = checked[column.name].tolist() if column.name in names else [None] * len(checked)
        checked[column.name] = _column(values, column, file, checked.index)
    return checked


def _column(values: list[Any], column: Column, file: str, index: pd.Index) -> pd.Series:
    if column.kind in {"amount", "month", "date"}:
        read = _date if column.kind == "date" else _number
        known: dict[Any, float] = {}  # a large sheet has few different numbers
        for row, value in enumerate(values):
            if value not in known:
                known[value] = read(value, column, file, row)
        return pd.Series([known[value] for value in values], index=index, dtype=float)
    texts = [value.strip() if type(value) is str else _text(value) for value in values]
    if column.kind == "id":
        _check_ids(texts, column, file)
    return pd.Series(texts, index=index, dtype=object)


def _check_ids(ids: list[str], column: Column, file: str) -> None:
    first_row: dict[str, int] = {}
    for row, value in enumerate(ids):
        if not value:
            raise SheetError("missing_id", file=file, row=_sheet_row(row), column=column.name)
        if not value.isprintable():
            raise SheetError("bad_id", file=file, row=_sheet_row(row), column=column.name, value=value)
        if value in first_row:
            facts = {"value": value, "first_row": _sheet_row(first_row[value])}
            raise SheetError("duplicate_id", file=file, row=_sheet_row(row), column=column.name, **facts)
        first_row[value] = row


def _number(value: Any, column: Column, file: str, row: int) -> float:
    text = _fold(_text(value)).replace(",", "").removeprefix("¥").strip()
    if text.lower() in _BLANK:
        return math.nan
    place = {"file": file, "row": _sheet_row(row), "column": column.name, "value": str(value)}
    # Python also reads "1_000"; a person who types that has made a slip.
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", text, re.ASCII | re.IGNORECASE):
        raise SheetError("bad_number", **place)
    number = float(text)
    if not math.isfinite(number):
        raise SheetError("bad_number", **place)
    if number < 0:
        raise SheetError("negative_number", **place)
    if column.kind == "month" and not (1 <= number <= 12 and number.is_integer()):
        raise SheetError("bad_month", **place)
    return number


def _date(value: Any, column: Column, file: str, row: int) -> float:
    """A day as its number, so that days can be compared and counted."""
    if isinstance(value, float) and not math.isnan(value):
        return value  # read already: sheets hold texts
    text = _fold(_text(value)).removesuffix(" 00:00:00").replace("/", "-")
    if text.lower() in _BLANK:
        return math.nan
    try:
        return float(date.fromisoformat(text).toordinal())
    except ValueError as error:
        place = {"file": file, "row": _sheet_row(row), "column": column.name, "value": str(value)}
        raise SheetError("bad_date", **place) from error


def _text(value: Any) -> str:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _fold(value: object) -> str:
    return unicodedata.normalize("NFKC", str(value)).strip()


def _sheet_row(position: int) -> int:
    """The row as a spreadsheet shows it: the header is row 1."""
    return position + _HEADER_ROW + 1
