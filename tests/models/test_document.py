"""The one reader of the files people hand in: each subject's refusals, and a sentence for each of them."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document import Spot, below, decimal, plain
from models.errors import Invalid
from models.panels.ranking import document as ranking
from models.scoring import document as scoring
from web.labels import SENTENCES

Read = Callable[[bytes], Spot]
SUBJECTS = pytest.mark.parametrize(
    ("read", "word"), [(ranking.read, "rank"), (scoring.read, "evaluate")], ids=["rank", "evaluate"]
)


@SUBJECTS
@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"\xff", "not_utf8", "byte 1"),
        (b"{", "not_json", "line 1, column 2"),
        (b"[" * 100_000, "nested_too_deep", "JSON"),
        (b"[]", "not_an_object", "JSON"),
        (b'{"list": [], "list": []}', "key_twice", "list"),
        (b'{"list": [], "more": 1}', "field_unknown", "more"),
        (b"{}", "field_missing", "list"),
        (b'{"list": {"a b": 1}}', "not_a_list", "list"),
    ],
)
def test_what_is_wrong_is_named_with_its_place_in_the_subjects_own_words(
    read: Read, word: str, data: bytes, code: str, place: str
) -> None:
    with pytest.raises(Invalid) as refused:
        list(read(data).fields("list")["list"].items())
    assert (refused.value.code, refused.value.facts["place"]) == (f"{word}_{code}", place)
    assert refused.value.code in SENTENCES


@SUBJECTS
def test_what_was_read_is_the_subjects_own_and_plain_again(read: Read, word: str) -> None:
    whole = read(b'{"list": [{"a": "1"}, true, 2.50]}')
    kinds = {type(each) for each in (whole, *whole.members()["list"].items())}
    assert kinds == {type(whole)}
    assert whole.word == word
    assert plain(whole.value) == {"list": [{"a": "1"}, True, "2.50"]}


def test_a_key_that_is_no_word_is_shown_as_json_writes_it() -> None:
    assert below("items", "E1.1") == 'items["E1.1"]'
    assert below("JSON", "items") == "items"


@given(st.decimals(min_value=0, max_value=10**9, places=12, allow_nan=False, allow_infinity=False))
def test_a_figure_is_written_as_it_may_be_read_again(value: object) -> None:
    figure = Fraction(str(value))
    assert Fraction(decimal(figure)) == figure
