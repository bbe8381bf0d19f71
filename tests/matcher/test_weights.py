"""The weighting: whole, monotone, and additive to the last bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.features import PRACTICAL
from matcher.reasons import FOR_REASONS, reasons
from matcher.topic import TOPICAL
from matcher.weights import PRACTICAL_SHARE, PRACTICAL_WEIGHTS, SIGNALS, TOPIC_WEIGHTS, contributions, total

UNIT = st.floats(0, 1)
PAIR = st.fixed_dictionaries(dict.fromkeys(SIGNALS, UNIT))


def added(pair: dict[str, float]) -> dict[str, np.ndarray]:
    cells = {name: np.array([[value]]) for name, value in pair.items()}
    return contributions({name: cells[name] for name in TOPICAL}, {name: cells[name] for name in PRACTICAL})


def score(pair: dict[str, float]) -> float:
    return float(total(added(pair))[0, 0])


def test_the_weights_share_out_a_whole() -> None:
    assert sum(TOPIC_WEIGHTS.values()) == pytest.approx(1)
    assert sum(PRACTICAL_WEIGHTS.values()) == pytest.approx(1)
    assert set(TOPIC_WEIGHTS) | set(PRACTICAL_WEIGHTS) == set(SIGNALS)
    assert min(*TOPIC_WEIGHTS.values(), *PRACTICAL_WEIGHTS.values(), PRACTICAL_SHARE) > 0


@given(PAIR, st.sampled_from(SIGNALS), UNIT)
def test_more_agreement_never_lowers_a_score(pair: dict[str, float], name: str, other: float) -> None:
    low, high = sorted([pair[name], other])
    assert score({**pair, name: low}) <= score({**pair, name: high}) + 1e-15


@given(PAIR)
def test_a_score_is_between_nothing_and_one_and_the_sum_of_its_parts(pair: dict[str, float]) -> None:
    parts = [float(part[0, 0]) for part in added(pair).values()]
    assert list(added(pair)) == list(SIGNALS)
    assert sum(parts) == score(pair)
    assert 0 <= score(pair) <= 1 + 1e-12


def test_what_does_not_fit_gains_nothing_by_being_near_and_cheap() -> None:
    nothing = dict.fromkeys(TOPICAL, 0.0)
    assert score({**nothing, **dict.fromkeys(PRACTICAL, 1.0)}) == 0


@given(PAIR)
def test_every_reason_is_a_known_code_and_the_findings_come_last(pair: dict[str, float]) -> None:
    found = reasons(pair, ["price_above_budget"])
    assert found[-1] == "price_above_budget"
    assert set(found[:-1]) <= set(FOR_REASONS)
    assert len(found) == len(set(found))
