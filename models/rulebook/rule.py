"""The rules as data: `rules.toml` holds them with articles and dates of effect; code reads figures here."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("rules.toml")


class Verified(StrEnum):
    """How well a rule is verified: its whole text, the clause, a secondary source, or not at all."""

    V1 = "V1"
    V2 = "V2"
    V3 = "V3"
    U = "U"


@dataclass(frozen=True)
class Rule:
    """One version of a rule."""

    id: str
    zh: str
    en: str
    article: str
    verified: Verified
    in_force: date | None = None
    figures: dict[str, Decimal] = field(default_factory=dict, hash=False)
    enforced: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    left: str | None = None

    def number(self, name: str) -> int:
        """A whole figure: days, persons, per cent."""
        return int(self.figures[name])

    def amount(self, name: str) -> Decimal:
        """A figure in yuan."""
        return self.figures[name]


def _rule(row: dict[str, Any]) -> Rule:
    figures = {name: Decimal(value) for name, value in row.get("figures", {}).items()}
    where = {name: tuple(row.get(name, ())) for name in ("enforced", "shown")}
    return Rule(**row | where | {"figures": figures, "verified": Verified(row["verified"])})


@cache
def versions() -> tuple[Rule, ...]:
    """Every version of every rule, in the order of the book."""
    return tuple(_rule(row) for row in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["rule"])


def rules(day: date | None = None) -> tuple[Rule, ...]:
    """The rules in force on a day, by id; without a day, the newest versions."""
    found: dict[str, Rule] = {}
    for each in versions():
        if day is None or each.in_force is None or each.in_force <= day:
            found[each.id] = each
    return tuple(found.values())


def rule(id: str, day: date | None = None) -> Rule:  # noqa: A002  # a rule is known by its id
    """The version of a rule in force on a day; KeyError when there was none yet."""
    return {each.id: each for each in rules(day)}[id]
