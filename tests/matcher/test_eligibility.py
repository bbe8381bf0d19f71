"""Hard limits: each refusal with the figure before it, and all of them against a slow reference."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import SERVICE_COLUMNS, Matcher, check_needs, check_services
from matcher.candidates import Pairs
from matcher.eligibility import LIMITS, Eligibility, Finding
from matcher.sheets import records
from tests.matcher import slow_rules
from tests.matcher.tables import need, needs, service, services

DISTRICTS = st.sampled_from(["临澄区", "河东区", ""])
MAYBE = st.sampled_from([None, 0, 0.5, 1, 1.5, 100])
CODES = st.sampled_from(["", "310190", "310190001", "310191", "31", "310190001001;310191"])
NEED_ROWS = st.fixed_dictionaries(
    {
        "district": DISTRICTS,
        "street": st.sampled_from(["临江街道", ""]),
        "unit_code": st.sampled_from(["", "310190001001", "310191002003", "320100"]),
        "budget_yuan": MAYBE,
        "required_licences": st.sampled_from(["", "护士", "护士;律师"]),
        "conflict_org_ids": st.sampled_from(["", "O1", "O2;O3"]),
        "starts_on": st.sampled_from(["", "2027-01-01", "2027-03-01"]),
        "ends_on": st.sampled_from(["", "2027-03-01", "2027/06/01"]),
    }
)
SERVICE_ROWS = st.fixed_dictionaries(
    {
        "org_id": st.sampled_from(["O1", "O2"]),
        "coverage_districts": st.sampled_from(["", "全市", "临澄区;河东区", "临江街道", "河西区"]),
        "coverage_codes": CODES,
        "unit_price_yuan": MAYBE,
        "capacity_free": MAYBE,
        "capacity_per_year": MAYBE,
        "languages_qualifications": st.sampled_from(["", "护士 律师"]),
        "licences": st.sampled_from(["", "护士", "电工证"]),
        "list_flags": st.sampled_from(["", "abnormal", "rewarded", "rewarded;dishonest"]),
        "stale_days": st.sampled_from([None, 0, 365, 366]),
        "available_from": st.sampled_from(["", "2027-02-01", "2027-03-01"]),
        "available_to": st.sampled_from(["", "2027-01-01", "2028-01-01"]),
    }
)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def finding(one_need: dict[str, object], one_service: dict[str, object]) -> tuple[str, tuple[Finding, ...]]:
    found = Matcher().fit(services(one_service)).explain(one_need, "S1")
    return found.verdict, found.findings


@given(st.lists(NEED_ROWS, min_size=1, max_size=4), st.lists(SERVICE_ROWS, min_size=1, max_size=4))
def test_the_limits_are_those_of_the_slow_reference(
    need_rows: list[dict[str, object]], service_rows: list[dict[str, object]]
) -> None:
    asked = check_needs(needs(*(need(**{**row, "need_id": f"N{i}"}) for i, row in enumerate(need_rows))))
    rows = [service(**{**row, "service_id": f"S{i}"}) for i, row in enumerate(service_rows)]
    offered = check_services(services(*rows))
    every = Pairs(*(rows.ravel() for rows in np.indices((len(asked), len(offered)))))
    fitted = Eligibility().fit(offered)
    answers = fitted.judge(asked, every)
    codes = fitted.codes(answers, every)
    for i, one_need in enumerate(records(asked)):
        for j, one_service in enumerate(records(offered)):
            expected = slow_rules.judge(one_need, one_service)
            at = i * len(offered) + j
            found = {limit: int(answer[at]) for limit, answer in answers.items()}
            assert found == expected
            told = [finding.code for finding in fitted.findings(one_need, j, found)]
            assert list(codes[at]) == told


@pytest.mark.parametrize(
    ("refused", "allowed", "code", "facts"),
    [
        (
            (need(budget_yuan=17.99), service()),
            (need(budget_yuan=18), service()),
            "price_above_budget",
            {"price": 18, "budget": 17.99, "unit": "人次", "short": pytest.approx(0.01)},
        ),
        (
            (need(), service(capacity_free=0)),
            (need(), service(capacity_free=1)),
            "no_free_capacity",
            {"capacity": 0, "unit": "人次", "short": 1},
        ),
        (
            (need(district="河东区"), service()),
            (need(district="河东区"), service(coverage_districts="临澄区;河东区")),
            "outside_service_area",
            {"asked": {"district": "河东区", "street": "临江街道"}, "served": ["临澄区"], "add": "临江街道"},
        ),
        (
            (need(unit_code="310190002001"), service(coverage_codes="310190001;310191")),
            (need(unit_code="310190002001"), service(coverage_codes="310190002;310191")),
            "outside_service_area",
            {
                "asked": {"unit_code": "310190002001", "district": "临澄区", "street": "临江街道"},
                "served": ["310190001", "310191"],
                "add": "310190002",
            },
        ),
        (
            (need(required_licences="护士;营养师"), service(licences="护士")),
            (need(required_licences="护士;营养师"), service(licences="护士;营养师")),
            "licence_missing",
            {"required": ["护士", "营养师"], "held": ["护士"], "missing": ["营养师"]},
        ),
        (
            (need(starts_on="2027-01-01", ends_on="2027-04-01"), service(available_from="2027-04-01")),
            (need(starts_on="2027-01-01", ends_on="2027-04-01"), service(available_from="2027-03-31")),
            "not_available_then",
            {
                "starts_on": day("2027-01-01"),
                "ends_on": day("2027-04-01"),
                "available_from": day("2027-04-01"),
                "available_to": None,
                "days": 1,
            },
        ),
        (
            (need(starts_on="2027-01-10", ends_on="2027-04-01"), service(available_to="2027-01-01")),
            (need(starts_on="2026-12-31", ends_on="2027-04-01"), service(available_to="2027-01-01")),
            "not_available_then",
            {
                "starts_on": day("2027-01-10"),
                "ends_on": day("2027-04-01"),
                "available_from": None,
                "available_to": day("2027-01-01"),
                "days": 10,
            },
        ),
        (
            (need(), service(list_flags="rewarded;abnormal")),
            (need(), service(list_flags="rewarded")),
            "organisation_listed",
            {"flags": ["abnormal"]},
        ),
        (
            (need(conflict_org_ids="O9;O1"), service()),
            (need(conflict_org_ids="O9"), service()),
            "conflict_of_interest",
            {"org_id": "O1"},
        ),
    ],
)
def test_a_refusal_gives_its_figures_and_one_step_less_is_allowed(
    refused: tuple[dict[str, object], dict[str, object]],
    allowed: tuple[dict[str, object], dict[str, object]],
    code: str,
    facts: dict[str, object],
) -> None:
    assert finding(*refused) == ("refused", (Finding(code, refused=True, facts=facts),))
    assert finding(*allowed) == ("eligible", ())


@pytest.mark.parametrize(
    ("one_need", "one_service", "code"),
    [
        (need(budget_yuan=None), service(), "price_unknown"),
        (need(), service(unit_price_yuan=None), "price_unknown"),
        (need(), service(capacity_per_year=None), "capacity_unknown"),
        (need(), service(coverage_districts=""), "area_unknown"),
        (need(district="", street=""), service(), "area_unknown"),
        (need(required_licences="护士"), service(), "licence_unknown"),
        (need(), service(available_from="2027-01-01"), "dates_unknown"),
    ],
)
def test_what_is_missing_is_unknown_and_not_refused(
    one_need: dict[str, object], one_service: dict[str, object], code: str
) -> None:
    verdict, findings = finding(one_need, one_service)
    assert verdict == "unknown"
    assert [(found.code, found.refused) for found in findings] == [(code, False)]


def test_a_stale_entry_refuses_nothing_from_the_day_after() -> None:
    dear = {"unit_price_yuan": 90000}
    assert finding(need(), service(stale_days=365, **dear))[0] == "refused"
    verdict, findings = finding(need(), service(stale_days=366, **dear))
    assert verdict == "unknown"
    assert findings == (Finding("stale_entry", refused=False, facts={"stale_days": 366, "stale_after": 365}),)


def test_a_stale_entry_does_not_hide_what_the_entry_does_not_say() -> None:
    verdict, findings = finding(need(conflict_org_ids="O1"), service(stale_days=9999))
    assert verdict == "refused"
    assert [found.code for found in findings] == ["conflict_of_interest", "stale_entry"]


def test_every_reason_is_named_once() -> None:
    codes = [code for pair in LIMITS.values() for code in pair]
    assert len(codes) == len(set(codes)) == 2 * len(LIMITS)


def test_an_empty_catalogue_refuses_nobody() -> None:
    nothing = check_services(pd.DataFrame(columns=[column.name for column in SERVICE_COLUMNS]))
    answers = Eligibility().fit(nothing).judge(check_needs(needs()), Pairs.of_one([]))
    assert {answer.shape for answer in answers.values()} == {(0,)}
