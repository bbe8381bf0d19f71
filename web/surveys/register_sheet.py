"""The register as a spreadsheet: columns, rows read with what is wrong in each, rows written."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from models.catalogue.term import TaxonomyTerm
from models.errors import DomainError, Invalid
from models.surveys.register import ServedPerson
from models.surveys.registering import AGE_BANDS, MOST_ROWS, Entry, Read, check
from web.exchange.reading import read as read_file
from web.form import narrow
from web.labels.catalogue import term_name
from web.labels.strata import stratum_name

HEADINGS = {
    "登记号": "number",
    "编号": "number",
    "序号": "number",
    "number": "number",
    "称呼": "label",
    "姓名": "label",
    "label": "label",
    "服务对象": "stratum",
    "人群": "stratum",
    "group": "stratum",
    "年龄": "age_band",
    "年龄段": "age_band",
    "age": "age_band",
}
COLUMNS = ("number", "label", "stratum", "age_band")
STARTS = {
    0: "age:0_13",
    14: "age:14_24",
    25: "age:25_44",
    45: "age:45_59",
    60: "age:60_79",
    80: "age:80_plus",
}
OLDEST = 130
PASTED = ["登记号", "称呼", "服务对象", "年龄"]
TAB, COMMA = re.compile("\t"), re.compile("[,，]")
Rows = list[dict[str, Any]]


def columns() -> list[tuple[str, str]]:
    """The columns of the register, as headings."""
    return [
        (_("登记号"), "number"),
        (_("称呼"), "label"),
        (_("服务对象"), "stratum"),
        (_("年龄"), "age_band"),
        (_("开始服务"), "added_on"),
        (_("不再服务"), "left_on"),
    ]


def row(person: ServedPerson) -> dict[str, Any]:
    """A person as a row."""
    return {
        "number": person.number,
        "label": person.label,
        "stratum": term_name(person.group),
        "age_band": stratum_name(person.age_band) if person.age_band else "",
        "added_on": person.added_on,
        "left_on": person.left_on,
    }


def rows_of_file(name: str, content: bytes) -> Rows:
    """The rows of an uploaded file."""
    return read_file(name, content, HEADINGS)[1]


def rows_of_text(text: str) -> Rows:
    """The rows of what was pasted: with tabs, as spreadsheets copy, or with commas."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise Invalid("register_nothing", field="rows")
    mark = TAB if "\t" in lines[0] else COMMA
    cells = [[cell.strip() for cell in mark.split(line)] for line in lines]
    keys = [HEADINGS.get(cell.lower(), HEADINGS.get(cell, "")) for cell in cells[0]]
    if "number" not in keys or "stratum" not in keys:
        raise Invalid("register_columns", field="rows")
    return [dict(zip(keys, line, strict=False)) for line in cells[1:]]


def text_of(rows: Rows) -> str:
    """Rows as they can be pasted again: what was uploaded can be mended on the page."""
    cells = ([" ".join(str(each.get(key, "")).split()) for key in COLUMNS] for each in rows)
    return "\n".join("\t".join(line) for line in (PASTED, *cells))


def read(rows: Rows, known: Mapping[str, TaxonomyTerm]) -> Read:
    """Each row as an entry, or what is wrong with it; the first row below the heading is number 2."""
    if not rows:
        raise Invalid("register_nothing", field="rows")
    if len(rows) > MOST_ROWS:
        raise Invalid("register_too_long", field="rows", most=MOST_ROWS)
    found, names, seen = Read(), _names(known.values()), set()
    for place, cells in enumerate(rows, 2):
        try:
            entry = check(_entry(cells, names), known)
            if entry.number in seen:
                raise Invalid("person_twice", field="number", number=entry.number)
        except DomainError as error:
            found.errors[place] = error
            continue
        seen.add(entry.number)
        found.entries.append(entry)
    return found


def _entry(cells: Mapping[str, Any], names: Mapping[str, str]) -> Entry:
    group = str(cells.get("stratum", "")).strip()
    return Entry(
        number=_number(cells.get("number")),
        label=str(cells.get("label", "")),
        stratum=names.get(group.lower(), group),
        age_band=_age_band(str(cells.get("age_band", "")).strip()),
    )


def _number(cell: Any) -> int:
    typed = narrow(str(cell if cell is not None else "")).removesuffix(".0")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 9 else 0


def _age_band(typed: str) -> str | None:
    """An age or the words of a band; nothing for nothing."""
    if not typed:
        return None
    plain = narrow(typed).removesuffix(".0").removesuffix("岁")
    if plain.isascii() and plain.isdigit() and int(plain[:4]) <= OLDEST:
        return STARTS[max(start for start in STARTS if start <= int(plain))]
    bands = {stratum_name(band): band for band in AGE_BANDS}
    return bands.get(typed.replace("-", "–"), typed)


def _names(known: Iterable[TaxonomyTerm]) -> dict[str, str]:
    """Groups by whatever they are called."""
    return {name.lower(): term.code for term in known for name in (term.code, term.name_zh, term.name_en)}
