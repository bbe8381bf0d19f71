"""The weighting: whole, monotone, and additive to the last bit."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.features import EVALUATIONS, PRACTICAL, RECORD
from matcher.reasons import FOR_REASONS, reasons
from matcher.topic import TOPICAL
from matcher.weights import SIGNALS, STANDARD, WITH_MEANING, Weights, total

UNIT = st.floats(0, 1)
PAIR = st.fixed_dictionaries(dict.fromkeys(SIGNALS, UNIT))
BENT = replace(STANDARD, knots=((0.0, 0.0), (0.3, 0.05), (0.5, 0.7), (1.0, 0.95)))


def added(pair: dict[str, float]) -> dict[str, np.ndarray]:
    cells = {name: np.array([[value]]) for name, value in pair.items()}
    topical, practical = ({name: cells[name] for name in names} for names in (TOPICAL, (*PRACTICAL, RECORD)))
    return BENT.contributions(topical, practical)


def score(pair: dict[str, float]) -> float:
    return float(total(added(pair))[0, 0])


def test_the_weights_share_out_a_whole() -> None:
    assert sum(STANDARD.topic.values()) == pytest.approx(1)
    assert sum(STANDARD.practical.values()) == pytest.approx(1)
    assert {*STANDARD.topic, *STANDARD.practical, RECORD} == set(SIGNALS)
    assert STANDARD.topic["meaning"] == 0  # without an encoder; with one it counts
    assert min(*WITH_MEANING.topic.values(), *STANDARD.practical.values(), STANDARD.practical_share) > 0


@pytest.mark.parametrize(
    "change",
    [
        {"topic": {**STANDARD.topic, "codes": -0.1}},
        {"topic": {"codes": 1.0}},
        {"record": -0.1},
        {"record": 0.6},
        {"knots": ((0.0, 0.0), (0.5, 0.9), (1.0, 0.8))},
        {"knots": ((0.0, 0.0), (0.5, 0.5), (0.9, 0.5), (1.0, 0.9))},
        {"knots": ((0.0, 0.1), (1.0, 1.0))},
        {"knots": ((0.0, 0.0), (1.0, 1.5))},
    ],
)
def test_what_could_lower_a_score_is_no_weighting(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"weights|knots"):
        replace(STANDARD, **change)


def test_a_weighting_can_be_kept_and_read_again(tmp_path: Path) -> None:
    BENT.write(tmp_path / "weights.json")
    again = Weights.read(tmp_path / "weights.json")
    assert again == BENT
    assert again.digest == BENT.digest != STANDARD.digest
    (tmp_path / "weights.json").write_text('{"topic": 1}')
    with pytest.raises(ValueError, match="not a weighting"):
        Weights.read(tmp_path / "weights.json")


@given(PAIR, st.sampled_from(SIGNALS), UNIT)
def test_more_agreement_never_lowers_a_score(pair: dict[str, float], name: str, other: float) -> None:
    low, high = sorted([pair[name], other])
    assert score({**pair, name: low}) <= score({**pair, name: high}) + 1e-12


@given(PAIR)
def test_a_score_is_between_nothing_and_one_and_the_sum_of_its_parts(pair: dict[str, float]) -> None:
    parts = [float(part[0, 0]) for part in added(pair).values()]
    assert list(added(pair)) == list(SIGNALS)
    assert sum(parts) == score(pair)
    assert 0 <= score(pair) <= 1 + 1e-12


def test_what_does_not_fit_gains_nothing_by_being_near_and_cheap() -> None:
    nothing = dict.fromkeys(TOPICAL, 0.0)
    assert score({**nothing, **dict.fromkeys((*PRACTICAL, RECORD), 1.0)}) == 0


@given(PAIR)
def test_who_is_as_the_mean_of_its_kind_or_has_no_record_neither_gains_nor_loses(
    pair: dict[str, float],
) -> None:
    parts = added({**pair, RECORD: 0.5})
    assert parts[RECORD] == 0
    without = replace(BENT, record=0.0)
    cells = {name: np.array([[value]]) for name, value in pair.items()}
    topical, practical = ({name: cells[name] for name in names} for names in (TOPICAL, (*PRACTICAL, RECORD)))
    switched_off = without.contributions(topical, practical)
    assert {name: part.item() for name, part in parts.items()} == {
        name: part.item() for name, part in switched_off.items()
    }


@given(PAIR)
def test_a_record_moves_what_is_weighed_by_its_share_of_the_topic_at_most(pair: dict[str, float]) -> None:
    cells = {name: np.array([value]) for name, value in pair.items()}
    straight = replace(BENT, knots=((0.0, 0.0), (1.0, 1.0)))
    topical, practical = ({name: cells[name] for name in names} for names in (TOPICAL, (*PRACTICAL, RECORD)))
    topic = sum(straight.topic[name] * pair[name] for name in TOPICAL)
    (moved,) = straight.contributions(topical, practical)[RECORD]
    assert abs(moved) <= straight.record * topic + 1e-9
    assert moved * (pair[RECORD] - 0.5) >= 0


@pytest.mark.parametrize(
    ("record", "evaluations", "code"),
    [
        (0.56, 1, "good_record"),
        (0.54, 1, "record_as_others"),
        (0.46, 1, "record_as_others"),
        (0.44, 1, "poor_record"),
        (0.56, 0, "newcomer"),
        (0.5, 0, None),
    ],
)
def test_a_record_is_said_by_how_far_it_is_from_the_mean(
    record: float, evaluations: int, code: str | None
) -> None:
    found = reasons({**dict.fromkeys(SIGNALS, 0.3), RECORD: record, EVALUATIONS: evaluations}, [])
    told = [each for each in found if each == "newcomer" or "record" in each]
    assert told == ([code] if code else [])


@given(PAIR, st.integers(0, 3))
def test_every_reason_is_a_known_code_and_the_findings_come_last(
    pair: dict[str, float], evaluations: int
) -> None:
    found = reasons({**pair, EVALUATIONS: evaluations}, ["price_above_budget"])
    assert found[-1] == "price_above_budget"
    assert set(found[:-1]) <= set(FOR_REASONS)
    assert len(found) == len(set(found))
