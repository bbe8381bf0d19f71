"""A paper: what it says, in blocks. Word and PDF are two ways to write the same one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models.wording import clean


@dataclass(frozen=True)
class Heading:
    """The head of a part; level 2 stands below level 1."""

    text: str
    level: int
    kind: str = "heading"


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """Heads, and rows of the same length; a cell may have several lines."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = "table"


Block = Heading | Text | Table


@dataclass
class Paper:
    """A title and blocks, added one after the other."""

    title: str
    blocks: list[Block] = field(default_factory=list)

    def __post_init__(self) -> None:
        """What people wrote may hold signs that no file takes."""
        self.title = clean(self.title)

    def heading(self, text: str, level: int = 1) -> None:
        """Begin a part."""
        self.blocks.append(Heading(clean(text), level))

    def words(self, text: str) -> None:
        """A paragraph a line; empty lines are left out."""
        self.blocks += [Text(line) for line in clean(text).split("\n") if line.strip()]

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table."""
        cleaned = tuple(tuple(map(clean, row)) for row in rows)
        self.blocks.append(Table(tuple(heads), cleaned))
