"""The three blocks of a home page, whatever the role."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class ToDo:
    """Something I must do: the verb first, with its deadline when it has one."""

    verb: str
    subject: str
    url: str
    due: datetime | None = None
    note: str | None = None


def by_date(todo: list[ToDo]) -> list[ToDo]:
    """What is due first stands first; what has no day follows, in the order given."""
    dated = [each for each in todo if each.due is not None]
    return [*sorted(dated, key=lambda each: each.due), *(each for each in todo if each.due is None)]


@dataclass(frozen=True)
class InProgress:
    """Something that is under way elsewhere; `tag` is (words, tone)."""

    label: str
    url: str
    tag: tuple[str, str] | None = None
    next: str | None = None


@dataclass(frozen=True)
class News:
    """Something that happened since I was here."""

    at: datetime
    text: str
    url: str | None = None


@dataclass(frozen=True)
class Home:
    """A home page: what to do now, what is under way, what is new, and how to begin something."""

    todo: list[ToDo] = field(default_factory=list)
    in_progress: list[InProgress] = field(default_factory=list)
    start: list[tuple[str, str]] = field(default_factory=list)
    """Things one can begin here: (words, address); the first is the main one."""
    extra: dict[str, Any] = field(default_factory=dict)
