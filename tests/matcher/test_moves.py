"""What would move a service up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import SIGNALS, Matcher
from matcher.moves import losses, short_of_all
from tests.matcher import tables

SHARES = st.fixed_dictionaries({name: st.floats(0, 1) for name in SIGNALS})


@given(SHARES, SHARES)
def test_losses_are_the_greatest_and_fall(mine: dict[str, float], others: dict[str, float]) -> None:
    found = losses(mine, others, most=3)
    lost = list(found.values())
    assert lost == sorted(lost, reverse=True)
    assert all(found[name] == others[name] - mine[name] > 0 for name in found)
    least = lost[-1] if len(found) == 3 else 0.01
    assert all(others[name] - mine[name] <= least for name in set(SIGNALS) - set(found))


@given(SHARES)
def test_nothing_is_lost_against_oneself(mine: dict[str, float]) -> None:
    assert losses(mine, mine) == {}


def test_what_is_lost_and_what_is_gained_make_the_difference_of_the_scores() -> None:
    matcher = Matcher().fit(tables.catalogue())
    first, second = matcher.explain_each(tables.need(), ["S-meals", "S-bath"])
    lost = losses(second.contributions, first.contributions, most=len(SIGNALS))
    gained = losses(first.contributions, second.contributions, most=len(SIGNALS))
    assert sum(lost.values()) - sum(gained.values()) == pytest.approx(
        first.score - second.score, abs=0.01 * len(SIGNALS)
    )


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_what_there_is_and_what_is_short_make_the_whole(has: int, lacking: int) -> None:
    assert short_of_all(has, has / (has + lacking)) == pytest.approx(lacking)


def test_of_nothing_the_whole_is_not_known() -> None:
    assert short_of_all(0, 0.0) is None
