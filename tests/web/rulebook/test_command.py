"""`duijie deadlines`: from dates to dates, without a database."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from models.rulebook.methods import Method
from web.cli import cli

KEYS = ["event", "date", "rule", "days", "kind", "skipped"]


def run(*options: str, method: str = "open_tender") -> Result:
    return CliRunner().invoke(cli, ["deadlines", "--method", method, *options])


def rows(*options: str, method: str = "open_tender") -> list[dict[str, Any]]:
    result = run(*options, "--json", method=method)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_r21_the_dates_that_follow_from_the_issue() -> None:
    found = rows("--issued", "2026-11-20")
    assert [list(row) for row in found] == [KEYS] * 3
    assert found[0] == {
        "event": "bid_deadline",
        "date": "2026-12-10",
        "rule": "R21",
        "days": 20,
        "kind": "calendar",
        "skipped": [],
    }
    assert found[1] == {
        "event": "documents_until",
        "date": "2026-11-27",
        "rule": "R22",
        "days": 5,
        "kind": "working",
        "skipped": ["2026-11-21", "2026-11-22"],
    }


def test_every_event_of_the_procedure_has_its_name() -> None:
    found = rows(
        *("--issued", "2026-03-02", "--bid-deadline", "2026-03-30", "--report-delivered", "2026-04-01"),
        *("--notice", "2026-04-08", "--contract-signed", "2026-05-08"),
        *("--challenge-received", "2026-04-10", "--challenge-replied", "2026-04-15"),
    )
    assert [row["event"] for row in found] == [
        "bid_deadline",
        "documents_until",
        "clarification_until",
        "award_decision_until",
        "award_notice_until",
        "challenge_until",
        "challenge_reply_until",
        "complaint_until",
        "contract_until",
        "contract_publication_until",
        "contract_filing_until",
    ]


@pytest.mark.parametrize("method", Method)
def test_every_method_is_answered(method: Method) -> None:
    assert isinstance(rows("--issued", "2026-11-20", "--notice", "2026-12-20", method=method), list)


def test_r37_what_is_not_announced_yet_is_said() -> None:
    found = rows("--issued", "2026-12-20")
    assert [row.get("provisional") for row in found] == [True, None, True]
    assert "暂定：那一年的节假日安排还没有公布。" in run("--issued", "2026-12-20").output


def test_a_person_reads_a_table() -> None:
    text = run("--issued", "2026-11-20").output
    assert "不早于 2026-12-10" in text
    assert "采购文件发出（2026-11-20）次日起第 20 日" in text
    assert "2026-11-21 2026-11-22" in text
    assert "没有法定日期由此推出" in run("--issued", "2026-11-20", method="comparison").output


def test_days_of_ones_own_are_counted_by(tmp_path: Any) -> None:
    table = tmp_path / "days.csv"
    table.write_text("2026-12-10,rest\n", encoding="utf-8")
    found = rows("--issued", "2026-11-20", "--calendar", str(table))
    assert (found[0]["date"], found[0]["skipped"]) == ("2026-12-11", ["2026-12-10"])


@pytest.mark.parametrize(
    "options",
    [
        ("--issued", "2026-02-30"),
        ("--issued", "2026-11-2"),
        ("--issued", "20261120"),
        ("--issued", "２０２６-11-20"),
        ("--issued", ""),
        ("--issued", "1999-01-01"),
        ("--issued", "9999-12-31"),
        ("--issued", "2026-11-20", "--notice", "2026-11-19"),
        ("--issued", "2026-11-20", "--calendar", "/nowhere/days.csv"),
        ("--issued", "2026-11-20", "--calendar", "pyproject.toml"),
        ("--issued", "2026-11-20", "--method", "inquiry"),
        ("--issued", "2026-11-20", "--method", ""),
    ],
)
def test_bad_input_is_one_sentence_and_exits_2(options: tuple[str, ...]) -> None:
    result = run(*options)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stderr.startswith("duijie deadlines: ")


def test_a_method_has_to_be_named() -> None:
    result = CliRunner().invoke(cli, ["deadlines", "--issued", "2026-11-20"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "open_tender" in result.stderr
