"""Text made comparable without losing its place: folded, variants replaced, words cut."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import opencc
import rjieba

_CJK = range(0x3400, 0xA000)
_LETTER = re.compile(r"\w")
BETWEEN = "\x1e"  # between texts that are standardised together; nobody types it


@dataclass(frozen=True)
class Standard:
    """A text in standard form; `origin[i]` is where its character i stood in the text as written."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as written that became `text[start:end]`."""
        return self.origin[start], self.origin[end]


@cache
def _simplified() -> dict[int, str]:
    """Traditional to simplified, one character to one, so that positions stay what they were."""
    characters = [chr(code) for code in _CJK]
    simplified = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, simplified, strict=True)
    return {ord(old): new for old, new in pairs if old != new and len(new) == 1}


class _Folded(dict[int, str]):
    """Code point -> the character it is folded to; worked out when it is first met."""

    def __missing__(self, point: int) -> str:
        narrow = unicodedata.normalize("NFKC", chr(point)).lower()
        folded = narrow if len(narrow) == 1 else chr(point)
        self[point] = _simplified().get(ord(folded), folded)
        return self[point]


_FOLDED = _Folded({ord(BETWEEN): " "})


def fold(text: str) -> str:
    """Half width, simplified, lower case, and as long as `text`: a position in one is one in both."""
    return text.translate(_FOLDED)


class Standardiser:
    """Folds a text and puts the standard word in place of each variant (汏浴 becomes 洗澡), longest first."""

    def __init__(self, variants: Mapping[str, str]) -> None:
        self.variants = {fold(variant): fold(standard) for variant, standard in variants.items()}
        longest_first = sorted(self.variants, key=lambda word: (-len(word), word))
        # An empty alternation would match everywhere; this one matches nowhere.
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def __call__(self, text: str) -> Standard:
        """The standard form of `text` with the way back."""
        folded = fold(text)
        parts: list[str] = []
        origin: list[int] = []
        end = 0
        for match in self._pattern.finditer(folded):
            word = self.variants[match.group()]
            parts += [folded[end : match.start()], word]
            origin += range(end, match.start())
            origin += [match.start()] * len(word)
            end = match.end()
        parts.append(folded[end:])
        origin += range(end, len(folded) + 1)
        return Standard("".join(parts), tuple(origin))

    def many(self, texts: Sequence[str]) -> list[str]:
        """The standard form of each text, without the way back, as fast as one long text."""
        if not texts:
            return []
        joined = BETWEEN.join(map(fold, texts))
        return self._pattern.sub(lambda match: self.variants[match.group()], joined).split(BETWEEN)


class Segmenter:
    """Cuts a standard text into words, with the vocabulary's wordings as words of their own."""

    def __init__(self, words: Iterable[str] = (), stop_words: Iterable[str] = ()) -> None:
        self._stop_words = frozenset(stop_words)
        self._jieba = rjieba.Jieba()
        for word in sorted(set(words)):
            self._jieba.add_word(word, None, None)

    def __call__(self, text: str) -> list[str]:
        """The words that carry meaning: two characters or more, no stop words."""
        return [word for word, _, _ in self.spans(text)]

    def spans(self, text: str) -> list[tuple[str, int, int]]:
        """The same words with where they stand."""
        return [token for token in self._jieba.tokenize(text) if self._carries_meaning(token[0])]

    def _carries_meaning(self, word: str) -> bool:
        is_word = len(word) > 1 and _LETTER.search(word) is not None and not word.isdigit()
        return is_word and word not in self._stop_words
