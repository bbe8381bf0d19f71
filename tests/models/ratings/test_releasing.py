"""When ratings are released, from their dates alone: together, or 14 days after the first."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ratings.rating import Rating, Side
from models.ratings.releasing import BLIND_FOR, released_at, released_of
from models.ratings.sides import ITEMS, Direction, group
from tests.factories.parties import NOON

MOMENT = timedelta(microseconds=1)
ALL = frozenset(Side)
O, C, P, A = Side.ORGANISATION, Side.COMMUNITY, Side.PURCHASER, Side.AGENCY  # noqa: E741  # the four sides


def rating(direction: Direction, at: datetime = NOON) -> Rating:
    return Rating(by_side=direction[0], about_side=direction[1], given_at=at)


def test_every_side_rates_whom_the_rules_name() -> None:
    assert set(ITEMS) == {(O, C), (O, P), (O, A), (C, O), (C, P), (C, A), (P, O), (P, A)}
    assert "task_list" in ITEMS[C, P]  # whether the department kept to the task list (demand 21)


@pytest.mark.parametrize("pair", [((O, C), (C, O)), ((O, P), (P, O))])
def test_a_pair_is_released_with_its_second_rating(pair: tuple[Direction, Direction]) -> None:
    first, second = rating(pair[0]), rating(pair[1], NOON + timedelta(days=3))
    assert released_of([first, second], ALL, second.given_at - MOMENT) == []
    assert released_of([first, second], ALL, second.given_at) == [first, second]


@pytest.mark.parametrize("direction", ITEMS)
def test_a_rating_nobody_answers_is_released_after_14_days(direction: Direction) -> None:
    alone = [rating(direction)]
    end = NOON + timedelta(days=14)
    assert released_of(alone, ALL, end - MOMENT) == []
    assert released_of(alone, ALL, end) == alone


def test_the_agency_is_told_when_all_three_have_given() -> None:
    given_ = [rating((by, A), NOON + timedelta(days=n)) for n, by in enumerate((O, C, P))]
    assert released_of(given_[:2], ALL, NOON + timedelta(days=2)) == []
    assert released_of(given_, ALL, NOON + timedelta(days=2)) == given_


def test_a_contract_without_a_neighbourhood_waits_for_none() -> None:
    given_ = [rating((O, A)), rating((P, A))]
    assert released_at(given_, ALL) == NOON + BLIND_FOR
    assert released_at(given_, ALL - {C}) == NOON


def test_what_the_committee_says_of_the_department_has_no_counterpart() -> None:
    assert group((C, P)) == {(C, P)}


@given(
    st.dictionaries(st.sampled_from(list(ITEMS)), st.integers(0, 40 * 24), max_size=len(ITEMS)),
    st.integers(0, 60 * 24),
)
def test_released_means_complete_or_old_enough_and_stays_so(hours: dict[Direction, int], now: int) -> None:
    at = NOON + timedelta(hours=now)
    known = [rating(way, NOON + timedelta(hours=n)) for way, n in hours.items() if n <= now]
    shown = {(each.by_side, each.about_side) for each in released_of(known, ALL, at)}
    for way in {(each.by_side, each.about_side) for each in known}:
        mates = [each for each in known if (each.by_side, each.about_side) in group(way)]
        complete = len(group(way)) > 1 and len(mates) == len(group(way))
        old = min(each.given_at for each in mates) + BLIND_FOR <= at
        assert (way in shown) == (complete or old)
    assert shown <= {(e.by_side, e.about_side) for e in released_of(known, ALL, at + timedelta(days=1))}
