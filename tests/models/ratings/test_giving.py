"""Who may rate whom, once and for good; what nobody sees before its time; means from three ratings on."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.act import Role
from models.calendar.clocks import start_of
from models.contracts.contract import Contract
from models.errors import Conflict, Invalid, NotAllowed
from models.evaluations.evaluation import Evaluation
from models.outbox import Message
from models.ratings import giving, queries
from models.ratings.desk import RatingState, desk, desk_of_rating, desks
from models.ratings.rating import Rating, RatingItem, RatingPoint, Side
from models.ratings.releasing import BLIND_FOR
from models.ratings.sides import ITEMS
from models.ratings.standing import standing
from models.tenders.lot import LotNeed
from tests.factories import agencies, contracts, needs, parties, ratings, rectifications
from tests.factories.parties import NEIGHBOURHOOD, NEXT_DOOR, NOON, OTHER_STREET

MOMENT = timedelta(microseconds=1)
O, C, P, A = Side.ORGANISATION, Side.COMMUNITY, Side.PURCHASER, Side.AGENCY  # noqa: E741  # the four sides


@pytest.fixture
def contract(evaluation: Evaluation) -> Contract:
    return evaluation.contract


def test_one_voice_a_side_and_contract(session: Session, contract: Contract) -> None:
    assert standing(session, contract, NOON).community == NEIGHBOURHOOD
    ratings.rating(session, contract, O, C)
    with pytest.raises(Conflict, match="rating_given"):
        ratings.rating(session, contract, O, C)  # a colleague of the first
    ratings.rating(session, contract, O, P)
    twice = {"contract_id": contract.id, "by_side": O, "about_side": C, "about_unit_code": NEIGHBOURHOOD}
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(insert(Rating).values(id=uuid4(), given_at=NOON, words="", **twice))


def test_the_neighbourhood_of_the_first_need_speaks_for_a_lot(session: Session, contract: Contract) -> None:
    lot, later = contract.award.lot, needs.need(session, unit=NEXT_DOOR)
    session.add(LotNeed(lot_id=lot.id, need_id=later.id, position=9))
    session.flush()
    assert standing(session, contract, NOON).community == NEIGHBOURHOOD
    next_door = parties.act_as(session, Role.COMMUNITY_WORKER, unit=NEXT_DOOR)
    assert desk(session, contract.id, next_door) is None
    assert desks(session, next_door) == []


def test_nobody_speaks_for_another_side(session: Session, contract: Contract) -> None:
    other = parties.organisation(session, name="上海别家服务中心")
    for act in (
        parties.act_as(session, Role.COMMUNITY_WORKER, unit=NEXT_DOOR),
        parties.act_as(session, Role.ORGANISATION_STAFF, organisation=other),
        contracts.official(session, unit=OTHER_STREET),
        parties.act_as(session, Role.AUDITOR),
        parties.act_as(session, Role.HUB),
        parties.nobody(),
    ):
        with pytest.raises(NotAllowed):
            giving.give(session, contract, act, about=O, points=dict.fromkeys(ITEMS[C, O], 5))
    evaluator = rectifications.evaluator(session, session.scalars(select(Evaluation)).one())
    with pytest.raises(NotAllowed):
        giving.give(session, contract, evaluator, about=O, points=dict.fromkeys(ITEMS[C, O], 5))
    official = ratings.voice(session, contract, P)
    with pytest.raises(Invalid, match="rating_direction"):
        giving.give(session, contract, official, about=C, points={})


def test_every_item_has_one_to_five_points(session: Session, contract: Contract) -> None:
    act = ratings.voice(session, contract, O)
    whole = dict.fromkeys(ITEMS[O, C], 3)
    for wrong in (
        {},
        whole | {RatingItem.VENUE: 0},
        whole | {RatingItem.VENUE: 6},
        whole | {RatingItem.PAYMENT: 3},
    ):
        with pytest.raises(Invalid, match="rating_points"):
            giving.give(session, contract, act, about=C, points=wrong)
    with pytest.raises(Invalid, match="words_too_long"):
        giving.give(session, contract, act, about=C, points=whole, words="字" * 4001)
    made = giving.give(session, contract, act, about=C, points=whole)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(update(RatingPoint).where(RatingPoint.rating_id == made.id).values(points=6))


def test_ratings_open_with_the_final_report_or_the_contracts_end(
    session: Session, contract: Contract
) -> None:
    with pytest.raises(Conflict, match="rating_too_early"):
        ratings.rating(session, contract, O, C, at=NOON - MOMENT)
    with pytest.raises(Invalid, match="rating_direction"):  # no agency has handed in a final report yet
        ratings.rating(session, contract, O, A, at=NOON - MOMENT)
    ratings.rating(session, contract, O, C, at=NOON)
    ratings.rating(session, contract, O, A, at=NOON)
    other = agencies.running(session)
    end = start_of(other.ends_on + timedelta(days=1))
    with pytest.raises(Conflict, match="rating_too_early"):
        ratings.rating(session, other, O, C, at=end - MOMENT)
    ratings.rating(session, other, O, C, at=end)


def test_blind_until_the_other_has_given(session: Session, contract: Contract) -> None:
    community, staff = ratings.voice(session, contract, C), ratings.voice(session, contract, O)
    before = session.scalars(select(Message.id)).all()
    ratings.rating(session, contract, O, C, words="场地常被占用。")
    assert queries.released(session, contract.id, NOON) == []
    assert session.scalars(select(Message.id)).all() == before  # not even a message tells of it
    last = NOON + timedelta(days=3)
    ratings.rating(session, contract, C, O, at=last)
    assert len(queries.released(session, contract.id, last)) == 2
    told = session.scalars(select(Message.person_id).where(Message.kind == "ratings_released"))
    assert {community.actor.person_id, staff.actor.person_id} <= set(told)


def test_whoever_comes_after_the_release_has_read_the_other_and_cannot_answer(
    session: Session, contract: Contract
) -> None:
    ratings.rating(session, contract, O, C)
    end = NOON + BLIND_FOR
    with session.begin_nested() as undo:
        ratings.rating(session, contract, C, O, at=end - MOMENT)
        undo.rollback()
    with pytest.raises(Conflict, match="rating_closed"):
        ratings.rating(session, contract, C, O, at=end)
    ratings.rating(session, contract, P, O, at=end)  # another pair is another matter


def test_a_mean_is_shown_from_three_ratings_on(session: Session, contract: Contract) -> None:
    organisation = contract.organisation_id
    later = NOON + BLIND_FOR
    ratings.rating(session, contract, C, O, points=5)
    ratings.rating(session, contract, P, O, points=2)
    assert queries.mean_of(session, organisation, O, later) is None
    other = agencies.running(session)
    session.refresh(other)
    _move_to(session, other, contract)
    end = start_of(other.ends_on + timedelta(days=1))
    ratings.rating(session, other, P, O, at=end, points=4)
    assert queries.mean_of(session, organisation, O, end) is None  # the third is still blind
    found = queries.mean_of(session, organisation, O, end + BLIND_FOR)
    assert found is not None
    assert (found.count, found.points) == (3, Decimal("3.67"))
    assert set(found.items) == set(ITEMS[C, O])
    assert queries.mean_of(session, organisation, A, end + BLIND_FOR) is None


def _move_to(session: Session, contract: Contract, like: Contract) -> None:
    """The same supplier for a second contract."""
    bid = contract.award.bid.bid
    bid.organisation_id = like.organisation_id
    session.flush()
    session.expire(bid)


def test_an_item_that_fewer_than_three_have_rated_has_no_mean_of_its_own(
    session: Session, contract: Contract
) -> None:
    """A department is rated by organisations on payment, and by committees on the task list."""
    for number in range(3):
        of = contract if number == 0 else agencies.running(session)
        at = start_of(of.ends_on + timedelta(days=1))
        ratings.rating(session, of, O, P, at=at, points=3)
    ratings.rating(session, contract, C, P, at=at, points=5)
    found = queries.mean_of(session, contract.unit_code, P, at + BLIND_FOR)
    assert found is not None
    assert (found.count, found.points) == (4, Decimal("3.50"))
    assert set(found.items) == set(ITEMS[O, P])


def test_the_pages_of_a_side_say_nothing_of_the_other_before_release(
    session: Session, contract: Contract
) -> None:
    community = ratings.voice(session, contract, C)
    before = desk(session, contract.id, community), desks(session, community)
    hidden = ratings.rating(session, contract, O, C)
    assert (desk(session, contract.id, community), desks(session, community)) == before
    for act in (community, ratings.voice(session, contract, P), parties.act_as(session, Role.AUDITOR)):
        assert desk_of_rating(session, hidden.id, act) is None
    assert desk_of_rating(session, hidden.id, ratings.voice(session, contract, O)) is not None
    last = replace(community, at=NOON + BLIND_FOR - MOMENT)
    assert desk(session, contract.id, last) == before[0]
    after = desk(session, contract.id, replace(community, at=NOON + BLIND_FOR))
    assert after is not None
    assert after.released == [hidden]
    assert [each.state for each in after.mine if each.about is O] == [RatingState.CLOSED]


def test_lists_hold_what_can_be_seen(session: Session, contract: Contract) -> None:
    other = parties.organisation(session, name="上海别家服务中心")
    for side in (O, C, P):
        act = ratings.voice(session, contract, side)
        (found,) = desks(session, act)
        assert found == desk(session, contract.id, act)
        assert {each.about for each in found.to_give} == {about for by, about in ITEMS if by is side}
        assert desks(session, replace(act, at=NOON - MOMENT)) == []
    (watched,) = desks(session, parties.act_as(session, Role.AUDITOR))
    assert watched.mine == []
    for act in (
        parties.act_as(session, Role.COMMUNITY_WORKER, unit=NEXT_DOOR),
        parties.act_as(session, Role.ORGANISATION_STAFF, organisation=other),
        contracts.official(session, unit=OTHER_STREET),
        parties.act_as(session, Role.HUB),
        parties.nobody(),
    ):
        assert desks(session, act) == []
        assert desk(session, contract.id, act) is None
