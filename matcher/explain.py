"""Why a pair scored as it did: the words and codes that carried it on both sides, and where they stand."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from matcher.eligibility import Finding


@dataclass(frozen=True)
class Mark:
    """A place in a field of a record: characters `start` to `end` of the text as written."""

    field: str
    start: int
    end: int
    wording: str


@dataclass(frozen=True)
class WordMatch:
    """A word on both sides; `weight` is its share of all that the shared words weigh."""

    word: str
    weight: float
    need: tuple[Mark, ...]
    service: tuple[Mark, ...]


@dataclass(frozen=True)
class CodeMatch:
    """A code of the need and one of the service that agree; they differ where only the domain is the same."""

    need_code: str
    service_code: str
    weight: float
    need: tuple[Mark, ...]
    service: tuple[Mark, ...]


@dataclass(frozen=True)
class Explanation:
    """All there is to say about one pair, in codes and figures; `contributions` add up to `score`."""

    need_id: str
    service_id: str
    score: float
    verdict: str
    contributions: Mapping[str, float]
    signals: Mapping[str, float]
    reasons: tuple[str, ...]
    findings: tuple[Finding, ...]
    words: tuple[WordMatch, ...]
    characters: tuple[WordMatch, ...]
    codes: tuple[CodeMatch, ...]
    groups: tuple[CodeMatch, ...]

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """The findings that refuse the pair."""
        return tuple(finding for finding in self.findings if finding.refused)

    def as_dict(self) -> dict[str, Any]:
        """Plain dicts and lists, for JSON."""
        return asdict(self)
