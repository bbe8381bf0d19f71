"""The JSON of a ranking, read strictly: every value knows its place, and whatever is wrong is named with it.

Figures are strings, so that no reader of JSON turns them into binary fractions on the way.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from models.errors import Invalid

AMOUNT = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,2})?")
FIGURE = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,12})?")
PLAIN_KEY = re.compile(r"[\w-]{1,40}")
ID_LENGTH = 100
SHOWN_LENGTH = 40
WHOLE = "JSON"
"""The place of the file itself."""
E = TypeVar("E", bound=StrEnum)


class Pairs(tuple[tuple[str, object], ...]):
    """An object as it is written, also when it has a key twice."""

    __slots__ = ()


@dataclass(frozen=True)
class Number:
    """A JSON number as it is written. None is asked for: it is kept to be named."""

    written: str


@dataclass(frozen=True)
class Spot:
    """A value and its place in the file."""

    value: object
    place: str

    def wrong(self, code: str, **facts: Any) -> Invalid:
        """What is wrong here."""
        return Invalid(code, place=self.place, value=shown(self.value), **facts)

    def members(self) -> dict[str, "Spot"]:
        """An object whose keys are ids."""
        if not isinstance(self.value, Pairs):
            raise self.wrong("rank_not_an_object")
        found: dict[str, Spot] = {}
        for name, value in self.value:
            place = below(self.place, name)
            if name in found:
                raise Invalid("rank_key_twice", place=place)
            found[name] = Spot(value, place)
        return found

    def fields(self, *required: str, optional: tuple[str, ...] = ()) -> dict[str, "Spot"]:
        """An object with these fields and no others."""
        found = self.members()
        for name, spot in found.items():
            if name not in required and name not in optional:
                raise Invalid("rank_field_unknown", place=spot.place)
        for name in required:
            if name not in found:
                raise Invalid("rank_field_missing", place=below(self.place, name))
        return found

    def items(self) -> Iterator["Spot"]:
        """A list."""
        if not isinstance(self.value, list):
            raise self.wrong("rank_not_a_list")
        return (Spot(value, f"{self.place}[{index}]") for index, value in enumerate(self.value))

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
        found = self._figure(FIGURE, "rank_not_a_weight")
        if found > 1 or (found == 0 and not may_be_zero):
            raise self.wrong("rank_not_a_weight")
        return found

    def maximum(self) -> Fraction:
        """The highest mark there is, above 0."""
        return self._positive(FIGURE, "rank_not_a_maximum")

    def mark(self, maximum: Fraction) -> Fraction:
        """A mark from 0 to the maximum (R27); one out of range is to be corrected, not counted (R32)."""
        found = self._figure(FIGURE, "rank_not_a_mark")
        if found > maximum:
            raise self.wrong("rank_mark_out_of_range", maximum=decimal(maximum))
        return found

    def _positive(self, pattern: re.Pattern[str], code: str) -> Fraction:
        found = self._figure(pattern, code)
        if found == 0:
            raise self.wrong(code)
        return found

    def _figure(self, pattern: re.Pattern[str], code: str) -> Fraction:
        if not isinstance(self.value, str) or not pattern.fullmatch(self.value):
            raise self.wrong(code)
        return Fraction(self.value)


def read(data: bytes) -> Spot:
    """The whole of a file."""
    try:
        text = data.decode("utf-8-sig")
        parsed: Any = json.loads(
            text, object_pairs_hook=Pairs, parse_int=Number, parse_float=Number, parse_constant=Number
        )
    except UnicodeDecodeError as error:
        raise Invalid("rank_not_utf8", place=f"byte {error.start + 1}") from error
    except json.JSONDecodeError as error:
        raise Invalid("rank_not_json", place=f"line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise Invalid("rank_nested_too_deep", place=WHOLE) from error
    return Spot(parsed, WHOLE)


def below(place: str, name: str) -> str:
    """The place of a field of the object at a place."""
    path = "" if place == WHOLE else place
    if not PLAIN_KEY.fullmatch(name):
        return f"{path}[{shown(name)}]"
    return f"{path}.{name}" if path else name


def is_id(text: str) -> bool:
    """Whether a text can name a bid, a criterion or a member."""
    return 0 < len(text) <= ID_LENGTH and text.isprintable() and text == text.strip()


def shown(value: object) -> str:
    """A value for a sentence: as JSON writes it, cut when long, with nothing in it that does not print."""
    if isinstance(value, Pairs):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    text = value.written if isinstance(value, Number) else json.dumps(value, ensure_ascii=False)
    text = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)
    return text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}…"


def decimal(value: Fraction) -> str:
    """A figure of the file as it may be written there; its denominator is a power of ten by construction."""
    whole, rest = divmod(value.numerator * 10**12 // value.denominator, 10**12)
    return f"{whole}.{rest:012d}".rstrip("0").rstrip(".")
