"""The ranking by its rules, each with the value before and after it turns."""

import json
from typing import Any

import pytest

from models.errors import Invalid
from models.panels.ranking.report import recompute
from tests.factories.ranking import Content, bid, consultation, content, negotiation, written

LOW = ["80", "100", "125"]


def ranked(given: Content) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(recompute(written(given)))
    return answer


def bids(given: Content) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in ranked(given)["bids"]}


def low_by(given: Content, key: str = "b1") -> list[str]:
    found: list[str] = bids(given)[key]["abnormally_low"]["by"]
    return found


def priced(*prices: str, **changes: Any) -> Content:
    return content(*(bid(f"b{number}", price) for number, price in enumerate(prices, 1)), **changes)


def test_r26_the_example_of_the_law_gives_10_and_8_and_6_4() -> None:
    marks = {key: bid(key, price, "0") for key, price in zip(("b1", "b2", "b3"), LOW, strict=True)}
    found = bids(content(*marks.values()))
    assert [found[key]["price_score"] for key in marks] == ["100.0000", "80.0000", "64.0000"]
    assert [found[key]["total"] for key in marks] == ["10.0000", "8.0000", "6.4000"]


def test_the_whole_answer_to_the_letter() -> None:
    answer = ranked(content(bid("b1", "80", "90"), bid("b2", "100"), bid("b3", "200")))
    assert list(answer) == ["outcome", "reason", "bids", "rules"]
    assert answer["outcome"] == "failed"
    assert answer["reason"] == "fewer_than_three"
    assert answer["rules"] == ["R23", "R25", "R29", "R30"]
    assert answer["bids"][0] == {
        "id": "b1",
        "valid": True,
        "invalid_reason": None,
        "price_score": None,
        "criteria": {"c1": None},
        "total": None,
        "rank": None,
        "tie_group": None,
        "abnormally_low": {
            "triggered": False,
            "by": [],
            "figures": {
                "mean": "90.0000",
                "mean_limit": "45.0000",
                "second_lowest": "100.0000",
                "second_lowest_limit": "50.0000",
                "ceiling": "150.0000",
                "ceiling_limit": "67.5000",
            },
        },
    }
    assert answer["bids"][2]["abnormally_low"] == {"triggered": False, "by": [], "figures": {}}
    answer = ranked(content(bid("b1", "80", "90"), bid("b2", "100"), bid("b3", "125")))
    assert (answer["outcome"], answer["reason"]) == ("ranked", None)
    assert answer["rules"] == ["R23", "R25", "R26", "R27", "R28", "R29", "R30"]
    first = answer["bids"][0]
    assert (first["rank"], first["tie_group"], first["criteria"], first["total"]) == (
        1,
        None,
        {"c1": "90.0000"},
        "91.0000",
    )


def test_r26_figures_are_rounded_half_up() -> None:
    found = bids(content(bid("b1", "80", "85.00005"), bid("b2", "100", "85.00004"), bid("b3", "125")))
    assert found["b1"]["criteria"] == {"c1": "85.0001"}
    assert found["b2"]["criteria"] == {"c1": "85.0000"}


def test_r26_every_member_counts_also_the_highest_and_the_lowest() -> None:
    first = bid("b1", "80")
    first["marks"] = {"m1": {"c1": "0"}, "m2": {"c1": "90"}, "m3": {"c1": "92"}, "m4": {"c1": "100"}}
    others = [bid(key, price) | {"marks": first["marks"]} for key, price in (("b2", "100"), ("b3", "125"))]
    assert bids(content(first, *others))["b1"]["criteria"] == {"c1": "70.5000"}


def test_r26_the_lowest_price_is_that_of_a_valid_bid() -> None:
    given = [bid("b1", "20", valid=False), bid("b2", "160"), *(bid(f"b{n}", str(n * 20)) for n in (4, 5, 6))]
    found = bids(content(*given))
    assert found["b4"]["price_score"] == "100.0000"
    assert (found["b1"]["invalid_reason"], found["b2"]["invalid_reason"]) == ("marked_invalid", "over_budget")


def test_r26_a_rejected_low_price_is_no_yardstick() -> None:
    given = priced("30", "80", "100", "125", low_price_answers={"b1": "rejected"})
    found = bids(given)
    assert found["b1"]["invalid_reason"] == "abnormally_low"
    assert found["b1"]["rank"] is None
    assert found["b2"]["price_score"] == "100.0000"
    assert bids(given | {"low_price_answers": {"b1": "accepted"}})["b2"]["price_score"] == "37.5000"


