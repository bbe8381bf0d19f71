"""`duijie demo` for real: it is loaded once, serves, stops when told to, and goes on where it was."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from openpyxl import Workbook, load_workbook

from seed_data.workbooks import FOLDER
from tests.support.portal import DUIJIE, demo, free_port


@pytest.fixture
def hamlet(tmp_path: Path) -> Path:
    """The district with one person of each role and nothing done yet: loaded in seconds."""
    folder = tmp_path / "hamlet"
    folder.mkdir()
    by_role = {person[2]: person for person in sheets("people")["people"][:0:-1]}
    employers = {person[4] for person in by_role.values() if person[4]}
    for path in FOLDER.glob("*.xlsx"):
        book = Workbook()
        for title, (header, *rows) in sheets(path.stem).items():
            kept = {
                "units": rows,
                "people": by_role.values(),
                "organisations": [row for row in rows if row[0] in employers],
            }
            sheet = book.create_sheet(title)
            for row in (header, *kept.get(path.stem, ())):
                sheet.append(row)
        book.remove(book.worksheets[0])
        book.save(folder / path.name)
    return folder


def sheets(name: str) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(FOLDER / f"{name}.xlsx", read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_the_demo_is_loaded_once_and_goes_on_where_it_was(tmp_path: Path, hamlet: Path) -> None:
    port = free_port()
    with demo(tmp_path, port, "--workbooks", str(hamlet)) as first:
        assert f"http://127.0.0.1:{port}/" in first
        assert "Loading the example district" in first
        with urlopen(f"http://127.0.0.1:{port}/sign-in") as answer:
            assert answer.status == 200
    accounts = (tmp_path / "demo-accounts.txt").read_text()
    assert all(line.split("\t")[2] in first for line in accounts.splitlines())
    assert len(accounts.splitlines()) == 11, "one account for each of the ten roles, and the headings"

    with demo(tmp_path, port) as second:
        assert "Loading" not in second
        assert all(line.split("\t")[2] in second for line in accounts.splitlines())

    verified = subprocess.run(
        [DUIJIE, "audit", "verify"],
        env=os.environ | {"DUIJIE_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert re.match(r"whole: \d{3,} events", verified.stdout), verified.stderr
