"""Deciding what follows from an evaluation, and the appeal against it.

Each has its reasons and is a decision of a person; none bans anybody or changes who may bid, which only the
law does (R48, R49, R60). An appeal is decided by somebody other than whoever decided first.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date, start_of
from models.calendar.counting import Counted, after_workdays
from models.contracts import people
from models.contracts.contract import Contract, ContractMilestone, ContractPhase
from models.contracts.lifecycle import contract_phase_at
from models.contracts.locking import hold
from models.contracts.words import LONGEST, needed
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.evaluations.evaluation import Evaluation
from models.lifecycle import advance
from models.rectifications import telling
from models.rectifications.consequence import Consequence, ConsequenceKind, ConsequencePhase
from models.rectifications.deducting import unpaid
from models.rectifications.lifecycle import CONSEQUENCE, ConsequenceMove, consequence_phase_at
from models.rulebook.rule import rule
from models.wording import bounded

FEN, ONE = Decimal("0.01"), timedelta(days=1)
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
    milestone: ContractMilestone | None = None,
) -> Consequence:
    """Decide one step of the ladder. Less money needs the contract's terms, and is at most what is unpaid:
    of a milestone, or of all, the next that is due first.
    """
    ensure(act, Permission.CONSEQUENCE_DECIDE, evaluation)
    hold(session, evaluation.contract)  # two reductions at once must not come to more than what is unpaid
    if evaluation.finalised_at is None or evaluation.finalised_at > act.at:
        raise Conflict("evaluation_not_final")
    said, cited = needed(reasons, field="reasons"), bounded(terms, LONGEST, field="terms")
    if kind in OF_CONTRACT and not cited:
        raise Invalid("consequence_terms_missing", field="terms")
    reduces = kind is ConsequenceKind.REDUCED_PAYMENT
    if reduces:
        _check_reduction(session, evaluation.contract, act, amount, milestone)
    elif kind is ConsequenceKind.TERMINATION:
        _check_termination(session, evaluation.contract, act)
    made = _made(evaluation, act, kind, reasons=said, terms=cited)
    made.amount, made.milestone = (amount, milestone) if reduces else (None, None)
    session.add(made)
    session.flush()  # the audit event needs the id
    record(session, act, "consequence.decide", made, kind=kind, amount=made.amount)
    _tell(session, made, act)
    return made


def _made(
    evaluation: Evaluation, act: Act, kind: ConsequenceKind, *, reasons: str, terms: str
) -> Consequence:
    """The decision, with the last instant of an appeal where there is something to appeal against."""
    appealable = kind is not ConsequenceKind.PRAISE
    return Consequence(
        evaluation=evaluation,
        kind=kind,
        reasons=reasons,
        terms=terms,
        decided_at=act.at,
        decided_by=act.actor.person_id,
        appeal_ends_at=start_of(appeal_until(act.at).day + ONE) if appealable else None,
    )


def appeal(session: Session, consequence: Consequence, act: Act, *, words: str) -> None:
    """The organisation appeals, once, in time, with words; praise leaves nothing to appeal against."""
    ensure(act, Permission.CONSEQUENCE_APPEAL, consequence)
    if consequence.kind is ConsequenceKind.PRAISE:
        raise Conflict("praise_not_appealed")
    if consequence_phase_at(consequence, act.at) is ConsequencePhase.FINAL:
        raise Conflict("appeal_period_over")
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


def appeal_until(at: datetime) -> Counted:
    """The last day to appeal against a decision: as long as there is to challenge a result (R58)."""
    return after_workdays(local_date(at), rule("R58").number("challenge"))


def termination_of(session: Session, contract: Contract) -> Consequence | None:
    """The decision to end a contract, if there is one that was not lifted."""
    query = select(Consequence).join(Consequence.evaluation)
    ends = (Consequence.kind == ConsequenceKind.TERMINATION, Consequence.lifted_at.is_(None))
    return session.scalars(query.where(Evaluation.contract_id == contract.id, *ends)).first()


def _check_reduction(
    session: Session,
    contract: Contract,
    act: Act,
    amount: Decimal | None,
    milestone: ContractMilestone | None,
) -> None:
    if amount is None or not amount.is_finite() or amount <= 0 or amount != amount.quantize(FEN):
        raise Invalid("reduction_amount", field="amount")
    if milestone is not None and milestone.contract_id != contract.id:
        raise NotFound("not_found")
    if milestone is not None and milestone.paid_at is not None:
        raise Invalid("reduction_paid", field="milestone")
    most = unpaid(session, contract, act, of=milestone)
    if amount > most:
        raise Invalid("reduction_above_unpaid", field="amount", most=most)


def _check_termination(session: Session, contract: Contract, act: Act) -> None:
    """The contract itself is ended by its own verb, once the decision is final."""
    if contract_phase_at(contract, act.at) is not ContractPhase.ACTIVE:
        raise Conflict("contract_not_in_force")
    if termination_of(session, contract) is not None:
        raise Conflict("termination_decided")


def _tell(session: Session, made: Consequence, act: Act) -> None:
    contract = made.evaluation.contract
    staff = people.supplier(session, act, made.organisation_id)
    outbox.add(session, act, "consequence_decided", made, to=staff, reference=contract.reference)
    if made.kind is ConsequenceKind.REGISTRAR_REPORT:
        told = telling.registrars(session, act, made.unit_code)
        outbox.add(session, act, "consequence_reported", made, to=told, reference=contract.reference)
