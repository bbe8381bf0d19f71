"""Rows of a tender's sections made of what was written, each checked as it is made."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from models.errors import Invalid
from models.tenders.content import CriterionContent, LotContent, MilestoneContent, RequirementContent
from models.tenders.criterion import Criterion, CriterionLevel
from models.tenders.lot import Lot, LotNeed
from models.tenders.tender import Tender
from models.tenders.terms import Requirement, TenderMilestone
from models.wording import bounded

WHOLE = Decimal(100)
MOST_AMOUNT = Decimal(10_000_000_000)
MOST_DAYS = 3660
MOST_QUANTITY = 100_000_000
SHORT, LONG = 200, 4000
LIMITS = {
    "title": SHORT,
    "budget_item": SHORT,
    "description": LONG,
    "method_words": LONG,
    "users_words": LONG,
    "reservation_words": LONG,
    "contract_words": LONG,
}


def fill_lots(tender: Tender, lots: Sequence[LotContent], *, session: Session | None = None) -> None:
    """Write the lots; those that stand keep their rows, by number. Sums go to the tender."""
    if not lots:
        raise Invalid("tender_without_lots", field="lots")
    for lot in lots:
        _check_lot(lot)
    for number, content in enumerate(lots, start=1):
        if number > len(tender.lots):
            tender.lots.append(Lot(number=number))
        _fill(tender.lots[number - 1], content)
    del tender.lots[len(lots) :]
    tender.budget = sum((lot.budget for lot in lots), Decimal(0))
    limited = any(lot.ceiling is not None for lot in lots)
    ceiling = sum((lot.ceiling if lot.ceiling is not None else lot.budget for lot in lots), Decimal(0))
    tender.ceiling = ceiling if limited else None
    if session is not None:
        session.flush()  # a need that moves to another lot leaves the one before it


def _fill(row: Lot, content: LotContent) -> None:
    row.title = bounded(content.title, SHORT, field="title")
    row.description = bounded(content.description, LONG, field="description")
    row.budget, row.ceiling = content.budget, content.ceiling
    row.quantity = content.quantity
    row.quantity_unit = content.quantity_unit if content.quantity is not None else None
    held = {each.need_id: each for each in row.needs}
    row.needs = [held.get(id_) or LotNeed(need_id=id_) for id_ in content.needs]
    for position, each in enumerate(row.needs):
        each.position = position


def _check_lot(lot: LotContent) -> None:
    if not lot.title.strip():
        raise Invalid("lot_title_missing", field="title")
    if not lot.needs:
        raise Invalid("lot_without_needs", field="needs", title=lot.title)
    for field, amount in (("budget", lot.budget), ("ceiling", lot.ceiling)):
        if amount is not None and not 0 < amount <= MOST_AMOUNT:
            raise Invalid("lot_amount_out_of_range", field=field, most=MOST_AMOUNT)
        if amount is not None and amount != round(amount, 2):
            raise Invalid("amount_in_fen", field=field)
    if lot.ceiling is not None and lot.ceiling > lot.budget:
        raise Invalid("ceiling_above_budget", field="ceiling", budget=lot.budget, rule="R30")
    if lot.quantity is not None and not 0 < lot.quantity <= MOST_QUANTITY:
        raise Invalid("quantity_out_of_range", field="quantity")


def criterion(content: CriterionContent, position: int) -> Criterion:
    """A criterion with its grades, the highest first."""
    title = bounded(content.title, SHORT, field="title")
    if not title:
        raise Invalid("criterion_title_missing", field="title")
    _check_points(content.weight, "weight", least=Decimal("0.01"))
    levels = sorted(content.levels, key=lambda level: -level.points)
    rows = []
    for at, level in enumerate(levels):
        _check_points(level.points, "points", least=Decimal(0))
        rows.append(
            CriterionLevel(
                position=at, words=bounded(level.words, SHORT, field="levels"), points=level.points
            )
        )
    return Criterion(
        position=position,
        title=title,
        description=bounded(content.description, LONG, field="description"),
        weight=content.weight,
        is_objective=content.is_objective,
        levels=rows,
    )


def _check_points(points: Decimal, field: str, *, least: Decimal) -> None:
    if not least <= points <= WHOLE or points != round(points, 2):
        raise Invalid("weight_out_of_range", field=field)


def requirement(content: RequirementContent, position: int) -> Requirement:
    """A condition in words."""
    words = bounded(content.words, LONG, field="words")
    if not words:
        raise Invalid("requirement_words_missing", field="words")
    return Requirement(
        position=position,
        kind=content.kind,
        words=words,
        evidence_words=bounded(content.evidence_words, SHORT, field="evidence_words"),
    )


def milestone(content: MilestoneContent, position: int) -> TenderMilestone:
    """A milestone with its share."""
    title = bounded(content.title, SHORT, field="title")
    if not title:
        raise Invalid("milestone_title_missing", field="title")
    if not 0 <= content.due_days <= MOST_DAYS:
        raise Invalid("milestone_due_out_of_range", field="due_days", most=MOST_DAYS)
    _check_points(content.percent, "percent", least=Decimal("0.01"))
    return TenderMilestone(
        position=position,
        title=title,
        deliverable=bounded(content.deliverable, LONG, field="deliverable"),
        due_days=content.due_days,
        percent=content.percent,
    )
