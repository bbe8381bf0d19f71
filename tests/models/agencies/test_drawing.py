"""The draw: among those free of conflict, by one seed, replayed by anybody."""

import json
from collections import Counter
from hashlib import sha256

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.agencies import declaring, drawing, keeping, queries
from models.agencies.agency import Agency
from models.agencies.assignment import AssignmentKind
from models.agencies.ground import ASKED, Ground
from models.contracts.contract import Contract
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.outbox import inbox
from tests.factories import agencies, contracts, parties
from tests.factories.parties import NOON


def test_every_agency_on_the_list_is_in_the_pool_or_barred_with_its_reasons(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    act = agencies.registrar(session)
    for kind in (Ground.PAID_WORK, Ground.KINSHIP):
        keeping.tie(session, listed[0], act, organisation_id=contract.organisation_id, kind=kind)
    draw = agencies.drawn(session, contract).draw
    assert draw.pool == [sorted(str(each.organisation_id) for each in listed[1:])]
    assert [(each.agency_id, each.kind) for each in draw.barred] == [
        (listed[0].organisation_id, Ground.KINSHIP),
        (listed[0].organisation_id, Ground.PAID_WORK),
    ]


def test_anybody_can_replay_the_draw(session: Session, contract: Contract, listed: list[Agency]) -> None:
    made = agencies.drawn(session, contract)
    draw = made.draw
    whole = json.dumps(draw.pool, separators=(",", ":"))
    assert draw.pool_digest == sha256(whole.encode()).hexdigest()
    first = min(draw.pool[0], key=lambda key: sha256(f"{draw.seed}:{key}".encode()).hexdigest())
    assert first == str(made.agency_id)
    assert drawing.is_as_drawn(draw)
    draw.seed = next(
        seed for seed in (f"{n:064d}" for n in range(99)) if first_by(seed, draw.pool[0]) != first
    )
    assert not drawing.is_as_drawn(draw)


def first_by(seed: str, pool: list[str]) -> str:
    return min(pool, key=lambda key: sha256(f"{seed}:{key}".encode()).hexdigest())


def test_a_changed_list_is_noticed(session: Session, contract: Contract, listed: list[Agency]) -> None:
    draw = agencies.drawn(session, contract).draw
    draw.pool = [[*draw.pool[0], str(contract.organisation_id)]]
    assert not drawing.is_as_drawn(draw)


def test_the_lot_decides_and_nobody_else() -> None:
    """Over many seeds each of three comes first about as often: a chi-square of 13.8 is one in a thousand."""
    pool = ["a", "b", "c"]
    drawn = Counter(first_by(f"{seed:064d}", pool) for seed in range(3000))
    assert sum((count - 1000) ** 2 / 1000 for count in drawn.values()) < 13.8


def test_a_contract_has_one_agency_at_a_time(session: Session, contract: Contract) -> None:
    agencies.drawn(session, contract)
    with pytest.raises(Conflict) as refused:
        agencies.drawn(session, contract)
    assert refused.value.code == "agency_is_drawn"


def test_nobody_is_drawn_before_both_have_signed(session: Session, contract: Contract) -> None:
    with pytest.raises(Conflict) as refused:
        agencies.drawn(session, contract, agencies.LONG_AGO.replace(year=2025))
    assert refused.value.code == "draw_before_contract"


def test_officials_of_the_area_draw(session: Session, contract: Contract) -> None:
    elsewhere = contracts.official(session, NOON, unit=parties.OTHER_STREET)
    auditor = parties.act_as(session, Role.AUDITOR)
    for act in (elsewhere, auditor, agencies.evaluator(session, agencies.agency(session))):
        with pytest.raises((NotAllowed, NotFound)):
            drawing.draw(session, contract, act)


def test_without_a_free_agency_nothing_is_drawn(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    act = agencies.registrar(session)
    for agency in listed:
        keeping.leave(session, agency, act)
    tied = agencies.agency(session)
    keeping.tie(session, tied, act, organisation_id=contract.organisation_id, kind=Ground.CONTROL)
    with pytest.raises(Invalid) as refused:
        agencies.drawn(session, contract)
    assert (refused.value.code, refused.value.facts) == ("agency_none_free", {"listed": 1})


def test_lists_of_other_areas_are_not_drawn_from(session: Session, contract: Contract) -> None:
    other = agencies.agency(session, name="上海外区评估中心")
    other.unit_code = parties.OTHER_STREET
    city = agencies.agency(session, name="上海市级评估中心")
    city.unit_code = parties.CITY
    session.flush()
    (pool,) = agencies.drawn(session, contract).draw.pool
    assert str(other.organisation_id) not in pool
    assert str(city.organisation_id) in pool


def test_who_stands_aside_is_followed_by_the_next_until_the_list_is_used_up(
    session: Session, contract: Contract
) -> None:
    made = agencies.drawn(session, contract)
    draw, order = made.draw, drawing.order_of(made.draw)
    act = contracts.official(session, NOON)
    for place, key in enumerate(order):
        (live,) = (each for each in draw.assignments if each.is_live)
        assert (live.agency_id, live.position) == (key, place)
        declaring.recuse(session, live, act, words="人手不足。")
    assert drawing.is_as_drawn(draw)
    with pytest.raises(Invalid) as refused:
        drawing.draw(session, contract, act)
    assert refused.value.facts == {"drawn": len(order)}
    late = agencies.agency(session, name="上海新来评估中心")
    assert drawing.draw(session, contract, act).agency_id == late.organisation_id
    assert draw.pool[1:] == [[str(late.organisation_id)]]
    assert drawing.is_as_drawn(draw)


def test_whom_the_data_bar_by_now_is_passed_over_on_record(session: Session, contract: Contract) -> None:
    made = agencies.drawn(session, contract)
    order = drawing.order_of(made.draw)
    second = session.get_one(Agency, order[1])
    agencies.suspended(session, second)
    declaring.recuse(session, made, contracts.official(session, NOON), words="人手不足。")
    assert [each.agency_id for each in made.draw.assignments] == [order[0], order[2]]
    assert [(each.agency_id, each.kind, each.is_passed) for each in made.draw.barred] == [
        (order[1], Ground.SUSPENDED, True)
    ]
    assert drawing.is_as_drawn(made.draw)


def test_the_agency_is_told(session: Session, contract: Contract, listed: list[Agency]) -> None:
    people = {each.organisation_id: agencies.evaluator(session, each) for each in listed}
    made = agencies.drawn(session, contract)
    told = {key: [each.kind for each in inbox(session, act)] for key, act in people.items()}
    assert told == {key: ["agency_drawn"] if key == made.agency_id else [] for key in people}


def test_a_second_agency_is_never_the_first_one(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    first = agencies.assigned(session, contract, listed[0])
    second = drawing.draw(session, contract, contracts.official(session, NOON), kind=AssignmentKind.RESCORE)
    assert second.agency_id != first.agency_id
    assert [(each.agency_id, each.kind) for each in second.draw.barred] == [
        (listed[0].organisation_id, Ground.ASSIGNED)
    ]


def test_only_a_declared_assignment_may_work(session: Session, contract: Contract) -> None:
    made = agencies.drawn(session, contract)
    assert queries.assignment_of(session, contract.id, AssignmentKind.PRIMARY, NOON) is None
    answers = [declaring.Answer(ground, is_yes=False) for ground in ASKED]
    declaring.declare(session, made, agencies.evaluator(session, made.agency), answers=answers)
    assert queries.assignment_of(session, contract.id, AssignmentKind.PRIMARY, NOON) is made
    assert queries.assignment_of(session, contract.id, AssignmentKind.RESCORE, NOON) is None
    declaring.recuse(session, made, contracts.official(session, NOON), words="发现关联。")
    assert queries.assignment_of(session, contract.id, AssignmentKind.PRIMARY, NOON) is None
