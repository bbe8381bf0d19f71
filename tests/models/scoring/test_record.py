"""The track record: shrunk, aged, and moved by no single evaluation beyond a bound."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scoring.composition import compose
from models.scoring.deviation import Evaluators
from models.scoring.record import CODE, DOMAIN, EVERYWHERE, STARTING, Mark, Parameters
from models.scoring.recording import STANDARD, codes_with_records, records
from models.scoring.shrinkage import START

TODAY = date(2027, 12, 1)


def mark(
    organisation: str, points: float, *, code: str = "EL-01", evaluator: str = "E1", days: int = 0
) -> Mark:
    source = f"{organisation}-{points}-{days}-{evaluator}"
    return Mark(source, organisation, code, code[:2], evaluator, points, TODAY - timedelta(days=days))


def marks(draw_evaluators: int = 3) -> st.SearchStrategy[list[Mark]]:
    one = st.builds(
        mark,
        st.sampled_from("ABCDEF"),
        st.floats(0, 100),
        code=st.sampled_from(["EL-01", "EL-02", "YO-01"]),
        evaluator=st.sampled_from([f"E{number}" for number in range(draw_evaluators)]),
        days=st.integers(0, 2000),
    )
    return st.lists(one, min_size=1, max_size=25)


PEERS = [mark(name, points) for name, points in (("B", 70), ("C", 80), ("D", 90), ("E", 80))]


@given(marks())
def test_every_figure_of_a_record_can_be_worked_out_again_from_its_lines(given_marks: list[Mark]) -> None:
    for (organisation, code), record in records(given_marks, TODAY).items():
        assert {line.mark.organisation for line in record.lines} == {organisation}
        weights = [0.5 ** ((TODAY - line.mark.on).days / 730) for line in record.lines]
        low, high = record.spread.mean - 15, record.spread.mean + 15
        counted = [
            np.clip(np.clip(line.mark.points - line.deviation, 0, 100), low, high) for line in record.lines
        ]
        hold = max(record.spread.within / record.spread.between, 2)
        whole = hold * record.spread.mean + np.dot(weights, counted)
        assert record.points == pytest.approx(whole / (hold + sum(weights)))
        assert record.allowance == pytest.approx(hold / (hold + sum(weights)))
        assert record.code == code


@given(marks(), st.data())
def test_no_single_evaluation_moves_the_record_it_is_about_beyond_the_bound(
    given_marks: list[Mark], data: st.DataObject
) -> None:
    """Whatever it says, and whether it is there at all: what it is held to is of other organisations."""
    at = data.draw(st.integers(0, len(given_marks) - 1))
    one = given_marks[at]
    other = replace(one, points=data.draw(st.floats(0, 100)))
    without = [*given_marks[:at], *given_marks[at + 1 :]]
    key = one.organisation, one.code
    before, changed = (records(each, TODAY)[key] for each in (given_marks, [*without, other]))
    assert abs(before.points - changed.points) <= STANDARD.most_from_one + 1e-9
    left = records(without, TODAY).get(key)
    if left is not None:
        assert abs(before.points - left.points) <= STANDARD.most_from_one + 1e-9
    else:
        assert abs(before.points - before.spread.mean) <= STANDARD.most_from_one + 1e-9


@given(marks())
def test_the_order_in_which_evaluations_are_read_says_nothing(given_marks: list[Mark]) -> None:
    there, back = records(given_marks, TODAY), records(given_marks[::-1], TODAY)
    assert {key: record.points for key, record in there.items()} == pytest.approx(
        {key: record.points for key, record in back.items()}
    )


def test_a_record_is_shrunk_towards_the_mean_of_its_kind_less_with_every_evaluation() -> None:
    points = [
        records([*PEERS, *(mark("A", 90, days=number) for number in range(many))], TODAY)["A", "EL-01"].points
        for many in (1, 2, 10)
    ]
    assert 80 < points[0] < points[1] < points[2] < 90


@pytest.mark.parametrize("days", [0, 730, 1460])
def test_an_evaluation_counts_half_after_each_half_life(days: int) -> None:
    (line,) = records([mark("A", 90, days=days)], TODAY)["A", "EL-01"].lines
    assert line.weight == pytest.approx(0.5 ** (days / 730))
    (line,) = records([mark("A", 90, days=days)], TODAY, Parameters(half_life=365))["A", "EL-01"].lines
    assert line.weight == pytest.approx(0.25 ** (days / 730))


def test_without_others_the_starting_values_stand_for_the_kind() -> None:
    record = records([mark("A", 60)], TODAY)["A", "EL-01"]
    assert (record.level, record.spread) == (STARTING, START)
    # (2.56 x 80 + 65) / 3.56: 60 is further than 15 points from 80, and counts as 65.
    assert record.points == pytest.approx((64 / 25 * 80 + 65) / (64 / 25 + 1))


@pytest.mark.parametrize(
    ("others", "level"),
    [
        (["EL-01", "EL-01", "EL-01"], CODE),
        (["EL-01", "EL-01", "EL-02"], DOMAIN),
        (["EL-01", "EL-01", "YO-01"], EVERYWHERE),
        (["EL-01", "EL-01"], STARTING),
    ],
)
def test_the_kind_is_the_nearest_one_with_three_other_organisations(others: list[str], level: str) -> None:
    peers = [mark(f"P{number}", 85, code=code) for number, code in enumerate(others)]
    assert records([mark("A", 90), *peers], TODAY)["A", "EL-01"].level == level
    assert codes_with_records([mark("A", 90), *peers]) >= ({"EL-01"} if level != STARTING else set())


def test_the_deviation_of_a_severe_evaluator_is_taken_out() -> None:
    """Two organisations alike, one marked by whoever is ten points below the other for the same services."""
    lenient = [mark(f"L{number}", 85, evaluator="E1") for number in range(12)]
    severe = [mark(f"S{number}", 75, evaluator="E2") for number in range(12)]
    given_marks = [*lenient, *severe, mark("A", 85, evaluator="E1"), mark("B", 75, evaluator="E2")]
    found = records(given_marks, TODAY)
    (one,), (other,) = found["A", "EL-01"].lines, found["B", "EL-01"].lines
    # Five below the mean of all; twelve deviations over 12 + 3.
    assert other.deviation == pytest.approx(-12 * 5 / 15, abs=0.2)
    assert (
        abs(found["A", "EL-01"].points - found["B", "EL-01"].points) < 2 < one.mark.points - other.mark.points
    )


def test_of_an_evaluator_only_what_others_got_is_asked() -> None:
    alone = [*PEERS, mark("A", 20, evaluator="E9"), mark("A", 25, evaluator="E9", days=9)]
    assert {line.deviation for line in records(alone, TODAY)["A", "EL-01"].lines} == {0.0}
    assert Evaluators(alone, 3).deviations()["E9"] < 0


def test_an_allowance_is_whole_for_a_newcomer_and_fades() -> None:
    few = records([*PEERS, mark("A", 80)], TODAY)["A", "EL-01"]
    many = records([*PEERS, *(mark("A", 80, days=number) for number in range(8))], TODAY)["A", "EL-01"]
    assert 0 < many.allowance < few.allowance < STANDARD.allowance
    assert codes_with_records(PEERS[:2]) == frozenset()
    assert codes_with_records(PEERS) == {"EL-01"}


def test_a_contract_is_its_evaluation_its_acceptance_and_its_ratings_by_their_shares() -> None:
    assert compose(80).points == 80
    assert compose(80, accepted=1.0, rating=4).points == pytest.approx(0.7 * 80 + 0.15 * 100 + 0.15 * 75)
    assert compose(80, accepted=0.5).points == pytest.approx((0.7 * 80 + 0.15 * 50) / 0.85)
    assert compose(80, upheld=1).points == 75
    assert compose(80, upheld=5).points == 70
    assert compose(5, upheld=5).points == 0
    assert compose(90, accepted=1.0, rating=5, vetoed=True).points == 0
