"""The kinds of values a ranking's file has: ids, codes, yuan, weights, marks."""

import re
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, TypeVar

from models import document
from models.document import decimal

AMOUNT = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,2})?")
FIGURE = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,12})?")
ID_LENGTH = 100
E = TypeVar("E", bound=StrEnum)


class Spot(document.Spot):
    """A value of a ranking and its place in the file."""

    word: ClassVar[str] = "rank"

    def id(self) -> str:
        """An id: a short text that prints, without blanks around it."""
        value = self.value
        if not isinstance(value, str) or not is_id(value):
            raise self.wrong("rank_not_an_id")
        return value

    def truth(self) -> bool:
        """True or false, nothing that resembles them."""
        if not isinstance(self.value, bool):
            raise self.wrong("rank_not_true_or_false")
        return self.value

    def choice(self, members: tuple[E, ...]) -> E:
        """One of the codes."""
        for member in members:
            if self.value == member.value:
                return member
        raise self.wrong("rank_not_a_choice", choices=", ".join(members))

    def amount(self) -> Fraction:
        """Yuan above 0, to the fen at most."""
        return self._positive(AMOUNT, "rank_not_an_amount")

    def weight(self, *, may_be_zero: bool = False) -> Fraction:
        """A weight, above 0 and at most 1."""
        found = self.written(FIGURE, "rank_not_a_weight")
        if found > 1 or (found == 0 and not may_be_zero):
            raise self.wrong("rank_not_a_weight")
        return found

    def maximum(self) -> Fraction:
        """The highest mark there is, above 0."""
        return self._positive(FIGURE, "rank_not_a_maximum")

    def mark(self, maximum: Fraction) -> Fraction:
        """A mark from 0 to the maximum (R27); one out of range is to be corrected, not counted (R32)."""
        found = self.written(FIGURE, "rank_not_a_mark")
        if found > maximum:
            raise self.wrong("rank_mark_out_of_range", maximum=decimal(maximum))
        return found

    def _positive(self, pattern: re.Pattern[str], code: str) -> Fraction:
        found = self.written(pattern, code)
        if found == 0:
            raise self.wrong(code)
        return found


def read(data: bytes) -> Spot:
    """The whole of a file."""
    return document.read(data, Spot)


def is_id(text: str) -> bool:
    """Whether a text can name a bid, a criterion or a member."""
    return 0 < len(text) <= ID_LENGTH and text.isprintable() and text == text.strip()
