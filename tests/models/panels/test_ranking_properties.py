"""What holds for every ranking: order does not matter, better never hurts, equals are named."""

import json
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models.panels.ranking.order import Standing
from models.panels.ranking.question import read_question
from models.panels.ranking.rank import rank
from models.panels.ranking.report import four_decimals, recompute
from tests.factories.ranking import Content, written

METHODS = ("open_tender", "competitive_consultation", "negotiation")
CRITERIA = [{"id": "c1", "weight": "0.55", "max": "60"}, {"id": "c2", "weight": "0.25", "max": "40"}]
ANSWERS = st.sampled_from(["accepted", "rejected", "pending"])


@st.composite
def files(draw: st.DrawFn, *, low: int = 1) -> Content:
    """A file with nothing wrong: few prices and few marks, so that bids are often equal."""
    members = [f"m{number}" for number in range(draw(st.integers(1, 4)))]
    mark = st.integers(0, 8).map(lambda number: str(number * 5))
    bids = [
        {
            "id": f"b{number}",
            "price": str(draw(st.integers(low, 22)) * 10),
            "valid": draw(st.sampled_from([True, True, True, False])),
            "marks": {member: {"c1": draw(mark), "c2": draw(mark)} for member in members},
        }
        for number in range(draw(st.integers(0, 6)))
    ]
    return {
        "method": draw(st.sampled_from(METHODS)),
        "budget": "200",
        "ceiling": draw(st.sampled_from([None, "150", "200"])),
        "price_weight": "0.2",
        "criteria": CRITERIA,
        "bids": bids,
        "low_price_answers": {each["id"]: draw(ANSWERS) for each in bids if draw(st.booleans())},
    }


def answer(content: Content) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(recompute(written(content)))
    return found


def of(content: Content, key: str) -> dict[str, Any]:
    return next(each for each in answer(content)["bids"] if each["id"] == key)


@given(files(), st.randoms(use_true_random=False))
def test_the_order_of_bids_members_and_fields_does_not_matter(content: Content, random: Any) -> None:
    mixed = deepcopy(content)
    random.shuffle(mixed["bids"])
    for bid in mixed["bids"]:
        members = list(bid["marks"].items())
        random.shuffle(members)
        bid["marks"] = dict(members)
    mixed["criteria"] = mixed["criteria"][::-1]
    fields = list(mixed.items())
    random.shuffle(fields)
    assert recompute(written(dict(fields))) == recompute(written(content))


@given(files(low=12))
def test_the_report_is_the_same_whenever_it_is_computed_and_however_the_file_is_laid_out(
    content: Content,
) -> None:
    first = recompute(written(content))
    assert recompute(json.dumps(content, indent=3).encode()) == first == recompute(written(content))
    assert json.dumps(json.loads(first), ensure_ascii=False, indent=2).encode() + b"\n" == first


@given(files(), st.data())
def test_a_higher_mark_never_lowers_the_own_rank(content: Content, data: st.DataObject) -> None:
    ranked = [each for each in answer(content)["bids"] if each["rank"]]
    if not ranked:
        return
    before = data.draw(st.sampled_from(ranked))
    better = deepcopy(content)
    bid = next(each for each in better["bids"] if each["id"] == before["id"])
    member = data.draw(st.sampled_from(sorted(bid["marks"])))
    mark = bid["marks"][member]["c1"]
    bid["marks"][member]["c1"] = str(data.draw(st.integers(int(mark), 60)))
    after = of(better, before["id"])
    assert after["rank"] <= before["rank"]
    assert Decimal(after["total"]) >= Decimal(before["total"])


@given(files(), st.data())
def test_a_lower_price_never_lowers_the_own_total_unless_it_is_abnormally_low(
    content: Content, data: st.DataObject
) -> None:
    content["low_price_answers"] = {}
    ranked = [each for each in answer(content)["bids"] if each["rank"]]
    if not ranked:
        return
    before = data.draw(st.sampled_from(ranked))
    cheaper = deepcopy(content)
    bid = next(each for each in cheaper["bids"] if each["id"] == before["id"])
    bid["price"] = str(data.draw(st.integers(1, int(bid["price"]))))
    after = of(cheaper, before["id"])
    assert Decimal(after["total"]) >= Decimal(before["total"])
    assert after["rank"] <= before["rank"]
    cheaper["low_price_answers"] = {before["id"]: "rejected"}
    rejected = of(cheaper, before["id"])
    assert (rejected["valid"], rejected["total"]) == (False, None)


@given(files(low=12))
def test_who_is_equal_shares_a_rank_and_nobody_else_does(content: Content) -> None:
    ranking = rank(read_question(written(content)))
    equal: dict[tuple[Fraction, Fraction], set[str]] = {}
    groups: dict[int, set[str]] = {}
    for each in ranking.standings:
        equal.setdefault(key(content, each), set()).add(each.score.bid.id)
        groups.setdefault(each.rank, set()).add(each.score.bid.id)
    for each in ranking.standings:
        assert each.tie_group == (each.rank if len(equal[key(content, each)]) > 1 else None)
        assert each.rank == 1 + sum(other.rank < each.rank for other in ranking.standings)
    assert sorted(map(sorted, groups.values())) == sorted(map(sorted, equal.values()))


def key(content: Content, standing: Standing) -> tuple[Fraction, Fraction]:
    """What decides a place: the total and the price; in a negotiation the price."""
    score = standing.score
    return Fraction() if content["method"] == "negotiation" else score.total, score.bid.price


@given(files(low=12), st.integers(2, 50))
def test_the_scale_of_the_highest_mark_does_not_matter(content: Content, times: int) -> None:
    scaled = deepcopy(content)
    for criterion in scaled["criteria"]:
        criterion["max"] = str(int(criterion["max"]) * times)
    for bid in scaled["bids"]:
        for marks in bid["marks"].values():
            marks.update({key: str(int(mark) * times) for key, mark in marks.items()})
    assert recompute(written(scaled)) == recompute(written(content))


@given(files(low=12), st.integers(2, 1000))
def test_the_unit_of_money_does_not_matter(content: Content, times: int) -> None:
    scaled = deepcopy(content)
    for field in ("budget", "ceiling"):
        scaled[field] = scaled[field] and str(int(scaled[field]) * times)
    for bid in scaled["bids"]:
        bid["price"] = str(int(bid["price"]) * times)
    without_figures = [
        [{**each, "abnormally_low": each["abnormally_low"]["by"]} for each in answer(given_)["bids"]]
        for given_ in (content, scaled)
    ]
    assert without_figures[0] == without_figures[1]


@given(files())
@settings(max_examples=200)
def test_the_ranked_are_the_valid_ones_of_a_ranking_that_has_not_failed(content: Content) -> None:
    found = answer(content)
    valid = [each["id"] for each in found["bids"] if each["valid"]]
    ranked = [each["id"] for each in found["bids"] if each["rank"]]
    assert set(ranked) == (set(valid) if found["outcome"] == "ranked" else set())
    needed = 2 if content["method"] == "competitive_consultation" else 3
    assert (found["outcome"] == "ranked") == (len(valid) >= needed)
    assert sorted(each["id"] for each in found["bids"]) == [each["id"] for each in content["bids"]]
    assert all((each["invalid_reason"] is None) == each["valid"] for each in found["bids"])


@given(st.fractions(min_value=0, max_value=10**12))
def test_rounding_is_half_up_to_four_decimals(value: Fraction) -> None:
    shown = Fraction(four_decimals(value))
    assert -Fraction(1, 20000) <= value - shown < Fraction(1, 20000)
    assert shown * 20000 % 2 == 0
