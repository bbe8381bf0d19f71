"""Sizes and shares of samples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.surveys.sampling import allocate, sample_size

CODES = [f"B{number:02}" for number in range(1, 21)]
SIZES = st.dictionaries(st.sampled_from(CODES), st.integers(1, 900), min_size=1)


@pytest.mark.parametrize(
    ("people", "asked"),
    [(1, 1), (29, 29), (30, 30), (31, 30), (300, 30), (301, 31), (310, 31), (311, 32), (4000, 400)],
)
def test_thirty_or_a_tenth_rounded_up_or_all_under_thirty(people: int, asked: int) -> None:
    assert sample_size(people) == asked


def test_largest_remainders_take_the_rest() -> None:
    # Quotas of 30: 15.9, 9.3, 4.8; the two largest remainders are those of the first and the last.
    assert allocate({"B02": 53, "B03": 31, "B18": 16}, 30) == {"B02": 16, "B03": 9, "B18": 5}


def test_equal_remainders_go_by_the_code() -> None:
    assert allocate({"B03": 15, "B02": 15, "B18": 15}, 31) == {"B02": 11, "B03": 10, "B18": 10}


def test_nobody_s_group_is_left_out() -> None:
    assert allocate({"B02": 998, "B13": 1, "B14": 1}, 100) == {"B02": 98, "B13": 1, "B14": 1}


@given(SIZES)
def test_a_share_is_at_least_one_at_most_all_and_close_to_its_quota(sizes: dict[str, int]) -> None:
    people = sum(sizes.values())
    total = sample_size(people)
    given_ = allocate(sizes, total)
    assert sum(given_.values()) == total
    assert all(1 <= given_[code] <= size for code, size in sizes.items())
    raised = sum(total * size < people for size in sizes.values())
    for code, size in sizes.items():
        assert given_[code] < total * size / people + 1 + 1e-9
        assert given_[code] > total * size / people - 1 - raised - 1e-9
