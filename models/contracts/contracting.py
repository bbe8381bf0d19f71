"""Making a contract from the tender and the winning bid, signing, publishing and filing it (R34)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.contracts import people
from models.contracts.award import Award, AwardPhase
from models.contracts.awarding import contract_of, ensure_day, standing_award
from models.contracts.contract import Contract, ContractMilestone, ContractPhase, ContractWorker
from models.contracts.dealings import note_dealings
from models.contracts.lifecycle import CONTRACT, ContractMove, award_phase_at, contract_phase_at
from models.contracts.locking import hold
from models.contracts.splitting import split
from models.contracts.suspending import ensure_not_suspended
from models.contracts.words import LONGEST
from models.errors import Conflict, Invalid
from models.lifecycle import advance
from models.parties.organisation import Certificate
from models.reference import next_reference
from models.tenders import noticing
from models.tenders.lifecycle import TENDER, TenderMove, phase_at
from models.tenders.notice import NoticeKind
from models.tenders.tender import Tender, TenderPhase
from models.wording import bounded

PREFIX = "HT"
NAME_LENGTH = 200


@dataclass(frozen=True)
class Terms:
    """What is written into a contract; price, milestones and workers come from the tender and the bid."""

    starts_on: date
    ends_on: date
    terms: str = ""
    negotiation: str = ""


def proposed(award: Award, act: Act) -> Terms:
    """The terms as the tender has them; without dates there, a year from today (R06)."""
    tender = award.lot.tender
    today = local_date(act.at)
    starts = tender.service_starts_on or today
    return Terms(
        starts, max(tender.service_ends_on or starts + timedelta(days=364), starts), tender.contract_words
    )


def make(session: Session, award: Award, act: Act, *, terms: Terms | None = None) -> Contract:
    """Make the contract of an award: its price is the award's, its milestones the tender's, to the fen."""
    ensure(act, Permission.CONTRACT_MANAGE, award)
    hold(session, award)
    if award_phase_at(award, act.at) == AwardPhase.CANCELLED:
        raise Conflict("award_cancelled")
    if contract_of(session, award) is not None:
        raise Conflict("contract_made")
    if not award.lot.tender.milestones:
        raise Conflict("milestones_missing")
    kept = _checked(terms or proposed(award, act))
    contract = Contract(
        reference=next_reference(session, PREFIX, act.at),
        award=award,
        made_at=act.at,
        amount=award.amount,
        **kept,
    )
    contract.milestones = _milestones(award, local_date(act.at), contract.starts_on)
    contract.workers = _workers(award, contract.starts_on)
    session.add(contract)
    session.flush()  # the audit event needs the id
    record(session, act, "contract.make", contract, award=award.id, amount=award.amount)
    _tell_supplier(session, contract, act, "contract_made")
    return contract


def write(
    session: Session, contract: Contract, act: Act, *, terms: Terms, revision: int | None = None
) -> None:
    """Change terms, period and the record of negotiation, before anybody has signed."""
    ensure(act, Permission.CONTRACT_MANAGE, contract)
    hold(session, contract)
    if contract_phase_at(contract, act.at) != ContractPhase.PENDING:
        raise Conflict("contract_signed")
    if revision is not None and revision != contract.revision:
        raise Conflict("contract_changed_meanwhile")
    for name, value in _checked(terms).items():
        setattr(contract, name, value)
    record(session, act, "contract.write", contract)


def sign_for_purchaser(session: Session, contract: Contract, act: Act) -> None:
    """The purchaser signs first, when the notice has run and nothing suspends the lot (R33, 条例 art 54)."""
    _ensure_signable(session, contract, act)
    advance(session, CONTRACT, contract, ContractMove.SIGN, act)
    contract.purchaser_signed_by = act.actor.person_id
    _tell_supplier(session, contract, act, "contract_to_countersign")


def sign_for_supplier(session: Session, contract: Contract, act: Act) -> None:
    """The supplier signs second; from then on the contract is in force, and its days are counted (R34)."""
    ensure(act, Permission.CONTRACT_PERFORM, contract)
    if contract_phase_at(contract, act.at) == ContractPhase.PENDING:
        raise Conflict("purchaser_signs_first")
    _ensure_signable(session, contract, act)
    advance(session, CONTRACT, contract, ContractMove.COUNTERSIGN, act)
    contract.supplier_signed_by = act.actor.person_id
    by_position = {each.position: each.due_days for each in contract.award.lot.tender.milestones}
    for milestone in contract.milestones:
        milestone.due_on = due_on(local_date(act.at), contract.starts_on, by_position[milestone.position])
    note_dealings(session, contract, local_date(act.at))
    told = people.purchaser(session, act, contract.award.lot.tender)
    outbox.add(session, act, "contract_in_force", contract, to=told, reference=contract.reference)


def publish(session: Session, contract: Contract, act: Act, *, url: str, published_on: date) -> None:
    """Record where the contract was published, within 2 working days of signing (R34).

    With the last contract in force published or filed, the tender is complete.
    """
    _ensure_in_force(session, contract, act)
    if contract.published_at is not None:
        raise Conflict("contract_published")
    assert contract.supplier_signed_at is not None  # noqa: S101  # for the type checker: it is in force
    ensure_day(published_on, local_date(contract.supplier_signed_at), act)
    contract.published_at = act.at
    tender = contract.award.lot.tender
    noticing.note(session, tender, act, kind=NoticeKind.CONTRACT, url=url, published_on=published_on)
    record(session, act, "contract.publish", contract, on=published_on)
    complete_tender(session, tender, act)


def file_(session: Session, contract: Contract, act: Act) -> None:
    """Record that a copy went to the finance department, within 7 working days of signing (R34)."""
    _ensure_in_force(session, contract, act)
    if contract.filed_at is not None:
        raise Conflict("contract_filed")
    contract.filed_at = act.at
    record(session, act, "contract.file", contract)
    complete_tender(session, contract.award.lot.tender, act)


def complete_tender(session: Session, tender: Tender, act: Act) -> None:
    """A tender is complete when the contract of every live lot has both signatures."""
    if phase_at(tender, act.at) != TenderPhase.DECIDED:
        return
    for lot in tender.lots:
        if not lot.is_live:
            continue
        award = standing_award(session, lot)
        contract = contract_of(session, award) if award else None
        if contract is None or contract.supplier_signed_at is None:
            return
    advance(session, TENDER, tender, TenderMove.COMPLETE, act)


def due_on(day: date, starts_on: date, days: int) -> date:
    """When a milestone is due: days after the signing, or after the service starts where that is later."""
    return max(day, starts_on) + timedelta(days=days)


def certificate(said: object) -> Certificate | None:
    """A certificate of the bid's document, if it is one we know."""
    return next((each for each in Certificate if each.value == said), None)


