"""Words for codes: enum members, refusals, messages. One module per subject; a test finds what is missing."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_babel import LazyString

from models.calendar.clocks import SHANGHAI
from models.errors import DomainError
from web.format import day, moment
from web.labels import (
    access,
    agencies,
    archive,
    bids,
    catalogue,
    contracts,
    deliberations,
    evaluations,
    exchange,
    frameworks,
    handling,
    judging,
    kernel,
    learning,
    mail,
    matching,
    needs,
    panels,
    parties,
    planning,
    ratings,
    records,
    rectifications,
    reports,
    rulebook,
    surveys,
    tenders,
    volunteers,
)

_MODULES = (
    kernel,
    access,
    agencies,
    parties,
    catalogue,
    deliberations,
    handling,
    needs,
    matching,
    learning,
    records,
    planning,
    exchange,
    panels,
    judging,
    rulebook,
    mail,
    bids,
    tenders,
    contracts,
    evaluations,
    rectifications,
    ratings,
    archive,
    reports,
    surveys,
    frameworks,
    volunteers,
)

LABELS: dict[type[StrEnum], dict[StrEnum, LazyString]] = {}
SENTENCES: dict[str, LazyString] = {}
MESSAGES: dict[str, LazyString] = {}
ACTIONS: dict[str, LazyString] = {}
for _module in _MODULES:
    LABELS.update(getattr(_module, "LABELS", {}))
    SENTENCES.update(getattr(_module, "SENTENCES", {}))
    MESSAGES.update(getattr(_module, "MESSAGES", {}))
    ACTIONS.update(getattr(_module, "ACTIONS", {}))


def label(member: StrEnum | None) -> str:
    """The word for an enum member in the request's language; nothing for None."""
    return "" if member is None else str(LABELS[type(member)][member])


READ: dict[str, Callable[[Any], str]] = {
    "day": lambda fact: day(date.fromisoformat(fact)),
    "until": lambda fact: moment(datetime.fromisoformat(fact).replace(tzinfo=SHANGHAI)),
}
"""How facts of a message are read that are kept as ISO 8601; the time of a deadline is that of Shanghai."""


def _said(fact: Any) -> Any:
    """A fact as a sentence says it: a code by its word, a day or an instant as pages write them."""
    if isinstance(fact, StrEnum) and type(fact) in LABELS:
        return label(fact)
    if isinstance(fact, datetime):
        return moment(fact)
    return day(fact) if isinstance(fact, date) else fact


def sentence(error: DomainError) -> str:
    """The sentence for a refusal: what is wrong, where, what to do."""
    return str(SENTENCES[error.code]) % {name: _said(fact) for name, fact in error.facts.items()}


def message(kind: str, facts: dict[str, Any]) -> str:
    """The sentence of an inbox message; a day or a deadline among its facts is kept as ISO 8601."""
    return str(MESSAGES[kind]) % {name: READ.get(name, str)(fact) for name, fact in facts.items()}


def action(name: str) -> str:
    """What an audit event says happened, for timelines."""
    return str(ACTIONS[name])
