"""Exports hold what is shown and never a formula."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session
from werkzeug.http import parse_options_header

from tests.factories import catalogue
from tests.page import PageClient
from web.exchange.workbook import workbook

HOSTILE = ["=1+1", "+86", "-5", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1", "正常文字"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula(text: str) -> None:
    book = load_workbook(BytesIO(workbook(("需求", [("标题", "title")], [{"title": text}]))))
    cell = book.active["A2"]
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.quotePrefix == (text != "正常文字")


def test_numbers_dates_and_lists_stay_what_they_are() -> None:
    columns = [("预算", "budget"), ("日期", "day"), ("编码", "codes"), ("空", "none")]
    row = {
        "budget": Decimal("12000.50"),
        "day": date(2026, 11, 20),
        "codes": ["EL-01", "EL-04"],
        "none": None,
    }
    sheet = load_workbook(BytesIO(workbook(("需求", columns, [row])))).active
    assert [cell.value for cell in sheet[1]] == ["预算", "日期", "编码", "空"]
    assert sheet["A2"].value == pytest.approx(12000.50)
    assert sheet["B2"].value.date() == date(2026, 11, 20)
    assert sheet["C2"].value == "EL-01; EL-04"
    assert sheet["D2"].value in (None, "")


def test_control_characters_do_not_spoil_the_file() -> None:
    sheet = load_workbook(
        BytesIO(workbook(("需求", [("标题", "title")], [{"title": "坏\x00字\x0b符𠮷"}])))
    ).active
    assert sheet["A2"].value == "坏字符𠮷"


def test_csv_guards_what_looks_like_a_formula(visitor: PageClient, session: Session) -> None:
    catalogue.service(session, title="=1+1 老人送餐")
    session.commit()
    answer = visitor.client.get("/services?format=csv")
    assert answer.mimetype == "text/csv"
    lines = list(csv.reader(StringIO(answer.data.decode("utf-8-sig"))))
    assert "'=1+1 老人送餐" in lines[1]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_name_of_a_file_can_go_over_the_wire(visitor: PageClient, ending: str) -> None:
    answer = visitor.client.get(f"/needs?format={ending}")
    said = answer.headers["Content-Disposition"]
    assert said.isascii()
    assert parse_options_header(said)[1]["filename"] == f"需求大厅.{ending}"
