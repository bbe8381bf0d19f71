"""Wordings that keep suppliers out unlawfully, found in conditions and criteria (R48-R50).

The words are data, in `gating_words.toml`. What is found is shown to the author with its words: a pattern
knows less than a person what was meant.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("gating_words.toml")
DENIED = re.compile(r"(不得|不以|不能|不可|不应|不再|无须|无需|不要求|不限|不设|禁止).{0,8}$")
BLANK = re.compile(r"\s+")


class GatingKind(StrEnum):
    """On what ground a wording keeps suppliers out."""

    GATING_LIST = "gating_list"
    LOCALITY = "locality"
    REGIONAL_RECORD = "regional_record"
    ORGANISATIONAL_FORM = "organisational_form"
    YEARS_IN_BUSINESS = "years_in_business"
    SIZE = "size"


@dataclass(frozen=True)
class Gate:
    """What was found, on which ground, against which rule."""

    kind: GatingKind
    rule: str
    words: str


@cache
def _patterns() -> tuple[tuple[GatingKind, str, re.Pattern[str]], ...]:
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["words"]
    return tuple(
        (GatingKind(row["kind"]), row["rule"], re.compile("|".join(row["patterns"]))) for row in rows
    )


def gates(text: str) -> list[Gate]:
    """The wordings in a text that may not be there, in the order in which they stand."""
    plain = BLANK.sub("", unicodedata.normalize("NFKC", text))
    found = [
        (match.start(), Gate(kind, rule, match.group()))
        for kind, rule, pattern in _patterns()
        for match in pattern.finditer(plain)
        if not DENIED.search(plain[: match.start()].rpartition("。")[2])
    ]
    return [gate for _start, gate in sorted(found, key=lambda each: each[0])]
