"""Reasons as sentences: a code and its figures, in the language of the page.

What people wrote (words of a text, names of places) stays as written and is marked so; hence Markup.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
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
from web.format import as_written, day, money_words, number, people
from web.labels import label
from web.labels.catalogue import term_name
from web.labels.matching import (
    ASKING,
    CAUTIONS,
    DECIDED,
    ENDED,
    FITS,
    IN_CATALOGUE,
    LIFTS,
    LIMITS,
    LOSSES,
    OWN,
    PARTS,
    REASONS,
    REFUSALS,
    SHORT_REASONS,
    VERIFIED_TODAY,
)

AGAINST = frozenset({"poor_record"})
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
    codes = REASONS.keys() - AGAINST
    return [_say(_reason(each), each["facts"], terms, {}) for each in told if each["code"] in codes]


def against(told: Sequence[Told], terms: Terms) -> list[Markup]:
    """What takes points from a pair that nothing refuses."""
    return [_say(_reason(each), each["facts"], terms, {}) for each in told if each["code"] in AGAINST]


def _reason(told: Told) -> LazyString:
    code, facts = told["code"], told["facts"]
    if code == "verified_recently" and not facts.get("days"):
        return VERIFIED_TODAY
    return SHORT_REASONS[code] if code in SHORT_REASONS and facts.get("short") else REASONS[code]


def cautions(told: Sequence[Told]) -> list[Markup]:
    """What is not known and should be asked."""
    return [_say(CAUTIONS[each["code"]], each["facts"], {}, {}) for each in told if each["code"] in CAUTIONS]


def refusals(told: Sequence[Told], places: Places) -> list[Markup]:
    """Which limits stand in the way, with their figures, and what would lift them."""
    return [_refusal(each, places) for each in told]


def _refusal(told: Told, places: Places) -> Markup:
    said = _say(REFUSALS[told["code"]], told["facts"], {}, places)
    lift = _lift(told["code"], told["facts"])
    if lift is None:
        return said
    return escape(_("%(said)s；%(lift)s")) % {"said": said, "lift": _say(lift, told["facts"], {}, places)}


def _lift(code: str, facts: Told) -> LazyString | None:
    figure, words = LIFTS.get(code, ("", None))
    if code == "not_available_then" and _is_over(facts):
        return ENDED
    return words if facts.get(figure) is not None else None


def _is_over(facts: Told) -> bool:
    last, starts = facts.get("available_to"), facts.get("starts_on")
    return last is not None and starts is not None and last <= starts


def own(told: Sequence[Told], places: Places) -> list[Markup]:
    """What the organisation can do about its limits, those that refuse and those that are not known."""
    return [_say(OWN[each["code"]], each["facts"], {}, places) for each in told if each["code"] in OWN]


def in_catalogue(told: Sequence[Told]) -> bool:
    """The organisation can do something about it in its catalogue."""
    return any(each["code"] in IN_CATALOGUE for each in told)


def moves(told: Sequence[Told], losses: Mapping[str, float]) -> list[str]:
    """What would move a service up: what can be found out first, then where it loses against the first."""
    asked = [str(ASKING[each["code"]]) for each in told if each["code"] in ASKING]
    # A run of an earlier model may have had signals that there are no words for any more.
    known = {name: lost for name, lost in losses.items() if name in LOSSES}
    return asked + [str(LOSSES[name]) % {"lost": f"{lost:.2f}"} for name, lost in known.items()]


def parts(contributions: Mapping[str, float]) -> list[dict[str, Any]]:
    """The parts of a score for the chart and its table, in the order in which they are added."""
    # A run of an earlier model knew fewer signals.
    return [
        {"label": str(PARTS[name]), "value": contributions[name]} for name in PARTS if name in contributions
    ]


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
        "lacking": amount({"capacity": facts.get("short"), "unit": facts.get("unit")}),
        "add": _join(as_written(places[c].name) for c in [facts.get("add")] if c in places),
        "available_from": _day(facts.get("available_from")),
        "available_to": _day(facts.get("available_to")),
        "capacity": amount(facts),
        "people": people(facts.get("people")),
        "days": number(facts.get("days")),
        "evaluations": number(facts.get("evaluations")),
        "points": _one_decimal(facts.get("points")),
        "mean": _one_decimal(facts.get("mean")),
        "stale_days": number(facts.get("stale_days")),
    }
    return escape(str(words)) % shown


def _join(parts: Iterable[Markup], between: str | None = None) -> Markup:
    return escape(between or _("、")).join(parts)


def _day(number: float | None) -> str:
    return day(None if number is None else date.fromordinal(int(number)))


def _one_decimal(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
