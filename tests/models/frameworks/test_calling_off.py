"""Call-offs: within the agreement's life, area, services and price, by whom and why on record (R47)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit.event import AuditEvent
from models.audit.record import verify
from models.contracts import awarding
from models.contracts.award import Award, AwardPhase
from models.contracts.contract import Contract
from models.contracts.lifecycle import award_phase_at
from models.errors import Conflict, DomainError, Invalid, NotAllowed
from models.frameworks.agreeing import end
from models.frameworks.agreement import CallOff, ChosenBy, FrameworkAgreement
from models.frameworks.calling_off import MOST_UNITS, call_off, proposed_title
from models.frameworks.queries import agreement_page, callable_needs
from models.tenders.lifecycle import phase_at
from models.tenders.tender import Tender, TenderPhase
from models.tenders.writing import holder
from tests.factories import contracts, frameworks, needs, parties
from tests.factories.frameworks import LIVE, STARTS, order
from tests.factories.parties import nobody

DAY = timedelta(days=1)


@pytest.fixture
def agreement(session: Session) -> FrameworkAgreement:
    """An agreement of two suppliers at 450 and 460 yuan a unit."""
    return frameworks.agreement(session)


def test_r47_a_call_off_is_an_award_without_a_new_competition(
    session: Session, agreement: FrameworkAgreement
) -> None:
    award = frameworks.called_off(session, agreement)
    tender, found = award.lot.tender, session.get_one(CallOff, award.id)
    assert (award.amount, award.organisation_id) == (Decimal(45000), agreement.suppliers[0].organisation.id)
    assert (found.quantity, found.unit_price, found.chosen_by) == (100, Decimal(450), ChosenBy.USERS)
    assert found.words == frameworks.WORDS == tender.method_words
    assert phase_at(tender, LIVE) is TenderPhase.DECIDED
    assert tender.is_public
    assert award_phase_at(award, LIVE) is AwardPhase.PENDING
    (row,) = award.lot.needs
    assert holder(session, row.need_id) is tender
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "award.call_off")).one()
    assert event.facts["agreement"] == str(agreement.id)
    assert verify(session).broken_at is None


def test_the_tender_is_named_after_the_agreement_and_the_need_unless_somebody_says_otherwise(
    session: Session, agreement: FrameworkAgreement
) -> None:
    act, supplier = contracts.official(session, LIVE), agreement.suppliers[0]
    need = frameworks.need(session)
    proposed = proposed_title(agreement, need)
    assert proposed == f"{agreement.lot.title}：{need.heading}"
    assert call_off(session, supplier, act, need=need, order=order()).lot.tender.title == proposed
    written = replace(order(), title=" 冬季助餐 ")
    made = call_off(session, supplier, act, need=frameworks.need(session), order=written)
    assert made.lot.tender.title == "冬季助餐"


def test_a_title_that_is_proposed_names_a_thing_once_and_is_never_too_long(
    session: Session, agreement: FrameworkAgreement
) -> None:
    need = frameworks.need(session)
    need.title = agreement.lot.title[:5]
    assert proposed_title(agreement, need) == agreement.lot.title
    need.title = "餐" * 200
    assert len(proposed_title(agreement, need)) == 200


def test_the_needs_of_the_agreement_itself_can_be_called_off(
    session: Session, agreement: FrameworkAgreement
) -> None:
    act = contracts.official(session, LIVE)
    (row,) = agreement.lot.needs
    assert callable_needs(session, agreement, act) == [row.need]
    supplier = agreement.suppliers[1]
    award = call_off(session, supplier, act, need=row.need, order=order("460.00", 1000))
    assert award.amount == Decimal(460000)
    assert callable_needs(session, agreement, act) == []
    with pytest.raises(Invalid, match="need_in_another_tender"):
        call_off(session, supplier, act, need=row.need, order=order("460.00", 1))


def test_what_follows_an_award_follows_a_call_off_and_its_users_are_heard_in_public(
    session: Session, agreement: FrameworkAgreement
) -> None:
    award = frameworks.called_off(session, agreement)
    assert agreement_page(session, agreement, nobody()).call_offs == []  # nobody knows before the notice
    frameworks.accepted(session, award)
    contract = session.scalars(select(Contract)).one()
    later = LIVE + 7 * DAY
    assert phase_at(award.lot.tender, later) is TenderPhase.DECIDED
    (row,) = agreement_page(session, agreement, contracts.later(nobody(), later)).call_offs
    assert [each.users_words for each in row.accepted] == ["饭菜热乎。"]
    assert sum(each.amount for each in contract.milestones) == award.amount == contract.amount


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"price": "450.01"}, "framework_price_above"),
        ({"price": "0"}, "framework_price"),
        ({"price": "1.001"}, "framework_price"),
        ({"price": "NaN"}, "framework_price"),
        ({"quantity": 0}, "framework_quantity"),
        ({"quantity": MOST_UNITS + 1}, "framework_quantity"),
        ({"quantity": 1112}, "framework_above_budget"),
        ({"words": " "}, "words_missing"),
    ],
)
def test_r47_price_and_reason_bind(
    session: Session, agreement: FrameworkAgreement, changed: dict[str, Any], code: str
) -> None:
    given = frameworks.need(session)
    act = contracts.official(session, LIVE)
    with pytest.raises(Invalid, match=code):
        call_off(session, agreement.suppliers[0], act, need=given, order=order(**changed))
    assert session.scalars(select(Award)).all() == []
    lower = call_off(session, agreement.suppliers[0], act, need=given, order=order("400.00", 1111))
    assert lower.amount == Decimal("444400.00")


def test_r47_a_uniform_price_is_the_price(session: Session, agreement: FrameworkAgreement) -> None:
    agreement.uniform = True
    given, act = frameworks.need(session), contracts.official(session, LIVE)
    for price in ("449.99", "450.01"):
        with pytest.raises(Invalid, match="framework_price_uniform"):
            call_off(session, agreement.suppliers[0], act, need=given, order=order(price))
    assert call_off(session, agreement.suppliers[0], act, need=given, order=order()).amount == 45000


def refused(session: Session, agreement: FrameworkAgreement, act: Any, need: Any) -> DomainError:
    with pytest.raises(DomainError) as error:
        call_off(session, agreement.suppliers[0], act, need=need, order=order())
    assert session.scalars(select(CallOff)).all() == []
    return error.value


def test_r47_only_while_it_lives(session: Session, agreement: FrameworkAgreement) -> None:
    given, act = frameworks.need(session), contracts.official(session, LIVE)
    early = contracts.later(act, LIVE.replace(year=2026, month=12, day=STARTS.day - 1))
    assert refused(session, agreement, early, given).code == "framework_not_live"
    end(session, agreement, act, words="财政部门要求停止。")
    assert refused(session, agreement, act, given).code == "framework_not_live"


def test_r47_only_its_services_and_its_area(session: Session, agreement: FrameworkAgreement) -> None:
    act = contracts.official(session, LIVE)
    other = frameworks.need(session, codes=["EL-04"])
    assert refused(session, agreement, act, other).code == "framework_other_service"
    next_door = contracts.official(session, LIVE, unit=parties.OTHER_STREET)
    error = refused(session, agreement, next_door, frameworks.need(session))
    assert error.code == "framework_elsewhere"


def test_nobody_but_officials_calls_off(session: Session, agreement: FrameworkAgreement) -> None:
    worker = contracts.later(needs.worker(session), LIVE)
    with pytest.raises(NotAllowed):
        call_off(session, agreement.suppliers[0], worker, need=frameworks.need(session), order=order())


def test_a_need_that_is_not_ready_is_not_called_off(session: Session, agreement: FrameworkAgreement) -> None:
    act = contracts.official(session, LIVE)
    draft = frameworks.need(session, phase=needs.NeedPhase.SUBMITTED)
    assert refused(session, agreement, act, draft).code == "need_not_ready"


def test_a_called_off_tender_takes_no_second_award(session: Session, agreement: FrameworkAgreement) -> None:
    award = frameworks.called_off(session, agreement)
    with pytest.raises(Conflict, match="framework_is_agreed"):
        awarding.decide(session, award.lot, contracts.official(session, LIVE))
    assert session.get_one(Tender, award.lot.tender_id).bids_until is None
