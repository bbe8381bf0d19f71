"""Who is seen: shares and concentration, with what is not known told apart."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import Matcher, SheetError
from matcher.exposure import Known, exposure, gini, hhi, shares
from tests.matcher.tables import catalogue, several_needs

AMOUNTS = st.lists(st.floats(0, 1e6).map(lambda value: round(value, 3)), max_size=20)
SOME = AMOUNTS.filter(any)
SERVICES = pd.DataFrame(
    [
        ("A1", "OA", "yes", "no", "东区"),
        ("A2", "OA", "yes", "", "东区"),
        ("B1", "OB", "no", "", ""),
        ("C1", "OC", "", "", "西区"),
    ],
    columns=["service_id", "org_id", "newcomer", "small", "org_district"],
)


def listed(*rows: tuple[object, ...], columns: tuple[str, ...] = ()) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["need_id", "service_id", "rank", *columns])


RUN = listed(("N1", "A1", 1), ("N1", "B1", 3), ("N2", "A2", 1), ("N2", "B1", 2), ("N2", "A1", 3))


def test_exposure_falls_with_the_logarithm_of_the_rank() -> None:
    report = exposure(RUN, SERVICES)
    table = report.organisations
    assert table["org_id"].tolist() == ["OA", "OB", "OC"]
    assert table["places"].tolist() == [3, 2, 0]
    assert table["exposure"].tolist() == pytest.approx([2.5, 0.5 + 1 / np.log2(3), 0])
    assert report.unseen == ("OC",)
    assert report.gini == gini(table["exposure"])
    assert report.hhi == hhi(table["exposure"])


def test_beyond_k_and_refused_nobody_is_seen() -> None:
    run = RUN.assign(verdict=["eligible", "eligible", "refused", "unknown", "eligible"])
    table = exposure(run, SERVICES, 2).organisations
    assert dict(zip(table["org_id"], table["places"], strict=True)) == {"OA": 1, "OB": 1, "OC": 0}


def test_what_nobody_has_told_is_told_as_such() -> None:
    report = exposure(RUN, SERVICES)
    assert report.newcomers == Known(0.6, 0.0)
    assert report.small == Known(0.0, 0.6)
    assert exposure(RUN, SERVICES.drop(columns="small")).small == Known(0.0, 1.0)
    more = pd.concat([RUN, listed(("N3", "C1", 1))])
    assert exposure(more, SERVICES).newcomers == Known(3 / 6, 1 / 6)


def test_marks_may_be_truth_values() -> None:
    told = SERVICES.assign(newcomer=[True, False, None, True])
    assert exposure(RUN, told).newcomers == Known(0.4, 0.4)


def test_a_column_of_the_catalogue_groups_exposure() -> None:
    run = pd.concat([RUN, listed(("N3", "C1", 1))])
    report = exposure(run, SERVICES, by="org_district")
    whole = 3.5 + 0.5 + 1 / np.log2(3)
    assert report.group_hhi is not None
    assert report.group_hhi.value == pytest.approx((2.5 / 3.5) ** 2 + (1 / 3.5) ** 2)
    assert report.group_hhi.unknown == pytest.approx((0.5 + 1 / np.log2(3)) / whole)
    assert exposure(run, SERVICES).group_hhi is None


def test_a_run_of_nothing_shows_nobody() -> None:
    report = exposure(RUN.iloc[:0], SERVICES, by="org_district")
    assert report.unseen == ("OA", "OB", "OC")
    assert (report.gini, report.hhi, report.group_hhi) == (0, 0, Known(0, 0))
    assert report.newcomers == report.small == Known(0, 0)


def test_a_run_of_the_matcher_is_taken_as_it_is() -> None:
    run = Matcher().fit(catalogue()).match(several_needs(), top=4, refused=True)
    seen = run[(run["verdict"] != "refused") & (run["rank"] <= 3)]
    report = exposure(run, catalogue(), 3)
    assert report.organisations["exposure"].sum() == pytest.approx((1 / np.log2(1 + seen["rank"])).sum())
    assert set(report.unseen) == set(catalogue()["org_id"]) - {f"O-{name[2:]}" for name in seen["service_id"]}


@pytest.mark.parametrize(
    ("run", "services", "code", "facts"),
    [
        (listed(("N1", "A1", 1), ("N1", "X", 2)), SERVICES, "unknown_id", {"row": 3, "value": "X"}),
        (RUN, SERVICES.assign(org_id=["OA", "OA", "", "OC"]), "missing_id", {"row": 4, "column": "org_id"}),
        (RUN, SERVICES.assign(small=["", "", "", "?"]), "bad_mark", {"row": 5, "column": "small"}),
        (RUN, SERVICES.drop(columns="org_district"), "missing_column", {"column": "org_district"}),
    ],
)
def test_what_does_not_fit_together_is_named_by_row_and_column(
    run: pd.DataFrame, services: pd.DataFrame, code: str, facts: dict[str, object]
) -> None:
    with pytest.raises(SheetError) as raised:
        exposure(run, services, by="org_district")
    assert raised.value.code == code
    assert facts.items() <= raised.value.facts.items()


def test_k_is_at_least_one() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        exposure(RUN, SERVICES, 0)


@given(st.permutations(range(len(RUN))), st.permutations(range(len(SERVICES))))
def test_the_order_of_rows_does_not_matter_and_nothing_is_changed(
    rows: list[int], offered: list[int]
) -> None:
    run, services = RUN.iloc[rows], SERVICES.iloc[offered]
    before = run.copy(), services.copy()
    told, expected = (exposure(*tables, by="org_district") for tables in ((run, services), (RUN, SERVICES)))
    pd.testing.assert_frame_equal(told.organisations, expected.organisations)
    for name in ("gini", "hhi", "group_hhi", "newcomers", "small", "unseen"):
        assert getattr(told, name) == getattr(expected, name)
    pd.testing.assert_frame_equal(run, before[0])
    pd.testing.assert_frame_equal(services, before[1])


def test_the_order_of_rows_does_not_show_in_the_last_digit() -> None:
    run = listed(*((f"N{at}", service_id, at % 7 + 1) for at in range(90) for service_id in ("A1", "B1")))
    shuffled = [run.sample(frac=1, random_state=seed) for seed in range(9)]
    reports = [exposure(rows, SERVICES, by="org_district") for rows in shuffled]
    assert (
        len({(report.gini, report.group_hhi, *report.organisations["exposure"]) for report in reports}) == 1
    )


@given(SOME)
def test_gini_is_half_the_relative_mean_difference(amounts: list[float]) -> None:
    n = len(amounts)
    differences = sum(abs(a - b) for a, b in product(amounts, repeat=2))
    assert gini(amounts) == pytest.approx(differences / (2 * n * sum(amounts)), abs=1e-9)
    assert 0 <= gini(amounts) < 1
    assert gini(amounts) <= 1 - 1 / n + 1e-12


@given(st.floats(1e-3, 1e6), st.integers(1, 300))
def test_of_equal_amounts_gini_is_nothing_and_hhi_least(amount: float, n: int) -> None:
    assert 0 <= gini([amount] * n) < 1e-12
    assert hhi([amount] * n) == pytest.approx(1 / n)


@given(SOME, st.floats(1e-3, 1e3))
def test_neither_depends_on_scale(amounts: list[float], scale: float) -> None:
    for measure in (gini, hhi):
        assert measure([scale * amount for amount in amounts]) == pytest.approx(measure(amounts), abs=1e-9)


@given(AMOUNTS.flatmap(lambda amounts: st.tuples(st.just(amounts), st.permutations(amounts))))
def test_neither_depends_on_order(both: tuple[list[float], list[float]]) -> None:
    for measure in (gini, hhi):
        assert measure(both[0]) == measure(both[1])


@given(SOME)
def test_hhi_is_between_all_alike_and_one_alone(amounts: list[float]) -> None:
    assert 1 / len(amounts) - 1e-12 <= hhi(amounts) <= 1 + 1e-12
    assert hhi([*amounts, 0.0]) == pytest.approx(hhi(amounts))


def test_where_one_has_all_both_are_as_high_as_they_can_be() -> None:
    assert gini([0, 0, 0, 7]) == 0.75
    assert hhi([0, 0, 0, 7]) == 1
    assert gini([]) == gini([0, 0]) == hhi([]) == hhi([0, 0]) == 0


def test_shares_of_exposure_by_group_make_a_whole_the_blank_group_too() -> None:
    second = 1 / np.log2(3)
    found = shares(RUN, SERVICES, "org_district")
    assert found == pytest.approx({"东区": 2.5 / (3 + second), "": (0.5 + second) / (3 + second)})
    assert shares(RUN.iloc[:0], SERVICES, "org_district") == {}
