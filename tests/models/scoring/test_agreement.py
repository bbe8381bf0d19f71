"""Agreement and leniency, against published tables, scipy, and the algebra that Fleiss and Cohen proved."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from models.scoring.agreement import (
    FEWEST_ITEMS,
    Figure,
    difference_of_means,
    kappa,
    level,
    mean_difference,
)

LEVEL = st.integers(0, 3)
PAIRS = st.lists(st.tuples(LEVEL, LEVEL), min_size=FEWEST_ITEMS, max_size=120)
SCORES = st.lists(st.integers(0, 10000).map(lambda cents: cents / 100), min_size=2, max_size=30)

# The data set `anxiety` of R's package irr, raters 2 and 3, of levels 1 to 6.
SECOND = [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4]
THIRD = [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2]


def test_kappa_is_that_of_a_published_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """`kappa2(anxiety[,2:3], "squared")` of R's irr gives 0.2520325; nobody used 5, so 6 is next to 4."""
    monkeypatch.setattr("models.scoring.agreement.LEVELS", 5)
    place = {used: rank for rank, used in enumerate(sorted({*SECOND, *THIRD}))}
    found = kappa([(place[one], place[other]) for one, other in zip(SECOND, THIRD, strict=True)])
    assert found.n == 20
    assert found.value == pytest.approx(0.2520325, abs=5e-8)


def test_with_two_levels_it_is_the_simple_kappa() -> None:
    """The example of every textbook: fifty proposals, 20 and 15 alike, 5 and 10 not; kappa is 0.4."""
    table = {(0, 0): 20, (0, 1): 5, (1, 0): 10, (1, 1): 15}
    found = kappa([pair for pair, count in table.items() for _ in range(count)])
    assert (found.n, found.value) == (50, pytest.approx(0.4, abs=1e-12))


@given(PAIRS)
def test_kappa_is_one_less_squared_differences_over_those_of_chance(pairs: list[tuple[int, int]]) -> None:
    """Fleiss and Cohen 1973: the quadratic weights make kappa an intraclass correlation."""
    first, second = np.array(pairs, float).T
    assume(len(set(first)) > 1 and len(set(second)) > 1)
    chance = np.var(first) + np.var(second) + (first.mean() - second.mean()) ** 2
    expected = 1 - np.mean((first - second) ** 2) / chance
    found = kappa(pairs)
    assert found.value == pytest.approx(expected, abs=1e-9)
    assert found.low is not None
    assert found.high is not None
    assert -1 <= found.low <= found.value + 1e-9 <= found.high + 2e-9 <= 1 + 3e-9


@given(PAIRS)
def test_kappa_does_not_ask_who_was_first(pairs: list[tuple[int, int]]) -> None:
    turned = kappa([(second, first) for first, second in pairs])
    assert turned.n == kappa(pairs).n
    assert turned.value == pytest.approx(kappa(pairs).value)


def test_the_interval_of_kappa_is_as_wide_as_that_of_a_bootstrap() -> None:
    random = np.random.default_rng(7)
    first = random.integers(0, 4, 400)
    second = np.clip(first + random.integers(-1, 2, 400), 0, 3)

    def of(one: np.ndarray, other: np.ndarray) -> float:
        chance = np.var(one) + np.var(other) + (one.mean() - other.mean()) ** 2
        return float(1 - np.mean((one - other) ** 2) / chance)

    drawn = stats.bootstrap(
        (first, second), of, paired=True, vectorized=False, n_resamples=2000, rng=random, method="percentile"
    ).confidence_interval
    found = kappa(list(zip(first.tolist(), second.tolist(), strict=True)))
    assert found.low == pytest.approx(drawn.low, abs=0.01)
    assert found.high == pytest.approx(drawn.high, abs=0.01)


def test_of_few_items_or_of_one_level_alone_there_is_no_kappa() -> None:
    mixed = [(0, 1), (3, 3)] * (FEWEST_ITEMS // 2)
    assert kappa(mixed[1:]) == Figure(FEWEST_ITEMS - 1)
    assert kappa(mixed).value is not None
    assert kappa([(3, 3)] * 50) == Figure(50)
    assert kappa([(3, 2), (3, 1)] * 25) == Figure(50)
    assert kappa([]) == Figure(0)


@given(SCORES)
def test_a_mean_difference_has_the_interval_of_scipy(differences: list[float]) -> None:
    found = mean_difference(differences)
    assert found.value == pytest.approx(np.mean(differences), abs=1e-9)
    assume(np.ptp(differences) > 0)
    expected = stats.ttest_1samp(differences, 0).confidence_interval()
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-6)


@given(SCORES, SCORES)
def test_a_difference_of_means_has_the_welch_interval_of_scipy(own: list[float], others: list[float]) -> None:
    found = difference_of_means(own, others)
    assert (found.n, found.value) == (len(own), pytest.approx(np.mean(own) - np.mean(others), abs=1e-9))
    assume(np.ptp(own) > 0 and np.ptp(others) > 0)  # scipy warns of a constant sample
    expected = stats.ttest_ind(own, others, equal_var=False).confidence_interval()
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-6)


def test_of_one_there_is_a_figure_and_no_interval_and_of_none_nothing() -> None:
    assert mean_difference([]) == Figure(0)
    assert mean_difference([2.5]) == Figure(1, 2.5)
    assert difference_of_means([90.0], [80.0, 70.0]) == Figure(1, 15.0)
    assert difference_of_means([90.0, 80.0], [70.0]) == Figure(2, 15.0)
    assert difference_of_means([90.0], []) == Figure(1)
    assert difference_of_means([], [90.0]) == Figure(0)
    assert difference_of_means([90.0, 90.0], [80.0, 80.0]) == Figure(2, 10.0)


@pytest.mark.parametrize(
    ("points", "expected"),
    [("0", 0), ("0.66", 0), ("0.67", 1), ("1.99", 1), ("2", 2), ("3.33", 2), ("3.34", 3), ("4", 3)],
)
def test_an_item_lies_in_the_third_that_is_nearest(points: str, expected: int) -> None:
    assert level(Fraction(points), Fraction(4)) == expected
