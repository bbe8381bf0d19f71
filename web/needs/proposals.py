"""What the page proposes while a need is being written: codes, groups, whose work it is, needs like it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import current_app, g

from models.catalogue.term import TaxonomyTerm
from models.matching.propose import Proposed, SimilarNeed, propose, similar_needs

LEAST_SURE = 0.2
"""Proposals below this are noise more often than help."""

LOOKED_AT, MOST_SHOWN = 8, 3


@dataclass(frozen=True)
class Choice:
    """A code offered as a box to tick: whether it is ticked, and the words that suggested it."""

    term: TaxonomyTerm
    ticked: bool
    words: tuple[str, ...]


@dataclass(frozen=True)
class Offer:
    """Everything proposed for a text."""

    codes: list[Choice]
    groups: list[Choice]
    routes: list[TaxonomyTerm]
    same: list[SimilarNeed]
    """Needs of the same place that may be this one again."""
    similar: list[SimilarNeed]
    """Needs elsewhere that ask for the same: to read, not to merge with."""


def offer(
    text: str,
    unit_code: str,
    codes: Sequence[str],
    groups: Sequence[str],
    *,
    exclude: UUID | None = None,
) -> Offer:
    """What is ticked already comes first, then what the text suggests."""
    engine = current_app.extensions["matching"]
    found = propose(engine, text)
    alike = similar_needs(
        g.db,
        g.act,
        engine,
        text=text,
        unit_code=unit_code,
        term_codes=tuple(codes),
        exclude=exclude,
        limit=LOOKED_AT,
    )
    same = [need for need in alike if is_same(need)]
    hinted = (g.db.get(TaxonomyTerm, route.code) for route in found.routes[:1] if route.score >= LEAST_SURE)
    return Offer(
        codes=_choices(codes, found.codes),
        groups=_choices(groups, found.groups),
        routes=[term for term in hinted if term is not None],
        same=same[:MOST_SHOWN],
        similar=[need for need in alike if need.term_codes and need not in same][:MOST_SHOWN],
    )


def is_same(need: SimilarNeed) -> bool:
    """Whether it may be the same thing: a wrong merger costs a neighbourhood its need, so only close ones."""
    return need.near_duplicate or (need.place == "community" and bool(need.term_codes))


def _choices(ticked: Sequence[str], proposed: Sequence[Proposed]) -> list[Choice]:
    words = {one.code: one.words for one in proposed if one.score >= LEAST_SURE}
    codes = dict.fromkeys([*ticked, *words])
    rows = ((g.db.get(TaxonomyTerm, code), code) for code in codes)
    return [Choice(term, code in ticked, words.get(code, ())) for term, code in rows if term is not None]
