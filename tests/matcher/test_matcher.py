"""The matcher as a whole: the same answer whatever the order and the batch, a sensible one to anything."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from matcher import (
    MATCH_COLUMNS,
    MODEL_VERSION,
    NEED_COLUMNS,
    SERVICE_COLUMNS,
    SIGNALS,
    Matcher,
    SheetError,
)
from matcher import rank as rank_module
from matcher.weights import STANDARD
from tests.matcher.tables import catalogue, need, needs, service, services, several_needs

ANY_TEXT = st.text(max_size=80)


def best(one_need: dict[str, object], table: pd.DataFrame) -> str:
    return str(Matcher().fit(table).match(needs(one_need), rules=False)["service_id"].iat[0])


def test_each_need_finds_its_subject() -> None:
    run = Matcher().fit(catalogue()).match(several_needs(), top=1)
    assert dict(zip(run["need_id"], run["service_id"], strict=True)) == {
        "N1": "S-meals",
        "N2": "S-dogs",
        "N3": "S-lift",
        "N4": "S-tutor",
    }


@pytest.mark.parametrize(
    ("title", "description", "service_id"),
    [
        ("老太太汏浴難", "屋裡廂浴缸跨勿進", "S-bath"),  # Shanghai wordings, traditional forms
        ("垃圾箱旁没人守", "撤桶以后乱扔", "S-waste"),
        ("Older residents lose money to scam calls", "fraud talks wanted", "S-fraud"),
        ("Nobody can use the AED", "we need a first aid course", "S-first-aid"),
        ("😀𠮷 狗叫扰民", "🐕🐕", "S-dogs"),
    ],
)
def test_residents_words_in_any_writing_find_the_service(
    title: str, description: str, service_id: str
) -> None:
    told = need(title=title, description=description, beneficiary_group="")
    assert best(told, catalogue()) == service_id


def test_a_picked_code_outweighs_the_words() -> None:
    row = need(
        title="请帮帮我们", description="大家商量下来还是这个", beneficiary_group="", service_codes="EN-03"
    )
    assert best(row, catalogue()) == "S-dogs"


def test_what_is_not_needed_does_not_count() -> None:
    asked = need(title="邻里活动", description="想请人指导垃圾分类。", beneficiary_group="居民")
    denied = {**asked, "description": "垃圾分类已解决。"}
    fitted = Matcher().fit(catalogue())
    codes = [fitted.explain(row, "S-waste", rules=False).contributions["codes"] for row in (asked, denied)]
    assert codes[1] < codes[0]


@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT, st.sampled_from([None, 0, 5, 1e9])), min_size=1, max_size=4))
@settings(max_examples=25)
def test_contributions_add_up_to_the_score_and_stay_within_bounds(
    rows: list[tuple[str, str, float | None]],
) -> None:
    table = needs(
        *(
            need(need_id=f"N{place}", title=title, description=description, budget_yuan=budget)
            for place, (title, description, budget) in enumerate(rows)
        )
    )
    run = Matcher().fit(catalogue()).match(table, refused=True)
    assert len(run) == len(rows) * len(catalogue())
    for score, *parts in run[["score", *SIGNALS]].to_numpy().tolist():
        assert math.fsum(parts) == pytest.approx(score, abs=1e-12)
        assert sum(parts) == score
        assert min(parts) >= 0
        assert score <= 1


@pytest.mark.parametrize("rules", [True, False])
def test_a_batch_is_a_loop_of_singles(rules: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    fitted, table = Matcher().fit(catalogue()), several_needs()
    batch = fitted.match(table, rules=rules, refused=rules)
    singles = [fitted.match(table.iloc[[row]], rules=rules, refused=rules) for row in range(len(table))]
    pd.testing.assert_frame_equal(batch, pd.concat(singles, ignore_index=True), check_exact=True)
    monkeypatch.setattr(rank_module, "_PAIRS", len(catalogue()) * 2 + 1)
    pd.testing.assert_frame_equal(fitted.match(table, rules=rules, refused=rules), batch, check_exact=True)


@given(st.permutations(range(8)), st.permutations(range(4)))
@settings(max_examples=10)
def test_the_order_of_the_rows_changes_nothing(service_order: list[int], need_order: list[int]) -> None:
    expected = Matcher().fit(catalogue()).match(several_needs())
    shuffled = Matcher().fit(catalogue().iloc[service_order]).match(several_needs().iloc[need_order])
    in_order = shuffled.sort_values(["need_id", "rank"], kind="stable", ignore_index=True)
    pd.testing.assert_frame_equal(in_order, expected, check_exact=True)


def test_identical_services_stand_in_order_of_their_ids() -> None:
    table = services(*(service(service_id=f"S{number:02}") for number in (7, 3, 11, 5)))
    run = Matcher().fit(table).match(needs(), top=3)
    assert run["service_id"].tolist() == ["S03", "S05", "S07"]
    assert run["score"].nunique() == 1
    assert run["rank"].tolist() == [1, 2, 3]


def test_refused_services_are_kept_apart_and_counted_for_themselves() -> None:
    table = catalogue().assign(unit_price_yuan=[18, 18, 18, 18, 90000, 90000, 90000, 90000])
    fitted = Matcher().fit(table)
    run = fitted.match(needs(), refused=True)
    offered, refused = run[run["verdict"] != "refused"], run[run["verdict"] == "refused"]
    assert (len(offered), len(refused)) == (4, 4)
    assert refused["rank"].tolist() == [1, 2, 3, 4]
    assert all("price_above_budget" in codes for codes in refused["reasons"])
    pd.testing.assert_frame_equal(fitted.match(needs()), offered.reset_index(drop=True))


def test_without_rules_nothing_is_refused_and_only_the_topic_counts() -> None:
    far = service(coverage_districts="河东区", unit_price_yuan=1e9, list_flags="abnormal")
    run = Matcher().fit(services(far)).match(needs(), rules=False)
    assert run["verdict"].tolist() == ["eligible"]
    assert run[["price", "scale", "place", "freshness"]].to_numpy().sum() == 0


def test_reasons_are_codes() -> None:
    codes = Matcher().fit(catalogue()).match(needs(), top=1)["reasons"].iat[0]
    assert {"same_code", "price_within_budget", "capacity_for_all", "home_district"} <= set(codes)


@pytest.mark.parametrize("empty", ["", None, "   ", "，。！", "2026"])
def test_a_need_that_says_nothing_gets_an_answer_with_no_score(empty: str | None) -> None:
    row = need(title=empty, description=empty, beneficiary_group="")
    run = Matcher().fit(catalogue()).match(needs(row))
    assert run["score"].tolist() == [0.0] * 8
    assert run["service_id"].tolist() == sorted(run["service_id"])


def test_an_empty_catalogue_gives_an_empty_answer() -> None:
    nothing = pd.DataFrame(columns=[column.name for column in SERVICE_COLUMNS])
    run = Matcher().fit(nothing).match(several_needs())
    assert (len(run), list(run.columns)) == (0, list(MATCH_COLUMNS))


def test_no_needs_give_an_empty_answer() -> None:
    nothing = pd.DataFrame(columns=[column.name for column in NEED_COLUMNS])
    assert list(Matcher().fit(catalogue()).match(nothing).columns) == list(MATCH_COLUMNS)


def test_one_service_is_a_catalogue() -> None:
    assert Matcher().fit(services()).match(several_needs())["rank"].tolist() == [1, 1, 1, 1]


def test_a_service_without_words_is_a_service() -> None:
    blank = service(service_id="S0", title="", description=np.nan, org_name=None)
    run = Matcher().fit(services(blank, service())).match(needs())
    assert run["service_id"].tolist() == ["S1", "S0"]


def test_a_description_of_a_megabyte_is_read() -> None:
    long = need(description="老人没人做饭，楼道堆物，" * 30_000)
    assert best(long, catalogue()) == "S-meals"


def test_ten_thousand_characters_without_a_break_are_read() -> None:
    assert best(need(description="饭" * 10_000), catalogue()) == "S-meals"


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (services(service(), service()), "duplicate_id"),
        (services().drop(columns=["title"]), "missing_column"),
        (services(service(unit_price_yuan=float("inf"))), "bad_number"),
        (services(service(capacity_per_year=-1)), "negative_number"),
    ],
)
def test_a_bad_catalogue_is_refused_at_the_door(table: pd.DataFrame, code: str) -> None:
    with pytest.raises(SheetError) as caught:
        Matcher().fit(table)
    assert caught.value.code == code


def test_arguments_are_not_changed() -> None:
    table, asked = catalogue(), several_needs()
    Matcher().fit(table).match(asked)
    pd.testing.assert_frame_equal(table, catalogue())
    pd.testing.assert_frame_equal(asked, several_needs())


def test_it_keeps_the_conventions_of_scikit_learn() -> None:
    matcher = Matcher(stale_after=90)
    assert clone(matcher).get_params() == matcher.get_params()
    assert matcher.fit(catalogue()) is matcher
    with pytest.raises(NotFittedError):
        Matcher().match(needs())
    assert matcher.model_version == MODEL_VERSION
    assert Matcher(weights=STANDARD).model_version == f"{MODEL_VERSION}+{STANDARD.digest}"


def test_an_unknown_code_or_service_is_not_passed_over() -> None:
    run = Matcher().fit(catalogue()).match(needs(need(service_codes="ZZ-99;EL-01")), top=1)
    assert run["service_id"].tolist() == ["S-meals"]
    with pytest.raises(KeyError):
        Matcher().fit(catalogue()).explain(need(), "S-none")
