"""What the sections of a tender hold when they are written: plain values, checked by the verbs."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from models.catalogue.service import CostUnit
from models.needs.need import Engagement
from models.rulebook.methods import Method
from models.tenders.terms import RequirementKind


@dataclass(frozen=True)
class Basics:
    """The first section: what, how, until when the service runs, and what was done beforehand."""

    title: str
    method: Method
    price_weight: Decimal
    description: str = ""
    method_words: str = ""
    budget_item: str = ""
    fixed_price: bool = False
    engagement: Engagement | None = None
    service_starts_on: date | None = None
    service_ends_on: date | None = None
    consortium_allowed: bool = True
    subcontracting_allowed: bool = False
    count_hidden: bool = True
    author_organisation_id: UUID | None = None
    users_words: str = ""
    reservation_words: str = ""
    contract_words: str = ""
    surveyed_on: date | None = None
    surveyed_respondents: int | None = None


@dataclass(frozen=True)
class LotContent:
    """One lot, with the needs it is to meet."""

    title: str
    budget: Decimal
    needs: tuple[UUID, ...]
    description: str = ""
    ceiling: Decimal | None = None
    quantity: int | None = None
    quantity_unit: CostUnit | None = None


@dataclass(frozen=True)
class Level:
    """One grade of a criterion."""

    words: str
    points: Decimal


@dataclass(frozen=True)
class CriterionContent:
    """One criterion; its grades are ordered by their points, the highest first."""

    title: str
    weight: Decimal
    levels: tuple[Level, ...] = ()
    description: str = ""
    is_objective: bool = False


@dataclass(frozen=True)
class RequirementContent:
    """A condition for taking part."""

    kind: RequirementKind
    words: str
    evidence_words: str = ""


@dataclass(frozen=True)
class MilestoneContent:
    """A milestone, and its share of the price."""

    title: str
    due_days: int
    percent: Decimal
    deliverable: str = ""


@dataclass(frozen=True)
class Usual:
    """All the sections of a new tender, filled in from what is known."""

    basics: Basics
    lots: tuple[LotContent, ...]
    criteria: tuple[CriterionContent, ...] = field(default=())
    requirements: tuple[RequirementContent, ...] = field(default=())
    milestones: tuple[MilestoneContent, ...] = field(default=())
