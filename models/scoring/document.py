"""The JSON of an evaluation, read strictly: every value knows its place, and what is wrong is named with it.

Figures are strings, so that no reader of JSON turns them into binary fractions on the way.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from models.errors import Invalid

FIGURE = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,2})?")
COUNT = re.compile(r"0|[1-9][0-9]{0,8}")
SHARE = re.compile(r"(0|[1-9][0-9]{0,3})(?:/([1-9][0-9]{0,3}))?")
PLAIN_KEY = re.compile(r"[\w-]{1,40}")
LONGEST, SHOWN_LENGTH = 4000, 40
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

    def wrong(self, code: str, **facts: Any) -> Invalid:
        """What is wrong here."""
        return Invalid(code, place=self.place, value=shown(self.value), **facts)

    def members(self) -> dict[str, "Spot"]:
        """An object whose keys are codes."""
        if not isinstance(self.value, Pairs):
            raise self.wrong("evaluate_not_an_object")
        found: dict[str, Spot] = {}
        for name, value in self.value:
            place = below(self.place, name)
            if name in found:
                raise Invalid("evaluate_key_twice", place=place)
            found[name] = Spot(value, place)
        return found

    def fields(self, *required: str, optional: tuple[str, ...] = ()) -> dict[str, "Spot"]:
        """An object with these fields and no others."""
        found = self.members()
        for name, spot in found.items():
            if name not in required and name not in optional:
                raise Invalid("evaluate_field_unknown", place=spot.place)
        for name in required:
            if name not in found:
                raise Invalid("evaluate_field_missing", place=below(self.place, name))
        return found

    def items(self) -> Iterator["Spot"]:
        """A list."""
        if not isinstance(self.value, list):
            raise self.wrong("evaluate_not_a_list")
        return (Spot(value, f"{self.place}[{index}]") for index, value in enumerate(self.value))

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
        if not isinstance(self.value, str) or not FIGURE.fullmatch(self.value):
            raise self.wrong("evaluate_not_a_figure")
        found = Fraction(self.value)
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
        if not isinstance(self.value, str) or not COUNT.fullmatch(self.value):
            raise self.wrong("evaluate_not_a_count")
        return int(self.value)


def read(data: bytes) -> Spot:
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
        raise Invalid("evaluate_not_utf8", place=f"byte {error.start + 1}") from error
    except json.JSONDecodeError as error:
        raise Invalid("evaluate_not_json", place=f"line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise Invalid("evaluate_nested_too_deep", place=WHOLE) from error
    return Spot(parsed, WHOLE)


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
