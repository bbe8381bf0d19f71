"""Sheets as they are written: no cell that a spreadsheet would run, and errors before any work is done."""

from pathlib import Path

import pandas as pd

from matcher.sheets import SheetError

_FORMATS = (".csv", ".xlsx")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def check_out(out: Path) -> None:
    """Raise SheetError where a sheet could not be written."""
    if out.suffix.lower() not in _FORMATS:
        raise SheetError("unknown_format", file=out.name, known=", ".join(_FORMATS))
    if not out.parent.is_dir():
        raise SheetError("no_such_folder", file=str(out.parent))


def write_sheet(table: pd.DataFrame, out: Path) -> None:
    """Write csv or xlsx, by the ending of the name."""
    if out.suffix.lower() == ".csv":
        table.to_csv(out, index=False, encoding="utf-8")
    else:
        table.to_excel(out, index=False)


def no_formula(value: str) -> str:
    """A text that a spreadsheet would run as a formula, quoted."""
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value


def as_written(value: str) -> str:
    """The text that `no_formula` has quoted."""
    return value[1:] if value.startswith("'") and value[1:].startswith(_FORMULA_STARTS) else value
