"""Milestones with their users and payments (R10, R36), the end of a contract, and what binds a supplier."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.calendar.clocks import start_of
from models.contracts import capacity, contracting, performing
from models.contracts.clocks import payment_until
from models.contracts.contract import ContractPhase, MilestonePhase
from models.contracts.lifecycle import contract_phase_at, milestone_phase_at
from models.contracts.performing import UsersOpinion
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.factories import contracts, parties
from tests.factories.contracts import SIGNED

MOMENT = timedelta(microseconds=1)
OPINION = UsersOpinion(30, 27, "多数满意。")


def test_a_milestone_is_reported_returned_accepted_invoiced_and_paid(session: Session) -> None:
    milestone = contracts.milestone(session)
    official = contracts.official(session, SIGNED)
    supplier = contracts.supplier(session, milestone.contract)
    performing.report(session, milestone, supplier, words="完成 300 人次。")
    performing.return_(session, milestone, official, words="缺少签到表。")
    assert milestone_phase_at(milestone, SIGNED) == MilestonePhase.RETURNED
    performing.report(session, milestone, supplier, words="已补签到表。")
    performing.accept(session, milestone, official, users=OPINION)
    with pytest.raises(Conflict, match="wrong_phase"):
        performing.report(session, milestone, supplier, words="再次报告。")
    performing.invoice(session, milestone, supplier)
    clock = payment_until(milestone)
    assert clock is not None
    assert (clock.day, clock.rule) == (date(2027, 1, 28), "R36")
    performing.pay(session, milestone, official)
    assert milestone_phase_at(milestone, SIGNED) == MilestonePhase.PAID


def test_a_payment_that_falls_due_on_a_day_off_is_due_on_the_next_working_day(session: Session) -> None:
    """R36 with R37: 30 days after 1 January 2027 is a Sunday."""
    milestone = contracts.milestone(session, accepted=True)
    at = start_of(date(2027, 1, 1))
    performing.invoice(session, milestone, contracts.supplier(session, milestone.contract, at))
    clock = payment_until(milestone)
    assert clock is not None
    assert clock.day == date(2027, 2, 1)
    assert clock.provisional


@pytest.mark.parametrize(
    ("asked", "satisfied", "words", "code"),
    [
        (0, 0, "满意。", "users_asked"),
        (-1, 0, "满意。", "users_asked"),
        (10, 11, "满意。", "users_satisfied"),
        (10, -1, "满意。", "users_satisfied"),
        (10, 9, " ", "words_missing"),
    ],
)
def test_nothing_is_accepted_without_its_users(
    session: Session, asked: int, satisfied: int, words: str, code: str
) -> None:
    """R10."""
    milestone = contracts.milestone(session, reported=True)
    act = contracts.official(session, SIGNED)
    with pytest.raises(Invalid, match=code):
        performing.accept(session, milestone, act, users=UsersOpinion(asked, satisfied, words))


def test_a_contract_is_complete_when_the_last_milestone_is_paid(session: Session) -> None:
    contract = contracts.contract(session)
    official, supplier = contracts.official(session, SIGNED), contracts.supplier(session, contract)
    for milestone in contract.milestones:
        assert contract_phase_at(contract, SIGNED) == ContractPhase.ACTIVE
        performing.report(session, milestone, supplier, words="完成。")
        performing.accept(session, milestone, official, users=OPINION)
        performing.invoice(session, milestone, supplier)
        performing.pay(session, milestone, official)
    assert contract_phase_at(contract, SIGNED) == ContractPhase.COMPLETE


def test_a_contract_is_ended_with_words_and_what_was_accepted_is_still_paid(session: Session) -> None:
    milestone = contracts.milestone(session, accepted=True)
    contract = milestone.contract
    official, supplier = contracts.official(session, SIGNED), contracts.supplier(session, contract)
    with pytest.raises(Invalid, match="words_missing"):
        performing.terminate(session, contract, official, words="")
    performing.terminate(session, contract, official, words="双方协商一致。")
    assert contract_phase_at(contract, SIGNED) == ContractPhase.TERMINATED
    with pytest.raises(Conflict, match="contract_not_in_force"):
        performing.report(session, contract.milestones[1], supplier, words="继续。")
    performing.invoice(session, milestone, supplier)
    performing.pay(session, milestone, official)
    assert contract_phase_at(contract, SIGNED) == ContractPhase.TERMINATED


def test_what_a_supplier_is_bound_by_follows_from_its_live_contracts(session: Session) -> None:
    contract = contracts.contract(session, signed=False)
    organisation = contract.organisation_id
    act = contracts.official(session, SIGNED)
    assert capacity.load(session, organisation, act) == capacity.Load(0, Decimal(0), 0, 0)
    contracting.sign_for_purchaser(session, contract, act)
    contracting.sign_for_supplier(session, contract, contracts.supplier(session, contract))
    load = capacity.load(session, organisation, act)
    assert (load.contracts, load.amount, load.workers) == (1, contract.amount, 1)
    assert load.people == sum(each.need.affected_people or 0 for each in contract.award.lot.needs)
    performing.terminate(session, contract, act, words="双方协商一致。")
    assert capacity.load(session, organisation, act).contracts == 0


def test_a_stranger_learns_nothing_of_a_milestone(session: Session) -> None:
    milestone = contracts.milestone(session)
    stranger = contracts.staff(session, parties.organisation(session, name="别家"), SIGNED)
    with pytest.raises(NotFound):
        performing.report(session, milestone, stranger, words="冒名。")
    with pytest.raises(NotAllowed):
        performing.pay(session, milestone, parties.act_as(session, Role.AUDITOR, at=SIGNED))
