"""Verbs on a draft: begin it from needs, and write its sections, each of them whole."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date, start_of
from models.errors import Invalid, NotFound
from models.needs.need import Need
from models.parties.organisation import Organisation
from models.parties.unit import AdministrativeUnit, UnitKind
from models.reference import hold_references, next_reference
from models.rulebook.methods import Method
from models.rulebook.picker import Purchase, Standing, pick
from models.rulebook.thresholds import ThresholdKind, threshold_at
from models.tenders.content import (
    Basics,
    CriterionContent,
    LotContent,
    MilestoneContent,
    RequirementContent,
)
from models.tenders.filling import usual
from models.tenders.parts import LIMITS, criterion, fill_lots, milestone, requirement
from models.tenders.tender import Tender
from models.tenders.writing import ensure_ready, needs_named, take_needs, take_up, touch
from models.wording import bounded

PROCURING = frozenset({UnitKind.DISTRICT, UnitKind.STREET})


def draft(
    session: Session,
    unit: AdministrativeUnit,
    act: Act,
    *,
    needs: Sequence[Need],
    budget: Decimal | None = None,
    id: UUID | None = None,  # noqa: A002  # the record's id, made by the form against double clicks
) -> Tender:
    """Begin a tender for one need or several, filled in from what they say. The same id again returns it.

    A neighbourhood committee is no purchaser (R01). `budget` is asked only where no need has one.
    """
    hold_references(session, "CG", act.at)
    standing = session.get(Tender, id) if id else None
    if standing is not None:
        if standing.created_by != act.actor.person_id:
            raise NotFound("not_found")
        return standing
    ensure(act, P.TENDER_WRITE, unit)
    if unit.kind not in PROCURING:
        raise Invalid("purchaser_wrong", field="unit", unit=unit.name, rule="R01")
    if not needs:
        raise Invalid("tender_without_needs", field="needs")
    take_needs(session, needs, unit.code, besides=None)
    ensure_ready(needs, act.at)
    known = sum((need.budget for need in needs if need.budget), Decimal(0)) or budget
    if not known:
        raise Invalid("tender_budget_unknown", field="budget")
    tender = _made(session, unit, act, needs, known, id)
    record(session, act, "tender.draft", tender, needs=[str(need.id) for need in needs])
    return tender


def _made(
    session: Session,
    unit: AdministrativeUnit,
    act: Act,
    needs: Sequence[Need],
    budget: Decimal,
    id: UUID | None,  # noqa: A002  # as above
) -> Tender:
    filled = usual(needs, usual_method(session, unit.code, budget, act), budget)
    tender = Tender(
        id=id or uuid4(),
        reference=next_reference(session, "CG", act.at),
        unit_code=unit.code,
        created_by=act.actor.person_id,
        created_at=act.at,
        updated_at=act.at,
        budget=budget,
        **vars(filled.basics),
    )
    fill_lots(tender, filled.lots)
    tender.criteria = [criterion(each, at) for at, each in enumerate(filled.criteria)]
    tender.requirements = [requirement(each, at) for at, each in enumerate(filled.requirements)]
    tender.milestones = [milestone(each, at) for at, each in enumerate(filled.milestones)]
    session.add(tender)
    return tender


def usual_method(session: Session, unit_code: str, amount: Decimal, act: Act) -> Method:
    """The method usual for an amount in a place on the day (R14-R20, R38)."""
    choices = pick(purchase(session, unit_code, amount, act)).choices
    return next(choice.method for choice in choices if choice.standing == Standing.USUAL)


def purchase(
    session: Session,
    unit_code: str,
    amount: Decimal,
    act: Act,
    *,
    budget_item: str = "",
    besides: UUID | None = None,
) -> Purchase:
    """The purchase as the picker wants it, with what its item has bought otherwise in the year (R19)."""
    limit, tender = (
        threshold_at(session, unit_code, local_date(act.at), kind).amount
        for kind in (ThresholdKind.PROCUREMENT_LIMIT, ThresholdKind.OPEN_TENDER)
    )
    otherwise = _bought_otherwise(session, unit_code, act, budget_item, besides) if budget_item else ()
    return Purchase(amount, limit, tender, bought_otherwise=tuple(otherwise))


def _bought_otherwise(
    session: Session, unit_code: str, act: Act, budget_item: str, besides: UUID | None
) -> Sequence[Decimal]:
    """The year's sums of the unit's item that were published by another method than a tender, and stand."""
    query = select(Tender.budget).where(
        Tender.unit_code == unit_code,
        Tender.budget_item == budget_item,
        Tender.method != Method.OPEN_TENDER,
        Tender.published_at >= start_of(local_date(act.at).replace(month=1, day=1)),
        Tender.cancelled_at.is_(None),
        Tender.failed_at.is_(None),
    )
    return session.scalars(query.where(Tender.id != besides) if besides else query).all()


def edit(session: Session, tender: Tender, act: Act, *, basics: Basics, revision: int | None = None) -> None:
    """Write the first section anew. Raises Conflict("stale") when somebody else has written since."""
    take_up(session, tender, act, revision)
    words = {
        name: bounded(getattr(basics, name), limit, field=name)
        for name, limit in LIMITS.items()
        if hasattr(basics, name)
    }
    basics = replace(basics, **words)  # type: ignore[arg-type]  # by name, and words alone
    _check(session, basics)
    changed = sorted(name for name, value in vars(basics).items() if getattr(tender, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(tender, name, getattr(basics, name))
    touch(tender, act.at)
    record(session, act, "tender.edit", tender, fields=changed)


def _check(session: Session, basics: Basics) -> None:
    starts, ends = basics.service_starts_on, basics.service_ends_on
    if not basics.title:
        raise Invalid("tender_title_missing", field="title")
    if not 0 <= basics.price_weight <= 100:
        raise Invalid("weight_out_of_range", field="price_weight")
    if starts and ends and ends < starts:
        raise Invalid("tender_ends_before_start", field="service_ends_on")
    if basics.surveyed_respondents is not None and basics.surveyed_respondents < 0:
        raise Invalid("survey_negative", field="surveyed_respondents")
    author = basics.author_organisation_id
    if author is not None and session.get(Organisation, author) is None:
        raise Invalid("organisation_unknown", field="author_organisation_id")


def set_lots(
    session: Session,
    tender: Tender,
    act: Act,
    *,
    lots: Sequence[LotContent],
    revision: int | None = None,
) -> None:
    """Write the lots anew: numbered in their order, each with at least one need, none of them in two.

    The tender's budget is the sum of theirs, and its ceiling that of theirs where one has a ceiling.
    """
    take_up(session, tender, act, revision)
    named = [id_ for lot in lots for id_ in lot.needs]
    if len(named) != len(set(named)):
        raise Invalid("need_in_two_lots", field="lots")
    needs = needs_named(session, named)
    take_needs(session, needs, tender.unit_code, besides=tender.id)
    held = {row.need_id for lot in tender.lots for row in lot.needs}
    ensure_ready([need for need in needs if need.id not in held], act.at)
    fill_lots(tender, lots, session=session)
    touch(tender, act.at)
    record(session, act, "tender.set_lots", tender, lots=len(lots), budget=tender.budget)


def set_criteria(
    session: Session,
    tender: Tender,
    act: Act,
    *,
    criteria: Sequence[CriterionContent],
    revision: int | None = None,
) -> None:
    """Write the criteria anew. Whether their weights sum to 100 is checked before publication."""
    take_up(session, tender, act, revision)
    tender.criteria = [criterion(each, position) for position, each in enumerate(criteria)]
    touch(tender, act.at)
    record(session, act, "tender.set_criteria", tender, criteria=len(criteria))


def set_requirements(
    session: Session,
    tender: Tender,
    act: Act,
    *,
    requirements: Sequence[RequirementContent],
    revision: int | None = None,
) -> None:
    """Write the conditions for taking part anew."""
    take_up(session, tender, act, revision)
    tender.requirements = [requirement(each, position) for position, each in enumerate(requirements)]
    touch(tender, act.at)
    record(session, act, "tender.set_requirements", tender, requirements=len(requirements))


def set_milestones(
    session: Session,
    tender: Tender,
    act: Act,
    *,
    milestones: Sequence[MilestoneContent],
    revision: int | None = None,
) -> None:
    """Write the milestones anew. Whether they sum to 100 is checked before publication."""
    take_up(session, tender, act, revision)
    tender.milestones = [milestone(each, position) for position, each in enumerate(milestones)]
    touch(tender, act.at)
    record(session, act, "tender.set_milestones", tender, milestones=len(milestones))
