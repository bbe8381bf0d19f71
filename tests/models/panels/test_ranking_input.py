"""Whatever is wrong with a file is named with its place, and nothing is computed from it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from models.errors import Invalid
from models.panels.ranking.report import recompute
from tests.factories.ranking import Content, bid, content, written

Wrong = Callable[[Content], Any]


def refusal(data: bytes) -> Invalid:
    with pytest.raises(Invalid) as raised:
        recompute(data)
    return raised.value


def put(*path: Any, value: Any) -> Wrong:
    """A change at a place."""

    def change(given: Content) -> None:
        inner: Any = given
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value

    return change


def drop(*path: Any) -> Wrong:
    """A field left out."""

    def change(given: Content) -> None:
        inner: Any = given
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]

    return change


NOT_AMOUNTS = [
    "0",
    "0.00",
    "-1",
    "+1",
    "1e9",
    "１２万",
    "１２０",
    "NaN",
    "Infinity",
    "",
    " ",
    " 80",
    "80 ",
    "80\n",
]
NOT_AMOUNTS += ["80.001", "1,000", "80.", ".8", "080", "1_000", "0x10", "٤٢", "9" * 16, "八十", "¥80", "4/5"]


@pytest.mark.parametrize("price", [*NOT_AMOUNTS, 80, 80.5, None, True, ["80"], {"cny": "80"}], ids=repr)
def test_what_is_not_an_amount_is_refused(price: Any) -> None:
    given = content()
    given["bids"][2]["price"] = price
    found = refusal(written(given))
    assert (found.code, found.facts["place"]) == ("rank_not_an_amount", "bids[2].price")
    for field in ("budget", "ceiling"):
        if price is not None:
            assert refusal(written(content(**{field: price}))).facts["place"] == field


@pytest.mark.parametrize("price", ["0.01", "80", "80.5", "80.50"])
def test_what_is_an_amount_is_read(price: str) -> None:
    recompute(written(content(bid("b1", price), bid("b2", "100"), bid("b3", "125"))))


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (put("method", value="inquiry"), "rank_not_a_choice", "method"),
        (put("method", value="comparison"), "rank_not_a_choice", "method"),
        (put("method", value=None), "rank_not_a_choice", "method"),
        (put("price_weight", value="0.2"), "rank_weights_not_one", "price_weight, criteria"),
        (put("price_weight", value="0.1000000001"), "rank_weights_not_one", "price_weight, criteria"),
        (put("price_weight", value="-0.1"), "rank_not_a_weight", "price_weight"),
        (put("criteria", 0, "weight", value="0"), "rank_not_a_weight", "criteria[0].weight"),
        (put("price_weight", value="1.1"), "rank_not_a_weight", "price_weight"),
        (put("price_weight", value="10%"), "rank_not_a_weight", "price_weight"),
        (put("price_weight", value=0.1), "rank_not_a_weight", "price_weight"),
        (put("criteria", 0, "weight", value="-0.9"), "rank_not_a_weight", "criteria[0].weight"),
        (put("criteria", 0, "max", value="0"), "rank_not_a_maximum", "criteria[0].max"),
        (put("criteria", 0, "id", value=""), "rank_not_an_id", "criteria[0].id"),
        (put("criteria", value={}), "rank_not_a_list", "criteria"),
        (put("bids", value=None), "rank_not_a_list", "bids"),
        (put("bids", 1, value="b2"), "rank_not_an_object", "bids[1]"),
        (put("bids", 1, "id", value="b1"), "rank_id_twice", "bids[1].id"),
        (put("bids", 1, "id", value=2), "rank_not_an_id", "bids[1].id"),
        (put("bids", 1, "id", value=" b2"), "rank_not_an_id", "bids[1].id"),
        (put("bids", 1, "id", value="b\u0000"), "rank_not_an_id", "bids[1].id"),
        (put("bids", 1, "id", value="b" * 101), "rank_not_an_id", "bids[1].id"),
        (put("bids", 1, "valid", value="true"), "rank_not_true_or_false", "bids[1].valid"),
        (put("bids", 1, "valid", value=1), "rank_not_true_or_false", "bids[1].valid"),
        (put("bids", 1, "note", value=""), "rank_field_unknown", "bids[1].note"),
        (put("floor", value="10"), "rank_field_unknown", "floor"),
        (drop("budget"), "rank_field_missing", "budget"),
        (drop("ceiling"), "rank_field_missing", "ceiling"),
        (drop("bids", 0, "valid"), "rank_field_missing", "bids[0].valid"),
        (put("ceiling", value="150.01"), "rank_ceiling_over_budget", "ceiling"),
        (
            put("bids", 0, "marks", "m1", "c1", value="100.01"),
            "rank_mark_out_of_range",
            "bids[0].marks.m1.c1",
        ),
        (put("bids", 0, "marks", "m1", "c1", value="-1"), "rank_not_a_mark", "bids[0].marks.m1.c1"),
        (put("bids", 0, "marks", "m1", "c1", value=85), "rank_not_a_mark", "bids[0].marks.m1.c1"),
        (put("bids", 0, "marks", "m1", "c1", value="8e1"), "rank_not_a_mark", "bids[0].marks.m1.c1"),
        (put("bids", 0, "marks", "m1", "c9", value="1"), "rank_criterion_unknown", "bids[0].marks.m1.c9"),
        (put("bids", 0, "marks", "", value={"c1": "1"}), "rank_not_an_id", 'bids[0].marks[""]'),
        (put("bids", 0, "marks", "m1", value={}), "rank_mark_missing", "bids[0].marks.m1.c1"),
        (put("bids", 0, "marks", "m2", value={"c1": "9"}), "rank_mark_missing", "bids[1].marks.m2.c1"),
        (put("bids", 0, "marks", value={}), "rank_marks_missing", "bids[0].marks"),
        (drop("bids", 0, "marks"), "rank_marks_missing", "bids[0].marks"),
        (put("low_price_answers", "b9", value="accepted"), "rank_bid_unknown", "low_price_answers.b9"),
        (put("low_price_answers", "b1", value="yes"), "rank_not_a_choice", "low_price_answers.b1"),
        (put("low_price_answers", value=[]), "rank_not_an_object", "low_price_answers"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(change: Wrong, code: str, place: str) -> None:
    given = content()
    change(given)
    found = refusal(written(given))
    assert (found.code, found.facts["place"]) == (code, place)


def test_a_criterion_twice_is_refused() -> None:
    given = content(criteria=[{"id": "c1", "weight": "0.45", "max": "100"}] * 2)
    found = refusal(written(given))
    assert (found.code, found.facts["place"]) == ("rank_id_twice", "criteria[1].id")


@pytest.mark.parametrize("mark", ["0", "100", "99.999999999999"])
def test_marks_at_the_ends_of_the_range_are_read(mark: str) -> None:
    recompute(written(content(bid("b1", "80", mark), bid("b2", "100"), bid("b3", "125"))))


def test_bids_that_are_not_ranked_need_no_marks() -> None:
    unmarked = [{**bid("b4", "100"), "valid": False, "marks": {}}, {**bid("b5", "160"), "marks": {}}]
    answer = json.loads(recompute(written(content(*content()["bids"], *unmarked))))
    assert [each["rank"] for each in answer["bids"]] == [1, 2, 3, None, None]
    recompute(written(content({**bid("b1", "80"), "marks": {}})))


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"", "rank_not_json", "line 1, column 1"),
        (b"{\n  'method'", "rank_not_json", "line 2, column 3"),
        (b'{"method": "x"} {}', "rank_not_json", "line 1, column 17"),
        (b'{"method": "\xff"}', "rank_not_utf8", "byte 13"),
        ("{}".encode("utf-16"), "rank_not_utf8", "byte 1"),
        (b"[" * 100_000, "rank_nested_too_deep", "JSON"),
        (b'{"a":' * 100_000, "rank_nested_too_deep", "JSON"),
        (b"[]", "rank_not_an_object", "JSON"),
        (b"NaN", "rank_not_an_object", "JSON"),
        (b"9" * 5000, "rank_not_an_object", "JSON"),
        (b'{"budget": "1", "budget": "1"}', "rank_key_twice", "budget"),
        (b'{"\\ud800": 1}', "rank_field_unknown", '["\\ud800"]'),
        (b'{"a\\u202eb": 1}', "rank_field_unknown", '["a\\u202eb"]'),
    ],
    ids=lambda given: repr(given)[:30],
)
def test_what_is_no_document_is_named(data: bytes, code: str, place: str) -> None:
    found = refusal(data)
    assert (found.code, found.facts["place"]) == (code, place)


def test_a_key_twice_deep_in_the_file_is_named_with_its_place() -> None:
    text = written(content()).replace(b'{"c1": "85"}', b'{"c1": "85", "c1": "90"}', 1)
    found = refusal(text)
    assert (found.code, found.facts["place"]) == ("rank_key_twice", "bids[0].marks.m1.c1")


def test_a_byte_order_mark_is_no_fault() -> None:
    assert recompute(b"\xef\xbb\xbf" + written(content())) == recompute(written(content()))


@pytest.mark.parametrize("value", ["\u202e" * 3, "\ud800", "x" * 500, "<b>"])
def test_what_is_said_prints_and_is_short(value: str) -> None:
    data = json.dumps(content(budget=value)).encode()
    said = refusal(data).facts["value"]
    assert said.isprintable()
    assert len(said) <= 41
