"""What a decision takes off a payment, on the pages of the contract, the milestone and the payment."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models.act import Act
from models.contracts.contract import ContractMilestone
from models.evaluations.evaluation import Evaluation
from models.rectifications.consequence import Consequence, ConsequenceKind
from tests.factories import contracts, rectifications
from tests.factories.parties import NOON
from tests.web.rectifications.conftest import Come

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])
REASONS = "整改逾期，居民意见集中。"


def decided(session: Session, evaluation: Evaluation, kind: ConsequenceKind) -> tuple[Consequence, Act]:
    """A decision, and an official at the first instant at which it is final."""
    amount = Decimal(1000) if kind is ConsequenceKind.REDUCED_PAYMENT else None
    made = rectifications.consequence(session, evaluation, kind=kind, amount=amount)
    assert made.appeal_ends_at is not None
    return made, contracts.official(session, made.appeal_ends_at)


@LOCALES
def test_a_deduction_is_shown_with_its_reason_and_no_more_than_what_is_left_is_paid(
    session: Session, evaluation: Evaluation, come: Come, locale: str
) -> None:
    made, official = decided(session, evaluation, ConsequenceKind.REDUCED_PAYMENT)
    first: ContractMilestone = evaluation.contract.milestones[0]
    rectifications.invoiced(session, first, official.at)
    due, price = first.amount - 1000, first.amount
    pages = come(official, locale=locale)
    page = pages.get(f"/contracts/{evaluation.contract_id}")
    assert f"{due:,.2f}" in page.text
    assert page.click(REASONS).path == f"/consequences/{made.id}"
    page = pages.get(f"/milestones/{first.id}").click({"zh": "登记付款", "en": "Record a payment"}[locale])
    assert all(said in page.text for said in (f"{price:,.2f}", "1,000.00", f"{due:,.2f}", REASONS))
    refused = page.form().fill(amount=str(price)).submit(status=422)
    assert refused.errors
    page = pages.get(page.path).form().submit(follow=True)
    assert page.flashes
    session.expire_all()
    assert first.paid_amount == due


@LOCALES
def test_a_decision_that_can_be_appealed_is_named_and_not_deducted(
    session: Session, evaluation: Evaluation, come: Come, locale: str
) -> None:
    _made, final = decided(session, evaluation, ConsequenceKind.REDUCED_PAYMENT)
    first = evaluation.contract.milestones[0]
    rectifications.invoiced(session, first)
    page = come(replace(final, at=NOON), locale=locale).get(f"/milestones/{first.id}/payment")
    said = {"zh": "还没有生效", "en": "does not hold yet"}[locale]
    assert said in page.text
    page.form().submit(follow=True)
    session.expire_all()
    assert first.paid_amount == first.amount


def test_the_official_chooses_the_milestone_a_reduction_is_taken_from(
    session: Session, evaluation: Evaluation, come: Come
) -> None:
    last = evaluation.contract.milestones[-1]
    page = come(contracts.official(session)).get(f"/evaluations/{evaluation.id}/consequence")
    said = {"kind": "reduced_payment", "reasons": "服务量不足。", "terms": "合同第九条", "amount": "1000"}
    page = page.form(page.path).fill(said, milestone=str(last.id)).submit(follow=True)
    assert last.title in page.text
    assert "可以申诉到" in page.text


@LOCALES
def test_a_final_decision_leads_to_the_contracts_own_termination_with_the_reason_filled_in(
    session: Session, evaluation: Evaluation, come: Come, locale: str
) -> None:
    made, official = decided(session, evaluation, ConsequenceKind.TERMINATION)
    words = {"zh": "按决定终止合同", "en": "End the contract as decided"}[locale]
    where = f"/contracts/{evaluation.contract_id}"
    early = come(replace(official, at=NOON), locale=locale)
    assert words not in early.get(f"/consequences/{made.id}").text
    page = early.get(where)
    assert REASONS in page.text
    assert words not in page.text
    pages = come(official, locale=locale)
    assert pages.get(f"/consequences/{made.id}").click(words).path == f"{where}/termination"
    assert words in pages.get("/home").text
    page = pages.get(where).click(words)
    page = page.form(page.path).submit(follow=True)
    session.expire_all()
    assert evaluation.contract.terminated_words == REASONS
    assert words not in page.text
