"""Learning a weighting: toward what was judged, never below zero, and not from too little."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score

from matcher import Matcher
from matcher.command import match
from matcher.learn import LEAST_NEEDS, examine, learn
from matcher.learn_command import learn_command
from matcher.metrics import ndcg
from matcher.weights import STANDARD, Weights
from tests.matcher.tables import SUBJECTS, catalogue, need, service

SAID = {
    "meals": ("老人没人做饭", "天天吃泡饭"),
    "bath": ("浴缸跨不进", "想有人上门助浴"),
    "waste": ("桶边没人守", "垃圾乱扔"),
    "fraud": ("又有老人被骗", "保健品堆了一屋"),
    "dogs": ("遛狗不牵绳", "草坪上都是狗粪"),
}


def asked(times: int) -> pd.DataFrame:
    rows = [
        need(need_id=f"N{number:02}-{subject}", title=title, description=f"{description}，第{number}次说")
        for number in range(times)
        for subject, (title, description) in SAID.items()
    ]
    return pd.DataFrame(rows)


def coded() -> pd.DataFrame:
    """The catalogue, and as many services with the right words and a wrong code that a person picked."""
    wrong = [
        service(service_id=f"W-{name}", title=title, description=description, service_codes="CU-01")
        for name, (title, description) in SUBJECTS.items()
    ]
    return pd.concat([catalogue(), pd.DataFrame(wrong)], ignore_index=True)


def by_code(table: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Right is what has the right code, whatever its words."""
    return {
        need_id: {f"S-{subject}": 3, f"W-{subject}": 0}
        for need_id, subject in table["need_id"].str.split("-").map(lambda parts: (parts[0], parts[1]))
        for need_id in [f"{need_id}-{subject}"]
    }


def test_what_tells_better_from_worse_gains_weight() -> None:
    table = asked(5)
    lesson = learn(Matcher().fit(coded()), table, by_code(table))
    assert lesson.enough
    assert lesson.needs == len(table)
    assert lesson.weights.topic["codes"] > STANDARD.topic["codes"]
    assert lesson.after >= lesson.before


def test_a_learned_score_is_the_share_that_would_be_accepted() -> None:
    table = asked(5)
    fitted = Matcher().fit(coded())
    learned = learn(fitted, table, by_code(table)).weights
    run = Matcher(weights=learned).fit(coded()).match(table, top=16, rules=False)
    right = [row.service_id == f"S-{row.need_id.split('-')[1]}" for row in run.itertuples()]
    scores = run["score"].to_numpy()
    assert scores[right].min() > scores[~np.array(right)].max()
    assert np.mean((scores - np.array(right)) ** 2) < 0.05


