"""Contracts: split to the fen, signed in order, published and filed, changed within a tenth (R34)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from models.contracts import awarding, changing, contracting
from models.contracts.clocks import ClockKind, contract_clocks
from models.contracts.contract import ContractPhase
from models.contracts.contracting import Terms, proposed
from models.contracts.lifecycle import contract_phase_at
from models.contracts.performing import UsersOpinion
from models.contracts.splitting import split
from models.errors import Conflict, Invalid, NotAllowed
from models.parties.organisation import Certificate
from models.tenders.lifecycle import phase_at
from models.tenders.tender import TenderPhase
from tests.factories import contracts
from tests.factories.contracts import NOTICE_OVER, SIGNED, URL

MOMENT = timedelta(microseconds=1)
OPINION = UsersOpinion(30, 27, "多数满意。")


@given(
    st.integers(1, 10**12),
    st.lists(st.integers(1, 9999), min_size=1, max_size=8),
)
def test_the_parts_of_a_price_sum_to_it_exactly(fen: int, weights: list[int]) -> None:
    """Each part is its share, rounded up or down by less than a fen."""
    amount, percents = Decimal(fen).scaleb(-2), [Decimal(each).scaleb(-2) for each in weights]
    parts = split(amount, percents)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * 100 * sum(weights) - fen * weight) < sum(weights)


def test_a_third_each_leaves_the_fen_to_the_largest_remainder() -> None:
    percents = [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
    assert split(Decimal("100.00"), percents) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
    assert split(Decimal("0.02"), percents) == [Decimal("0.01"), Decimal("0.00"), Decimal("0.01")]


def test_a_contract_is_made_of_the_tender_and_the_winning_bid(session: Session) -> None:
    contract = contracts.contract(session, signed=False)
    tender = contract.award.lot.tender
    assert contract.amount == contract.award.amount == sum(each.amount for each in contract.milestones)
    assert [each.title for each in contract.milestones] == [each.title for each in tender.milestones]
    assert [(each.name, each.certificate) for each in contract.workers] == [
        ("王小明", Certificate.SOCIAL_WORKER)
    ]
    assert (contract.starts_on, contract.ends_on) == (tender.service_starts_on, tender.service_ends_on)
    with pytest.raises(Conflict, match="contract_made"):
        contracting.make(session, contract.award, contracts.official(session, NOTICE_OVER))


def test_a_price_too_small_for_its_milestones_makes_no_contract(session: Session) -> None:
    award = contracts.award(session)
    award.amount = Decimal("0.01")
    with pytest.raises(Conflict, match="price_too_small_to_split"):
        contracting.make(session, award, contracts.official(session, NOTICE_OVER))


def test_terms_are_written_until_somebody_has_signed(session: Session) -> None:
    contract = contracts.contract(session, signed=False)
    act = contracts.official(session, SIGNED)
    terms = Terms(contract.starts_on, contract.ends_on, "服务条款", "就服务时间协商两次，价格不变。")
    contracting.write(session, contract, act, terms=terms, revision=contract.revision)
    assert contract.negotiation_words == terms.negotiation
    with pytest.raises(Conflict, match="contract_changed_meanwhile"):
        contracting.write(session, contract, act, terms=terms, revision=contract.revision - 1)
    backwards = Terms(contract.ends_on, contract.ends_on - timedelta(days=1))
    with pytest.raises(Invalid, match="contract_period"):
        contracting.write(session, contract, act, terms=backwards)
    contracting.sign_for_purchaser(session, contract, act)
    with pytest.raises(Conflict, match="contract_signed"):
        contracting.write(session, contract, act, terms=terms)


def test_nobody_signs_while_the_notice_runs(session: Session) -> None:
    contract = contracts.contract(session, signed=False)
    act = contracts.official(session, NOTICE_OVER)
    with pytest.raises(Conflict, match="notice_still_runs"):
        contracting.sign_for_purchaser(session, contract, contracts.later(act, NOTICE_OVER - MOMENT))
    contracting.sign_for_purchaser(session, contract, act)


def test_the_purchaser_signs_first_and_the_supplier_second(session: Session) -> None:
    contract = contracts.contract(session, signed=False)
    official, supplier = contracts.official(session, SIGNED), contracts.supplier(session, contract)
    with pytest.raises(Conflict, match="purchaser_signs_first"):
        contracting.sign_for_supplier(session, contract, supplier)
    contracting.sign_for_purchaser(session, contract, official)
    assert contract_phase_at(contract, SIGNED) == ContractPhase.SIGNING
    with pytest.raises(NotAllowed):
        contracting.sign_for_supplier(session, contract, official)
    contracting.sign_for_supplier(session, contract, supplier)
    assert contract_phase_at(contract, SIGNED) == ContractPhase.ACTIVE
    assert contract.purchaser_signed_by == official.actor.person_id
    assert contract.supplier_signed_by == supplier.actor.person_id


@pytest.mark.parametrize(
    ("starts_on", "counted_from"),
    [(date(2026, 12, 28), date(2026, 12, 29)), (date(2027, 1, 1), date(2027, 1, 1))],
)
def test_milestones_are_due_from_the_signing_or_from_the_start_of_the_service_if_later(
    session: Session, starts_on: date, counted_from: date
) -> None:
    award = contracts.award(session)
    terms = Terms(starts_on, date(2027, 12, 31))
    contract = contracting.make(session, award, contracts.official(session, NOTICE_OVER), terms=terms)
    contracting.sign_for_purchaser(session, contract, contracts.official(session, SIGNED))
    contracting.sign_for_supplier(session, contract, contracts.supplier(session, contract))
    days = [each.due_days for each in award.lot.tender.milestones]
    assert [(each.due_on - counted_from).days for each in contract.milestones] == days


def test_signing_publication_and_filing_have_their_clocks(session: Session) -> None:
    """R34: 30 days, 2 and 7 working days."""
    contract = contracts.contract(session, signed=False)
    (signing,) = contract_clocks(contract, NOTICE_OVER)
    assert (signing.kind, signing.day, signing.rule) == (ClockKind.SIGNING, date(2027, 1, 15), "R34")
    contracting.sign_for_purchaser(session, contract, contracts.official(session, SIGNED))
    contracting.sign_for_supplier(session, contract, contracts.supplier(session, contract))
    by_kind = {clock.kind: clock.day for clock in contract_clocks(contract, SIGNED)}
    assert by_kind[ClockKind.PUBLICATION] == date(2026, 12, 31)
    assert by_kind[ClockKind.FILING] == date(2027, 1, 8)
    act = contracts.official(session, SIGNED)
    contracting.publish(session, contract, act, url=URL, published_on=date(2026, 12, 29))
    contracting.file_(session, contract, act)
    left = {clock.kind for clock in contract_clocks(contract, SIGNED)}
    assert left == {ClockKind.DELIVERY}
    for again in (
        lambda: contracting.publish(session, contract, act, url=URL, published_on=date(2026, 12, 29)),
        lambda: contracting.file_(session, contract, act),
    ):
        with pytest.raises(Conflict):
            again()


def test_a_tender_is_complete_when_every_lot_has_its_contract(session: Session) -> None:
    tender = contracts.reported(session, lots=2)
    act = contracts.official(session)
    for lot in tender.lots:
        contracts.notice(session, awarding.decide(session, lot, act))
    made = [contracts.contract(session, awarding.standing_award(session, lot)) for lot in tender.lots[:1]]
    filing = contracts.later(act, SIGNED)
    contracting.file_(session, made[0], filing)
    assert phase_at(tender, SIGNED) == TenderPhase.DECIDED
    second = contracts.contract(session, awarding.standing_award(session, tender.lots[1]))
    contracting.file_(session, second, filing)
    assert phase_at(tender, SIGNED) == TenderPhase.COMPLETE


def test_exactly_a_tenth_can_be_added_and_not_a_fen_more(session: Session) -> None:
    """R34."""
    contract = contracts.contract(session)
    official, supplier = contracts.official(session, SIGNED), contracts.supplier(session, contract)
    tenth = contract.amount / 10
    with pytest.raises(Invalid, match="change_above_tenth") as refused:
        changing.change(session, contract, official, words="增加服务人次。", adds=tenth + Decimal("0.01"))
    assert refused.value.facts == {"most": tenth, "rule": "R34"}
    made = changing.change(session, contract, official, words="增加服务人次。", adds=tenth)
    last = contract.milestones[-1].amount
    changing.agree(session, made, supplier)
    assert contract.milestones[-1].amount == last + tenth
    assert changing.total(contract) == contract.amount + tenth == sum(m.amount for m in contract.milestones)
    with pytest.raises(Invalid, match="change_above_tenth"):
        changing.change(session, contract, official, words="再加一分钱。", adds=Decimal("0.01"))


def test_what_is_taken_away_makes_no_room_for_more(session: Session) -> None:
    contract = contracts.contract(session)
    official, supplier = contracts.official(session, SIGNED), contracts.supplier(session, contract)
    less = changing.change(session, contract, official, words="减少一次活动。", adds=Decimal(-500))
    changing.agree(session, less, supplier)
    assert changing.room(contract) == contract.amount / 10
    with pytest.raises(Invalid, match="change_takes_too_much"):
        changing.change(session, contract, official, words="全部减去。", adds=-contract.milestones[-1].amount)


def test_both_sides_agree_to_a_change(session: Session) -> None:
    contract = contracts.contract(session)
    official = contracts.official(session, SIGNED)
    made = changing.change(session, contract, official, words="改为每周二、周四服务。")
    with pytest.raises(Conflict, match="change_waits"):
        changing.change(session, contract, official, words="另一处。")
    with pytest.raises(NotAllowed):
        changing.agree(session, made, official)
    supplier = contracts.supplier(session, contract)
    changing.agree(session, made, supplier)
    with pytest.raises(Conflict, match="change_agreed"):
        changing.agree(session, made, supplier)


def test_who_takes_over_from_a_social_worker_is_named(session: Session) -> None:
    contract = contracts.contract(session)
    supplier = contracts.supplier(session, contract)
    worker = contract.workers[0]
    with pytest.raises(Invalid, match="worker_day"):
        changing.replace_worker(
            session, worker, supplier, name="新人", certificate=None, from_on=worker.from_on
        )
    day = worker.from_on + timedelta(days=30)
    made = changing.replace_worker(
        session, worker, supplier, name="新人", certificate=Certificate.ASSISTANT, from_on=day
    )
    assert (worker.until_on, made.from_on) == (day - timedelta(days=1), day)
    with pytest.raises(Conflict, match="worker_replaced"):
        changing.replace_worker(session, worker, supplier, name="再换", certificate=None, from_on=day)


def test_a_tender_without_dates_proposes_a_year(session: Session) -> None:
    award = contracts.award(session)
    tender = award.lot.tender
    tender.service_starts_on = tender.service_ends_on = None
    terms = proposed(award, contracts.official(session, NOTICE_OVER))
    assert (terms.ends_on - terms.starts_on).days == 364
