"""Texts as the numbers of their word pieces, as BERT reads them (Devlin et al. 2019; Wu et al. 2016)."""

import json
import re
import string
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from matcher.encoder.protocol import EncoderError

TOKENIZER, VOCABULARY, SETTINGS = "tokenizer.json", "vocab.txt", "tokenizer_config.json"
FIRST, LAST, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"

_INSIDE = "##"  # begins a piece that does not begin a word
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})
_LONGEST = 100  # characters of a word that is still looked up
# The blocks that BERT reads character by character.
_CHINESE = re.compile(
    "([\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0002a6df\U0002a700-\U0002b81f\U0002b820-\U0002ceaf"
    "\uf900-\ufaff\U0002f800-\U0002fa1f])"
)


class WordPiece:
    """A vocabulary of word pieces.

    Parameters
    ----------
    vocabulary : mapping
        Piece -> number; with `FIRST`, `LAST` and `UNKNOWN`.
    lower, bare : bool
        Whether texts are read in lower case, and without accents.
    """

    def __init__(self, vocabulary: Mapping[str, int], *, lower: bool, bare: bool) -> None:
        self.vocabulary = vocabulary
        self.lower = lower
        self.bare = bare

    @classmethod
    def of_folder(cls, folder: Path) -> Self:
        """Read tokenizer.json or, where there is none, vocab.txt; EncoderError if neither can be used."""
        path = folder / TOKENIZER
        if not path.is_file():
            path = folder / VOCABULARY
        try:
            made = cls._of_json(path) if path.name == TOKENIZER else cls._of_list(path)
            _check(made.vocabulary)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise EncoderError("bad_tokenizer", file=path.name, because=str(error)) from error
        return made

    @classmethod
    def _of_json(cls, path: Path) -> Self:
        told = json.loads(path.read_text(encoding="utf-8"))
        model, normalizer = told["model"], told["normalizer"]
        if model.get("type", "WordPiece") != "WordPiece" or normalizer["type"] != "BertNormalizer":
            raise ValueError("no word pieces as BERT has them")
        return cls._with(dict(model["vocab"]), bool(normalizer["lowercase"]), normalizer.get("strip_accents"))

    @classmethod
    def _of_list(cls, path: Path) -> Self:
        pieces = path.read_text(encoding="utf-8").split("\n")
        settings: dict[str, Any] = {}
        if (path.parent / SETTINGS).is_file():
            settings = json.loads((path.parent / SETTINGS).read_text(encoding="utf-8"))
        numbers = {piece.rstrip("\r"): number for number, piece in enumerate(pieces) if piece}
        return cls._with(numbers, settings.get("do_lower_case", True), settings.get("strip_accents"))

    @classmethod
    def _with(cls, vocabulary: Mapping[str, int], lower: bool, bare: bool | None) -> Self:  # noqa: FBT001 - as read
        return cls(vocabulary, lower=lower, bare=lower if bare is None else bare)

    def read(self, text: str, most: int) -> list[int]:
        """Numbers of `FIRST`, at most `most` - 2 pieces of the text, and `LAST`."""
        pieces: list[int] = []
        for word in self._words(text):
            if len(pieces) >= most - 2:
                break
            pieces += self._pieces(word)
        return [self.vocabulary[FIRST], *pieces[: most - 2], self.vocabulary[LAST]]

    def _words(self, text: str) -> list[str]:
        clean = _CHINESE.sub(r" \1 ", "".join(map(_clean, text)))
        if self.bare:
            parts = unicodedata.normalize("NFD", clean)
            clean = "".join(character for character in parts if unicodedata.category(character) != "Mn")
        if self.lower:
            clean = clean.lower()
        return "".join(f" {each} " if _is_punctuation(each) else each for each in clean).split()

    def _pieces(self, word: str) -> list[int]:
        """The longest pieces from the left, or `UNKNOWN` alone."""
        unknown = [self.vocabulary[UNKNOWN]]
        if len(word) > _LONGEST:
            return unknown
        pieces: list[int] = []
        start = 0
        while start < len(word):
            begin = _INSIDE if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if begin + word[start:end] in self.vocabulary), None)
            if end is None:
                return unknown
            pieces.append(self.vocabulary[begin + word[start:end]])
            start = end
        return pieces


def _check(vocabulary: Mapping[str, int]) -> None:
    if not {FIRST, LAST, UNKNOWN} <= vocabulary.keys():
        raise ValueError("a special piece is missing")
    if not all(type(number) is int and number >= 0 for number in vocabulary.values()):
        raise ValueError("a piece without its number")


@lru_cache(maxsize=2**16)
def _clean(character: str) -> str:
    """A blank for white space, nothing for what cannot be seen."""
    if character in "\t\n\r":
        return " "
    if character == "\ufffd" or unicodedata.category(character) in _UNSEEN:
        return ""
    return " " if character.isspace() else character


@lru_cache(maxsize=2**16)
def _is_punctuation(character: str) -> bool:
    return character in string.punctuation or unicodedata.category(character).startswith("P")
