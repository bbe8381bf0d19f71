"""What is known of a tender before it is published, as plain values: what the checks look at."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from models.rulebook.methods import Method
from models.rulebook.picker import ServiceKind


@dataclass(frozen=True)
class Criterion:
    """What is scored beside the price: its weight in per cent, and its grades as (wording, points)."""

    id: str
    title: str
    weight: Decimal
    text: str = ""
    levels: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True)
class Condition:
    """What a supplier must meet to take part."""

    id: str
    text: str


@dataclass(frozen=True)
class Survey:
    """A needs survey: when it ended, how many market respondents it had, whether the public was asked."""

    completed_on: date
    respondents: int
    public_asked: bool


@dataclass(frozen=True)
class Draft:
    """A tender as it would be published. Weights are in per cent."""

    method: Method
    amount: Decimal
    issued: date
    price_weight: Decimal
    kind: ServiceKind = ServiceKind.PUBLIC_SERVICE
    fixed_price: bool = False
    bid_deadline: date | None = None
    documents_until: date | None = None
    clarified: date | None = None
    criteria: tuple[Criterion, ...] = ()
    conditions: tuple[Condition, ...] = ()
    survey: Survey | None = None
    tender_threshold: Decimal | None = None
    noticed: date | None = None
    """Since when the notice of a single source has stood."""
    specification_authors: frozenset[str] = field(default_factory=frozenset)
    invited: frozenset[str] = field(default_factory=frozenset)
