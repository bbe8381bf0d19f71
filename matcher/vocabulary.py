"""The controlled vocabulary: codes, the wordings people use for them, and where a text uses them."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Literal

from matcher.negation import Negation
from matcher.text import BETWEEN, Segmenter, Standard, Standardiser
from matcher.utterances import read_utterances

Kind = Literal["service", "beneficiary", "route"]
KINDS: tuple[Kind, ...] = ("service", "beneficiary", "route")

_FOLDER = Path(__file__).parent / "vocabulary"


@dataclass(frozen=True)
class Term:
    """One code of one list with its names; `domain` groups service codes (EL, DI, WF ...)."""

    code: str
    zh: str
    en: str
    domain: str = ""


@dataclass(frozen=True)
class Hit:
    """A wording found in a text: `start` and `end` count characters of the text as written."""

    kind: Kind
    code: str
    wording: str
    start: int
    end: int
    negated: bool


class Wordings:
    """Finds the wordings of one list in a standard text, leftmost first and longest first."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.codes: dict[str, tuple[str, ...]] = {}
        for code, wording in dict.fromkeys(pairs):  # two variants may have become one wording
            self.codes[wording] = (*self.codes.get(wording, ()), code)
        heads: dict[str, list[str]] = {}
        for wording in sorted(self.codes, key=lambda word: (-len(word), word)):
            heads.setdefault(wording[:2], []).append(wording)
        self._heads = heads

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """(wording, start, end) of every wording, none inside another."""
        found = []
        at = 0
        while at < len(text):
            for wording in self._heads.get(text[at : at + 2], ()):
                if text.startswith(wording, at) and _stands_alone(text, wording, at):
                    found.append((wording, at, at + len(wording)))
                    at += len(wording) - 1
                    break
            at += 1
        return found


class Vocabulary:
    """The lists of one folder of csv files that a social worker can edit."""

    def __init__(self, folder: Path = _FOLDER) -> None:
        self.folder = folder
        self.standardise = Standardiser(dict(_pairs(folder / "variants.csv")))
        self.service_codes = {
            row["code"]: Term(row["code"], row["zh"], row["en"], row["domain"])
            for row in _rows(folder / "service_codes.csv")
        }
        self.beneficiary_groups = _terms(folder / "beneficiary_groups.csv")
        self.routes = _terms(folder / "routes.csv")
        self.community_types = _terms(folder / "community_types.csv")
        self._wordings: dict[Kind, Wordings] = {
            "service": self._load("service_wordings.csv"),
            "beneficiary": self._load("beneficiary_wordings.csv"),
            "route": self._load("route_wordings.csv"),
        }
        self.utterances = read_utterances(folder / "utterances")
        negations = _pairs(folder / "negations.csv")
        self.stop_words = tuple(row["word"] for row in _rows(folder / "stop_words.csv"))
        standard = [(self.standardise(phrase).text, side) for phrase, side in negations]
        self.negation = Negation(
            (phrase for phrase, side in standard if side == "before"),
            (phrase for phrase, side in standard if side == "after"),
        )

    def _load(self, name: str) -> Wordings:
        pairs = _pairs(self.folder / name)
        return Wordings((code, self.standardise(wording).text) for code, wording in pairs)

    @cached_property
    def digest(self) -> str:
        """The same for the same lists, another when one of them was edited."""
        files = sorted(self.folder.rglob("*.csv"))
        told = [f"{path.relative_to(self.folder)} {sha256(path.read_bytes()).hexdigest()}" for path in files]
        return sha256("\n".join(told).encode()).hexdigest()[:16]

    def affirmed(self, texts: Sequence[str]) -> list[str]:
        """The texts in standard form with blanks in place of what they say is not wanted."""
        if not texts:
            return []
        return self.negation.blank(BETWEEN.join(self.standardise.many(texts))).split(BETWEEN)

    def affirm(self, standard: Standard) -> Standard:
        """The same for one text in standard form, with its way back."""
        return Standard(self.negation.blank(standard.text), standard.origin)

    def find(self, text: str, kinds: Sequence[Kind] = KINDS) -> list[Hit]:
        """Every wording in `text`, of the kinds asked for, with its codes, its place and its polarity."""
        return self.find_in(self.standardise(text), kinds)

    def find_in(self, standard: Standard, kinds: Sequence[Kind] = KINDS) -> list[Hit]:
        """The same for a text that is already in standard form."""
        hits = []
        for kind in kinds:
            wordings = self._wordings[kind]
            for wording, start, end in wordings.find(standard.text):
                negated = self.negation.reaches(standard.text, start, end)
                span = standard.span(start, end)
                hits += [Hit(kind, code, wording, *span, negated) for code in wordings.codes[wording]]
        return hits

    def pairs(self, kind: Kind) -> list[tuple[str, str]]:
        """Every (code, wording) of a list, in standard form."""
        return [(code, wording) for wording, its in self._wordings[kind].codes.items() for code in its]

    def told(self, kind: Kind) -> list[tuple[str, frozenset[str]]]:
        """The utterances that teach a list: those that say what they are of, or that they are of nothing."""
        if kind == "service":
            return [(utterance.text, utterance.codes) for utterance in self.utterances]
        return [
            (utterance.text, utterance.groups)
            for utterance in self.utterances
            if kind == "beneficiary" and (utterance.groups or not utterance.codes)
        ]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Wordings short enough to be words of their own when a text is cut."""
        found = {word for kind in KINDS for word in self._wordings[kind].codes if 2 <= len(word) <= 4}
        return tuple(sorted(found))

    @cached_property
    def segmenter(self) -> Segmenter:
        """Cuts texts with this vocabulary's words."""
        return Segmenter(self.words, self.stop_words)


@cache
def default_vocabulary() -> Vocabulary:
    """The vocabulary that comes with the matcher; read once, never changed."""
    return Vocabulary()


def _stands_alone(text: str, wording: str, at: int) -> bool:
    """A Latin wording must not begin or end inside a longer word; Chinese has no such border."""
    end = at + len(wording)
    inside_before = wording[0].isascii() and at > 0 and text[at - 1].isascii() and text[at - 1].isalnum()
    inside_after = wording[-1].isascii() and end < len(text) and text[end].isascii() and text[end].isalnum()
    return not (inside_before or inside_after)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _pairs(path: Path) -> list[tuple[str, str]]:
    """The first two columns of each row that has both."""
    rows = (tuple(row.values())[:2] for row in _rows(path))
    return [(first, second) for first, second in rows if first and second]


def _terms(path: Path) -> dict[str, Term]:
    return {row["code"]: Term(row["code"], row["zh"], row["en"]) for row in _rows(path)}
