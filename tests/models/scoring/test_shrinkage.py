"""Mean and variances of a kind: against a published meta-analysis and statsmodels, not against themselves."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from models.scoring.shrinkage import LEAST_BETWEEN, START_COUNTS_AS, START_WITHIN, dersimonian_laird, spread

# Colditz et al. (1994), 13 trials of BCG: tuberculosis and none among the treated, then among the controls.
BCG = np.array(
    [
        (4, 119, 11, 128),
        (6, 300, 29, 274),
        (3, 228, 11, 209),
        (62, 13536, 248, 12619),
        (33, 5036, 47, 5761),
        (180, 1361, 372, 1079),
        (8, 2537, 10, 619),
        (505, 87886, 499, 87892),
        (29, 7470, 45, 7232),
        (17, 1699, 65, 1600),
        (186, 50448, 141, 27197),
        (5, 2493, 3, 2338),
        (27, 16886, 29, 17825),
    ],
    dtype=float,
)
quiet = partial(np.errstate, all="ignore")  # statsmodels divides by a variance it lets fall to 0 or below
EFFECTS = st.lists(st.tuples(st.floats(0, 100), st.floats(0.5, 50)), min_size=2, max_size=12)


def test_the_variance_between_is_that_of_a_published_meta_analysis() -> None:
    """tau² .3088 and mean log risk ratio -.7141, as in Viechtbauer (2010), J. Stat. Softw. 36(3)."""
    ill, well, ill_there, well_there = BCG.T
    treated, controls = ill + well, ill_there + well_there
    effects = np.log((ill / treated) / (ill_there / controls))
    variances = 1 / ill - 1 / treated + 1 / ill_there - 1 / controls
    between = dersimonian_laird(effects, variances)
    weights = 1 / (variances + between)
    assert between == pytest.approx(0.3088, abs=5e-5)
    assert weights @ effects / weights.sum() == pytest.approx(-0.7141, abs=5e-5)


@given(EFFECTS)
def test_the_variance_between_is_that_of_statsmodels(cells: list[tuple[float, float]]) -> None:
    effects, variances = np.array(cells).T
    with quiet():
        expected = max(combine_effects(effects, variances, method_re="chi2").tau2, 0.0)
    assert dersimonian_laird(effects, variances) == pytest.approx(expected, abs=1e-8)


def test_of_one_organisation_nothing_is_said_between() -> None:
    assert dersimonian_laird(np.array([80.0]), np.array([4.0])) == 0


@given(st.lists(st.lists(st.floats(40, 100), min_size=1, max_size=5), min_size=3, max_size=8))
def test_the_mean_of_a_kind_is_the_random_effects_mean_of_statsmodels(points: list[list[float]]) -> None:
    """With fresh marks; the pooled variance is that of an analysis of variance, the starting value in it."""
    marks = [(np.array(each), np.ones(len(each))) for each in points]
    found = spread(marks)
    squares = sum(np.var(each) * len(each) for each in points)
    free = sum(len(each) - 1 for each in points)
    within = (squares + START_COUNTS_AS * START_WITHIN) / (free + START_COUNTS_AS)
    assert found.within == pytest.approx(within)
    means = np.array([np.mean(each) for each in points])
    sizes = np.array([len(each) for each in points])
    with quiet():
        expected = combine_effects(means, within / sizes, method_re="chi2")
    assert found.organisations == len(points)
    if expected.tau2 >= LEAST_BETWEEN:
        assert found.between == pytest.approx(expected.tau2)
        assert found.mean == pytest.approx(expected.mean_effect_re)
    else:
        assert found.between == LEAST_BETWEEN


def test_organisations_that_differ_more_are_held_less_to_their_mean() -> None:
    alike = spread([(np.array([mean - 5, mean + 5]), np.ones(2)) for mean in (79.0, 80.0, 81.0)])
    apart = spread([(np.array([mean - 5, mean + 5]), np.ones(2)) for mean in (60.0, 80.0, 100.0)])
    assert alike.mean == pytest.approx(apart.mean) == pytest.approx(80)
    assert apart.hold < alike.hold
