"""Where the texts of both sides speak of what carried a match."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from models.catalogue.term import TaxonomyTerm
from models.matching.run import Match
from web.labels.catalogue import term_name

_TELLING = 0.15  # of all the codes, or groups, that a pair shares: what weighs less did not carry it

Place = tuple[int, int]
Spans = list[tuple[int, int, str | None]]
Terms = Mapping[str, TaxonomyTerm]


def of_need(matches: Sequence[Match], terms: Terms) -> Spans:
    """Where the need's description speaks of the codes and groups of its matches, each with its name."""
    found: dict[Place, str | None] = {}
    for match in matches:
        found = _named(match, "need", terms) | found
    return list(_apart(found))


def of_service(match: Match, terms: Terms) -> Spans:
    """The same in the description of a service, and the words it shares with the need, which have no name."""
    words = [place for word in match.evidence["words"] for place in _places(word["service"])]
    return list(_apart(dict.fromkeys(words) | _named(match, "service", terms)))


def _named(match: Match, side: str, terms: Terms) -> dict[Place, str | None]:
    return {
        place: term_name(terms[pair[f"{side}_code"]])
        for pair in reversed([*match.evidence["codes"], *match.evidence["groups"]])
        if pair["weight"] >= _TELLING and pair[f"{side}_code"] in terms
        for place in _places(pair[side])
    }


def _places(marks: Iterable[Mapping[str, Any]]) -> list[Place]:
    return [(mark["start"], mark["end"]) for mark in marks if mark["field"] == "description"]


def _apart(found: Mapping[Place, str | None]) -> Iterator[tuple[int, int, str | None]]:
    """Of places that overlap only the one that begins first, and of these the longest."""
    at = 0
    for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
        if start >= at:
            yield start, end, found[start, end]
            at = end
