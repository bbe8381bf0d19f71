"""Sparse retrieval: weights, cosines and the order of the best."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.utils.estimator_checks import parametrize_with_checks

from matcher.candidates import Pairs
from matcher.grams import counts_of_fields
from matcher.retrieve import BM25Transformer, GramIndex
from matcher.top import top_k


@parametrize_with_checks([BM25Transformer(), BM25Transformer(k1=0.5, b=0)])
def test_the_weighting_is_a_proper_estimator(
    estimator: BM25Transformer, check: Callable[[BM25Transformer], None]
) -> None:
    check(estimator)


def test_a_rare_term_weighs_more_than_a_common_one() -> None:
    counts = np.array([[1.0, 1.0], [1.0, 0.0], [1.0, 0.0]])
    first = BM25Transformer().fit(counts).transform(counts).toarray()[0]
    assert first[1] > first[0] > 0


def test_a_repeated_term_weighs_less_each_time() -> None:
    counts = np.array([[1.0, 0.0], [2.0, 0.0], [3.0, 0.0], [0.0, 4.0]])
    weights = BM25Transformer(b=0).fit(counts).transform(counts).toarray()[:3, 0]
    steps = np.diff(weights)
    assert (steps > 0).all()
    assert steps[1] < steps[0]


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="Negative values"):
        BM25Transformer().fit(np.array([[-1.0]]))


def test_a_document_is_most_like_itself() -> None:
    grams = counts_of_fields([(["助餐送餐", "垃圾分类", ""], 2.0), (["为老人送饭", "撤桶值守", ""], 1.0)])
    index = GramIndex().fit(grams)
    every = Pairs(np.repeat(np.arange(3), 3), np.tile(np.arange(3), 3))
    cosines = index.cosines(index.vectors(grams), every).reshape(3, 3)
    assert cosines[0, 0] == pytest.approx(1)
    assert cosines[0, 1] == 0
    assert (cosines[2] == 0).all()


def test_one_word_in_common_is_not_much_when_the_rest_is_unheard_of() -> None:
    index = GramIndex().fit(counts_of_fields([(["助餐"], 1.0)]))
    asked = counts_of_fields([(["助餐", "助餐、火箭、飞船、登月、探测"], 1.0)])
    both = Pairs(np.arange(2), np.zeros(2, np.int64))
    whole, part = index.cosines(index.vectors(asked), both)
    assert whole == pytest.approx(1)
    assert 0 < part < 0.3


def test_an_index_of_nothing_finds_nothing() -> None:
    index = GramIndex().fit(counts_of_fields([([], 1.0)]))
    asked = index.vectors(counts_of_fields([(["助餐"], 1.0)]))
    assert index.cosines(asked, Pairs.of_one([])).shape == (0,)


@given(
    arrays(float, st.integers(0, 30), elements=st.sampled_from([0.0, 0.25, 0.5, 1.0])),
    st.integers(0, 35),
)
def test_the_best_are_those_of_a_full_sort_with_ties_by_place(scores: np.ndarray, k: int) -> None:
    expected = sorted(range(len(scores)), key=lambda place: (-scores[place], place))[:k]
    assert top_k(scores, k).tolist() == expected
