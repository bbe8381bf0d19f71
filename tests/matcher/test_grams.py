"""Grams: what is counted is what the text has, whatever its company."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.grams import COLUMNS, columns_of, counts, counts_of_fields, grams_of
from matcher.text import fold


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("吃饭，难", ["吃", "饭", "吃饭", "难"]),
        ("aed急", ["aed", "急"]),
        ("counselling", ["counselling", "counse"]),
        ("meals for the stairs and a bus pass", ["meal", "stair", "bus", "pass"]),
        ("打110，来了12个", ["打", "110", "来", "了", "来了", "个"]),
        ("，。！ 😀", []),
    ],
)
def test_grams_are_characters_their_pairs_and_latin_words(text: str, grams: list[str]) -> None:
    assert grams_of(text) == grams


@given(st.lists(st.text(max_size=30).map(fold), max_size=6))
def test_counting_all_at_once_is_counting_each_gram_of_each_text(texts: list[str]) -> None:
    n = len(texts)
    counted = counts(texts, np.arange(n), np.ones(n), n).toarray() if n else np.zeros((0, 0))
    for row, text in zip(counted, texts, strict=True):
        expected = Counter(columns_of(grams_of(text)))
        assert {at: row[at] for at in np.flatnonzero(row).tolist()} == expected


def test_a_gram_of_the_title_counts_as_its_field_says() -> None:
    counted = counts_of_fields([(["送餐"], 2.0), (["送餐上门"], 1.0)])
    assert counted.shape == (1, COLUMNS)
    assert counted[[0, 0], columns_of(["送餐", "上门"])].tolist() == [3.0, 1.0]


def test_no_texts_have_no_rows() -> None:
    assert counts_of_fields([([], 2.0)]).shape == (0, COLUMNS)
