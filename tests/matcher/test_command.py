"""`duijie match` from files to files."""

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from matcher import SIGNALS, Matcher
from matcher import command as command_module
from matcher.command import match
from tests.matcher.tables import catalogue, need, needs, several_needs

COLUMNS = ["need_id", "service_id", "rank", "score", "contributions", "reasons"]


def sheet(folder: Path, name: str, frame: pd.DataFrame) -> Path:
    path = folder / name
    if path.suffix == ".xlsx":
        frame.to_excel(path, index=False)
    else:
        frame.to_csv(path, index=False)
    return path


def run(folder: Path, *more: str, suffix: str = ".csv", asked: pd.DataFrame | None = None) -> Result:
    needs_path = sheet(folder, f"needs{suffix}", several_needs() if asked is None else asked)
    services_path = sheet(folder, f"services{suffix}", catalogue())
    options = ["--needs", str(needs_path), "--services", str(services_path)]
    return CliRunner().invoke(match, [*options, "--out", str(folder / f"run{suffix}"), *more])


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path) if path.suffix == ".csv" else pd.read_excel(path, engine="calamine")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_two_sheets_become_a_run(tmp_path: Path, suffix: str) -> None:
    result = run(tmp_path, "--top", "3", suffix=suffix)
    assert result.exit_code == 0, result.output
    written = read(tmp_path / f"run{suffix}")
    expected = Matcher().fit(catalogue()).match(several_needs(), top=3)
    assert list(written.columns) == COLUMNS
    assert written["service_id"].tolist() == expected["service_id"].tolist()
    assert written["rank"].tolist() == [1, 2, 3] * 4
    for row, parts in zip(written.to_dict("records"), written["contributions"], strict=True):
        values = json.loads(parts)
        assert list(values) == list(SIGNALS)
        assert sum(values.values()) == pytest.approx(row["score"], abs=1e-12)
    assert "same_code" in written["reasons"].iat[0].split(";")


def test_without_rules_only_the_topic_ranks(tmp_path: Path) -> None:
    far = several_needs().assign(district="河东区")
    assert read_rows(run(tmp_path, asked=far), tmp_path) == 0
    assert read_rows(run(tmp_path, "--no-rules", asked=far), tmp_path) == 4 * 8


def read_rows(result: Result, folder: Path) -> int:
    assert result.exit_code == 0, result.output
    return len(read(folder / "run.csv"))


def test_a_bad_cell_ends_with_2_and_one_sentence(tmp_path: Path) -> None:
    result = run(tmp_path, asked=needs(need(), need(need_id="N2", budget_yuan="很多")))
    assert result.exit_code == 2
    sentence = "duijie match: bad number: file 'needs.csv', row 3, column 'budget_yuan', value '很多'\n"
    assert result.stderr == sentence
    assert not (tmp_path / "run.csv").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--needs", "none.csv"], "no such file: file 'none.csv'"),
        (["--out", "run.ods"], "unknown format: file 'run.ods'"),
        (["--out", "nowhere/run.csv"], "no such folder: file 'nowhere'"),
        (["--top", "0"], "Invalid value for '--top'"),
    ],
)
def test_a_bad_option_ends_with_2(
    tmp_path: Path, options: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(tmp_path, *options)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_run_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken.csv").mkdir()
    result = run(tmp_path, "--out", str(tmp_path / "taken.csv"))
    assert (result.exit_code, result.stderr) == (
        2,
        f"duijie match: {tmp_path / 'taken.csv'}: Is a directory\n",
    )


def test_a_catalogue_that_is_no_workbook_is_said_to_be_none(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_text("not a workbook")
    result = run(tmp_path, "--services", str(broken))
    assert (result.exit_code, result.stderr) == (2, "duijie match: not a workbook: file 'broken.xlsx'\n")


@pytest.mark.parametrize("out", ["run.csv", "run.xlsx"])
def test_an_id_that_looks_like_a_formula_is_quoted(tmp_path: Path, out: str) -> None:
    asked = needs(need(need_id='=cmd|" /C calc"!A1'))
    result = run(tmp_path, "--out", str(tmp_path / out), asked=asked)
    assert result.exit_code == 0, result.output
    assert read(tmp_path / out)["need_id"].str.startswith("'=").all()


def test_long_work_shows_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_module, "_LONG", 1)
    assert "4/4" in run(tmp_path).stderr
