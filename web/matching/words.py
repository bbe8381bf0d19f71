"""Reasons as sentences: a code and its figures, in the language of the page.

What people wrote (words of a text, names of places) stays as written and is marked so; hence Markup.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from markupsafe import Markup, escape

from models.catalogue.service import CostUnit
from models.catalogue.term import TaxonomyTerm
from models.matching.review import Decision
from models.matching.run import Match
from models.parties.organisation import ListFlag
from models.parties.unit import AdministrativeUnit
from web.format import as_written, money_words, number, people
from web.labels import label
from web.labels.catalogue import term_name
from web.labels.matching import CAUTIONS, DECIDED, FITS, LIMITS, PARTS, REASONS, REFUSALS, VERIFIED_TODAY

Told = Mapping[str, Any]
Terms = Mapping[str, TaxonomyTerm]
Places = Mapping[str, AdministrativeUnit]


def fit(score: float) -> str:
    """A score in words."""
    return str(next(words for least, words in FITS if score >= least))


def decided(decision: Decision) -> str:
    """A decision once it is made."""
    return str(DECIDED[decision])


def limit(code: str) -> str:
    """What a group of refused services is called."""
    return str(LIMITS[code])


def reasons(told: Sequence[Told], terms: Terms) -> list[Markup]:
    """What speaks for a pair, the most telling first."""
    return [_say(_reason(each), each["facts"], terms, {}) for each in told if each["code"] in REASONS]


def _reason(told: Told) -> LazyString:
    is_today = told["code"] == "verified_recently" and not told["facts"].get("days")
    return VERIFIED_TODAY if is_today else REASONS[told["code"]]


def cautions(told: Sequence[Told]) -> list[Markup]:
    """What is not known and should be asked."""
    return [_say(CAUTIONS[each["code"]], each["facts"], {}, {}) for each in told if each["code"] in CAUTIONS]


def refusals(told: Sequence[Told], places: Places) -> list[Markup]:
    """Which limits stand in the way, with their figures."""
    return [_say(REFUSALS[each["code"]], each["facts"], {}, places) for each in told]


def parts(contributions: Mapping[str, float]) -> list[dict[str, Any]]:
    """The parts of a score for the chart and its table, in the order in which they are added."""
    return [{"label": str(PARTS[name]), "value": contributions[name]} for name in PARTS]


def price(facts: Told) -> str:
    """¥18 for one of the unit, or that it is by agreement."""
    if facts.get("price") is None:
        return _("面议")
    amount = money_words(Decimal(str(facts["price"])))
    if not facts.get("unit"):
        return amount
    return _("%(amount)s/%(unit)s", amount=amount, unit=label(CostUnit(facts["unit"])))


def amount(facts: Told) -> str:
    """How much there is, in its unit."""
    if facts.get("capacity") is None:
        return _("未知")
    if not facts.get("unit"):
        return number(facts["capacity"])
    return _("%(number)s %(unit)s", number=number(facts["capacity"]), unit=label(CostUnit(facts["unit"])))


def capacity_of(match: Match) -> str:
    """The free capacity a run saw, in words."""
    told = [*match.reasons, *match.refusals]
    return next((amount(each["facts"]) for each in told if "capacity" in each["facts"]), _("未知"))


def marks(matches: Sequence[Match], field: str, terms: Terms) -> list[tuple[int, int, str]]:
    """Where a need's text speaks of the codes and groups that carried its matches, each with its name."""
    found: dict[tuple[int, int], str] = {}
    for match in matches:
        for pair in [*match.evidence["codes"], *match.evidence["groups"]]:
            term = terms.get(pair["need_code"])
            for mark in pair["need"]:
                if mark["field"] == field and term is not None:
                    found.setdefault((mark["start"], mark["end"]), term_name(term))
    return [(start, end, name) for (start, end), name in sorted(found.items())]


def _say(words: Any, facts: Told, terms: Terms, places: Places) -> Markup:
    shown = {
        "names": _join(
            (escape(term_name(terms[code])) for code in facts.get("codes", []) if code in terms), _("；")
        ),
        "words": _join(as_written(word) for word in facts.get("words", [])),
        "missing": _join(as_written(word) for word in facts.get("missing", [])),
        "served": _join(as_written(places[c].name) for c in facts.get("served", []) if c in places),
        "flags": _join(escape(label(ListFlag(flag))) for flag in facts.get("flags", [])),
        "price": price(facts),
        "budget": money_words(_decimal(facts.get("budget"))),
        "short": money_words(_decimal(facts.get("short"))),
        "capacity": amount(facts),
        "people": people(facts.get("people")),
        "days": number(facts.get("days")),
        "stale_days": number(facts.get("stale_days")),
    }
    return escape(str(words)) % shown


def _join(parts: Iterable[Markup], between: str | None = None) -> Markup:
    return escape(between or _("、")).join(parts)


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
