"""Texts are cut into pieces as BERT cuts them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.encoder.protocol import EncoderError
from matcher.encoder.wordpiece import WordPiece
from tests.matcher.encoder import tiny

MANY = 100
PLAIN = WordPiece({piece: place for place, piece in enumerate(tiny.PIECES)}, lower=True, bare=True)


def read(text: str, reader: WordPiece = PLAIN, most: int = MANY) -> list[str]:
    return [tiny.PIECES[number] for number in reader.read(text, most)[1:-1]]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("老人助餐。", ["老", "人", "助", "餐", "。"]),
        ("workers", ["wor", "##k", "##er", "##s"]),
        ("Café,A", ["cafe", ",", "a"]),
        ("cafe老a", ["cafe", "老", "a"]),
        ("work\u200ber\ufffd\x00s\n老", ["wor", "##k", "##er", "##s", "老"]),
        ("wor\u3000a\ta", ["wor", "a", "a"]),
        ("worx a", ["[UNK]", "a"]),
        ("雪a", ["[UNK]", "a"]),
        ("[CLS]", ["[", "[UNK]", "[UNK]"]),  # a text cannot speak for the reader
        ("wor" + "s" * 98, ["[UNK]"]),  # longer than any word that is looked up
        ("wor" + "s" * 97, ["wor"] + ["##s"] * 97),
        ("", []),
    ],
)
def test_pieces_are_the_longest_from_the_left(text: str, pieces: list[str]) -> None:
    assert read(text, most=MANY + 2) == pieces


@given(st.text(), st.integers(2, 10))
def test_a_reading_is_framed_and_never_longer_than_asked(text: str, most: int) -> None:
    whole, cut = PLAIN.read(text, 10**6), PLAIN.read(text, most)
    assert cut[:-1] == whole[:-1][: most - 1]
    assert len(cut) == min(len(whole), most)
    assert (tiny.PIECES[cut[0]], tiny.PIECES[cut[-1]]) == ("[CLS]", "[SEP]")


def test_case_and_accents_are_kept_where_the_folder_says_so(tmp_path: Path) -> None:
    tiny.write_json(tmp_path / "tokenizer.json", tiny.tokenizer(lowercase=False))
    assert read("A cafe café", WordPiece.of_folder(tmp_path)) == ["[UNK]", "cafe", "[UNK]"]


def test_a_list_of_pieces_is_read_like_the_json(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_text("\n".join(tiny.PIECES) + "\n", encoding="utf-8")
    assert read("CAFÉ 老人", WordPiece.of_folder(tmp_path)) == ["cafe", "老", "人"]
    tiny.write_json(tmp_path / "tokenizer_config.json", {"do_lower_case": False})
    assert read("CAFÉ 老人", WordPiece.of_folder(tmp_path)) == ["[UNK]", "老", "人"]


WHOLE = tiny.tokenizer()


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        json.dumps(WHOLE | {"normalizer": None}),
        json.dumps(WHOLE | {"normalizer": {"type": "NFKC"}}),
        json.dumps(WHOLE | {"model": {"type": "Unigram", "vocab": [["a", -1.0]]}}),
        json.dumps(WHOLE | {"model": {"vocab": {"[CLS]": 0, "[SEP]": 1}}}),
        json.dumps(WHOLE | {"model": {"vocab": {"[CLS]": 0, "[SEP]": 1, "[UNK]": "2"}}}),
    ],
)
def test_another_tokenizer_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "tokenizer.json").write_text(content)
    with pytest.raises(EncoderError) as raised:
        WordPiece.of_folder(tmp_path)
    assert raised.value.code == "bad_tokenizer"
    assert raised.value.facts["file"] == "tokenizer.json"


def test_a_folder_without_a_tokenizer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="bad tokenizer"):
        WordPiece.of_folder(tmp_path)
