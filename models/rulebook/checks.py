"""Checks before a tender is published, each by its rule: pure functions over a draft."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from models.calendar.counting import count, count_back
from models.calendar.workdays import NATIONAL, Calendar
from models.rulebook.draft import Draft, Survey
from models.rulebook.finding import Finding, FindingCode, Severity
from models.rulebook.gating import Gate, gates
from models.rulebook.methods import METHODS, Method, Span
from models.rulebook.picker import ServiceKind, needs_survey
from models.rulebook.rule import rule

WHOLE = Decimal(100)
VAGUE = re.compile("优|良|中|差|优秀|良好|较?好|一般|较差|较?合理|较?完善|较?完整|不?合格")

Check = Callable[[Draft], Iterator[Finding]]


def weights(draft: Draft) -> Iterator[Finding]:
    """R26: the weights with the price's sum to 100, exactly; each is above zero."""
    total = draft.price_weight + sum((each.weight for each in draft.criteria), Decimal(0))
    scored = METHODS[draft.method].price_floor is not None
    if total != WHOLE and (scored or draft.criteria):
        yield Finding(FindingCode.WEIGHTS_NOT_100, "R26", facts={"total": total})
    for each in draft.criteria:
        if each.weight <= 0:
            yield Finding(FindingCode.WEIGHT_NOT_POSITIVE, "R26", where=each.id, facts={"title": each.title})


def price_weight(draft: Draft) -> Iterator[Finding]:
    """R25, R41: the price's floor and, in a consultation, its ceiling; a fixed price is not scored.

    R44: in a negotiation the lowest price wins, so nothing else is scored.
    """
    rules = METHODS[draft.method]
    weight = draft.price_weight
    if rules.lowest_price_wins:
        if draft.criteria:
            yield Finding(FindingCode.LOWEST_PRICE_WINS, rules.lowest_price_wins)
        return
    if draft.fixed_price:
        if weight:
            by = rules.price_floor.rule if rules.price_floor else "R25"
            yield Finding(FindingCode.FIXED_PRICE_SCORED, by, facts={"weight": weight})
        return
    if rules.price_floor and weight < rules.price_floor.value:
        facts = {"weight": weight, "floor": rules.price_floor.value}
        yield Finding(FindingCode.PRICE_WEIGHT_BELOW_FLOOR, rules.price_floor.rule, facts=facts)
    if rules.price_ceiling and weight > rules.price_ceiling.value:
        facts = {"weight": weight, "ceiling": rules.price_ceiling.value}
        yield Finding(FindingCode.PRICE_WEIGHT_ABOVE_CEILING, rules.price_ceiling.rule, facts=facts)


def quantified(draft: Draft) -> Iterator[Finding]:
    """R09, R27: each criterion is graded in more than adjectives, no grade above its weight."""
    for each in draft.criteria:
        facts = {"title": each.title}
        if len({points for _words, points in each.levels}) < 2:  # one grade tells nothing apart
            yield Finding(FindingCode.CRITERION_NOT_QUANTIFIED, "R09", where=each.id, facts=facts)
        elif all(VAGUE.fullmatch(_plain(words)) for words, _points in each.levels):
            yield Finding(FindingCode.CRITERION_VAGUE, "R09", where=each.id, facts=facts)
        most = max((points for _words, points in each.levels), default=Decimal(0))
        if most > each.weight:
            beyond = {"title": each.title, "points": most, "weight": each.weight}
            yield Finding(FindingCode.POINTS_ABOVE_WEIGHT, "R27", where=each.id, facts=beyond)


def conditions_unscored(draft: Draft) -> Iterator[Finding]:
    """R27: a condition for taking part is never scored as well."""
    conditions = {_plain(each.text) for each in draft.conditions if each.text.strip()}
    for each in draft.criteria:
        if conditions & {_plain(each.title), _plain(each.text)}:
            yield Finding(FindingCode.CONDITION_SCORED, "R27", where=each.id, facts={"title": each.title})


def unhindered(draft: Draft) -> Iterator[Finding]:
    """R48, R49: no condition and no criterion asks for a list, a place, a form, years, capital or size.

    Below the threshold the law does not forbid it (R20), and the author is only told.
    """
    severity = Severity.REFUSES if METHODS[draft.method].statutory else Severity.WARNS
    texts = [(each.id, each.text) for each in draft.conditions]
    for each in draft.criteria:
        words = (each.title, each.text, *(words for words, _points in each.levels))
        texts.append((each.id, "。".join(words)))
    for where, text in texts:
        for gate in gates(text):
            yield _gating(gate, where, severity)


