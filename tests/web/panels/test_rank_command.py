"""`duijie rank`: the report on standard output, or one sentence on standard error."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from models import document
from models.panels import ranking
from models.panels.ranking.report import recompute
from tests.factories.ranking import content, written
from web.cli import cli
from web.labels.panels import SENTENCES
from web.panels.example import EXAMPLE

OF_THE_DOOR = {"rank_nothing_given", "rank_too_large", "rank_not_readable"}
"""What the page and the command refuse before there is a file to read."""


def run(*arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(cli, ["rank", *arguments], input=given)


def test_a_file_and_standard_input_give_the_report_to_the_byte(tmp_path: Path) -> None:
    data = written(content())
    file = tmp_path / "ranking.json"
    file.write_bytes(data)
    for result in (run(str(file)), run("-", given=data)):
        assert result.exit_code == 0
        assert result.stdout_bytes == recompute(data)
        assert result.stderr == ""


def test_the_report_is_indented_by_two_and_chinese_stays_chinese() -> None:
    given = content()
    given["bids"][0]["id"] = "芦花社工"
    out = run("-", given=written(given)).stdout
    assert out.startswith('{\n  "outcome": "ranked",\n')
    assert '"id": "芦花社工"' in out


def test_the_example_of_the_page_is_ranked() -> None:
    found = json.loads(run("-", given=EXAMPLE.encode()).stdout)
    assert (found["outcome"], found["reason"]) == ("ranked", None)
    assert [(each["id"], each["total"]) for each in found["bids"]] == [
        ("b2", "87.5000"),
        ("b1", "82.7500"),
        ("b3", "82.6500"),
    ]


@pytest.mark.parametrize(
    ("given", "place", "said"),
    [
        (written(content(budget="1e9")), "budget", 'budget: "1e9" is not an amount'),
        (
            written(content(price_weight="0.05")),
            "price_weight",
            "the weights with the price weight sum to 0.95",
        ),
        (b"{", "line 1, column 2", "from here on this is not JSON"),
        (b"\xff", "byte 1", "from here on this is not UTF-8 text"),
        (b"[" * 100_000, "JSON", "nested too deep"),
        (b'{"method": 1, "method": 2}', "method", "written twice"),
    ],
)
def test_what_is_wrong_is_one_sentence_with_its_place_and_exits_2(
    given: bytes, place: str, said: str
) -> None:
    result = run("-", given=given)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith(f"{place}")
    assert said in result.stderr


def test_a_price_weight_out_of_range_names_its_rule() -> None:
    criteria = [{"id": "c1", "weight": "0.69", "max": "100"}]
    given = content(method="competitive_consultation", price_weight="0.31", criteria=criteria)
    result = run("-", given=written(given))
    assert result.exit_code == 2
    assert "0.31 is not within 0.1 to 0.3, as this method asks (R41)" in result.stderr


@pytest.mark.parametrize("name", ["absent.json", ".", "\0"])
def test_a_file_that_cannot_be_opened_is_said_in_one_sentence(tmp_path: Path, name: str) -> None:
    result = run(str(tmp_path / name))
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "this file cannot be opened" in result.stderr


def test_every_refusal_of_a_file_has_its_sentence_which_begins_with_the_place() -> None:
    source = "".join(path.read_text() for path in Path(ranking.__path__[0]).glob("*.py"))
    reader = re.findall(r"refused\(\"(\w+)\"", Path(document.__file__).read_text())
    codes = {*re.findall(r'"(rank_\w+)"', source), *(f"rank_{code}" for code in reader)}
    assert codes == {code for code in SENTENCES if code.startswith("rank_")} - OF_THE_DOOR
    assert all(str(SENTENCES[code]).startswith("%(place)s：") for code in codes)
