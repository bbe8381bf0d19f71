"""A call-off: a need goes to a supplier without a new competition, by whom and why on record (R47).

The need gets a tender of its own that is decided in the same act, so that all that follows an award follows
here too: notice, contract, milestones, acceptance with the opinion of users, open data.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.contracts import people
from models.contracts.award import Award
from models.contracts.locking import hold
from models.contracts.suspending import ensure_not_suspended
from models.contracts.words import needed
from models.errors import Conflict, Invalid
from models.frameworks.agreeing import FEN
from models.frameworks.agreement import CallOff, ChosenBy, FrameworkAgreement, FrameworkSupplier
from models.frameworks.lifecycle import is_live
from models.lifecycle import advance
from models.needs.need import Need
from models.parties.unit import AdministrativeUnit
from models.rulebook.methods import Method
from models.tenders import drafting
from models.tenders.content import Basics
from models.tenders.lifecycle import TENDER, TenderMove
from models.tenders.tender import Tender
from models.wording import bounded

MOST_UNITS, TITLE_LENGTH = 10_000_000, 200


@dataclass(frozen=True)
class Order:
    """What is called off, at which price a unit, who chose the supplier, with their reasons, and under which
    title; without one it is the one that is proposed.
    """

    quantity: int
    unit_price: Decimal
    chosen_by: ChosenBy
    words: str
    title: str = ""


def proposed_title(agreement: FrameworkAgreement, need: Need) -> str:
    """The title of a call-off unless somebody writes another: what the agreement is about, and for whom."""
    lot, heading = agreement.lot.title, need.heading
    return (lot if heading in lot else f"{lot}：{heading}")[:TITLE_LENGTH]


def call_off(
    session: Session,
    supplier: FrameworkSupplier,
    act: Act,
    *,
    need: Need,
    order: Order,
) -> Award:
    """Give a need to a supplier: by a live agreement, within its services and its price (R47)."""
    agreement = supplier.agreement
    hold(session, agreement)
    unit = session.get_one(AdministrativeUnit, act.actor.unit_code)
    ensure(act, Permission.AWARD_DECIDE, unit)
    _ensure_callable(session, agreement, unit, act)
    if not agreement.services & set(service_codes(need)):
        raise Invalid("framework_other_service", field="need", reference=need.reference)
    amount = _amount(supplier, need, order)
    words = needed(order.words)
    title = bounded(order.title, TITLE_LENGTH, field="title") or proposed_title(agreement, need)
    tender = _tender(session, unit, act, need, budget=amount, words=words, title=title)
    award = Award(
        lot=tender.lots[0],
        ranking=agreement.ranking,
        bid=supplier.bid,
        rank=1,
        amount=amount,
        decided_at=act.at,
        decided_by=act.actor.person_id,
    )
    session.add(award)
    session.flush()  # the call-off and the audit event need the id
    facts = {"quantity": order.quantity, "unit_price": order.unit_price, "chosen_by": order.chosen_by}
    session.add(CallOff(award=award, supplier=supplier, words=words, **facts))
    record(session, act, "award.call_off", award, agreement=agreement.id, quantity=order.quantity)
    staff = people.supplier(session, act, supplier.bid.bid.organisation_id)
    named = {"reference": tender.reference, "agreement": agreement.reference}
    outbox.add(session, act, "called_off", tender, to=staff, **named)
    return award


def service_codes(need: Need) -> Iterable[str]:
    """The service codes of a need."""
    return (term.term_code for term in need.terms if not term.is_group)


def _ensure_callable(
    session: Session, agreement: FrameworkAgreement, unit: AdministrativeUnit, act: Act
) -> None:
    if not unit.code.startswith(agreement.unit_code):
        raise Invalid("framework_elsewhere")
    if not is_live(agreement, act.at):
        raise Conflict("framework_not_live")
    ensure_not_suspended(session, agreement.lot, act)


def _amount(supplier: FrameworkSupplier, need: Need, order: Order) -> Decimal:
    if not 0 < order.quantity <= MOST_UNITS:
        raise Invalid("framework_quantity", field="quantity", most=MOST_UNITS)
    price = order.unit_price
    if not price.is_finite() or price <= 0 or price != price.quantize(FEN):
        raise Invalid("framework_price", field="unit_price")
    if supplier.agreement.uniform and price != supplier.unit_price:
        raise Invalid("framework_price_uniform", field="unit_price", price=supplier.unit_price, rule="R47")
    if price > supplier.unit_price:
        raise Invalid("framework_price_above", field="unit_price", most=supplier.unit_price, rule="R47")
    amount = order.quantity * price
    if need.budget is not None and amount > need.budget:
        raise Invalid("framework_above_budget", field="quantity", amount=amount, most=need.budget)
    return amount


def _tender(
    session: Session,
    unit: AdministrativeUnit,
    act: Act,
    need: Need,
    *,
    budget: Decimal,
    words: str,
    title: str,
) -> Tender:
    """The tender of the need, public and open for nobody's bid."""
    tender = drafting.draft(session, unit, act, needs=[need], budget=budget)
    standing = Basics(**{name: getattr(tender, name) for name in Basics.__dataclass_fields__})
    basics = replace(standing, title=title, method=Method.FRAMEWORK_CALL_OFF, method_words=words)
    drafting.edit(session, tender, act, basics=basics)
    advance(session, TENDER, tender, TenderMove.PUBLISH, act)
    advance(session, TENDER, tender, TenderMove.CALL_OFF, act)
    return tender
