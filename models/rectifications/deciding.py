"""Deciding what follows from an evaluation, and the appeal against it.

Each has its reasons and is a decision of a person; none bans anybody or changes who may bid, which only the
law does (R48, R49, R60). An appeal is decided by somebody other than whoever decided first.
"""

from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.contracts import people
from models.contracts.changing import total
from models.contracts.contract import Contract
from models.contracts.locking import hold
from models.contracts.performing import terminate
from models.contracts.words import LONGEST, needed
from models.errors import Conflict, Invalid, NotAllowed
from models.evaluations.evaluation import Evaluation
from models.lifecycle import advance
from models.rectifications import telling
from models.rectifications.consequence import Consequence, ConsequenceKind
from models.rectifications.lifecycle import CONSEQUENCE, ConsequenceMove
from models.wording import bounded

FEN = Decimal("0.01")
OF_CONTRACT = frozenset({ConsequenceKind.REDUCED_PAYMENT, ConsequenceKind.TERMINATION})
"""What the contract's own terms must allow."""


def decide(
    session: Session,
    evaluation: Evaluation,
    act: Act,
    *,
    kind: ConsequenceKind,
    reasons: str,
    terms: str = "",
    amount: Decimal | None = None,
) -> Consequence:
    """Decide one step of the ladder. Less money needs the contract's terms, and is at most what is unpaid."""
    ensure(act, Permission.CONSEQUENCE_DECIDE, evaluation)
    hold(session, evaluation.contract)  # two reductions at once must not come to more than what is unpaid
    if evaluation.finalised_at is None or evaluation.finalised_at > act.at:
        raise Conflict("evaluation_not_final")
    said, cited = needed(reasons, field="reasons"), bounded(terms, LONGEST, field="terms")
    if kind in OF_CONTRACT and not cited:
        raise Invalid("consequence_terms_missing", field="terms")
    if kind is ConsequenceKind.REDUCED_PAYMENT:
        _check_reduction(session, evaluation.contract, amount)
    elif kind is ConsequenceKind.TERMINATION:
        terminate(session, evaluation.contract, act, words=said)
    made = Consequence(
        evaluation=evaluation,
        kind=kind,
        reasons=said,
        terms=cited,
        amount=amount if kind is ConsequenceKind.REDUCED_PAYMENT else None,
        decided_at=act.at,
        decided_by=act.actor.person_id,
    )
    session.add(made)
    session.flush()  # the audit event needs the id
    record(session, act, "consequence.decide", made, kind=kind, amount=made.amount)
    _tell(session, made, act)
    return made


def appeal(session: Session, consequence: Consequence, act: Act, *, words: str) -> None:
    """The organisation appeals, once, with words; praise leaves nothing to appeal against."""
    ensure(act, Permission.CONSEQUENCE_APPEAL, consequence)
    if consequence.kind is ConsequenceKind.PRAISE:
        raise Conflict("praise_not_appealed")
    consequence.appeal_words = needed(words)
    advance(session, CONSEQUENCE, consequence, ConsequenceMove.APPEAL, act)
    told = telling.registrars(session, act, consequence.unit_code)
    reference = consequence.evaluation.contract.reference
    outbox.add(session, act, "consequence_appealed", consequence, to=told, reference=reference)


def review(session: Session, consequence: Consequence, act: Act, *, lifted: bool, words: str) -> None:
    """Decide an appeal, with words: somebody other than whoever decided first."""
    ensure(act, Permission.CONSEQUENCE_REVIEW, consequence)
    if consequence.decided_by == act.actor.person_id:
        raise NotAllowed("another_reviews")
    consequence.reply, consequence.reviewed_by = needed(words), act.actor.person_id
    advance(
        session, CONSEQUENCE, consequence, ConsequenceMove.LIFT if lifted else ConsequenceMove.CONFIRM, act
    )
    contract = consequence.evaluation.contract
    told = people.supplier(session, act, consequence.organisation_id)
    told |= people.purchaser(session, act, contract.award.lot.tender)
    reference = contract.reference
    outbox.add(session, act, "consequence_reviewed", consequence, to=told, reference=reference)


def unpaid(session: Session, contract: Contract) -> Decimal:
    """What is neither paid nor taken off by a decision that still stands."""
    reduced = select(func.sum(Consequence.amount)).join(Consequence.evaluation)
    reduced = reduced.where(Evaluation.contract_id == contract.id, Consequence.lifted_at.is_(None))
    paid = sum((each.amount for each in contract.milestones if each.paid_at), Decimal(0))
    return total(contract) - paid - (session.scalar(reduced) or Decimal(0))


def _check_reduction(session: Session, contract: Contract, amount: Decimal | None) -> None:
    if amount is None or not amount.is_finite() or amount <= 0 or amount != amount.quantize(FEN):
        raise Invalid("reduction_amount", field="amount")
    most = unpaid(session, contract)
    if amount > most:
        raise Invalid("reduction_above_unpaid", field="amount", most=most)


def _tell(session: Session, made: Consequence, act: Act) -> None:
    contract = made.evaluation.contract
    staff = people.supplier(session, act, made.organisation_id)
    outbox.add(session, act, "consequence_decided", made, to=staff, reference=contract.reference)
    if made.kind is ConsequenceKind.REGISTRAR_REPORT:
        told = telling.registrars(session, act, made.unit_code)
        outbox.add(session, act, "consequence_reported", made, to=told, reference=contract.reference)
