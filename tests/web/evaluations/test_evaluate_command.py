"""`duijie evaluate`: the handbook's example, a whole file, and what is wrong said in words."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from models.scoring.indicators import SOURCE
from tests.factories.sheets import best, written
from web.evaluations.evaluate_command import evaluate_command
from web.labels import SENTENCES

ROOT = Path(__file__).parents[3]
HANDBOOK = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```json\n(.*?)```", HANDBOOK, re.DOTALL)
(ANSWER,) = re.findall(r"```text\n(.*?)```", HANDBOOK, re.DOTALL)


def run(data: bytes, *, file: str = "-") -> Result:
    """The command on standard input."""
    return CliRunner().invoke(evaluate_command, [file], input=data)


def test_the_handbooks_example_gives_what_the_handbook_says() -> None:
    result = run(EXAMPLE.encode())
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert {name: found[name] for name in json.loads(f"{{{ANSWER}}}")} == json.loads(f"{{{ANSWER}}}")
    assert {each["code"]: each["points"] for each in found["items"]} == {
        "E1.1": "3.50",
        "E4.1": "0.00",
        "E5.1": "2.67",
        "E5.2": "3.00",
    }


def test_a_whole_set_in_the_file_counts_as_the_default_does(tmp_path: Path) -> None:
    own = best() | {"indicators": json.loads(SOURCE.read_text(encoding="utf-8"))}
    path = tmp_path / "own.json"
    path.write_bytes(written(own))
    assert run(b"", file=str(path)).stdout == run(written(best())).stdout


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (written(best() | {"stage": "end"}), "stage"),
        (written(best() | {"items": {"E1.1": {"points": "5", "evidence": []}}}), 'items["E1.1"].points'),
        (b"{", "line 1, column 2"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_exits_2(data: bytes, place: str) -> None:
    result = run(data)
    assert (result.exit_code, result.stdout) == (2, "")
    chinese, english = result.stderr.split(" / ", 1)
    assert place in chinese
    assert place in english


def test_a_file_that_is_not_there_exits_2() -> None:
    result = run(b"", file="/nowhere/sheet.json")
    assert result.exit_code == 2
    assert "/nowhere/sheet.json" in result.stderr


def test_every_refusal_of_a_file_has_its_sentence() -> None:
    scoring = ROOT / "models" / "scoring"
    source = "".join((scoring / f"{name}.py").read_text() for name in ("document", "indicators", "sheet"))
    codes = set(re.findall(r"\.wrong\(\s*\"(\w+)\"", source))
    assert len(codes) > 10
    assert codes <= set(SENTENCES)
