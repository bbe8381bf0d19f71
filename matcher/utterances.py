"""The utterance bank: needs as residents tell them and services as catalogues put them, each with its codes.

`vocabulary/utterances/*.csv` (codes, groups, side, polarity, text) teach what no list of wordings can: which
words people use together when they mean a code. A row with polarity "-" looks like its codes and is not: it
teaches that the text has none of them, unless another row of the same text says which it has.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Side = Literal["need", "service"]
SIDES: tuple[Side, ...] = ("need", "service")
COLUMNS = ("codes", "groups", "side", "polarity", "text")


@dataclass(frozen=True)
class Utterance:
    """One text; without codes it is an example of what has none."""

    text: str
    side: Side
    codes: frozenset[str]
    groups: frozenset[str]


def read_utterances(folder: Path) -> tuple[Utterance, ...]:
    """All utterances of a folder's csv files, one for each text, in order of file and row.

    Raises ValueError, naming file and line, for a row that is not as the columns say.
    """
    codes: dict[tuple[str, Side], set[str]] = {}
    groups: dict[tuple[str, Side], set[str]] = {}
    for path in sorted(folder.glob("*.csv")):
        for row, side in _rows(path):
            key = (row["text"], side)
            denied = row["polarity"] == "-"
            codes.setdefault(key, set()).update(() if denied else _split(row["codes"]))
            groups.setdefault(key, set()).update(_split(row["groups"]))
    return tuple(
        Utterance(text, side, frozenset(found), frozenset(groups[text, side]))
        for (text, side), found in codes.items()
    )


def _rows(path: Path) -> Iterator[tuple[Mapping[str, str], Side]]:
    sides: Mapping[str, Side] = {side: side for side in SIDES}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            whole = set(row) == set(COLUMNS) and row["text"] and row["side"] in sides
            if not whole or row["polarity"] not in {"+", "-"}:
                message = f"{path.name}, line {number}: not an utterance"
                raise ValueError(message)
            yield row, sides[row["side"]]


def _split(codes: str) -> list[str]:
    return [code for code in codes.split(";") if code]
