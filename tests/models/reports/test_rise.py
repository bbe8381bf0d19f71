"""The exact test behind a warning, without a database."""

from hypothesis import given
from hypothesis import strategies as st

from models.reports.rise import ALPHA, LEAST, chance, is_compared, rose

COUNTS = st.integers(0, 60)


def test_the_chance_is_the_binomial_tail() -> None:
    assert chance(6, 0) == 1 / 64
    assert chance(5, 1) == 7 / 64
    assert chance(0, 6) == 1


def test_under_six_together_nothing_is_compared() -> None:
    assert LEAST == 6
    assert not is_compared(5, 0)
    assert rose([(5, 0), (6, 0)]) == [None, 1 / 64]


def test_many_comparisons_ask_for_more() -> None:
    assert rose([(6, 0)]) == [1 / 64]
    quiet = [(5, 5)] * 9
    assert rose([(6, 0), *quiet])[0] is None
    assert rose([(12, 0), *quiet])[0] is not None


@given(st.lists(st.tuples(COUNTS, COUNTS)))
def test_only_what_rose_is_told_and_never_more_surely_than_alone(counts: list[tuple[int, int]]) -> None:
    for (now, before), adjusted in zip(counts, rose(counts), strict=True):
        if adjusted is not None:
            assert now > before
            assert chance(now, before) <= adjusted <= ALPHA


@given(st.lists(st.tuples(COUNTS, COUNTS)), st.integers(1, 5))
def test_what_is_too_little_changes_nothing(counts: list[tuple[int, int]], few: int) -> None:
    assert rose([*counts, (few, 0)]) == [*rose(counts), None]