@pytest.mark.parametrize(
    ("method", "weight", "rest", "rule"),
    [
        ("open_tender", "0.0999", "0.9001", "R25"),
        ("open_tender", "0", "1", "R25"),
        ("competitive_consultation", "0", "1", "R41"),
        ("competitive_consultation", "0.0999", "0.9001", "R41"),
        ("competitive_consultation", "0.3001", "0.6999", "R41"),
    ],
)
def test_r25_r41_a_price_weight_outside_the_range_is_refused(
    method: str, weight: str, rest: str, rule: str
) -> None:
    criteria = [{"id": "c1", "weight": rest, "max": "100"}]
    with pytest.raises(Invalid, match="rank_price_weight_out_of_range") as raised:
        ranked(content(method=method, price_weight=weight, criteria=criteria))
    assert (raised.value.facts["place"], raised.value.facts["rule"]) == ("price_weight", rule)


@pytest.mark.parametrize(
    ("method", "weight", "rest"),
    [
        ("open_tender", "0.1", "0.9"),
        ("open_tender", "0.95", "0.05"),
        ("competitive_consultation", "0.10", "0.9"),
        ("competitive_consultation", "0.3", "0.7"),
        ("negotiation", "0.05", "0.95"),
    ],
)
def test_r25_has_no_ceiling_r41_has_both_ends_and_a_negotiation_has_no_range(
    method: str, weight: str, rest: str
) -> None:
    criteria = [{"id": "c1", "weight": rest, "max": "100"}]
    assert ranked(content(method=method, price_weight=weight, criteria=criteria))["outcome"] == "ranked"


def test_r28_equal_totals_go_by_the_lower_price() -> None:
    scored: Content = {"price_weight": "0.2", "criteria": [{"id": "c1", "weight": "0.8", "max": "100"}]}
    found = ranked(
        content(bid("b1", "100", "91.75"), bid("b2", "80", "86.75"), bid("b3", "90", "0"), **scored)
    )
    assert [each["total"] for each in found["bids"][:2]] == ["89.4000", "89.4000"]
    assert [(each["id"], each["rank"]) for each in found["bids"]] == [("b2", 1), ("b1", 2), ("b3", 3)]
    assert [each["tie_group"] for each in found["bids"]] == [None, None, None]


def test_r28_ranks_are_by_exact_totals_not_by_what_is_shown() -> None:
    found = ranked(content(bid("b1", "100", "85"), bid("b2", "100", "85.000001"), bid("b3", "100", "85")))
    assert [(each["id"], each["rank"]) for each in found["bids"]] == [("b2", 1), ("b1", 2), ("b3", 2)]
    assert len({each["total"] for each in found["bids"]}) == 1
    assert [each["tie_group"] for each in found["bids"]] == [None, 2, 2]


def test_r28_after_two_firsts_comes_a_third() -> None:
    found = ranked(content(bid("b2", "100"), bid("b1", "100"), bid("b3", "101")))
    assert [(each["id"], each["rank"]) for each in found["bids"]] == [("b1", 1), ("b2", 1), ("b3", 3)]


def test_r29_strictly_below_half_the_mean_of_conforming_bids() -> None:
    # The mean of 50, 50 and 200 is 100, half of it is 50, and 50 is not below 50.
    at = priced("50", "50", "200", ceiling="200", budget="200")
    assert "mean" not in low_by(at)
    assert "mean" in low_by(priced("49.99", "50", "200", ceiling="200", budget="200"))
    invalid = {**bid("b4", "200"), "valid": False}
    assert "mean" not in low_by(content(*at["bids"], invalid, ceiling="200", budget="200"))
    assert "mean" in low_by(content(*at["bids"], bid("b4", "200"), ceiling="200", budget="200"))


def test_r29_strictly_below_half_the_second_lowest() -> None:
    assert "second_lowest" not in low_by(priced("50", "100", "100"))
    assert "second_lowest" in low_by(priced("49.99", "100", "100"))


def test_r29_of_two_lowest_each_is_the_second_of_the_other() -> None:
    assert low_by(priced("20", "20", "100", "150"), "b1") == ["mean", "ceiling"]


@pytest.mark.parametrize(("ceiling", "budget"), [("100", "150"), (None, "100")])
def test_r29_strictly_below_45_per_cent_of_the_ceiling_or_else_the_budget(
    ceiling: str | None, budget: str
) -> None:
    assert low_by(priced("45", "46", "47", ceiling=ceiling, budget=budget)) == []
    assert low_by(priced("44.99", "46", "47", ceiling=ceiling, budget=budget)) == ["ceiling"]


