"""`duijie plan` from files to files."""

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from matcher.command import match
from matcher.plan.command import plan
from tests.matcher.tables import catalogue, need, needs, several_needs


def invoke(folder: Path, *more: str, asked: pd.DataFrame | None = None, out: str = "plan.csv") -> Result:
    """Match, then plan, by files alone."""
    (several_needs() if asked is None else asked).to_csv(folder / "needs.csv", index=False)
    catalogue().to_csv(folder / "services.csv", index=False)
    sheets = ["--needs", str(folder / "needs.csv"), "--services", str(folder / "services.csv")]
    matched = CliRunner().invoke(match, [*sheets, "--out", str(folder / "run.csv")])
    assert matched.exit_code == 0, matched.output
    run = ["--matches", str(folder / "run.csv"), "--out", str(folder / out)]
    return CliRunner().invoke(plan, [*sheets, *run, *more])


def sheet(folder: Path, name: str, **columns: list[object]) -> str:
    path = folder / name
    pd.DataFrame(columns).to_csv(path, index=False)
    return str(path)


@pytest.mark.parametrize("out", ["plan.csv", "plan.xlsx"])
def test_sheets_become_a_plan(tmp_path: Path, out: str) -> None:
    result = invoke(tmp_path, out=out)
    assert result.exit_code == 0, result.output
    path = tmp_path / out
    written = pd.read_csv(path) if path.suffix == ".csv" else pd.read_excel(path, engine="calamine")
    assert list(written.columns) == [
        "need_id",
        "service_id",
        "units",
        "score",
        "cost_yuan",
        "alternates",
        "flags",
    ]
    assert dict(zip(written["need_id"], written["service_id"], strict=True)) == {
        "N1": "S-meals",
        "N2": "S-dogs",
        "N3": "S-lift",
        "N4": "S-tutor",
    }
    assert written["units"].tolist() == [30] * 4
    assert written["alternates"].str.split(";").map(len).tolist() == [3] * 4
    told = result.output.splitlines()
    assert told[0] == f"{tmp_path / out}: 4 rows for 4 needs"
    assert told[1].startswith("status optimal: objective ")
    assert told[2].startswith("served 4 of 4 units; lowest score ")
    assert told[3] == "unserved 0 needs, 0 units"


def test_every_option_reaches_the_plan(tmp_path: Path) -> None:
    forced = sheet(tmp_path, "f.csv", need_id=["N1"], service_id=["S-bath"])
    forbidden = sheet(tmp_path, "x.csv", need_id=["N2"] * 2, service_id=["S-dogs", "S-waste"])
    agreed = sheet(tmp_path, "a.csv", need_id=["N4"], service_id=["S-fraud"])
    budgets = sheet(tmp_path, "b.csv", street=["临江街道"], budget_yuan=[10**6])
    edits = ["--forced", forced, "--forbidden", forbidden, "--agreed", agreed, "--budgets", budgets]
    rest = ["--fair", "--alternates", "1", "--max-share", "0.5", "--time-limit", "20"]
    result = invoke(tmp_path, *edits, *rest)
    assert result.exit_code == 0, result.output
    written = pd.read_csv(tmp_path / "plan.csv").set_index("need_id")
    assert written.loc["N1", ["service_id", "flags"]].tolist() == ["S-bath", "forced"]
    assert written.loc["N4", ["service_id", "flags"]].tolist() == ["S-fraud", "agreed"]
    assert written["service_id"]["N2"] not in {"S-dogs", "S-waste"}
    assert not written["alternates"].str.contains(";").any()


def test_a_plan_can_be_agreed_as_it_was_written(tmp_path: Path) -> None:
    invoke(tmp_path, out="first.csv")
    result = invoke(tmp_path, "--agreed", str(tmp_path / "first.csv"))
    assert result.exit_code == 0, result.output
    first, second = pd.read_csv(tmp_path / "first.csv"), pd.read_csv(tmp_path / "plan.csv")
    assert first["service_id"].tolist() == second["service_id"].tolist()
    assert "flags: agreed 4" in result.output


def test_the_unserved_are_told_with_their_reasons(tmp_path: Path) -> None:
    budgets = sheet(tmp_path, "b.csv", street=["临江街道"], budget_yuan=[600])
    result = invoke(tmp_path, "--budgets", budgets)
    assert result.output.splitlines()[3:] == ["unserved 3 needs, 3 units", "  3: budget"]


def test_an_infeasible_plan_names_the_limits_and_ends_with_2(tmp_path: Path) -> None:
    forced = sheet(tmp_path, "f.csv", need_id=["N1"], service_id=["S-bath"])
    budgets = sheet(tmp_path, "b.csv", street=["临江街道"], budget_yuan=[5])
    result = invoke(tmp_path, "--forced", forced, "--budgets", budgets)
    assert (result.exit_code, result.stderr) == (
        2,
        "duijie plan: infeasible, these limits cannot hold together: "
        "budget (street '临江街道', budget_yuan 5.0); "
        "forced (need_id 'N1', service_id 'S-bath', units 1)\n",
    )
    assert not (tmp_path / "plan.csv").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--matches", "none.csv"], "no such file: file 'none.csv'"),
        (["--out", "plan.ods"], "unknown format: file 'plan.ods', known '.csv, .xlsx'"),
        (["--out", "nowhere/plan.csv"], "no such folder: file 'nowhere'"),
        (["--max-share", "2"], "bad share: option 'max_share', value 2.0"),
        (["--forced", "f.csv"], "unknown id: file 'forced', column 'need_id', value 'N99'"),
        (["--forbidden", "b.csv"], "missing column: file 'b.csv', column 'need_id'"),
    ],
)
def test_bad_input_is_one_sentence_and_ends_with_2(
    tmp_path: Path, options: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sheet(tmp_path, "f.csv", need_id=["N99"], service_id=["S-bath"])
    sheet(tmp_path, "b.csv", street=["临江街道"], budget_yuan=[5])
    result = invoke(tmp_path, *options)
    assert (result.exit_code, result.stderr) == (2, f"duijie plan: {said}\n")


def test_a_plan_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken.csv").mkdir()
    result = invoke(tmp_path, out="taken.csv")
    assert (result.exit_code, result.stderr) == (
        2,
        f"duijie plan: {tmp_path / 'taken.csv'}: Is a directory\n",
    )


def test_an_id_that_looks_like_a_formula_is_read_back_and_quoted_again(tmp_path: Path) -> None:
    asked = needs(need(need_id='=cmd|" /C calc"!A1'))
    result = invoke(tmp_path, asked=asked)
    assert result.exit_code == 0, result.output
    assert pd.read_csv(tmp_path / "plan.csv")["need_id"].tolist() == ['\'=cmd|" /C calc"!A1']