def _checked(terms: Terms) -> dict[str, Any]:
    if terms.ends_on < terms.starts_on:
        raise Invalid("contract_period", field="ends_on")
    return {
        "starts_on": terms.starts_on,
        "ends_on": terms.ends_on,
        "terms": bounded(terms.terms, LONGEST, field="terms"),
        "negotiation_words": bounded(terms.negotiation, LONGEST, field="negotiation"),
    }


def _milestones(award: Award, day: date, starts_on: date) -> list[ContractMilestone]:
    """The tender's milestones; until both have signed, their days are counted from the making."""
    given = award.lot.tender.milestones
    amounts = split(award.amount, [each.percent for each in given])
    if not all(amounts):
        raise Conflict("price_too_small_to_split")
    return [
        ContractMilestone(
            position=each.position,
            title=each.title,
            deliverable=each.deliverable,
            percent=each.percent,
            amount=amount,
            due_on=due_on(day, starts_on, each.due_days),
        )
        for each, amount in zip(given, amounts, strict=True)
    ]


def _workers(award: Award, day: date) -> list[ContractWorker]:
    """The social workers the bid has named, with their certificates."""
    named = award.bid.technical.get("workers") or []
    return [
        ContractWorker(
            position=position,
            name=str(each["name"])[:NAME_LENGTH],
            certificate=certificate(each.get("certificate")),
            from_on=day,
        )
        for position, each in enumerate(named, 1)
        if str(each.get("name") or "").strip()
    ]


def _ensure_signable(session: Session, contract: Contract, act: Act) -> None:
    phase = award_phase_at(contract.award, act.at)
    if phase == AwardPhase.CANCELLED:
        raise Conflict("award_cancelled")
    if phase != AwardPhase.ACTIVE:
        raise Conflict("notice_still_runs")
    ensure_not_suspended(session, contract.award.lot, act)


def _ensure_in_force(session: Session, contract: Contract, act: Act) -> None:
    ensure(act, Permission.CONTRACT_MANAGE, contract)
    hold(session, contract)
    if contract_phase_at(contract, act.at) not in {ContractPhase.ACTIVE, ContractPhase.COMPLETE}:
        raise Conflict("contract_not_in_force")


def _tell_supplier(session: Session, contract: Contract, act: Act, kind: str) -> None:
    staff = people.supplier(session, act, contract.organisation_id)
    outbox.add(session, act, kind, contract, to=staff, reference=contract.reference)