@pytest.mark.parametrize(("times", "enough"), [(LEAST_NEEDS // 5, True), (LEAST_NEEDS // 5 - 1, False)])
def test_too_little_teaches_nothing(times: int, enough: bool) -> None:
    table = asked(times)
    lesson = learn(Matcher().fit(coded()), table, by_code(table))
    assert lesson.enough is enough
    assert (lesson.weights == STANDARD) is not enough


def test_what_was_judged_and_is_not_in_the_catalogue_is_passed_over() -> None:
    table = asked(4)
    grades = {need_id: {**its, "S-gone": 3} for need_id, its in by_code(table).items()}
    assert learn(Matcher().fit(coded()), table, grades).needs == len(table)


def test_a_weighting_is_examined_on_needs_it_had_not_seen() -> None:
    table, fitted = asked(6), Matcher().fit(coded())
    taught, later = table.iloc[:20], table.iloc[20:]
    learned = learn(fitted, taught, by_code(taught)).weights
    for weights in (STANDARD, learned):
        found, many = examine(fitted, later, by_code(later), weights)
        run = Matcher(weights=weights).fit(coded()).match(later, top=16, rules=False)
        right = run["service_id"].to_numpy() == ("S-" + run["need_id"].str.split("-").str[1]).to_numpy()
        expected = [1 / np.log2(1 + rank) for rank in run.loc[right, "rank"]]
        assert many == len(later) == 10
        assert found == pytest.approx(np.mean(expected))
    alike = {need_id: {"S-meals": 2, "S-bath": 2} for need_id in later["need_id"]}
    assert examine(fitted, later.iloc[:0], alike, STANDARD) == (0.0, 0)


@given(st.lists(st.integers(0, 3), min_size=2, max_size=20), st.randoms())
def test_ndcg_is_that_of_the_books(grades: list[int], random: object) -> None:
    shuffled = list(grades)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    scores = -np.arange(len(shuffled), dtype=float)
    gains = 2.0 ** np.array(shuffled) - 1
    expected = ndcg_score([gains], [scores], k=10) if gains.any() else 0.0
    assert ndcg(shuffled, grades) == pytest.approx(expected)


def run(folder: Path, judged: pd.DataFrame) -> Result:
    paths = {name: folder / f"{name}.csv" for name in ("needs", "services", "judgments")}
    for name, table in zip(paths, (asked(4), coded(), judged), strict=True):
        table.to_csv(paths[name], index=False)
    options = [part for name, path in paths.items() for part in (f"--{name}", str(path))]
    return CliRunner().invoke(learn_command, [*options, "--out", str(folder / "weights.json")])


def sheet() -> pd.DataFrame:
    grades = by_code(asked(4))
    rows = [
        (need_id, service_id, grade) for need_id, its in grades.items() for service_id, grade in its.items()
    ]
    return pd.DataFrame(rows, columns=["need_id", "service_id", "grade"])


def test_a_weighting_goes_from_reviews_to_the_next_run(tmp_path: Path) -> None:
    decided = sheet().assign(decision=lambda table: table["grade"].map({3: "accept", 0: "Reject"}))
    result = run(tmp_path, decided.drop(columns="grade"))
    assert result.exit_code == 0, result.output
    assert "learned from 20 needs" in result.output
    learned = Weights.read(tmp_path / "weights.json")
    assert learned.topic["codes"] > STANDARD.topic["codes"]
    files = [f"--{name}={tmp_path / name}.csv" for name in ("needs", "services")]
    options = [
        *files,
        f"--out={tmp_path / 'run.csv'}",
        "--no-rules",
        f"--weights={tmp_path / 'weights.json'}",
    ]
    assert CliRunner().invoke(match, options).exit_code == 0
    first = pd.read_csv(tmp_path / "run.csv")
    expected = Matcher(weights=learned).fit(coded()).match(asked(4), rules=False)
    assert first["score"].to_numpy() == pytest.approx(expected["score"].to_numpy())


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (
            sheet().assign(grade="maybe"),
            "bad grade: file 'judgments.csv', row 2, column 'grade', value 'maybe'",
        ),
        (sheet().assign(grade="1.5"), "bad grade"),
        (sheet().drop(columns="grade"), "missing column: file 'judgments.csv', column 'decision'"),
        (sheet().head(6), "too little to learn from: needs 3, least 20"),
    ],
)
def test_what_cannot_be_learned_from_is_one_sentence(
    tmp_path: Path, table: pd.DataFrame, sentence: str
) -> None:
    result = run(tmp_path, table)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert not (tmp_path / "weights.json").exists()


def test_a_file_that_is_no_weighting_is_one_sentence(tmp_path: Path) -> None:
    run(tmp_path, sheet())
    (tmp_path / "weights.json").write_text(json.dumps({"topic": {}}))
    files = [f"--{name}={tmp_path / name}.csv" for name in ("needs", "services")]
    options = [*files, f"--out={tmp_path / 'run.csv'}", f"--weights={tmp_path / 'weights.json'}"]
    result = CliRunner().invoke(match, options)
    assert (result.exit_code, "not a weighting" in result.stderr) == (2, True)
