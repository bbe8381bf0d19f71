"""What a text says is not wanted or already there: found by its phrases, and blanked out."""

import re
from collections.abc import Iterable

_CLAUSE_END = re.compile(r"[，。；！？,;!?\n\x1e]")  # a negation reaches no further than its clause
_REACH = 6


class Negation:
    """Phrases that negate what follows them (不需要) or what they follow (已经解决)."""

    def __init__(self, before: Iterable[str], after: Iterable[str]) -> None:
        self._before = _any_of(before)
        self._after = _any_of(after)

    def reaches(self, text: str, start: int, end: int) -> bool:
        """Whether `text[start:end]` is negated."""
        before = _CLAUSE_END.split(text[max(0, start - _REACH) : start])[-1]
        after = _CLAUSE_END.split(text[end : end + _REACH + 2])[0]
        return self._before.search(before) is not None or self._after.search(after) is not None

    def blank(self, text: str) -> str:
        """The text with blanks in place of what is negated, as long as it was."""
        spans = [(found.start(), _end(text, found.end())) for found in self._before.finditer(text)]
        spans += [(_start(text, found.start()), found.end()) for found in self._after.finditer(text)]
        parts, at = [], 0
        for start, end in sorted(spans):
            if end > at:
                parts += [text[at:start], " " * (end - max(start, at))]
                at = end
        return "".join([*parts, text[at:]])


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def _end(text: str, at: int) -> int:
    return at + len(_CLAUSE_END.split(text[at : at + _REACH])[0])


def _start(text: str, at: int) -> int:
    return at - len(_CLAUSE_END.split(text[max(0, at - _REACH - 2) : at])[-1])