def _gating(gate: Gate, where: str, severity: Severity) -> Finding:
    facts = {"kind": gate.kind, "words": gate.words}
    return Finding(FindingCode.GATING_WORDS, gate.rule, severity, where, facts)


def author_barred(draft: Draft) -> Iterator[Finding]:
    """R54: whoever wrote the specification is not invited to bid for it."""
    for organisation in sorted(draft.specification_authors & draft.invited):
        facts = {"organisation": organisation}
        yield Finding(FindingCode.SPECIFICATION_AUTHOR_INVITED, "R54", where=organisation, facts=facts)


def periods(draft: Draft, calendar: Calendar = NATIONAL) -> Iterator[Finding]:
    """R21, R22, R39, R44: enough days to bid, to fetch the documents, and after a clarification."""
    rules = METHODS[draft.method]
    for span, chosen, code in (
        (rules.bid_period, draft.bid_deadline, FindingCode.DEADLINE_TOO_EARLY),
        (rules.documents, draft.documents_until, FindingCode.DOCUMENTS_TOO_SHORT),
    ):
        if span is not None and chosen is not None:
            yield from _long_enough(span, draft.issued, chosen, code, calendar)
    if rules.clarification and draft.clarified and draft.bid_deadline:
        span = rules.clarification
        last = count_back(draft.bid_deadline, span.days, span.kind, calendar)
        if draft.clarified > last.day:
            facts = {"chosen": draft.clarified, "last": last.day, "days": span.days, "kind": span.kind}
            yield Finding(FindingCode.CLARIFICATION_TOO_LATE, span.rule, facts=facts)


def _long_enough(
    span: Span, issued: date, chosen: date, code: FindingCode, calendar: Calendar
) -> Iterator[Finding]:
    first = count(issued, span.days, span.kind, calendar)
    if chosen < first.day:
        facts = {"chosen": chosen, "first": first.day, "days": span.days, "kind": span.kind}
        yield Finding(code, span.rule, facts=facts)
    if first.provisional:
        yield Finding(FindingCode.DATE_PROVISIONAL, "R37", Severity.WARNS, facts={"first": first.day})


def surveyed(draft: Draft) -> Iterator[Finding]:
    """R07, R08: the need was surveyed within a year, among enough respondents, and the public was asked."""
    if draft.method == Method.COMPARISON or not needs_survey(draft.kind, draft.amount):
        return
    if draft.survey is None:
        yield Finding(FindingCode.SURVEY_MISSING, "R08")
        return
    yield from _sound(draft.survey, draft)


def _sound(survey: Survey, draft: Draft) -> Iterator[Finding]:
    book = rule("R08")
    if _years_later(survey.completed_on, book.number("years")) < draft.issued:
        facts = {"completed": survey.completed_on, "years": book.number("years")}
        yield Finding(FindingCode.SURVEY_TOO_OLD, "R08", facts=facts)
    if survey.respondents < book.number("respondents"):
        facts = {"respondents": survey.respondents, "least": book.number("respondents")}
        yield Finding(FindingCode.SURVEY_TOO_FEW, "R08", facts=facts)
    if draft.kind == ServiceKind.PUBLIC_SERVICE and not survey.public_asked:
        yield Finding(FindingCode.PUBLIC_NOT_ASKED, "R07")


def noticed(draft: Draft, calendar: Calendar = NATIONAL) -> Iterator[Finding]:
    """R45: the notice of a single source has stood for 5 working days, and they are over."""
    span = public_notice(draft.method, draft.amount, draft.tender_threshold)
    if span is None or draft.noticed is None:
        return
    last = count(draft.noticed, span.days, span.kind, calendar)
    if draft.issued <= last.day:
        facts = {"noticed": draft.noticed, "last": last.day, "days": span.days, "kind": span.kind}
        yield Finding(FindingCode.NOTICE_TOO_SHORT, span.rule, facts=facts)


def public_notice(method: Method, amount: Decimal, threshold: Decimal | None) -> Span | None:
    """R45 (74 art 38): how long a single source is announced, from the threshold of tenders on."""
    reaches = threshold is not None and amount >= threshold
    return METHODS[method].public_notice if reaches else None


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


CHECKS: tuple[Check, ...] = (
    weights,
    price_weight,
    quantified,
    conditions_unscored,
    unhindered,
    author_barred,
    periods,
    surveyed,
    noticed,
)


def before_publication(draft: Draft) -> list[Finding]:
    """Everything that the rules find in a draft; what refuses comes first."""
    found = [finding for check in CHECKS for finding in check(draft)]
    return sorted(found, key=lambda finding: finding.severity != Severity.REFUSES)
