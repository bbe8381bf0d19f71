"""How reductions spread over payments: never more than there is, and what was paid stays as it was paid."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from models.rectifications.deduction import Payment, Reduction, Taken, spread
from tests.factories.parties import NOON

MOMENT, DAY = timedelta(microseconds=1), timedelta(days=1)
PRICES = (Decimal(30), Decimal(50), Decimal(20))
PAYMENTS = tuple(Payment(number, price) for number, price in enumerate(PRICES, 1))

money = st.decimals(min_value="0.01", max_value=200, places=2)
hours = st.integers(-3, 3).map(lambda n: NOON + n * DAY)


def reduction(
    amount: Decimal | int, *, first: int | None = None, at: datetime = NOON, n: int = 1
) -> Reduction:
    return Reduction(UUID(int=n), Decimal(amount), at, first)


def by_payment(taken: Taken) -> dict[int, Decimal]:
    return {number: amount for (_key, number), amount in taken.items()}


def test_a_reduction_is_taken_from_its_first_instant_on() -> None:
    one = [reduction(10)]
    assert spread(PAYMENTS, one, NOON - MOMENT) == {}
    assert by_payment(spread(PAYMENTS, one, NOON)) == {1: Decimal(10)}


def test_it_is_taken_off_the_payment_it_names_and_then_off_the_next() -> None:
    assert by_payment(spread(PAYMENTS, [reduction(10, first=2)], NOON)) == {2: Decimal(10)}
    assert by_payment(spread(PAYMENTS, [reduction(60, first=2)], NOON)) == {2: Decimal(50), 1: Decimal(10)}
    assert by_payment(spread(PAYMENTS, [reduction(1000)], NOON)) == dict(enumerate(PRICES, 1))


def test_what_was_paid_before_it_was_final_is_passed_over() -> None:
    paid = replace(PAYMENTS[0], paid_at=NOON - DAY)
    assert by_payment(spread([paid, *PAYMENTS[1:]], [reduction(10, first=1)], NOON)) == {2: Decimal(10)}


def test_what_will_never_be_paid_is_passed_over() -> None:
    ended = [PAYMENTS[0], *(replace(each, lapsed_at=NOON) for each in PAYMENTS[1:])]
    assert by_payment(spread(ended, [reduction(40)], NOON)) == {1: Decimal(30)}


def test_what_was_taken_off_a_payment_is_not_taken_again() -> None:
    whole, paid = [reduction(40)], replace(PAYMENTS[0], paid_at=NOON + DAY)
    assert spread([paid, *PAYMENTS[1:]], whole, NOON + DAY) == spread(PAYMENTS, whole, NOON)


@given(
    st.lists(st.tuples(money, hours, st.sampled_from((None, 1, 2, 3))), max_size=4),
    st.lists(st.tuples(st.sampled_from((0, 1, 2)), hours), max_size=3, unique_by=lambda each: each[0]),
    hours,
)
def test_no_payment_and_no_reduction_gives_more_than_it_has(
    decided: list[tuple[Decimal, datetime, int | None]], paying: list[tuple[int, datetime]], at: datetime
) -> None:
    """Payments are made one after the other, each as much as was due when it was made."""
    reductions = [
        reduction(amount, first=first, at=when, n=n) for n, (amount, when, first) in enumerate(decided, 1)
    ]
    payments, off = list(PAYMENTS), {}
    for place, when in sorted(paying, key=lambda each: (each[1], each[0])):
        off[place + 1] = sum(_of(spread(payments, reductions, when), place + 1), Decimal(0))
        payments[place] = replace(payments[place], paid_at=when)
    taken = spread(payments, reductions, max([at, *(when for _place, when in paying)]))
    for each in payments:
        part = sum(_of(taken, each.number), Decimal(0))
        assert part <= each.amount
        assert part == off.get(each.number, part), "what was paid stays as it was paid"
    for each in reductions:
        assert sum((part for (key, _n), part in taken.items() if key == each.key), Decimal(0)) <= each.amount


def _of(taken: Taken, number: int) -> list[Decimal]:
    return [amount for (_key, place), amount in taken.items() if place == number]
