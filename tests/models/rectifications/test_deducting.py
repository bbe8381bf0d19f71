"""A reduction bites when it is final, on the payment it names, and never beyond what is unpaid."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.contracts.board import paid
from models.contracts.changing import total
from models.contracts.contract import ContractMilestone, ContractPhase
from models.contracts.lifecycle import contract_phase_at
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.evaluations import planning
from models.evaluations.evaluation import Evaluation
from models.rectifications import deciding, paying
from models.rectifications.consequence import Consequence
from models.rectifications.consequence import ConsequenceKind as K
from models.rectifications.deducting import deductions, unpaid
from tests.factories import agencies, contracts, parties, rectifications
from tests.factories.parties import NOON

MOMENT, DAY = timedelta(microseconds=1), timedelta(days=1)


@pytest.fixture
def official(session: Session) -> Act:
    return contracts.official(session, NOON)


@pytest.fixture
def milestones(evaluation: Evaluation) -> list[ContractMilestone]:
    return evaluation.contract.milestones


def reduced(
    session: Session, evaluation: Evaluation, amount: Decimal | int, first: ContractMilestone | None = None
) -> Consequence:
    district = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    amount = Decimal(amount)
    return rectifications.consequence(
        session, evaluation, kind=K.REDUCED_PAYMENT, by=district, amount=amount, milestone=first
    )


def over(made: Consequence, official: Act) -> Act:
    """The first instant at which nobody can appeal any more."""
    assert made.appeal_ends_at is not None
    return replace(official, at=made.appeal_ends_at)


def test_nothing_is_taken_off_before_nobody_can_appeal_any_more(
    session: Session, evaluation: Evaluation, official: Act, milestones: list[ContractMilestone]
) -> None:
    made = reduced(session, evaluation, 1000)
    final = over(made, official)
    before = deductions(session, evaluation.contract, replace(final, at=final.at - MOMENT))
    assert (before.taken, before.waiting) == ([], [made])
    found = deductions(session, evaluation.contract, final)
    assert [(each.milestone, each.amount) for each in found.taken] == [(milestones[0], Decimal(1000))]
    assert found.waiting == []
    assert found.due(milestones[0]) == milestones[0].amount - 1000
    assert total(evaluation.contract) == evaluation.contract.amount


def test_an_appeal_keeps_it_off_until_it_is_confirmed(
    session: Session, evaluation: Evaluation, official: Act
) -> None:
    made = reduced(session, evaluation, 1000)
    deciding.appeal(session, made, rectifications.staff(session, evaluation), words="数目不对。")
    later = over(made, official)
    assert deductions(session, evaluation.contract, later).waiting == [made]
    city = parties.act_as(session, Role.CITY_OFFICIAL, at=later.at + DAY)
    deciding.review(session, made, city, lifted=False, words="维持。")
    assert deductions(session, evaluation.contract, replace(city, at=city.at - MOMENT)).total == 0
    assert deductions(session, evaluation.contract, city).total == 1000


def test_a_lifted_reduction_takes_nothing_and_is_unpaid_again(
    session: Session, evaluation: Evaluation, official: Act
) -> None:
    before = unpaid(session, evaluation.contract, official)
    made = reduced(session, evaluation, 1000)
    assert unpaid(session, evaluation.contract, official) == before - 1000
    deciding.appeal(session, made, rectifications.staff(session, evaluation), words="数目不对。")
    deciding.review(session, made, parties.act_as(session, Role.CITY_OFFICIAL), lifted=True, words="撤销。")
    found = deductions(session, evaluation.contract, over(made, official))
    assert (found.taken, found.waiting) == ([], [])
    assert unpaid(session, evaluation.contract, official) == before


def test_it_is_taken_off_the_milestone_it_names(
    session: Session, evaluation: Evaluation, official: Act, milestones: list[ContractMilestone]
) -> None:
    last = milestones[-1]
    with pytest.raises(Invalid, match="reduction_above_unpaid"):
        reduced(session, evaluation, last.amount + Decimal("0.01"), last)
    made = reduced(session, evaluation, last.amount, last)
    with pytest.raises(Invalid, match="reduction_above_unpaid"):
        reduced(session, evaluation, Decimal("0.01"), last)
    found = deductions(session, evaluation.contract, over(made, official))
    assert [(each.milestone, found.due(each.milestone)) for each in found.taken] == [(last, Decimal(0))]


def test_a_milestone_of_another_contract_or_one_that_is_paid_is_not_named(
    session: Session, evaluation: Evaluation, official: Act, milestones: list[ContractMilestone]
) -> None:
    with pytest.raises(NotFound):
        reduced(session, evaluation, 1, agencies.running(session).milestones[0])
    rectifications.invoiced(session, milestones[0])
    paying.pay(session, milestones[0], official, amount=milestones[0].amount)
    with pytest.raises(Invalid, match="reduction_paid"):
        reduced(session, evaluation, 1, milestones[0])


def test_what_is_due_is_paid_no_more_and_no_less(
    session: Session, evaluation: Evaluation, official: Act, milestones: list[ContractMilestone]
) -> None:
    first, contract = milestones[0], evaluation.contract
    final = over(reduced(session, evaluation, 1000), official)
    rectifications.invoiced(session, first, final.at)
    due = first.amount - 1000
    for wrong, code in (
        (None, "payment_amount"),
        (Decimal("NaN"), "payment_amount"),
        (due + Decimal("0.01"), "payment_above_due"),
        (first.amount, "payment_above_due"),
        (due - Decimal("0.01"), "payment_below_due"),
    ):
        with pytest.raises(Invalid, match=code):
            paying.pay(session, first, final, amount=wrong)
    with pytest.raises(NotAllowed):
        paying.pay(session, first, rectifications.staff(session, evaluation, final.at), amount=due)
    paying.pay(session, first, final, amount=due)
    assert (first.paid_amount, paid(contract, final)) == (due, due)
    with pytest.raises(Conflict, match="wrong_phase"):
        paying.pay(session, first, final, amount=due)


def test_what_was_paid_while_it_could_be_appealed_is_taken_off_the_next(
    session: Session, evaluation: Evaluation, official: Act, milestones: list[ContractMilestone]
) -> None:
    first, second = milestones[:2]
    made = reduced(session, evaluation, 1000, first)
    rectifications.invoiced(session, first)
    paying.pay(session, first, official, amount=first.amount)
    found = deductions(session, evaluation.contract, over(made, official))
    assert [(each.milestone, each.amount) for each in found.taken] == [(second, Decimal(1000))]


def test_a_milestone_that_is_all_deducted_is_settled_with_nothing_and_the_contract_ends(
    session: Session, evaluation: Evaluation, official: Act, milestones: list[ContractMilestone]
) -> None:
    final = over(reduced(session, evaluation, milestones[0].amount, milestones[0]), official)
    for each in milestones:
        rectifications.invoiced(session, each, final.at)
        paying.pay(session, each, final, amount=deductions(session, evaluation.contract, final).due(each))
    assert milestones[0].paid_amount == 0
    assert contract_phase_at(evaluation.contract, final.at) is ContractPhase.COMPLETE


def test_of_an_ended_contract_only_what_was_accepted_can_be_reduced(
    session: Session, evaluation: Evaluation, official: Act, milestones: list[ContractMilestone]
) -> None:
    rectifications.invoiced(session, milestones[0])
    planning.end(session, evaluation.contract, official, words="双方协商一致。")
    assert unpaid(session, evaluation.contract, official) == milestones[0].amount
    with pytest.raises(Invalid, match="reduction_above_unpaid"):
        reduced(session, evaluation, milestones[0].amount + 1)
