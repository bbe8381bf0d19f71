"""Similar needs: a duplicate is the same thing, in one place, for the same people, in the same months."""

import pandas as pd
import pytest

from matcher import NEED_COLUMNS, SIMILAR_COLUMNS, SimilarNeeds, similar_needs
from tests.matcher.tables import need, needs, several_needs

ELSEWHERE = {"community": "海棠里居民区", "street": "滨河街道", "district": "河东区"}
DRAFT = {"description": "有几位高龄独居老人自己烧不动饭，天天吃泡饭，想请人送餐。"}


def duplicate(**values: object) -> bool:
    """Whether the draft repeats an open need that differs from it in `values` alone."""
    found = similar_needs(need(need_id="new"), needs(need(**values)))
    return bool(found["near_duplicate"].any())


def test_the_same_need_again_is_a_duplicate() -> None:
    assert duplicate()
    assert duplicate(description="楼里几位高龄老人烧不动饭，天天吃泡饭剩菜。")


@pytest.mark.parametrize(
    "values",
    [
        {"community": "海棠里居民区"},
        {"start_month": 10},
        {"title": "楼道堆物", "description": "纸箱旧家具堵住消防通道。"},
        {
            "title": "孩子没人做饭",
            "description": "双职工家庭，放假孩子在家没饭吃。",
            "beneficiary_group": "小学生",
        },
    ],
)
def test_another_place_month_thing_or_people_is_no_duplicate(values: dict[str, object]) -> None:
    assert not duplicate(**values)


def test_months_meet_at_the_border_and_over_the_new_year() -> None:
    april = {"start_month": 4, "months": 1}
    asked = need(need_id="new", **april)
    for start, length, meets in [(5, 2, False), (2, 2, False), (2, 3, True), (4, 1, True), (11, 6, True)]:
        found = similar_needs(asked, needs(need(start_month=start, months=length)))
        assert found["same_months"].tolist() == [meets], (start, length)


def test_a_month_nobody_named_fits_any() -> None:
    assert duplicate(start_month=None)


def test_the_smallest_shared_unit_is_named() -> None:
    table = needs(
        need(need_id="a"),
        need(need_id="b", community="海棠里居民区"),
        need(need_id="c", community="海棠里居民区", street="滨河街道"),
        need(need_id="d", **ELSEWHERE),
    )
    found = similar_needs(need(need_id="new"), table).set_index("need_id")
    assert found["place"].to_dict() == {
        "a": "community",
        "b": "street",
        "c": "district",
        "d": "elsewhere",
    }
    assert found["same_place"].tolist() == [True, False, False, False]


def test_a_unit_code_is_a_place() -> None:
    here = {"unit_code": "310190001001"}
    found = similar_needs(need(need_id="new", **here, **ELSEWHERE), needs(need(**here)))
    assert found["same_place"].tolist() == [True]


def test_a_draft_of_one_sentence_finds_its_like() -> None:
    found = SimilarNeeds().fit(several_needs()).find(DRAFT)
    assert list(found.columns) == list(SIMILAR_COLUMNS)
    assert found["need_id"].iat[0] == "N1"
    assert "EL-01" in found["same_codes"].iat[0]
    assert not found["near_duplicate"].any()  # the draft does not say where


def test_a_need_is_not_like_itself() -> None:
    table = several_needs()
    assert "N1" not in set(similar_needs(table.iloc[0], table)["need_id"])


def test_the_order_of_the_open_needs_changes_nothing() -> None:
    table = several_needs()
    first, second = similar_needs(DRAFT, table), similar_needs(DRAFT, table.iloc[::-1])
    pd.testing.assert_frame_equal(first, second)


@pytest.mark.parametrize("draft", [{}, {"description": ""}, {"title": None}, {"description": "😀"}])
def test_a_draft_that_says_nothing_is_like_nothing(draft: dict[str, object]) -> None:
    assert similar_needs(draft, several_needs()).empty


def test_among_no_needs_nothing_is_found() -> None:
    nothing = pd.DataFrame(columns=[column.name for column in NEED_COLUMNS])
    assert similar_needs(DRAFT, nothing).empty