def test_r29_the_panel_may_ask_about_any_price() -> None:
    found = bids(priced("80", "90", "100", "110", low_price_answers={"b1": "rejected", "b2": "accepted"}))
    assert found["b1"]["abnormally_low"]["by"] == ["panel"]
    assert found["b1"]["invalid_reason"] == "abnormally_low"
    assert found["b2"]["abnormally_low"]["triggered"]
    assert found["b2"]["valid"]


@pytest.mark.parametrize("answers", [{}, {"b1": "pending"}])
def test_r29_a_price_nobody_has_judged_leaves_the_ranking_provisional(answers: dict[str, str]) -> None:
    given = priced("30", "80", "100", low_price_answers=answers)
    answer = ranked(given)
    assert (answer["outcome"], answer["reason"]) == ("ranked", "low_price_pending")
    assert [each["rank"] for each in answer["bids"]] == [1, 2, 3]
    settled = ranked(given | {"low_price_answers": {"b1": "accepted"}})
    assert (settled["outcome"], settled["reason"]) == ("ranked", None)
    assert settled["bids"] == answer["bids"]


def test_r29_a_rejection_does_not_move_the_yardsticks() -> None:
    before, after = (
        bids(priced("30", "80", "100", "125", low_price_answers={"b1": answer}))["b2"]["abnormally_low"]
        for answer in ("accepted", "rejected")
    )
    assert before == after


def test_r29_an_invalid_bid_is_not_asked() -> None:
    given = [bid("b0", "10", valid=False), *priced(*LOW)["bids"]]
    found = bids(content(*given, low_price_answers={"b0": "rejected"}))["b0"]
    assert found["invalid_reason"] == "marked_invalid"
    assert found["abnormally_low"] == {"triggered": False, "by": [], "figures": {}}


@pytest.mark.parametrize(
    ("ceiling", "reason"), [("120", "over_ceiling"), (None, "over_budget")], ids=["ceiling", "budget"]
)
def test_r30_at_the_ceiling_is_valid_a_fen_over_is_not(ceiling: str | None, reason: str) -> None:
    limits = {"ceiling": ceiling, "budget": "150" if ceiling else "120"}
    found = bids(priced("100", "110", "115", "120", "120.01", **limits))
    assert found["b4"]["valid"]
    assert (found["b5"]["valid"], found["b5"]["invalid_reason"]) == (False, reason)


def test_r23_two_valid_bids_are_not_evaluated_three_are() -> None:
    assert ranked(priced("80", "100", "125"))["outcome"] == "ranked"
    for answer in (
        ranked(priced("80", "100")),
        ranked(priced("80", "100", "160")),
        ranked(priced("30", "80", "100", low_price_answers={"b1": "rejected"})),
        ranked(content(bids=[])),
    ):
        assert (answer["outcome"], answer["reason"]) == ("failed", "fewer_than_three")
        assert "R26" not in answer["rules"]


def test_r42_a_consultation_goes_on_with_two_and_ends_with_one() -> None:
    answer = ranked(consultation(bid("b1", "80"), bid("b2", "100")))
    assert answer["outcome"] == "ranked"
    assert answer["rules"] == ["R26", "R27", "R28", "R29", "R30", "R41", "R42"]
    answer = ranked(consultation(bid("b1", "80"), bid("b2", "160")))
    assert (answer["outcome"], answer["reason"]) == ("failed", "fewer_than_two")


def test_r44_in_a_negotiation_the_lowest_price_wins_and_two_are_too_few() -> None:
    three = [bid("b1", "100"), bid("b2", "80"), bid("b3", "80")]
    answer = ranked(negotiation(*three))
    assert [(each["id"], each["rank"], each["tie_group"]) for each in answer["bids"]] == [
        ("b2", 1, 1),
        ("b3", 1, 1),
        ("b1", 3, None),
    ]
    assert "R44" in answer["rules"]
    assert ranked(negotiation(*three[:2]))["reason"] == "fewer_than_three"


def test_r44_marks_do_not_move_a_negotiation() -> None:
    given = content(bid("b1", "80", "10"), bid("b2", "90", "100"), bid("b3", "100"), method="negotiation")
    assert [each["id"] for each in ranked(given)["bids"]] == ["b1", "b2", "b3"]


def test_unranked_bids_follow_by_id() -> None:
    given = [bid("a", "160"), bid("z", "80"), bid("c", "90"), bid("d", "100"), bid("b", "90", valid=False)]
    assert [each["id"] for each in ranked(content(*given))["bids"]] == ["z", "c", "d", "a", "b"]
