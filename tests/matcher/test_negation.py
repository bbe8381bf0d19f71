"""What is not wanted: its reach, and that blanking keeps every place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import default_vocabulary
from matcher.negation import Negation

NEGATION = Negation(["不需要"], ["已解决"])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("不需要送餐，要助浴", "，要助浴"),
        ("送餐已解决，要助浴", "，要助浴"),
        ("要助浴，送餐已解决", "要助浴，"),
        ("不需要一二三四五六七", "七"),
        ("一二三四五六七八九已解决", "一"),
        ("要助浴", "要助浴"),
    ],
)
def test_a_negation_reaches_as_far_as_its_clause_and_no_further(text: str, kept: str) -> None:
    assert NEGATION.blank(text).replace(" ", "") == kept


@given(st.lists(st.sampled_from(["不需要", "已解决", "送餐", "，", "老人", "x"]), max_size=12))
def test_blanking_keeps_every_place_and_is_done_once(parts: list[str]) -> None:
    text = "".join(parts)
    blanked = NEGATION.blank(text)
    assert len(blanked) == len(text)
    assert all(after in (before, " ") for before, after in zip(text, blanked, strict=True))
    assert NEGATION.blank(blanked) == blanked


@given(st.lists(st.text(max_size=20), max_size=5))
def test_texts_are_affirmed_together_as_each_alone(texts: list[str]) -> None:
    vocabulary = default_vocabulary()
    together = vocabulary.affirmed(texts)
    assert together == [vocabulary.affirm(vocabulary.standardise(text)).text for text in texts]
