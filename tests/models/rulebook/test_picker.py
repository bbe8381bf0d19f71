"""Which methods a purchase may use: at each threshold, a fen below it and on it."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Invalid
from models.rulebook.methods import METHODS, Method
from models.rulebook.picker import Choice, Picked, Purchase, ServiceKind, Standing, Why, needs_survey, pick
from models.rulebook.rule import rule

LIMIT, TENDER, FEN = Decimal(1_000_000), Decimal(4_000_000), Decimal("0.01")
AMOUNTS = st.decimals("0.01", "20000000", places=2)


def picked(amount: Decimal | int, **more: Any) -> Picked:
    return pick(Purchase(Decimal(amount), LIMIT, TENDER, **more))


def choices(found: Picked) -> dict[Method, Choice]:
    return {choice.method: choice for choice in found.choices}


def standing(amount: Decimal | int, method: Method, **more: Any) -> Standing:
    return choices(picked(amount, **more))[method].standing


def notes(found: Picked) -> dict[Why, str]:
    return {note.why: note.rule for note in found.notes}


def test_r20_comparison_is_for_what_lies_below_the_limit() -> None:
    assert standing(LIMIT - FEN, Method.COMPARISON) == Standing.USUAL
    assert standing(LIMIT, Method.COMPARISON) == Standing.NOT_ALLOWED


def test_r38_consultation_is_usual_from_the_limit_on() -> None:
    assert standing(LIMIT - FEN, Method.COMPETITIVE_CONSULTATION) == Standing.ALLOWED
    assert standing(LIMIT, Method.COMPETITIVE_CONSULTATION) == Standing.USUAL
    assert standing(TENDER - FEN, Method.COMPETITIVE_CONSULTATION) == Standing.USUAL


def test_r14_tender_is_the_rule_from_its_threshold_on() -> None:
    assert standing(TENDER - FEN, Method.OPEN_TENDER) == Standing.ALLOWED
    assert standing(TENDER, Method.OPEN_TENDER) == Standing.USUAL
    for method in (Method.COMPETITIVE_CONSULTATION, Method.NEGOTIATION, Method.SINGLE_SOURCE):
        assert standing(TENDER, method) == Standing.WITH_APPROVAL
        assert standing(TENDER, method, finance_approved=True) == Standing.WITH_GROUNDS


def test_r19_splitting_is_a_sum_above_the_tender_threshold() -> None:
    rest = (TENDER - LIMIT,)
    assert standing(LIMIT, Method.COMPETITIVE_CONSULTATION, bought_otherwise=rest) == Standing.USUAL
    split = choices(picked(LIMIT + FEN, bought_otherwise=rest))
    assert split[Method.OPEN_TENDER].standing == Standing.USUAL
    assert split[Method.COMPETITIVE_CONSULTATION].standing == Standing.WITH_APPROVAL
    reason = split[Method.OPEN_TENDER].reasons[0]
    assert (reason.why, reason.rule) == (Why.SPLITTING, "R19")
    assert reason.facts == {"total": TENDER + FEN, "tender": TENDER}


def test_r19_a_small_purchase_can_be_the_one_that_splits() -> None:
    split = choices(picked(FEN, bought_otherwise=(TENDER / 2, TENDER / 2)))
    assert split[Method.COMPARISON].standing == Standing.NOT_ALLOWED
    assert split[Method.COMPARISON].reasons[0].why == Why.SPLITTING


def test_r19_what_is_tendered_for_its_own_size_is_no_splitting() -> None:
    split = choices(picked(TENDER, bought_otherwise=(LIMIT,)))
    assert split[Method.OPEN_TENDER].reasons[0].why == Why.REACHES_TENDER


@given(AMOUNTS)
def test_r19_one_purchase_alone_is_never_splitting(amount: Decimal) -> None:
    reasons = {reason.why for choice in picked(amount).choices for reason in choice.reasons}
    assert Why.SPLITTING not in reasons


def test_r45_single_source_always_needs_its_grounds() -> None:
    for amount in (FEN, LIMIT, TENDER):
        choice = choices(picked(amount))[Method.SINGLE_SOURCE]
        assert choice.standing in {Standing.WITH_GROUNDS, Standing.WITH_APPROVAL}
        assert "R45" in {reason.rule for reason in choice.reasons}


def test_r47_a_framework_is_for_public_services_whose_users_choose() -> None:
    assert standing(LIMIT, Method.FRAMEWORK_CALL_OFF) == Standing.NOT_ALLOWED
    assert standing(LIMIT, Method.FRAMEWORK_CALL_OFF, users_choose=True) == Standing.ALLOWED
    own = {"users_choose": True, "kind": ServiceKind.OWN_USE}
    assert standing(LIMIT, Method.FRAMEWORK_CALL_OFF, **own) == Standing.NOT_ALLOWED


@pytest.mark.parametrize("kind", ServiceKind)
def test_r04_the_negative_list_allows_nothing(kind: ServiceKind) -> None:
    found = picked(LIMIT, kind=kind)
    forbidden = kind not in {ServiceKind.PUBLIC_SERVICE, ServiceKind.OWN_USE}
    assert bool(found.refused) == forbidden
    assert all(choice.standing == Standing.NOT_ALLOWED for choice in found.choices) == forbidden


def test_r05_without_a_budget_nothing_is_bought() -> None:
    found = picked(LIMIT, budgeted=False)
    assert [reason.rule for reason in found.refused] == ["R05"]


def test_r63_the_trap_is_explained_up_to_two_million() -> None:
    assert notes(picked(2_000_000))[Why.SME_RESERVATION_TRAP] == "R63"
    assert Why.SME_RESERVATION_TRAP not in notes(picked(2_000_000 + FEN))
    assert Why.SME_RESERVATION_TRAP not in notes(picked(LIMIT - FEN))


def test_r61_r62_organisations_are_no_small_enterprises() -> None:
    found = notes(picked(LIMIT))
    assert (found[Why.SME_DEDUCTION], found[Why.NO_SME_STATUS]) == ("R61", "R62")


def test_r08_a_survey_comes_first_for_the_public_and_from_ten_million_on() -> None:
    ten = Decimal(10_000_000)
    assert needs_survey(ServiceKind.PUBLIC_SERVICE, FEN)
    assert not needs_survey(ServiceKind.OWN_USE, ten - FEN)
    assert needs_survey(ServiceKind.OWN_USE, ten)
    assert Why.ASK_THE_PUBLIC not in notes(picked(LIMIT, kind=ServiceKind.OWN_USE))


@given(AMOUNTS, st.booleans(), st.lists(AMOUNTS, max_size=3))
def test_every_method_has_one_standing_with_reasons_from_the_book(
    amount: Decimal, users_choose: bool, bought: list[Decimal]
) -> None:
    found = picked(amount, users_choose=users_choose, bought_otherwise=tuple(bought))
    assert sorted(choice.method for choice in found.choices) == sorted(Method)
    assert [choice.standing for choice in found.choices].count(Standing.USUAL) == 1
    for choice in found.choices:
        assert choice.reasons
        assert all(rule(reason.rule) for reason in choice.reasons)


@pytest.mark.parametrize("amount", [Decimal(0), Decimal(-1)])
def test_an_amount_is_above_zero(amount: Decimal) -> None:
    with pytest.raises(Invalid, match="amount_not_positive"):
        picked(amount)
    with pytest.raises(Invalid, match="amount_negative"):
        picked(FEN, bought_otherwise=(-FEN,))


def test_r24_a_tenders_panel_grows_at_ten_million() -> None:
    panel = METHODS[Method.OPEN_TENDER].panel
    assert panel is not None
    ten = Decimal(10_000_000)
    assert (panel.least(), panel.least(ten - FEN), panel.least(ten)) == (5, 5, 7)
    assert (panel.experts_of(5), panel.experts_of(7)) == (4, 5)


def test_r40_a_consultations_panel_has_three_members_two_of_them_experts() -> None:
    panel = METHODS[Method.COMPETITIVE_CONSULTATION].panel
    assert panel is not None
    assert (panel.rule, panel.least(TENDER), panel.experts_of(3)) == ("R40", 3, 2)


def test_r46_inquiry_is_no_method_for_services() -> None:
    assert "inquiry" not in set(Method)
    assert set(METHODS) == set(Method)
