"""JSON that somebody hands in, read strictly: each value knows its place, and what is wrong is named with it.

Figures are strings, so that no reader of JSON turns them into binary fractions on the way. A subject makes a
spot of its own: its word stands before the code of every refusal, and it adds the kinds of values it knows.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self, TypeVar

from models.errors import Invalid

PLAIN_KEY = re.compile(r"[\w-]{1,40}")
SHOWN_LENGTH = 40
WHOLE = "JSON"
"""The place of the file itself."""


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
    word: ClassVar[str]
    """What stands before the codes of a subject's refusals."""

    def wrong(self, code: str, **facts: Any) -> Invalid:
        """What is wrong here."""
        return Invalid(code, place=self.place, value=shown(self.value), **facts)

    @classmethod
    def refused(cls, code: str, place: str, **facts: Any) -> Invalid:
        """What is wrong with any file, in the subject's own words."""
        return Invalid(f"{cls.word}_{code}", place=place, **facts)

    def members(self) -> dict[str, Self]:
        """An object whose keys are codes or ids."""
        if not isinstance(self.value, Pairs):
            raise self.refused("not_an_object", self.place, value=shown(self.value))
        found: dict[str, Self] = {}
        for name, value in self.value:
            place = below(self.place, name)
            if name in found:
                raise self.refused("key_twice", place)
            found[name] = type(self)(value, place)
        return found

    def fields(self, *required: str, optional: tuple[str, ...] = ()) -> dict[str, Self]:
        """An object with these fields and no others."""
        found = self.members()
        for name, spot in found.items():
            if name not in required and name not in optional:
                raise self.refused("field_unknown", spot.place)
        for name in required:
            if name not in found:
                raise self.refused("field_missing", below(self.place, name))
        return found

    def items(self) -> Iterator[Self]:
        """A list."""
        if not isinstance(self.value, list):
            raise self.refused("not_a_list", self.place, value=shown(self.value))
        return (type(self)(value, f"{self.place}[{index}]") for index, value in enumerate(self.value))

    def written(self, pattern: re.Pattern[str], code: str) -> Fraction:
        """A figure as the pattern has it, exact."""
        if not isinstance(self.value, str) or not pattern.fullmatch(self.value):
            raise self.wrong(code)
        return Fraction(self.value)


S = TypeVar("S", bound=Spot)


def read(data: bytes, kind: type[S]) -> S:
    """The whole of a file."""
    try:
        parsed: Any = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=Pairs,
            parse_int=Number,
            parse_float=Number,
            parse_constant=Number,
        )
    except UnicodeDecodeError as error:
        raise kind.refused("not_utf8", f"byte {error.start + 1}") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise kind.refused("not_json", place) from error
    except RecursionError as error:
        raise kind.refused("nested_too_deep", WHOLE) from error
    return kind(parsed, WHOLE)


def plain(value: object) -> object:
    """What was read, as JSON's own kinds of things again."""
    if isinstance(value, Pairs):
        return {name: plain(each) for name, each in value}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.written if isinstance(value, Number) else value


def below(place: str, name: str) -> str:
    """The place of a field of the object at a place."""
    path = "" if place == WHOLE else place
    if not PLAIN_KEY.fullmatch(name):
        return f"{path}[{shown(name)}]"
    return f"{path}.{name}" if path else name


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
    """A figure of a file as it may be written there; its denominator is a power of ten by construction."""
    whole, rest = divmod(value.numerator * 10**12 // value.denominator, 10**12)
    return f"{whole}.{rest:012d}".rstrip("0").rstrip(".")
