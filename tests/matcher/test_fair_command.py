"""`duijie exposure` and `duijie bundles` from files to files."""

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from matcher import Matcher
from matcher.bundles import BUNDLE_COLUMNS, bundles
from matcher.command import write_run
from matcher.fair_command import bundles_command, exposure_command
from matcher.rerank import rerank
from tests.matcher.tables import catalogue, need, needs, several_needs

RUN = pd.DataFrame(
    [("N1", "S-meals", 1, 0.75), ("N1", "S-bath", 2, 0.5), ("N2", "S-dogs", 1, 0.5)],
    columns=["need_id", "service_id", "rank", "score"],
)


def offered() -> pd.DataFrame:
    """The catalogue; who does baths is a newcomer, of whom lifts are nobody has said."""
    said = {"S-bath": "yes", "S-lift": ""}
    return catalogue().assign(newcomer=lambda table: table["service_id"].map(said).fillna("no"))


def told(folder: Path, *more: str, run: pd.DataFrame = RUN, services: pd.DataFrame | None = None) -> Result:
    run.to_csv(folder / "run.csv", index=False)
    (offered() if services is None else services).to_csv(folder / "services.csv", index=False)
    options = ["--matches", str(folder / "run.csv"), "--services", str(folder / "services.csv"), *more]
    return CliRunner().invoke(exposure_command, options)


def grouped(folder: Path, table: pd.DataFrame, *more: str, out: str = "bundles.csv") -> Result:
    table.to_csv(folder / "needs.csv", index=False)
    options = ["--needs", str(folder / "needs.csv"), "--out", str(folder / out), *more]
    return CliRunner().invoke(bundles_command, options)


def test_the_figures_of_a_run_are_printed(tmp_path: Path) -> None:
    result = told(tmp_path, "--by", "org_district")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        "first 10 of 2 needs: 3 of 8 organisations seen",
        "exposure by organisation: Gini 0.660, HHI 0.3465",
        "exposure by org_district: HHI 1.0000, not known 0.0%",
        "newcomers: 33.3% of the places, not known 0.0%",
        "small organisations: not known",
        "never seen: O-first-aid, O-fraud, O-lift, O-tutor, O-waste",
    ]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_with_a_floor_the_run_is_written_and_its_cost_told(tmp_path: Path, suffix: str) -> None:
    matches = Matcher().fit(catalogue()).match(several_needs(), top=8)
    write_run(matches, tmp_path / "matches.csv")
    judged = pd.DataFrame({"need_id": ["N1"], "service_id": ["S-meals"], "grade": [3]})
    judged.to_csv(tmp_path / "grades.csv", index=False)
    out = tmp_path / f"fair{suffix}"
    floor = [
        "--floor",
        "0.2",
        "--top",
        "2",
        "--least-score",
        "0",
        "--judgments",
        str(tmp_path / "grades.csv"),
    ]
    result = told(tmp_path, *floor, "--out", str(out), run=pd.read_csv(tmp_path / "matches.csv"))
    assert result.exit_code == 0, result.output
    expected = rerank(matches, {"S-bath"}, 0.2, 2, least_score=0)
    written = pd.read_csv(out) if suffix == ".csv" else pd.read_excel(out, engine="calamine")
    for column in ("need_id", "service_id", "rank", "old_rank"):
        assert written[column].tolist() == expected.run[column].tolist()
    assert {"contributions", "reasons"} <= set(written.columns)
    assert f"cost in mean score: {expected.score_lost:.4f}" in result.output
    assert "cost in nDCG@2: 0.0000" in result.output
    assert "needs with fewer than asked: 0" in result.output


@pytest.mark.parametrize(
    ("column", "values", "sentence"),
    [
        ("rank", [1, "zwei", 1], "bad rank: file 'run.csv', row 3, column 'rank', value 'zwei'"),
        ("rank", [1, 2, 0], "bad rank: file 'run.csv', row 4, column 'rank', value '0'"),
        ("score", ["inf", 0, 0], "bad score: file 'run.csv', row 2, column 'score', value 'inf'"),
        ("score", [1, -1, 0], "bad score: file 'run.csv', row 3, column 'score', value '-1'"),
        (
            "service_id",
            ["S-bath", "S-bath", "S-dogs"],
            "duplicate pair: file 'run.csv', row 3, column 'service_id', value 'S-bath'",
        ),
        (
            "service_id",
            ["S-bath", "S-cats", "S-dogs"],
            "unknown id: file 'matches', row 3, column 'service_id', value 'S-cats'",
        ),
    ],
)
def test_a_bad_run_is_named_by_row_and_column(
    tmp_path: Path, column: str, values: list[object], sentence: str
) -> None:
    result = told(tmp_path, run=RUN.assign(**{column: values}))
    assert (result.exit_code, result.output) == (2, f"duijie exposure: {sentence}\n")


