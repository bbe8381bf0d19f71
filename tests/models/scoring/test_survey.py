"""A survey's figures, checked against published ones and against scipy: never against themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from models.scoring.survey import (
    LEAST_IN_STRATUM,
    LEAST_VALID,
    Sheet,
    small_strata,
    survey_result,
    tally,
    wilson,
)

STRATA = st.sampled_from(["B02", "B03", "B04", "B18", None])
VALUES = st.dictionaries(st.sampled_from("abcde"), st.none() | st.integers(1, 5), min_size=1)


@pytest.mark.parametrize(
    ("satisfied", "valid", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, table I: Wilson's score interval without correction.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_that_of_the_literature(satisfied: int, valid: int, low: float, high: float) -> None:
    assert wilson(satisfied, valid) == pytest.approx((low, high), abs=0.00005)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_that_of_scipy(counts: tuple[int, int]) -> None:
    satisfied, valid = counts
    theirs = binomtest(satisfied, valid).proportion_ci(0.95, method="wilson")
    assert wilson(satisfied, valid) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_an_answer_is_satisfied_from_four_on() -> None:
    assert tally([3.99, 4.0, 4.01, 5.0]).satisfied == 3


def test_under_twenty_valid_answers_a_survey_is_not_rated() -> None:
    sheets = [Sheet("B02", {"quality": 5})] * (LEAST_VALID - 1)
    blank = Sheet("B02", {"quality": None})
    before = survey_result([*sheets, blank], invited=40)
    assert (before.is_rated, before.answered, before.valid) == (False, 20, 19)
    assert (before.items, before.strata) == ({}, {})
    after = survey_result([*sheets, Sheet("B02", {"quality": 1})], invited=40)
    assert after.overall is not None
    assert (after.overall.valid, after.overall.mean, after.overall.satisfied) == (20, 4.8, 19)


def test_whoever_does_not_know_counts_as_answered_and_not_as_valid() -> None:
    rated = [Sheet("B02", {"quality": 4, "help": None})] * 20
    found = survey_result([*rated, *[Sheet("B02", {"quality": None, "help": None})] * 5], invited=50)
    assert (found.answered, found.valid, found.response_rate) == (25, 20, 0.5)
    assert list(found.items) == ["quality"]


def test_a_survey_of_nobody_has_no_figures() -> None:
    found = survey_result([], invited=0)
    assert (found.response_rate, found.overall) == (0.0, None)


def test_a_small_stratum_takes_the_next_one_with_it() -> None:
    assert small_strata({"B02": 20, "B03": 6, "B18": 4}) == {"B18", "B03"}
    assert small_strata({"B02": 20, "B03": 6, "B18": 5}) == frozenset()
    assert small_strata({"B02": 20, "B03": 3, "B18": 2}) == {"B03", "B18"}


@given(st.dictionaries(st.sampled_from([f"B{n:02}" for n in range(1, 21)]), st.integers(0, 40)))
def test_nothing_small_can_be_had_by_subtraction(counts: dict[str, int]) -> None:
    small = small_strata(counts)
    assert all(counts[each] >= LEAST_IN_STRATUM for each in counts if each not in small)
    together = sum(counts[each] for each in small)
    assert not together or together >= LEAST_IN_STRATUM or small == set(counts)


@given(st.lists(st.builds(Sheet, STRATA, VALUES), max_size=80), st.integers(80, 400))
def test_parts_add_up_to_the_whole_and_none_is_small(sheets: list[Sheet], invited: int) -> None:
    found = survey_result(sheets, invited)
    assert found.answered == len(sheets)
    if found.overall is None:
        assert found.valid < LEAST_VALID
        return
    parts = found.strata.values()
    assert all(part.valid >= LEAST_IN_STRATUM for part in parts)
    assert sum(part.valid for part in parts) == found.valid
    assert sum(part.satisfied for part in parts) == found.overall.satisfied
    assert found.overall.low <= found.overall.share <= found.overall.high
