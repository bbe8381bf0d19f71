"""Words as people type them: safe to store, within their column, and comparable for searching."""

import unicodedata
from functools import cache

import opencc

from models.errors import Invalid

NOT_STORED = frozenset({"Cc", "Cs"})
"""Control characters and lone surrogates: PostgreSQL refuses them, and nobody typed them on purpose."""


def clean(text: str | None) -> str:
    """The words themselves, without control characters and without blanks at the ends."""
    kept = (c for c in text or "" if c in "\n\t" or unicodedata.category(c) not in NOT_STORED)
    return "".join(kept).strip()


def bounded(text: str | None, limit: int, *, field: str) -> str:
    """Clean words that fit their column. Raises Invalid("words_too_long")."""
    kept = clean(text)
    if len(kept) > limit:
        raise Invalid("words_too_long", field=field, limit=limit, length=len(kept))
    return kept


def normalised(*texts: str | None) -> str:
    """Texts for searching: full width to half, traditional to simplified, small letters, single blanks."""
    joined = " ".join(clean(text) for text in texts if text)
    return " ".join(_simplify().convert(unicodedata.normalize("NFKC", joined)).casefold().split())


def search_words(text: str | None, most: int = 8) -> list[str]:
    """The words of a search, each of which must be found; a hundred words are no search."""
    return normalised((text or "")[:200]).split()[:most]


@cache
def _simplify() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
