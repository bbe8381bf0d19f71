"""`duijie deadlines`: every date of a procedure, from the dates known so far. It needs no database."""

import json
import re
import sys
import unicodedata
from datetime import date
from pathlib import Path

import click

from models.calendar.workdays import NATIONAL, Calendar, read_calendar
from models.errors import DomainError, Invalid
from models.rulebook.deadlines import Deadline, Known, deadlines
from models.rulebook.methods import Method
from web.labels import label, sentence
from web.rulebook.words import formula

DATES = {
    "issued": "the documents were issued",
    "bid_deadline": "bids close",
    "report_delivered": "the review report reached the purchaser",
    "notice": "the result was published",
    "contract_signed": "the contract was signed",
    "challenge_received": "a challenge arrived",
    "challenge_replied": "it was answered",
}
ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
BAD_INPUT = 2
GAP = 2


def _with_dates(command: click.decorators.FC) -> click.decorators.FC:
    for name, words in reversed(DATES.items()):
        option = "--" + name.replace("_", "-")
        command = click.option(option, name, metavar="DATE", help=f"the day on which {words}")(command)
    return command


@click.command("deadlines")
@click.option("--method", metavar="METHOD", help=", ".join(Method))
@_with_dates
@click.option("--calendar", metavar="FILE", help="days adjusted by hand: 2027-02-06,rest or 2027-02-20,work")
@click.option("--json", "as_json", is_flag=True, help="as JSON, for programs")
def deadlines_command(
    method: str | None, calendar: str | None, *, as_json: bool, **typed: str | None
) -> None:
    """Every date that follows from the known ones (such as 2026-11-20), with its rule and the days skipped.

    What is wrong is said in one sentence, and exits 2.
    """
    try:
        known = Known(**{name: _day(name, text) for name, text in typed.items()})
        found = deadlines(_method(method), known, _calendar(calendar))
    except DomainError as error:
        click.echo(f"duijie deadlines: {sentence(error)}", err=True)
        sys.exit(BAD_INPUT)
    click.echo(_json(found) if as_json else _table(found))


def _method(typed: str | None) -> Method:
    try:
        return Method(typed or "")
    except ValueError:
        raise Invalid("method_unknown", methods=", ".join(Method)) from None


def _day(name: str, typed: str | None) -> date | None:
    if typed is None:
        return None
    try:
        if ISO.fullmatch(typed):
            return date.fromisoformat(typed)
    except ValueError:
        pass
    raise Invalid("date_unreadable", option="--" + name.replace("_", "-"), typed=typed)


def _calendar(path: str | None) -> Calendar:
    if path is None:
        return NATIONAL
    try:
        return read_calendar(Path(path).read_text(encoding="utf-8-sig").splitlines())
    except (OSError, ValueError) as error:  # a ValueError is what is not UTF-8, or a name with a zero byte
        raise Invalid("calendar_unreadable", path=path) from error


def _json(found: list[Deadline]) -> str:
    """`provisional` stands only where it is true: the holidays of that year are not announced yet."""
    rows = [
        {
            "event": each.event,
            "date": each.day.isoformat(),
            "rule": each.rule,
            "days": each.days,
            "kind": each.kind,
            "skipped": [day.isoformat() for day in each.skipped],
        }
        | ({"provisional": True} if each.provisional else {})
        for each in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _table(found: list[Deadline]) -> str:
    if not found:
        return "没有法定日期由此推出。"
    rows = [("日期", "事项", "规则", "怎么算", "跳过的日子")]
    for each in found:
        day = f"{label(each.direction)} {each.day}" + ("（暂定）" if each.provisional else "")
        skipped = " ".join(str(day) for day in each.skipped) or "-"
        rows.append((day, label(each.event), each.rule, formula(each, str(each.start_day)), skipped))
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = ("".join(_padded(*pair) for pair in zip(row, widths, strict=True)).rstrip() for row in rows)
    notes = ["暂定：那一年的节假日安排还没有公布。"] if any(each.provisional for each in found) else []
    return "\n".join([*lines, *notes])


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text) + GAP)


def _width(text: str) -> int:
    """Columns on a terminal, where a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
