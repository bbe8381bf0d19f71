"""The ladder: reasons, terms, an amount within what is unpaid, an appeal decided by another, and no ban."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.calendar.clocks import start_of
from models.contracts.contract import ContractPhase
from models.contracts.lifecycle import contract_phase_at
from models.errors import Conflict, Invalid, NotAllowed
from models.evaluations import planning
from models.evaluations.evaluation import Evaluation
from models.matching.encode import content_hash, services_frame
from models.parties.organisation import Organisation
from models.rectifications import deciding, paying, queries
from models.rectifications.consequence import ConsequenceKind as K
from models.rectifications.consequence import ConsequencePhase
from models.rectifications.deducting import unpaid
from models.rectifications.lifecycle import consequence_phase_at
from tests.factories import bids, catalogue, contracts, parties, rectifications, tenders
from tests.factories.parties import NOON

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def official(session: Session) -> Act:
    return contracts.official(session)


def test_a_consequence_needs_a_final_report_and_reasons(
    session: Session, evaluation: Evaluation, official: Act
) -> None:
    with pytest.raises(Conflict, match="evaluation_not_final"):
        rectifications.consequence(session, evaluation, by=official, at=NOON - MOMENT)
    with pytest.raises(Invalid, match="words_missing"):
        deciding.decide(session, evaluation, official, kind=K.REMINDER, reasons=" ")
    staff = rectifications.staff(session, evaluation)
    for act in (staff, contracts.official(session, unit=parties.OTHER_STREET)):
        with pytest.raises(NotAllowed):
            deciding.decide(session, evaluation, act, kind=K.PRAISE, reasons="做得很好。")


def test_less_money_cites_the_terms_and_stays_within_what_is_unpaid(
    session: Session, evaluation: Evaluation, official: Act
) -> None:
    contract = evaluation.contract
    first = contract.milestones[0]
    rectifications.invoiced(session, first)
    paying.pay(session, first, official, amount=first.amount)
    left = contract.amount - first.amount
    assert unpaid(session, contract, official) == left

    def reduce(amount: Decimal | None, terms: str = "合同第九条") -> None:
        deciding.decide(
            session,
            evaluation,
            official,
            kind=K.REDUCED_PAYMENT,
            reasons="服务量不足。",
            terms=terms,
            amount=amount,
        )

    for wrong in (None, Decimal(0), Decimal(-1), Decimal("NaN"), Decimal("0.001")):
        with pytest.raises(Invalid, match="reduction_amount"):
            reduce(wrong)
    with pytest.raises(Invalid, match="consequence_terms_missing"):
        reduce(left, terms="")
    with pytest.raises(Invalid, match="reduction_above_unpaid"):
        reduce(left + Decimal("0.01"))
    reduce(left - 100)
    with pytest.raises(Invalid, match="reduction_above_unpaid"):
        reduce(Decimal("100.01"))
    reduce(Decimal(100))
    assert unpaid(session, contract, official) == 0


def test_a_termination_cites_the_terms_and_leaves_the_end_to_the_contract(
    session: Session, evaluation: Evaluation, official: Act
) -> None:
    contract = evaluation.contract
    with pytest.raises(Invalid, match="consequence_terms_missing"):
        deciding.decide(session, evaluation, official, kind=K.TERMINATION, reasons="严重违约。")
    made = rectifications.consequence(session, evaluation, kind=K.TERMINATION, by=official)
    assert contract_phase_at(contract, NOON) is ContractPhase.ACTIVE
    assert deciding.termination_of(session, contract) is made
    with pytest.raises(Conflict, match="termination_decided"):
        rectifications.consequence(session, evaluation, kind=K.TERMINATION, by=official)
    planning.end(session, contract, official, words=made.reasons)
    with pytest.raises(Conflict, match="contract_not_in_force"):
        rectifications.consequence(session, evaluation, kind=K.TERMINATION, by=official, at=official.at)


def test_r58_an_appeal_comes_within_seven_working_days(session: Session, evaluation: Evaluation) -> None:
    """NOON is Friday 20 November 2026: the last day is Tuesday 1 December."""
    made = rectifications.consequence(session, evaluation)
    over = start_of(date(2026, 12, 2))
    assert made.appeal_ends_at == over
    assert consequence_phase_at(made, over - MOMENT) is ConsequencePhase.STANDING
    assert consequence_phase_at(made, over) is ConsequencePhase.FINAL
    staff = rectifications.staff(session, evaluation)
    with pytest.raises(Conflict, match="appeal_period_over"):
        deciding.appeal(session, made, replace(staff, at=over), words="晚了一天。")
    deciding.appeal(session, made, replace(staff, at=over - MOMENT), words="情况不实。")
    assert consequence_phase_at(made, over) is ConsequencePhase.APPEALED


def test_praise_is_not_appealed_against(session: Session, evaluation: Evaluation) -> None:
    made = rectifications.consequence(session, evaluation, kind=K.PRAISE)
    with pytest.raises(Conflict, match="praise_not_appealed"):
        deciding.appeal(session, made, rectifications.staff(session, evaluation), words="不敢当。")


def test_an_appeal_is_decided_by_somebody_else(session: Session, evaluation: Evaluation) -> None:
    district = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    made = rectifications.consequence(session, evaluation, by=district)
    another = parties.act_as(session, Role.CITY_OFFICIAL)
    with pytest.raises(Conflict, match="wrong_phase"):
        deciding.review(session, made, another, lifted=True, words="没有申诉。")
    session.refresh(made)
    with pytest.raises(NotAllowed):
        deciding.appeal(session, made, district, words="替机构申诉。")
    staff = rectifications.staff(session, evaluation)
    with pytest.raises(Invalid, match="words_missing"):
        deciding.appeal(session, made, staff, words="")
    session.refresh(made)
    deciding.appeal(session, made, staff, words="逾期是因为场地停电。")
    with pytest.raises(Conflict, match="wrong_phase"):
        deciding.appeal(session, made, staff, words="再申诉一次。")
    with pytest.raises(NotAllowed, match="another_reviews"):
        deciding.review(session, made, district, lifted=False, words="维持。")
    with pytest.raises(NotAllowed):
        deciding.review(session, made, contracts.official(session), lifted=False, words="街道不决定申诉。")
    deciding.review(session, made, another, lifted=True, words="停电属实，撤销。")
    assert consequence_phase_at(made, NOON) is ConsequencePhase.LIFTED


def test_no_consequence_changes_who_may_bid(session: Session, evaluation: Evaluation, official: Act) -> None:
    """Only the law bans (R48, R49, R60): no column of the organisation changes, and it bids as before."""
    organisation = session.get_one(Organisation, evaluation.contract.organisation_id)
    catalogue.service(session, organisation=organisation)
    before = columns(organisation), content_hash(services_frame(session, NOON))
    for kind in K:
        amount = Decimal(1000) if kind is K.REDUCED_PAYMENT else None
        rectifications.consequence(session, evaluation, kind=kind, by=official, amount=amount)
    session.expire_all()
    assert (columns(organisation), content_hash(services_frame(session, NOON))) == before
    lot = tenders.tender(session).lots[0]
    assert bids.bid(session, lot, organisation).organisation_id == organisation.id


def columns(organisation: Organisation) -> dict[str, object]:
    """Every column and every dependent row's count of an organisation."""
    mapper = inspect(Organisation)
    own = {each.key: getattr(organisation, each.key) for each in mapper.column_attrs}
    many = {each.key: len(getattr(organisation, each.key)) for each in mapper.relationships if each.uselist}
    return own | many


def test_lists_hold_what_can_be_seen(session: Session, evaluation: Evaluation, official: Act) -> None:
    made = rectifications.consequence(session, evaluation, by=official)
    other = parties.organisation(session, name="上海别家服务中心")
    for act in (official, rectifications.staff(session, evaluation), parties.act_as(session, Role.AUDITOR)):
        assert queries.consequences(session, act) == [made]
        assert queries.consequences_of(session, evaluation, act) == [made]
        assert queries.consequence(session, made.id, act) is made
    for act in (
        rectifications.evaluator(session, evaluation),
        parties.act_as(session, Role.COMMUNITY_WORKER),
        parties.act_as(session, Role.ORGANISATION_STAFF, organisation=other),
        replace(official, actor=replace(official.actor, unit_code=parties.OTHER_STREET)),
    ):
        assert queries.consequences(session, act) == []
        assert queries.consequences_of(session, evaluation, act) == []
        assert queries.consequence(session, made.id, act) is None
