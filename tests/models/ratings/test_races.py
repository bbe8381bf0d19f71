"""Two sides of a contract rate each other at the same instant: both are kept, and released exactly once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from models.act import Act
from models.audit.record import verify
from models.contracts.contract import Contract
from models.outbox import Message
from models.ratings import giving
from models.ratings.queries import given_in
from models.ratings.rating import Rating, Side
from models.ratings.releasing import released_at, released_of
from models.ratings.sides import ITEMS
from models.session import make_sessions, transaction
from tests.factories import parties, ratings, rectifications
from tests.factories.parties import NOON
from tests.models.test_races import at_once, refusals

Deed = Callable[[Session], object]
MOMENT, DAY = timedelta(microseconds=1), timedelta(days=1)
SIDES = frozenset({Side.ORGANISATION, Side.PURCHASER})


class Pair:
    """A contract that may be rated and somebody of either side, in a database of their own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with make_sessions(engine)() as session, transaction(session):
            parties.place(session)
            contract = rectifications.final(session, at=NOON - DAY).contract
            self.contract_id: UUID = contract.id
            self.staff = ratings.voice(session, contract, Side.ORGANISATION)
            self.official = ratings.voice(session, contract, Side.PURCHASER)

    def give(self, act: Act, by: Side, about: Side) -> Deed:
        def do(session: Session) -> object:
            contract = session.get_one(Contract, self.contract_id)
            points = dict.fromkeys(ITEMS[by, about], 4)
            return giving.give(session, contract, act, about=about, points=points).id

        return do

    def both(self, staff: Act, official: Act) -> list[Deed]:
        return [
            self.give(staff, Side.ORGANISATION, Side.PURCHASER),
            self.give(official, Side.PURCHASER, Side.ORGANISATION),
        ]

    def told(self) -> list[int]:
        """How many messages staff and official have of a release; whoever releases is not told of it."""
        released = select(func.count(Message.id)).where(Message.kind == "ratings_released")
        with make_sessions(self.engine)() as session:
            return [
                session.scalar(released.where(Message.person_id == each.actor.person_id)) or 0
                for each in (self.staff, self.official)
            ]


@pytest.fixture
def pair(own_engine: Engine) -> Pair:
    return Pair(own_engine)


@pytest.mark.parametrize("apart", [timedelta(0), MOMENT, -MOMENT])
def test_both_are_kept_and_released_once(pair: Pair, apart: timedelta) -> None:
    """Whoever reads the clock first need not come first."""
    official = replace(pair.official, at=NOON + apart)
    assert refusals(at_once(pair.engine, *pair.both(pair.staff, official))) == []
    with make_sessions(pair.engine)() as session:
        given = given_in(session, Rating.contract_id == pair.contract_id)
        last = max(NOON, official.at)
        assert len(given) == 2
        assert released_at(given, SIDES) == last
        assert released_of(given, SIDES, last - MOMENT) == []
        assert verify(session).broken_at is None
    assert sorted(pair.told()) == [0, 1]


def test_a_side_that_rates_twice_at_once_is_kept_once(pair: Pair) -> None:
    deed = pair.give(pair.staff, Side.ORGANISATION, Side.PURCHASER)
    assert refusals(at_once(pair.engine, deed, deed)) == ["rating_given"]
    assert pair.told() == [0, 0]


def test_who_is_kept_last_though_given_first_releases_both(pair: Pair) -> None:
    first, last = pair.both(pair.staff, replace(pair.official, at=NOON + MOMENT))
    for deed in (last, first):
        with make_sessions(pair.engine)() as session, transaction(session):
            deed(session)
    assert pair.told() == [0, 1]
