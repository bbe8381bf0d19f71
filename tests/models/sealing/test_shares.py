"""k phrases of n + 1 give the master; anything else says why not."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic import Share, generate_mnemonics

from models.errors import Invalid
from models.sealing.keys import MASTER_BYTES
from models.sealing.shares import combine, fingerprint, is_recognised, split

MASTER = bytes(range(MASTER_BYTES))
PHRASES = split(MASTER, 3, 4)
ALL = (*PHRASES.officers, PHRASES.escrow)
STRANGERS = split(MASTER, 3, 4).officers


def refusal(phrases: list[str]) -> tuple[str, dict[str, object]]:
    with pytest.raises(Invalid) as refused:
        combine(phrases)
    return refused.value.code, refused.value.facts


@settings(max_examples=25)
@given(master=st.binary(min_size=MASTER_BYTES, max_size=MASTER_BYTES), data=st.data())
def test_any_k_of_the_officers_and_the_escrow_open(master: bytes, data: st.DataObject) -> None:
    n = data.draw(st.integers(2, 15))
    k = data.draw(st.integers(2, n))
    phrases = split(master, k, n)
    brought = data.draw(st.permutations((*phrases.officers, phrases.escrow)))
    assert combine(brought[:k]) == master
    assert combine(brought) == master


def test_every_three_of_four_and_the_escrow_open() -> None:
    assert all(combine(three) == MASTER for three in combinations(ALL, 3))


def test_fewer_than_k_do_not_open() -> None:
    for two in combinations(ALL, 2):
        assert refusal(list(two)) == ("too_few_shares", {"have": 2, "need": 3})
    assert refusal([]) == ("too_few_shares", {"have": 0, "need": 2})


def test_fewer_than_k_do_not_open_for_one_who_lies_about_k() -> None:
    """The threshold is written in each phrase; two re-written as of a 2-of-n splitting give nothing."""
    read = [Share.from_mnemonic(phrase) for phrase in ALL[:2]]
    lies = [
        Share(s.identifier, s.extendable, s.iteration_exponent, 0, 1, 1, s.index, 2, s.value).mnemonic()
        for s in read
    ]
    assert refusal(lies) == ("share_of_another_tender", {})


def test_the_escrow_alone_does_not_open() -> None:
    lowest = split(MASTER, 2, 2)
    assert refusal([lowest.escrow]) == ("too_few_shares", {"have": 1, "need": 2})
    assert combine([lowest.escrow, lowest.officers[1]]) == MASTER


def test_no_two_phrases_are_alike() -> None:
    assert len({*ALL, *STRANGERS}) == 9


@pytest.mark.parametrize(("k", "n"), [(1, 3), (0, 3), (4, 3), (2, 1), (2, 16)])
def test_a_threshold_that_protects_nothing_or_cannot_be_met_is_refused(k: int, n: int) -> None:
    with pytest.raises(Invalid, match="threshold_out_of_range"):
        split(MASTER, k, n)


def test_a_share_given_twice_is_named() -> None:
    again = ALL[0].upper()
    assert refusal([ALL[0], ALL[1], again]) == ("share_twice", {"number": 3})


def test_a_share_of_another_tender_is_named_wherever_it_stands() -> None:
    assert refusal([STRANGERS[0], ALL[1], ALL[2]]) == ("share_of_another_tender", {"number": 1})
    assert refusal([ALL[1], ALL[2], STRANGERS[0]]) == ("share_of_another_tender", {"number": 3})


def test_a_share_of_another_tender_with_the_same_identifier_is_found() -> None:
    """The identifier has 15 bits: two tenders can have the same one."""
    mine, other = (Share.from_mnemonic(phrase) for phrase in (ALL[0], STRANGERS[3]))
    disguised = Share(
        mine.identifier, mine.extendable, mine.iteration_exponent, 0, 1, 1, other.index, 3, other.value
    ).mnemonic()
    assert refusal([*ALL[:2], disguised]) == ("share_of_another_tender", {})
    assert refusal([*ALL[2:4], disguised]) == ("share_of_another_tender", {"number": 3})


@pytest.mark.parametrize(
    "foreign",
    [generate_mnemonics(2, [(2, 2), (2, 2)], MASTER), generate_mnemonics(1, [(2, 2)], MASTER[:16])],
    ids=["of several groups", "of a shorter secret"],
)
def test_a_share_that_we_never_made_is_of_another_tender(foreign: list[list[str]]) -> None:
    assert refusal(foreign[0]) == ("share_of_another_tender", {"number": 1})


@given(place=st.integers(0, 32), word=st.sampled_from(["zero", "academic", "zzzz"]))
def test_a_wrong_word_is_noticed_and_not_repeated(place: int, word: str) -> None:
    words = ALL[0].split()
    if words[place] == word:
        word = "yoga"
    words[place] = word
    assert refusal([ALL[1], " ".join(words)]) == ("share_unreadable", {"number": 2, "words": 33})


@pytest.mark.parametrize(
    "typed", ["", "   ", "口令", "academic", ALL[0].rsplit(" ", 1)[0], f"{ALL[0]} {ALL[1]}"]
)
def test_what_is_no_phrase_is_unreadable(typed: str) -> None:
    code, facts = refusal([typed])
    assert (code, facts["number"]) == ("share_unreadable", 1)


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c != " " else "\u3000" for c in text)


@pytest.mark.parametrize(
    "typed",
    [
        ALL[0].upper(),
        f"\n  {ALL[0].replace(' ', '   ')}\t",
        ALL[0].replace(" ", "\r\n"),
        full_width(ALL[0]),
        full_width(ALL[0].upper()),
        ALL[0].replace(" ", "，"),
        "\n".join(f"{number}. {word}" for number, word in enumerate(ALL[0].split(), start=1)),
    ],
)
def test_phrases_are_read_as_people_type_them(typed: str) -> None:
    assert combine([typed, ALL[1], ALL[2]]) == MASTER
    assert is_recognised(typed, fingerprint(ALL[0]))


def test_a_fingerprint_knows_its_phrase_and_no_other() -> None:
    stored = fingerprint(ALL[0])
    assert [phrase for phrase in (*ALL, *STRANGERS) if is_recognised(phrase, stored)] == [ALL[0]]


def test_a_fingerprint_is_salted_and_holds_no_word() -> None:
    stored = fingerprint(ALL[0])
    assert stored != fingerprint(ALL[0])
    assert len(stored) == 96
    assert int(stored, 16)


def test_a_mistyped_phrase_is_unreadable_rather_than_not_recognised() -> None:
    with pytest.raises(Invalid, match="share_unreadable"):
        is_recognised(ALL[0].replace(ALL[0].split()[5], "zzzz"), fingerprint(ALL[0]))


def test_phrases_do_not_show_in_a_repr() -> None:
    assert not set(ALL[0].split()) & set(repr(PHRASES).replace("(", " ").split())
    assert repr(PHRASES) == "Phrases()"
