"""Practical signals: between 0 and 1, and one half where nothing is known."""

from dataclasses import replace

import pandas as pd
import pytest

from matcher import Matcher, check_needs, check_services
from matcher.candidates import Pairs
from matcher.features import PracticalFit
from matcher.weights import STANDARD
from tests.matcher.tables import catalogue, need, needs, service, services, several_needs


def signal(name: str, one_need: dict[str, object], one_service: dict[str, object]) -> float:
    fit = PracticalFit().fit(check_services(services(one_service)))
    return float(fit.signals(check_needs(needs(one_need)), Pairs.of_one([0]))[name][0])


@pytest.mark.parametrize(
    ("budget", "price", "unit", "expected"),
    [
        (540, 18, "人次", 1.0),  # thirty people
        (270, 18, "人次", 0.5),
        (9000, 18000, "项目", 0.5),
        (18000, 18000, "项目", 1.0),
        (0, 0, "人次", 1.0),
        (None, 0, "人次", 1.0),
        (None, 18, "人次", 0.5),
        (100, None, "人次", 0.5),
    ],
)
def test_price_is_the_share_that_the_budget_pays(
    budget: float | None, price: float | None, unit: str, expected: float
) -> None:
    found = signal("price", need(budget_yuan=budget), service(unit_price_yuan=price, price_unit=unit))
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("capacity", "unit", "expected"),
    [(30, "人/年", 1.0), (15, "户", 0.5), (1, "场", 1.0), (0, "场", 0.0), (None, "场", 0.5)],
)
def test_scale_is_the_share_of_the_people_reached(capacity: float | None, unit: str, expected: float) -> None:
    assert signal("scale", need(), service(capacity_per_year=capacity, price_unit=unit)) == expected


def test_free_capacity_and_its_unit_come_before_the_yearly_figure() -> None:
    row = service(capacity_per_year=5000, capacity_free=3, capacity_unit="人", price_unit="场")
    assert signal("scale", need(), row) == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"coverage_districts": "临江街道;河东区"}, 1.0),
        ({}, 0.8),
        ({"org_district": "河东区"}, 0.6),
        ({"org_district": "河东区", "coverage_districts": "全市"}, 0.4),
        ({"org_district": "河东区", "coverage_districts": "河东区"}, 0.0),
        ({"org_district": "河东区", "coverage_districts": ""}, 0.5),
    ],
)
def test_nearer_is_better(values: dict[str, object], expected: float) -> None:
    assert signal("place", need(), service(**values)) == expected


def test_a_street_code_is_nearer_than_a_district_code() -> None:
    asked = need(unit_code="310190001001")
    away = {"org_district": "河东区"}
    assert signal("place", asked, service(coverage_codes="310190001", **away)) == 1.0
    assert signal("place", asked, service(coverage_codes="310190", **away)) == 0.6


@pytest.mark.parametrize(("days", "expected"), [(0, 1.0), (365, 0.5), (730, 0.0), (9999, 0.0), (None, 0.5)])
def test_an_entry_ages(days: float | None, expected: float) -> None:
    assert signal("freshness", need(), service(stale_days=days)) == expected


@pytest.mark.parametrize(
    ("record", "evaluations", "expected"),
    [
        (None, None, (0.5, 0)),
        (0.7, 2, (0.7, 2)),
        (0.0, 1, (0.0, 1)),
        (3.0, 1, (1.0, 1)),
        (0.6, None, (0.6, 0)),
    ],
)
def test_a_record_is_one_half_where_nobody_has_told_it(
    record: float | None, evaluations: float | None, expected: tuple[float, float]
) -> None:
    row = service(record=record, evaluations=evaluations)
    assert (signal("record", need(), row), signal("evaluations", need(), row)) == expected
    assert signal("record", need(), service()) == 0.5


def test_the_whole_ranking_is_as_ever_where_nobody_has_a_record() -> None:
    blank = catalogue().assign(record=None, evaluations=None)
    pd.testing.assert_frame_equal(
        Matcher().fit(blank).match(several_needs()), Matcher().fit(catalogue()).match(several_needs())
    )
    without = Matcher(weights=replace(STANDARD, record=0.0)).fit(catalogue()).match(several_needs())
    pd.testing.assert_frame_equal(Matcher().fit(catalogue()).match(several_needs()), without)
