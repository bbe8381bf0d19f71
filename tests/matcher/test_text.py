"""Text in standard form, with the way back to where it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text import Segmenter, Standardiser, fold

VARIANTS = {"汏浴": "洗澡", "小囡": "孩子", "烧饭": "做饭", "老太": "老人", "老太太": "老人"}


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＡＥＤ急救", "aed急救"),
        ("長者沒飯吃，電梯壞了", "长者没饭吃,电梯坏了"),
        ("１２３４５热线", "12345热线"),
        ("AED", "aed"),
        ("İstanbul", "İstanbul"),  # its lower case has two characters: left as it is
        ("㎡ 和 ½", "㎡ 和 ½"),
        ("𠮷野家😀", "𠮷野家😀"),
    ],
)
def test_folding_keeps_every_character_in_its_place(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=60))
def test_a_folded_text_is_as_long_as_the_text(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="汏浴小囡燒飯烧饭老太abＡ😀，。 ", max_size=40))
def test_a_standard_text_knows_where_each_character_came_from(text: str) -> None:
    standard = Standardiser(VARIANTS)(text)
    assert len(standard.origin) == len(standard.text) + 1
    assert list(standard.origin) == sorted(standard.origin)
    assert standard.origin[-1] == len(text)


def test_the_longest_variant_is_replaced_and_its_place_is_known() -> None:
    standard = Standardiser(VARIANTS)("三樓老太太汏浴難")
    assert standard.text == "三楼老人洗澡难"
    start = standard.text.index("洗澡")
    assert standard.span(start, start + 2) == (5, 7)


def test_without_variants_a_text_is_only_folded() -> None:
    assert Standardiser({})("ＡＢ").text == "ab"


def test_words_are_cut_with_the_vocabulary_and_without_stop_words() -> None:
    words = Segmenter(["长者食堂"], ["我们"])("我们想办长者食堂，2026 年办好。")
    assert "长者食堂" in words
    assert "我们" not in words
    assert "2026" not in words


def test_words_know_their_places() -> None:
    text = "社区食堂和😀社区食堂"
    spans = [(start, end) for word, start, end in Segmenter(["社区食堂"]).spans(text) if word == "社区食堂"]
    assert [text[start:end] for start, end in spans] == ["社区食堂", "社区食堂"]
