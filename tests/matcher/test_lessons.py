"""What was learned once is read by whoever learns the same, and a broken cache costs time only."""

from pathlib import Path

import numpy as np
import pytest

from matcher import lessons
from matcher.codemap import CodeMap, labels
from matcher.grams import counts_of_fields
from matcher.lessons import recalled

TEXTS = ("送餐上门", "送饭到家", "上门洗澡", "助浴")
CODES = labels([{"A"}, {"A"}, {"B"}, {"B"}], {"A": 0, "B": 1})
ALIKE = np.ones(len(TEXTS))
GRAMS = counts_of_fields([(TEXTS, 1.0)])


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(lessons.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / "duijie"


def evidence(model: CodeMap) -> list[list[float]]:
    told: list[list[float]] = model.decision_function(
        counts_of_fields([(["老人要送餐", "洗澡"], 1.0)])
    ).tolist()
    return told


def test_what_is_read_is_what_was_learned(folder: Path) -> None:
    fitted = CodeMap().fit(GRAMS, CODES, ALIKE)
    learned = recalled(CodeMap(), GRAMS, CODES, ALIKE)
    assert len(list(folder.iterdir())) == 1
    read = recalled(CodeMap(), GRAMS, CODES, ALIKE)
    assert evidence(read) == evidence(learned) == evidence(fitted)


def test_the_second_reads_and_does_not_learn(folder: Path) -> None:
    recalled(CodeMap(), GRAMS, CODES, ALIKE)
    (path,) = folder.iterdir()
    np.save(path, np.zeros_like(np.load(path)))
    assert evidence(recalled(CodeMap(), GRAMS, CODES, ALIKE)) == [[0.0, 0.0], [0.0, 0.0]]


def test_another_lesson_has_another_name(folder: Path) -> None:
    recalled(CodeMap(), GRAMS, CODES, ALIKE)
    recalled(CodeMap(alpha=1.0), GRAMS, CODES, ALIKE)
    recalled(CodeMap(), GRAMS, CODES, ALIKE * 2)
    recalled(CodeMap(), GRAMS, CODES[::-1].copy(), ALIKE)
    assert len(list(folder.iterdir())) == 4


@pytest.mark.parametrize("broken", [b"", b"not numbers", b"\x93NUMPY\x01\x00"])
def test_a_broken_file_is_learned_again(folder: Path, broken: bytes) -> None:
    expected = evidence(recalled(CodeMap(), GRAMS, CODES, ALIKE))
    (path,) = folder.iterdir()
    path.write_bytes(broken)
    assert evidence(recalled(CodeMap(), GRAMS, CODES, ALIKE)) == expected
    assert path.read_bytes() != broken


def test_where_nothing_can_be_kept_it_is_learned(folder: Path) -> None:
    folder.parent.write_text("a file, no folder")
    assert evidence(recalled(CodeMap(), GRAMS, CODES, ALIKE)) == evidence(CodeMap().fit(GRAMS, CODES, ALIKE))
