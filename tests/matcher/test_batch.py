"""Several processes give exactly what one gives."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from distributed import Client, LocalCluster

from matcher import Matcher
from matcher.batch import match_in_parts
from matcher.command import match
from matcher.index_command import index_command
from matcher.index_file import IndexFileError, save_index
from matcher.weights import STANDARD, Weights
from tests.matcher.tables import catalogue, several_needs

FITTED = Matcher().fit(catalogue())
BENT = Weights({**STANDARD.topic, "characters": 0.2, "codes": 0.76}, STANDARD.practical, 0.3)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    spilled = str(tmp_path_factory.mktemp("dask"))
    with (
        LocalCluster(2, threads_per_worker=1, dashboard_address=None, local_directory=spilled) as cluster,
        Client(cluster) as joined,
    ):
        yield joined


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_index(FITTED, tmp_path / "index")
    return tmp_path / "index"


def many_needs(n: int) -> pd.DataFrame:
    some = several_needs()
    table = pd.concat([some] * (n // len(some) + 1), ignore_index=True).iloc[:n]
    return table.assign(need_id=[f"N{at:03}" for at in range(n)])


@pytest.mark.parametrize("n", [0, 1, 23])
def test_the_parts_are_the_whole(client: Client, folder: Path, n: int) -> None:
    told: list[int] = []
    found = match_in_parts(client, folder, many_needs(n), top=9, refused=True, told=told.append)
    expected = FITTED.match(many_needs(n), top=9, refused=True)
    pd.testing.assert_frame_equal(found, expected)
    assert sum(told) == n


def test_options_reach_the_workers(client: Client, folder: Path) -> None:
    found = match_in_parts(client, folder, several_needs(), top=2, rules=False, weights=BENT)
    expected = Matcher(weights=BENT).fit(catalogue()).match(several_needs(), top=2, rules=False)
    pd.testing.assert_frame_equal(found, expected)


def test_workers_see_a_catalogue_that_was_replaced(client: Client, folder: Path) -> None:
    match_in_parts(client, folder, several_needs())
    smaller = Matcher().fit(catalogue().iloc[:2])
    save_index(smaller, folder)
    found = match_in_parts(client, folder, several_needs())
    pd.testing.assert_frame_equal(found, smaller.match(several_needs()))


def test_a_worker_says_what_is_wrong_with_the_folder(client: Client, folder: Path) -> None:
    (folder / "codes.npy").unlink()
    with pytest.raises(IndexFileError, match=r"codes\.npy"):
        match_in_parts(client, folder, many_needs(3))


def test_the_command_gives_the_same_with_an_index_and_on_a_cluster(client: Client, tmp_path: Path) -> None:
    sheets = {"needs": several_needs(), "services": catalogue()}
    for name, table in sheets.items():
        table.to_csv(tmp_path / f"{name}.csv", index=False)
    services, index = ["--services", str(tmp_path / "services.csv")], ["--index", str(tmp_path / "index")]
    made = CliRunner().invoke(index_command, [*services, "--out", str(tmp_path / "index")])
    assert made.exit_code == 0, made.output
    runs = []
    for source in (services, index, [*index, "--dask", client.scheduler.address]):
        out = tmp_path / "run.csv"
        result = CliRunner().invoke(
            match, ["--needs", str(tmp_path / "needs.csv"), *source, "--out", str(out)]
        )
        assert result.exit_code == 0, result.output
        runs.append(out.read_bytes())
    assert runs[0] == runs[1] == runs[2]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "--services"),
        (["--services", "a.csv", "--index", "b"], "--services"),
        (["--services", "a.csv", "--dask", "tcp://127.0.0.1:1"], "--index"),
    ],
)
def test_a_catalogue_is_told_in_one_way(tmp_path: Path, options: list[str], said: str) -> None:
    result = CliRunner().invoke(match, ["--needs", "n.csv", "--out", str(tmp_path / "run.csv"), *options])
    assert result.exit_code == 2
    assert said in result.output


def test_a_folder_that_is_no_index_is_one_sentence(tmp_path: Path) -> None:
    several_needs().to_csv(tmp_path / "needs.csv", index=False)
    asked = ["--needs", str(tmp_path / "needs.csv"), "--index", str(tmp_path)]
    result = CliRunner().invoke(match, [*asked, "--out", str(tmp_path / "run.csv")])
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert "not an index" in result.output
