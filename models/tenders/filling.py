"""A new tender filled in from what is known of its needs. The words are data, in `words/`."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from models.needs.need import Engagement, Need
from models.rulebook.methods import METHODS, Method
from models.tenders.content import (
    Basics,
    CriterionContent,
    Level,
    LotContent,
    MilestoneContent,
    RequirementContent,
    Usual,
)
from models.tenders.terms import RequirementKind

WORDS = Path(__file__).with_name("words")
WHOLE = Decimal(100)
CENT = Decimal("0.01")
LEAST_PRICE_WEIGHT = Decimal(10)
USUAL_DAYS = 364
"""Of a service whose dates are open: its contract is for a year."""
SHORT, LONG = 200, 4000


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((WORDS / name).read_text(encoding="utf-8"))


def usual(needs: Sequence[Need], method: Method, budget: Decimal) -> Usual:
    """Everything that needs tell about the tender which is to meet them, as one lot."""
    words, title = _read("usual.toml"), title_of(needs)
    weight = price_weight(method)
    starts = min((need.starts_on for need in needs if need.starts_on), default=None)
    ends = max((need.ends_on for need in needs if need.ends_on), default=None)
    authors = [need.assessment.assessor_id for need in needs if need.assessment]
    basics = Basics(
        title=title,
        method=method,
        price_weight=weight,
        description=description_of(needs),
        engagement=engagement_of(needs),
        service_starts_on=starts,
        service_ends_on=ends if not starts or not ends or ends >= starts else None,
        author_organisation_id=next((author for author in authors if author), None),
        users_words=users_of(needs),
        contract_words=words["contract"]["words"].strip(),
    )
    lot = LotContent(title, budget, tuple(need.id for need in needs), basics.description)
    return Usual(
        basics,
        (lot,),
        tuple(criteria(domain_of(needs), WHOLE - weight)),
        tuple(requirements()),
        tuple(milestones(starts, ends)),
    )


def price_weight(method: Method) -> Decimal:
    """What the price weighs at first: the least the rules allow (R25, R41), all in a negotiation (R44)."""
    rules = METHODS[method]
    if rules.lowest_price_wins:
        return WHOLE
    return rules.price_floor.value if rules.price_floor else LEAST_PRICE_WEIGHT


def title_of(needs: Sequence[Need]) -> str:
    """The first need's title, and how many there are with it."""
    titles = _read("usual.toml")["titles"]
    wording: str = titles["one"] if len(needs) == 1 else titles["many"]
    return wording.format(first=needs[0].heading, count=len(needs))[:SHORT]


def description_of(needs: Sequence[Need]) -> str:
    """The needs' own words, one after the other."""
    words = _read("usual.toml")["description"]
    parts = []
    for need in needs:
        said = words["need"].format(heading=need.heading, place=need.unit.name, words=need.description)
        people = words["people"].format(people=need.affected_people) if need.affected_people else ""
        parts.append(said + people)
    return "\n\n".join(parts)[:LONG]


def engagement_of(needs: Sequence[Need]) -> Engagement | None:
    """The form of taking part (demand 48), where every need wants the same one."""
    wanted = {need.engagement for need in needs}
    return wanted.pop() if len(wanted) == 1 else None


def users_of(needs: Sequence[Need]) -> str:
    """Whom to ask at the acceptance (R10): the groups the needs name."""
    words = _read("usual.toml")["users"]
    groups = dict.fromkeys(term.term.name_zh for need in needs for term in need.terms if term.is_group)
    line: str = words["line"]
    return line.format(groups=words["between"].join(groups) or words["nobody_named"])[:LONG]


def domain_of(needs: Sequence[Need]) -> str | None:
    """The domain most needs are of, such as EL; of two equal ones the first."""
    domains = [term.term_code[:2] for need in needs for term in need.terms if not term.is_group]
    return Counter(domains).most_common(1)[0][0] if domains else None


def criteria(domain: str | None, points: Decimal) -> Iterator[CriterionContent]:
    """The usual criteria of a domain, sharing out the points that the price leaves, to the last hundredth."""
    data = _read("criteria.toml")
    rows = {row["name"]: row for row in data["usual"]} | {
        row["name"]: row for row in data["domain"].get(domain, [])
    }
    whole = sum(row["share"] for row in rows.values())
    left = points
    for number, row in enumerate(rows.values(), start=1):
        share = (points * row["share"] / whole).quantize(CENT, ROUND_DOWN)
        weight = left if number == len(rows) else share
        left -= weight
        if weight > 0:
            yield _criterion(row, weight)


def _criterion(row: dict[str, Any], weight: Decimal) -> CriterionContent:
    levels = tuple(
        Level(words, (weight * Decimal(str(share))).quantize(CENT, ROUND_DOWN))
        for words, share in row["levels"]
    )
    return CriterionContent(row["title"], weight, levels, row["text"], row.get("objective", False))


def requirements() -> Iterator[RequirementContent]:
    """The six conditions of 政府采购法 art 22 (R50)."""
    for row in _read("usual.toml")["requirements"]:
        yield RequirementContent(RequirementKind(row["kind"]), row["words"], row["evidence"])


def milestones(starts: date | None, ends: date | None) -> Iterator[MilestoneContent]:
    """The usual milestones, in days after the service begins; the last is due when it ends."""
    days = (ends - starts).days if starts and ends and ends > starts else USUAL_DAYS
    for row in _read("usual.toml")["milestones"]:
        due = {"middle": days // 2, "period": days}.get(row["due"], row["due"])
        yield MilestoneContent(row["title"], due, Decimal(row["percent"]), row["deliverable"])
