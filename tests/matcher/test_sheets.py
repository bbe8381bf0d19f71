"""The door: what a sheet may look like, and what is said of one that cannot be read."""

import math
from pathlib import Path
from uuid import UUID

import numpy as np
import pandas as pd
import pytest

from matcher import SheetError, check_needs, check_services, read_needs, read_services
from matcher.sheets import split_list
from tests.matcher.tables import need, needs, service, services


def write(folder: Path, frame: pd.DataFrame, name: str) -> Path:
    path = folder / name
    if path.suffix == ".csv":
        frame.to_csv(path, index=False)
    else:
        frame.to_excel(path, index=False)
    return path


def refusal(frame: pd.DataFrame) -> SheetError:
    with pytest.raises(SheetError) as caught:
        check_needs(frame, file="needs.csv")
    return caught.value


def test_a_workbook_and_a_csv_of_the_same_rows_read_the_same(tmp_path: Path) -> None:
    table = services(service(), service(service_id="002", unit_price_yuan="1,200"))
    from_csv = read_services(write(tmp_path, table, "s.csv"))
    from_xlsx = read_services(write(tmp_path, table, "s.xlsx"))
    pd.testing.assert_frame_equal(from_csv, from_xlsx)
    assert from_csv["service_id"].tolist() == ["S1", "002"]
    assert from_csv["unit_price_yuan"].tolist() == [18, 1200]


def test_columns_may_stand_in_any_order_and_others_are_kept() -> None:
    table = needs(need(remark="请先打电话"))
    checked = check_needs(table[table.columns[::-1]])
    assert checked["remark"].tolist() == ["请先打电话"]
    assert checked["title"].tolist() == ["老人没人做饭"]


def test_headers_are_read_through_full_width_and_blanks() -> None:
    table = needs().rename(columns={"title": " Ｔitle "})
    assert check_needs(table)["title"].tolist() == ["老人没人做饭"]


def test_columns_left_out_are_unknown_not_zero() -> None:
    checked = check_needs(needs())
    assert checked["unit_code"].tolist() == [""]
    assert math.isnan(checked["months"].iat[0])


@pytest.mark.parametrize("written", ["１２０００", "12,000", " 12000 ", "¥12000", "12000.0", 12000, 12000.0])
def test_an_amount_is_read_as_people_write_it(written: object) -> None:
    assert check_needs(needs(need(budget_yuan=written)))["budget_yuan"].tolist() == [12000]


@pytest.mark.parametrize("blank", ["", None, float("nan"), "nan", pd.NA])
def test_a_blank_amount_is_unknown(blank: object) -> None:
    assert math.isnan(check_needs(needs(need(budget_yuan=blank)))["budget_yuan"].iat[0])


@pytest.mark.parametrize("written", ["十二万", "1_000", "12 000", "inf", float("inf"), "=1+1", "1e999"])
def test_what_is_no_number_is_refused_with_row_and_column(written: object) -> None:
    error = refusal(needs(need(), need(need_id="N2", budget_yuan=written)))
    assert error.code == "bad_number"
    assert error.facts == {"file": "needs.csv", "row": 3, "column": "budget_yuan", "value": str(written)}


def test_an_amount_below_nothing_is_refused_and_nothing_is_not() -> None:
    assert refusal(needs(need(budget_yuan=-0.01))).code == "negative_number"
    assert check_needs(needs(need(budget_yuan=0)))["budget_yuan"].tolist() == [0]


@pytest.mark.parametrize("month", [0, 13, 2.5])
def test_a_month_is_one_of_twelve(month: float) -> None:
    assert refusal(needs(need(start_month=month))).code == "bad_month"


@pytest.mark.parametrize("month", [1, 12])
def test_the_first_and_the_last_month_are_months(month: int) -> None:
    assert check_needs(needs(need(start_month=month)))["start_month"].tolist() == [month]


def test_an_id_twice_is_refused_with_both_rows() -> None:
    error = refusal(needs(need(), need(need_id="N2"), need()))
    assert (error.code, error.facts["row"], error.facts["first_row"]) == ("duplicate_id", 4, 2)


def test_a_row_without_id_is_refused() -> None:
    assert refusal(needs(need(need_id=" "))).code == "missing_id"


@pytest.mark.parametrize("written", ["N\x00", "N\n1", "N\u202e1"])
def test_an_id_that_cannot_be_printed_is_refused(written: str) -> None:
    assert refusal(needs(need(need_id=written))).code == "bad_id"


def test_a_missing_column_is_named() -> None:
    error = refusal(needs().drop(columns=["title", "district"]))
    assert error.code == "missing_column"
    assert error.facts["missing"] == ["district", "title"]


def test_a_column_twice_is_refused() -> None:
    table = pd.concat([needs(), needs()[["title"]]], axis=1)
    assert refusal(table).code == "duplicate_column"


def test_ids_of_other_types_become_text() -> None:
    number = UUID(int=5)
    assert check_needs(needs(need(need_id=number)))["need_id"].tolist() == [str(number)]
    assert check_needs(needs(need(need_id=7.0)))["need_id"].tolist() == ["7"]


def test_the_table_given_is_not_changed() -> None:
    table = services(service(unit_price_yuan="１８"))
    before = table.copy(deep=True)
    check_services(table)
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"not a workbook", "not_a_workbook"),
        ("a.xlsx", b"PK\x03\x04 broken zip", "not_a_workbook"),
        ("a.xlsx", b"", "not_a_workbook"),
        ("a.csv", b"", "empty_sheet"),
        ("a.csv", b"need_id,title\n", "empty_sheet"),
        ("a.csv", b'need_id,title\n"N1,x\n', "not_a_table"),
        ("a.csv", b"a,b\n1,2\n1,2,3,4\n", "not_a_table"),
        ("a.csv", b"\xff\xfe\x00\x81\x20\xff", "not_a_table"),
        ("a.ods", b"", "unknown_format"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SheetError) as caught:
        read_needs(path)
    assert caught.value.code == code
    assert caught.value.facts["file"] == name


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(SheetError) as caught:
        read_needs(tmp_path / "none.csv")
    assert caught.value.code == "no_such_file"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_from_excel_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "needs.csv"
    path.write_bytes(needs().to_csv(index=False).encode(encoding))
    assert read_needs(path)["title"].tolist() == ["老人没人做饭"]


def test_a_workbook_formula_is_text_or_its_value_and_never_run(tmp_path: Path) -> None:
    table = needs(need(title='=HYPERLINK("http://x","y")'))
    assert isinstance(read_needs(write(tmp_path, table, "n.xlsx"))["title"].iat[0], str)


def test_lists_are_split_at_whatever_stands_between() -> None:
    assert split_list(" EL-01; EL-02；EL-03、EL-04, ;") == ["EL-01", "EL-02", "EL-03", "EL-04"]
    assert split_list("") == []


def test_texts_hold_no_missing_value() -> None:
    checked = check_needs(needs(need(description=np.nan, title=None)))
    assert checked[["description", "title"]].to_numpy().tolist() == [["", ""]]


def test_a_checked_sheet_may_be_checked_again() -> None:
    once = check_needs(needs(need(starts_on="2026-03-01", ends_on="", start_month="3")))
    pd.testing.assert_frame_equal(check_needs(once), once)
