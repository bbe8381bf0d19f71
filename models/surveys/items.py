"""What residents are asked. The words are data, in `items.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BEST = 5


@dataclass(frozen=True)
class Item:
    """One question with its five answers, in both languages."""

    code: str
    question: dict[str, str]
    short: dict[str, str]
    scale: dict[str, list[str]]

    def answers(self, language: str) -> list[tuple[int, str]]:
        """The answers with their points, the best first."""
        return [(BEST - place, words) for place, words in enumerate(self.scale[language])]


def _both(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {language: row[f"{name}_{language}"] for language in ("zh", "en")}


_DATA = tomllib.loads(Path(__file__).with_name("items.toml").read_text(encoding="utf-8"))
UNKNOWN: dict[str, str] = _DATA["unknown"]
OPEN_QUESTION: dict[str, str] = _DATA["open"]
ITEMS = tuple(
    Item(row["code"], {"zh": row["zh"], "en": row["en"]}, _both(row, "short"), _both(row, "scale"))
    for row in _DATA["items"]
)
CODES = tuple(item.code for item in ITEMS)
