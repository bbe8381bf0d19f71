"""What the matcher says about one need, as records that can be kept: figures beside every code.

A reason without its figure is worth nothing later, when price, capacity or text have changed; so the
figures, the marked words and the text they stand in are kept with the match.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import pandas as pd

from matcher import SIGNALS, CodeMatch, Explanation, Matcher, WordMatch
from matcher.moves import short_of_all
from models.matching.encode import SHEET_UNITS, UNGRADED, rows_of
from models.matching.engine import Fitted
from models.matching.run import Verdict

UNITS = {words: unit for unit, words in SHEET_UNITS.items()}
MOST_CODES, MOST_WORDS = 4, 8
PRICE_REASONS = frozenset({"price_within_budget", "budget_covers_part"})
RECORD_REASONS = frozenset({"good_record", "record_as_others", "poor_record", "newcomer"})
CAPACITY_REASONS = frozenset({"capacity_for_all", "capacity_for_part"})

Fact = dict[str, Any]


@dataclass(frozen=True)
class Candidate:
    """One service for one need. `reasons` and `refusals` are {"code", "facts"}."""

    service_id: UUID
    organisation_id: UUID
    rank: int
    score: float
    verdict: Verdict
    contributions: dict[str, float]
    reasons: list[Fact]
    refusals: list[Fact]
    evidence: dict[str, Any]


def candidate(fitted: Fitted[Matcher], need: Mapping[str, Any], row: Mapping[str, Any]) -> Candidate:
    """A row of a shortlist with all there is to say about it."""
    (found,) = candidates(fitted, need, [row])
    return found


def candidates(
    fitted: Fitted[Matcher], need: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> list[Candidate]:
    """The rows of one need's shortlist; the need is read once for all of them."""
    if not rows:
        return []  # an empty catalogue has fitted nothing that could be asked
    ids = [str(row["service_id"]) for row in rows]
    table = fitted.table.set_index("service_id", drop=False)
    services = rows_of(table.loc[ids])
    told = fitted.model.explain_each(need, ids)
    return [_candidate(*each, need) for each in zip(told, services, rows, strict=True)]


def _candidate(
    told: Explanation, service: Mapping[str, Any], row: Mapping[str, Any], need: Mapping[str, Any]
) -> Candidate:
    figures = {finding.code: plain(dict(finding.facts)) for finding in told.findings}
    refused = {finding.code for finding in told.refusals}
    return Candidate(
        service_id=UUID(str(service["service_id"])),
        organisation_id=UUID(str(service["org_id"])),
        rank=int(row["rank"]),
        score=float(row["score"]),
        verdict=Verdict(row["verdict"]),
        contributions={name: float(row[name]) for name in SIGNALS},
        reasons=[
            {"code": code, "facts": figures.get(code) or facts_of(code, told, need, service)}
            for code in told.reasons
            if code not in refused
        ],
        refusals=[{"code": finding.code, "facts": figures[finding.code]} for finding in told.refusals],
        evidence=evidence(told, service),
    )


def facts_of(
    code: str, told: Explanation, need: Mapping[str, Any], service: Mapping[str, Any]
) -> dict[str, Any]:
    """The figures behind a reason that speaks for the pair."""
    if code == "same_code":
        same = [pair.need_code for pair in told.codes if pair.need_code == pair.service_code]
        return {"codes": same[:MOST_CODES] or _distinct(told.codes)}
    if code == "near_code":
        return {"codes": _distinct(told.codes)}
    if code == "same_group":
        same = [pair.need_code for pair in told.groups if pair.need_code == pair.service_code]
        return {"codes": same[:MOST_CODES] or _distinct(told.groups)}
    if code == "shared_words":
        return {"words": [word.word for word in (told.words or told.characters)[:MOST_WORDS]]}
    if code in PRICE_REASONS:
        budget, share = need["budget_yuan"], told.signals["price"]
        figures = {"price": service["unit_price_yuan"], "unit": service["price_unit"], "budget": budget}
        return plain({**figures, "people": need["affected_people"], "short": _short(budget, share)})
    if code in CAPACITY_REASONS:
        free, unit = service["capacity_free"], service["capacity_unit"] or service["price_unit"]
        figures = {"capacity": free, "unit": unit, "people": need["affected_people"]}
        return plain({**figures, "short": _short(free, told.signals["scale"])})
    if code == "verified_recently":
        return plain({"days": service["stale_days"]})
    return _record_facts(service) if code in RECORD_REASONS else {}


def _record_facts(service: Mapping[str, Any]) -> dict[str, Any]:
    """In which code, how many evaluations, the points and the mean of its kind; a newcomer has none."""
    names = {"evaluations": "evaluations", "points": "record_points", "mean": "record_mean"}
    figures = {name: service[column] for name, column in names.items() if service["evaluations"]}
    return {"codes": [service["record_code"]], **plain(figures)}


def evidence(told: Explanation, service: Mapping[str, Any]) -> dict[str, Any]:
    """Words and codes with their places on both sides, and the entry as it stood."""
    seen = {
        "title": service["title"],
        "description": service["description"],
        "organisation": service["org_name"],
        "grade": None if service["org_grade"] == UNGRADED else service["org_grade"],
        "price": service["unit_price_yuan"],
        "unit": service["price_unit"],
        "stale_days": service["stale_days"],
    }
    return {
        "words": _marked(told.words[:MOST_WORDS]),
        "codes": _marked(told.codes[:MOST_CODES]),
        "groups": _marked(told.groups[:MOST_CODES]),
        "seen": plain(seen),
    }


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts that JSON can hold: numbers as numbers, units by their code, nothing for not known."""
    made: dict[str, Any] = {}
    for name, value in facts.items():
        if name == "unit":
            made[name] = UNITS[value].value if value in UNITS else None
        elif isinstance(value, str | list | dict) or value is None:
            made[name] = value
        else:
            number = float(value)
            made[name] = None if pd.isna(number) else int(number) if number.is_integer() else number
    return made


def _short(has: Any, share: float) -> float | None:
    """What is lacking for all, to the cent; None where it is not known or nothing is."""
    lacking = None if pd.isna(has) or share >= 1 else short_of_all(float(has), share)
    return None if lacking is None else round(lacking, 2)


def _distinct(pairs: Sequence[CodeMatch]) -> list[str]:
    return list(dict.fromkeys(pair.service_code for pair in pairs))[:MOST_CODES]


def _marked(matches: Sequence[CodeMatch] | Sequence[WordMatch]) -> list[dict[str, Any]]:
    return [asdict(match) for match in matches]
