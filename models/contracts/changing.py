"""Changes both sides agree to, within a tenth of the price (R34), and social workers who take over."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.contracts import people
from models.contracts.contract import (
    Contract,
    ContractChange,
    ContractMilestone,
    ContractPhase,
    ContractWorker,
)
from models.contracts.lifecycle import contract_phase_at
from models.contracts.locking import hold
from models.contracts.words import needed
from models.errors import Conflict, Invalid
from models.parties.organisation import Certificate
from models.rulebook.rule import rule
from models.wording import bounded

HUNDRED, FEN = Decimal(100), Decimal("0.01")
NAME_LENGTH = 200


def change(
    session: Session, contract: Contract, act: Act, *, words: str, adds: Decimal = Decimal(0)
) -> ContractChange:
    """Propose a change. All additions together are at most 10 per cent of the price (R34, 法 art 49)."""
    ensure(act, Permission.CONTRACT_MANAGE, contract)
    _ensure_in_force(session, contract, act)
    if any(each.agreed_at is None for each in contract.changes):
        raise Conflict("change_waits")
    said = needed(words)
    if not adds.is_finite() or adds != adds.quantize(FEN):
        raise Invalid("change_amount", field="adds")
    most = room(contract)
    if adds > most:
        raise Invalid("change_above_tenth", field="adds", most=most, rule="R34")
    if adds:
        _payable(contract, adds)
    made = ContractChange(
        number=len(contract.changes) + 1,
        words=said,
        adds=adds,
        made_at=act.at,
        made_by=act.actor.person_id,
    )
    contract.changes.append(made)
    session.flush()  # the audit event needs it stored
    record(session, act, "contract.change", contract, number=made.number, adds=adds)
    staff = people.supplier(session, act, contract.organisation_id)
    outbox.add(session, act, "contract_change_proposed", contract, to=staff, reference=contract.reference)
    return made


def agree(session: Session, change: ContractChange, act: Act) -> None:
    """The supplier agrees; what is added is paid with the last milestone that has not been accepted yet."""
    contract = change.contract
    ensure(act, Permission.CONTRACT_PERFORM, contract)
    _ensure_in_force(session, contract, act)
    if change.agreed_at is not None:
        raise Conflict("change_agreed")
    if change.adds:
        _payable(contract, change.adds).amount += change.adds
    change.agreed_at, change.agreed_by = act.at, act.actor.person_id
    record(session, act, "contract.agree", contract, number=change.number)
    told = people.purchaser(session, act, contract.award.lot.tender)
    outbox.add(session, act, "contract_change_agreed", contract, to=told, reference=contract.reference)


def room(contract: Contract) -> Decimal:
    """How much can still be added. What a change takes away makes no room for another."""
    tenth = contract.amount * rule("R34").number("addition") / HUNDRED
    added = sum((each.adds for each in contract.changes if each.adds > 0), Decimal(0))
    return (tenth - added).quantize(FEN, "ROUND_FLOOR")


def total(contract: Contract) -> Decimal:
    """The price with the changes both sides agreed to."""
    agreed = (each.adds for each in contract.changes if each.agreed_at is not None)
    return sum(agreed, contract.amount)


def replace_worker(
    session: Session,
    worker: ContractWorker,
    act: Act,
    *,
    name: str,
    certificate: Certificate | None,
    from_on: date,
) -> ContractWorker:
    """Name who takes over from a social worker, and from which day; whoever left stays on record."""
    contract = worker.contract
    ensure(act, Permission.CONTRACT_PERFORM, contract)
    _ensure_in_force(session, contract, act)
    if worker.until_on is not None:
        raise Conflict("worker_replaced")
    kept = bounded(name, NAME_LENGTH, field="name")
    if not kept:
        raise Invalid("words_missing", field="name")
    if not worker.from_on < from_on <= contract.ends_on:
        raise Invalid("worker_day", field="from_on", first=worker.from_on, last=contract.ends_on)
    worker.until_on = from_on - timedelta(days=1)
    made = ContractWorker(
        position=len(contract.workers) + 1, name=kept, certificate=certificate, from_on=from_on
    )
    contract.workers.append(made)
    session.flush()  # the audit event needs the id
    record(session, act, "contract.replace_worker", contract, worker=worker.id, by=made.id)
    told = people.purchaser(session, act, contract.award.lot.tender)
    outbox.add(session, act, "contract_worker_replaced", contract, to=told, reference=contract.reference)
    return made


def _payable(contract: Contract, adds: Decimal) -> ContractMilestone:
    """The milestone with which a change is paid."""
    left = [each for each in contract.milestones if each.accepted_at is None]
    if not left:
        raise Conflict("nothing_left_to_change")
    if left[-1].amount + adds <= 0:
        raise Invalid("change_takes_too_much", field="adds", most=left[-1].amount)
    return left[-1]


def _ensure_in_force(session: Session, contract: Contract, act: Act) -> None:
    hold(session, contract)
    if contract_phase_at(contract, act.at) != ContractPhase.ACTIVE:
        raise Conflict("contract_not_in_force")
