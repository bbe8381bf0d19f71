"""`models.scoring`: a sheet in, a score out, and whatever is wrong named with its place."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Invalid
from models.rulebook.stages import GRADED, Stage
from models.scoring import survey
from models.scoring.grades import Grade, grade
from models.scoring.indicators import FINAL, SOURCE, STAGES, ItemKind, default, parse
from models.scoring.score import Came, evaluate, score, two
from models.scoring.sheet import LEAST_ANSWERS, read_sheet
from tests.factories.sheets import best, written


def answer(document: object) -> dict[str, Any]:
    """What comes out of a document."""
    return dict(json.loads(evaluate(written(document))))


def item(document: object, code: str) -> dict[str, Any]:
    """One item of what comes out."""
    return next(each for each in answer(document)["items"] if each["code"] == code)


def content() -> dict[str, Any]:
    """The default set, to be changed."""
    return dict(json.loads(SOURCE.read_text(encoding="utf-8")))


def test_the_default_is_e1_to_e6_with_100_points() -> None:
    found = {each.code: sum(item.maximum for item in each.items) for each in default().dimensions}
    assert found == {"E1": 10, "E2": 25, "E3": 25, "E4": 15, "E5": 10, "E6": 15}


def test_the_stages_are_those_of_the_rule_book() -> None:
    assert {each.value for each in Stage} == set(STAGES)
    assert {each.value for each in GRADED} == {FINAL}
    assert LEAST_ANSWERS == survey.LEAST_VALID


def test_a_mid_term_asks_e1_to_e5_and_a_follow_up_e6() -> None:
    assert {each.dimension for each in default().asked("midterm")} == {"E1", "E2", "E3", "E4", "E5"}
    assert {each.dimension for each in default().asked("follow_up")} == {"E6"}


def test_the_best_sheet_has_100_points_and_only_a_final_a_grade() -> None:
    assert (answer(best())["total"], answer(best())["grade"]) == ("100.00", "excellent")
    assert (answer(best("midterm"))["total"], answer(best("midterm"))["grade"]) == ("85.00", None)


@pytest.mark.parametrize(
    ("actual", "points"),
    [
        ("100", "9.00"),
        ("99.99", "6.00"),
        ("80", "6.00"),
        ("79.99", "3.00"),
        ("60", "3.00"),
        ("59.99", "0.00"),
        ("150", "9.00"),
    ],
)
def test_a_ratio_earns_by_its_band_whose_lower_end_belongs_to_it(actual: str, points: str) -> None:
    document = best()
    document["items"]["E2.8"]["actual"] = actual
    assert item(document, "E2.8")["points"] == points


def test_missing_evidence_is_0_with_its_reason_and_never_an_average() -> None:
    document = best()
    document["items"]["E6.1"] = {"missing": "没有前后对照的数据。"}
    document["items"]["E4.2"]["evidence"] = []
    del document["items"]["E1.1"]
    found = answer(document)
    assert found["total"] == "83.00"  # 100 less 7, 6 and 4: the others bring no point for them
    assert found["missing"] == ["E1.1", "E4.2", "E6.1"]
    assert item(document, "E6.1")["came"] == Came.NO_EVIDENCE
    assert item(document, "E6.1")["words"] == "没有前后对照的数据。"
    assert item(document, "E4.2")["came"] == Came.NO_EVIDENCE
    assert item(document, "E1.1")["came"] == Came.UNMARKED


def test_satisfaction_is_the_share_of_satisfied_answers_from_20_on() -> None:
    document = best()
    document["survey"] = {"answers": "30", "satisfied": "20"}
    assert (item(document, "E3.1")["points"], item(document, "E3.1")["exact"]) == ("8.00", "8")
    document["survey"] = {"answers": "20", "satisfied": "20"}
    assert item(document, "E3.1")["points"] == "12.00"
    for too_few in ({"answers": "19", "satisfied": "19"}, {"answers": "19"}):
        document["survey"] = too_few
        found = item(document, "E3.1")
        assert (found["points"], found["came"], found["answers"]) == ("0.00", Came.NOT_RATED, "19")
        assert "satisfied" not in found
    document["survey"] = None
    assert item(document, "E3.1")["came"] == Came.NO_SURVEY
    document["assembly"] = None
    assert item(document, "E3.2")["came"] == Came.NO_ASSEMBLY


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("90", Grade.EXCELLENT),
        ("89.99", Grade.GOOD),
        ("80", Grade.GOOD),
        ("79.99", Grade.PASS),
        ("60", Grade.PASS),
        ("59.99", Grade.FAIL),
    ],
)
def test_a_grade_line_includes_its_number(total: str, expected: Grade) -> None:
    assert grade(Fraction(total), default().lines, vetoed=False) is expected
    assert grade(Fraction(total), default().lines, vetoed=True) is Grade.FAIL


def test_an_area_can_set_the_pass_line_to_70() -> None:
    own = content()
    own["grades"]["pass"] = "70"
    document = best() | {"indicators": own}
    for code in ("E2.8", "E6.1", "E4.2", "E1.1", "E4.1"):  # 9, 7, 6, 4 and 4 points: 70 are left
        document["items"][code] = {"missing": "没有材料。"}
    assert (answer(document)["total"], answer(document)["grade"]) == ("70.00", "pass")
    document["items"]["E4.3"] = {"missing": "没有材料。"}
    assert (answer(document)["total"], answer(document)["grade"]) == ("65.00", "fail")


def test_a_veto_makes_the_grade_the_lowest_and_leaves_the_score() -> None:
    found = answer(best() | {"vetoes": {"false_data": "签到表为后补。"}})
    assert (found["total"], found["grade"]) == ("100.00", "fail")


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (
            {"items": {"E1.1": {"points": "4.01", "evidence": []}}},
            "evaluate_points_above",
            'items["E1.1"].points',
        ),
        (
            {"items": {"E1.1": {"points": "-1", "evidence": []}}},
            "evaluate_not_a_figure",
            'items["E1.1"].points',
        ),
        ({"items": {"E1.1": {"points": 4, "evidence": []}}}, "evaluate_not_a_figure", 'items["E1.1"].points'),
        ({"items": {"E1.1": {"points": "4"}}}, "evaluate_field_missing", 'items["E1.1"].evidence'),
        ({"items": {"E9.1": {"missing": "x"}}}, "evaluate_item_unknown", 'items["E9.1"]'),
        ({"items": {"E3.1": {"points": "12", "evidence": []}}}, "evaluate_item_counted", 'items["E3.1"]'),
        (
            {"items": {"E2.8": {"planned": "0", "actual": "1", "evidence": []}}},
            "evaluate_not_above_zero",
            'items["E2.8"].planned',
        ),
        (
            {"items": {"E1.1": {"points": "4", "evidence": ["a", "a"]}}},
            "evaluate_evidence_twice",
            'items["E1.1"].evidence[1]',
        ),
        ({"survey": {"answers": "30", "satisfied": "31"}}, "evaluate_satisfied_above", "survey.satisfied"),
        ({"survey": {"answers": "30"}}, "evaluate_field_missing", "survey.satisfied"),
        ({"vetoes": {"bad_mood": "x"}}, "evaluate_veto_unknown", "vetoes.bad_mood"),
        ({"stage": "end"}, "evaluate_not_a_choice", "stage"),
        ({"extra": 1}, "evaluate_field_unknown", "extra"),
        ({"indicators": "ours"}, "evaluate_not_an_object", "indicators"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(change: dict[str, Any], code: str, place: str) -> None:
    with pytest.raises(Invalid) as refused:
        evaluate(written(best() | change))
    assert (refused.value.code, refused.value.facts["place"]) == (code, place)


@pytest.mark.parametrize("data", [b"\xff", b"{", b"[" * 100_000, b"[]", b'{"stage":"final","stage":"final"}'])
def test_what_is_no_sheet_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        evaluate(data)


def test_weights_of_99_99_are_refused_and_of_100_taken() -> None:
    own = content()
    own["dimensions"][0]["items"][0]["points"] = "3.99"
    with pytest.raises(Invalid, match="indicators_not_hundred") as refused:
        parse(own)
    assert refused.value.facts["total"] == Decimal("99.99")
    own["dimensions"][0]["items"][1]["points"] = "4.01"
    assert sum(each.maximum for each in parse(own).items) == 100


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("grades", "pass"), "80", "indicators_lines"),
        (("grades", "excellent"), "100.01", "indicators_lines"),
        (("bands", 1, "share"), "1", "indicators_bands"),
        (("bands", 0, "share"), "2/3", "indicators_bands"),
        (("bands", 1, "from"), "100", "indicators_bands"),
        (("bands",), [], "indicators_bands"),
        (("dimensions", 0, "items", 0, "code"), "E1.2", "indicators_code_twice"),
        (("dimensions", 0, "code"), "x", "indicators_code"),
        (("dimensions", 0, "items", 0, "kind"), "guess", "evaluate_not_a_choice"),
        (("dimensions", 0, "items", 0, "also"), ["final"], "evaluate_not_a_choice"),
        (("dimensions", 0, "items", 0, "register"), "elders", "evaluate_not_a_choice"),
        (("bands", 0, "share"), "4/3", "evaluate_not_a_share"),
    ],
)
def test_a_set_that_cannot_be_marked_by_is_refused(path: tuple[Any, ...], value: object, code: str) -> None:
    own = content()
    place: Any = own
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(Invalid, match=code):
        parse(own)


def test_the_digest_of_a_set_does_not_hang_on_its_layout() -> None:
    own = content()
    turned = {key: own[key] for key in reversed(own)}
    assert parse(turned).digest == parse(own).digest == default().digest


MARKS = {
    each.code: st.one_of(
        st.decimals(0, Decimal(str(each.maximum)), places=2).map(
            lambda points: {"points": str(points), "evidence": ["ZJ-1"]}
        ),
        st.just({"missing": "没有材料。"}),
    )
    if each.kind is ItemKind.MARKED
    else st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)).map(
        lambda both: {"planned": str(both[0]), "actual": str(both[1]), "evidence": ["ZJ-2"]}
    )
    for each in default().items
    if each.kind in {ItemKind.MARKED, ItemKind.RATIO}
}
COUNTED = st.one_of(
    st.none(),
    st.integers(0, 400).flatmap(
        lambda many: st.integers(0, many).map(lambda some: {"answers": str(many), "satisfied": str(some)})
    ),
)


@given(st.fixed_dictionaries({}, optional=MARKS), COUNTED, COUNTED)
def test_a_score_is_the_exact_sum_of_its_items_and_nothing_is_invented(
    items: dict[str, Any], survey: dict[str, str] | None, assembly: dict[str, str] | None
) -> None:
    document = best() | {"items": items, "survey": survey, "assembly": assembly}
    found = score(read_sheet(written(document)))
    assert found.total == sum(each.points for each in found.items)
    assert all(0 <= each.points <= each.item.maximum for each in found.items)
    assert all(not each.points for each in found.missing)
    assert found.maximum == 100
    assert abs(Fraction(two(found.total)) - found.total) <= Fraction(1, 200)
    assert answer(document)["total"] == str(two(found.total))