@pytest.mark.parametrize("column", ["need_id", "rank", "score"])
def test_a_run_without_a_column_is_refused(tmp_path: Path, column: str) -> None:
    result = told(tmp_path, run=RUN.drop(columns=column))
    assert result.exit_code == 2
    assert f"missing column: file 'run.csv', column '{column}'" in result.output


def test_a_mark_that_is_neither_yes_nor_no_is_named(tmp_path: Path) -> None:
    result = told(tmp_path, services=catalogue().assign(newcomer=["yes", "maybe", *[""] * 6]))
    sentence = "bad mark: file 'services', row 3, column 'newcomer', value 'maybe'"
    assert (result.exit_code, result.output) == (2, f"duijie exposure: {sentence}\n")


def test_a_floor_without_newcomers_or_without_a_place_to_write_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "fair.csv"
    result = told(tmp_path, "--floor", "0.2", "--out", str(out), services=catalogue())
    assert result.exit_code == 2
    assert "no newcomers: file 'services', column 'newcomer'" in result.output
    assert not out.exists()
    assert told(tmp_path, "--floor", "0.2").exit_code == 2
    assert told(tmp_path, "--out", str(out)).exit_code == 2
    nowhere = {"fair.txt": "unknown format", "no/fair.csv": "no such folder"}
    for name, sentence in nowhere.items():
        result = told(tmp_path, "--floor", "0.2", "--out", str(tmp_path / name))
        assert (result.exit_code, sentence in result.output) == (2, True)


def test_no_cell_written_is_a_formula(tmp_path: Path) -> None:
    run = RUN.assign(need_id=["'=1", "'=1", "N2"], **{"@note": "+1"})
    out = tmp_path / "fair.csv"
    result = told(tmp_path, "--floor", "0.2", "--out", str(out), run=run)
    assert result.exit_code == 0, result.output
    written = pd.read_csv(out, dtype=str)
    assert set(written["need_id"]) == {"'=1", "N2"}
    assert set(written["'@note"]) == {"'+1"}
    streets = needs(*(need(need_id=f"=N{at}", street="=1+1", service_codes="EL-01") for at in range(2)))
    assert grouped(tmp_path, streets).exit_code == 0
    cells = pd.read_csv(tmp_path / "bundles.csv", dtype=str)
    assert cells["need_id"].tolist() == ["'=N0", "'=N1"]
    assert cells["streets"].tolist() == ["'=1+1", "'=1+1"]


@pytest.mark.parametrize("out", ["bundles.csv", "bundles.xlsx"])
def test_bundles_are_written_with_their_why(tmp_path: Path, out: str) -> None:
    rows = [need(need_id=f"N{at}", service_codes="EL-01", beneficiary_codes="B03") for at in range(3)]
    table = needs(
        *rows, need(need_id="N3", street="滨河街道", service_codes="EL-01", beneficiary_codes="B03")
    )
    table.loc[4] = need(need_id="N4", street="")
    result = grouped(tmp_path, table, out=out)
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[0].endswith("1 bundles of 3 needs, of 5")
    assert result.output.splitlines()[1:] == ["  1: no_partner", "  1: no_place"]
    path = tmp_path / out
    written = pd.read_csv(path) if path.suffix == ".csv" else pd.read_excel(path, engine="calamine")
    assert tuple(written.columns) == BUNDLE_COLUMNS
    expected = bundles(table)
    assert written["need_id"].tolist() == expected["need_id"].tolist()
    assert written["bundle_id"].iloc[:3].tolist() == ["B-N0"] * 3
    assert written["people"].iloc[0] == 90
    assert written["service_codes"].iloc[0] == "EL-01"
    pd.DataFrame({"street": ["临江街道"], "neighbour": ["滨河街道"]}).to_csv(
        tmp_path / "sides.csv", index=False
    )
    result = grouped(tmp_path, table, "--neighbours", str(tmp_path / "sides.csv"), out=out)
    assert "1 bundles of 4 needs" in result.output


def test_a_bad_sheet_of_needs_or_neighbours_is_named(tmp_path: Path) -> None:
    result = grouped(tmp_path, several_needs().assign(start_month=[1, 13, 2, 3]))
    sentence = "bad month: file 'needs.csv', row 3, column 'start_month', value '13'"
    assert (result.exit_code, result.output) == (2, f"duijie bundles: {sentence}\n")
    (tmp_path / "sides.csv").write_text("street\n临江街道\n", encoding="utf-8")
    result = grouped(tmp_path, several_needs(), "--neighbours", str(tmp_path / "sides.csv"))
    assert "missing column: file 'sides.csv', column 'neighbour'" in result.output
