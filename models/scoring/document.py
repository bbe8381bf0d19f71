"""The kinds of values an evaluation's file has: words, codes, figures with two decimals, shares, counts."""

import re
from fractions import Fraction
from typing import ClassVar

from models import document

FIGURE = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,2})?")
COUNT = re.compile(r"0|[1-9][0-9]{0,8}")
SHARE = re.compile(r"(0|[1-9][0-9]{0,3})(?:/([1-9][0-9]{0,3}))?")
LONGEST = 4000


class Spot(document.Spot):
    """A value of an evaluation and its place in the file."""

    word: ClassVar[str] = "evaluate"

    def text(self, limit: int = LONGEST) -> str:
        """Words that are not nothing."""
        if not isinstance(self.value, str) or not 0 < len(self.value.strip()) <= limit:
            raise self.wrong("evaluate_not_words", limit=limit)
        return self.value

    def choice(self, members: tuple[str, ...]) -> str:
        """One of the codes."""
        if not isinstance(self.value, str) or self.value not in members:
            raise self.wrong("evaluate_not_a_choice", choices=", ".join(members))
        return self.value

    def figure(self, *, above_zero: bool = False) -> Fraction:
        """A figure with two decimals at most."""
        found = self.written(FIGURE, "evaluate_not_a_figure")
        if above_zero and not found:
            raise self.wrong("evaluate_not_above_zero")
        return found

    def share(self) -> Fraction:
        """A share from 0 to 1, as a fraction: 2/3."""
        found = SHARE.fullmatch(self.value) if isinstance(self.value, str) else None
        share = Fraction(int(found[1]), int(found[2] or 1)) if found else None
        if share is None or share > 1:
            raise self.wrong("evaluate_not_a_share")
        return share

    def count(self) -> int:
        """A whole number."""
        return int(self.written(COUNT, "evaluate_not_a_count"))


def read(data: bytes) -> Spot:
    """The whole of a file."""
    return document.read(data, Spot)
