"""A blind share of finals is marked again: chosen by a seed that nobody can choose, replayed afterwards."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from models.act import Role
from models.agencies import declaring, rotating
from models.agencies.agency import Agency
from models.agencies.assignment import AssignmentKind
from models.agencies.drawing import draw_of
from models.agencies.ground import ASKED
from models.agencies.queries import assignment_of
from models.calendar.clocks import local_date
from models.errors import Invalid, NotAllowed
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.rescore import Rescore, RescoreOrigin
from models.parties.unit import AdministrativeUnit
from models.session import WRITES
from models.supervision import sampling
from models.supervision.choosing import commitment, is_chosen, of_ten
from tests.factories import agencies, parties, supervision
from tests.factories.parties import DISTRICT, NOON

DAY = timedelta(days=1)
SEEDS = st.integers(0, 2**64).map(lambda number: f"{number:064x}")
PHASES = (EvaluationPhase.DRAFTED, EvaluationPhase.ANSWERED, EvaluationPhase.PUBLISHED)


@pytest.fixture
def district(session: Session) -> AdministrativeUnit:
    parties.place(session)
    return session.get_one(AdministrativeUnit, DISTRICT)


@pytest.fixture(scope="module")
def built(engine: Engine) -> Iterator[Connection]:
    """Three finals on three days, the last of them public; with agencies that are free."""
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            first = agencies.agency(session)
            agencies.agencies(session, 2)
            for number, phase in enumerate(PHASES):
                supervision.final(session, first, at=NOON - (5 - number) * DAY, phase=phase)
            session.commit()
        yield connection
        outer.rollback()


@pytest.fixture
def connection(built: Connection) -> Iterator[Connection]:
    """In a savepoint of this test."""
    inner = built.begin_nested()
    yield built
    inner.rollback()


def all_of_them(session: Session, district: AdministrativeUnit) -> None:
    """The rule that every final is marked again, in force for drafts of the past as well."""
    act = agencies.registrar(session, NOON - 30 * DAY)
    rotating.set_rule(
        session,
        district,
        act,
        effective_on=(NOON - 30 * DAY).date(),
        most_consecutive=9,
        most_years_in_street=9,
        rescore_share=Decimal(100),
        rescore_gap=Decimal(10),
    )
    session.flush()


@given(SEEDS, st.integers(0, 50), st.integers(1, 100))
def test_r84_of_each_ten_the_share_is_chosen_rounded_up(seed: str, tens: int, share: int) -> None:
    chosen = [is_chosen(seed, 10 * tens + number, Decimal(share)) for number in range(10)]
    assert sum(chosen) == of_ten(Decimal(share)) == -(-share // 10)


@given(SEEDS)
def test_a_larger_share_chooses_the_same_ones_and_more(seed: str) -> None:
    for position in range(20):
        if is_chosen(seed, position, Decimal(10)):
            assert is_chosen(seed, position, Decimal(30))


def test_anybody_can_choose_again() -> None:
    seed = "7" * 64
    tickets = {number: sha256(f"{seed}:{number}".encode()).hexdigest() for number in range(10, 20)}
    first = min(tickets, key=tickets.__getitem__)
    assert [number for number in range(10, 20) if is_chosen(seed, number, Decimal(10))] == [first]
    assert commitment(seed) == sha256(seed.encode()).hexdigest()


def test_finals_are_listed_once_in_the_order_of_their_drafts(
    session: Session, district: AdministrativeUnit
) -> None:
    act = agencies.registrar(session)
    made = sampling.choose(session, district, act)
    finals = session.scalars(select(Evaluation).order_by(Evaluation.drafted_at)).all()
    assert [each.contract_id for each in made] == [each.contract_id for each in finals]
    assert [each.position for each in made] == [0, 1, 2]
    (sample,) = sampling.samples(session, DISTRICT)
    assert (sample.year, sample.half, sample.share) == (2026, 2, Decimal(10))
    assert [each.is_chosen for each in made] == [is_chosen(sample.seed, n, Decimal(10)) for n in range(3)]
    assert sampling.choose(session, district, act) == []
    assert len(sampling.samples(session, DISTRICT)) == 1


def test_the_chosen_are_ordered_and_a_second_agency_is_drawn_blindly(
    session: Session, district: AdministrativeUnit
) -> None:
    all_of_them(session, district)
    made = sampling.choose(session, district, agencies.registrar(session))
    seconds = session.scalars(select(Rescore)).all()
    assert {(each.origin, each.reason) for each in seconds} == {(RescoreOrigin.DRAWN, "")}
    ordered = {each.evaluation.contract_id for each in seconds}
    assert ordered == {each.contract_id for each in made[:2]}
    for entry in made[:2]:
        draw = draw_of(session, entry.contract_id, AssignmentKind.RESCORE)
        assert draw is not None
        (second,) = draw.assignments
        first = assignment_of(session, entry.contract_id, AssignmentKind.PRIMARY, NOON)
        assert first is not None
        assert second.agency_id != first.agency_id
        answers = [declaring.Answer(ground, is_yes=False) for ground in ASKED]
        declaring.declare(session, second, agencies.evaluator(session, second.agency), answers=answers)


def test_a_result_that_is_public_is_missed_and_says_so(
    session: Session, district: AdministrativeUnit
) -> None:
    all_of_them(session, district)
    made = sampling.choose(session, district, agencies.registrar(session))
    assert [(each.is_chosen, each.missed_at) for each in made] == [(True, None), (True, None), (True, NOON)]
    assert draw_of(session, made[2].contract_id, AssignmentKind.RESCORE) is None


def test_with_no_agency_free_the_order_stands_and_the_draw_comes_later(
    session: Session, district: AdministrativeUnit
) -> None:
    all_of_them(session, district)
    by = agencies.registrar(session)
    for agency in session.scalars(select(Agency)).all():
        agencies.suspended(session, agency)
    made = sampling.choose(session, district, by)
    assert len(session.scalars(select(Rescore)).all()) == 2
    assert draw_of(session, made[0].contract_id, AssignmentKind.RESCORE) is None
    agencies.agency(session, name="上海新来评估中心")
    assert sampling.draw_second(session, made[0].contract, by) is not None
    assert sampling.draw_second(session, made[0].contract, by) is None  # one is enough


@pytest.mark.parametrize(
    ("day", "half"),
    [
        (datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC), (2026, 1)),
        (datetime(2026, 6, 30, 16, tzinfo=UTC), (2026, 2)),
        (datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC), (2026, 2)),
        (datetime(2026, 12, 31, 16, tzinfo=UTC), (2027, 1)),
    ],
)
def test_a_half_year_ends_at_midnight_in_shanghai(day: datetime, half: tuple[int, int]) -> None:
    assert sampling.half_of(local_date(day)) == half


def test_a_district_chooses_through_its_registrar(session: Session, district: AdministrativeUnit) -> None:
    street = session.get_one(AdministrativeUnit, parties.STREET)
    with pytest.raises(Invalid) as refused:
        sampling.choose(session, street, agencies.registrar(session))
    assert refused.value.code == "sample_of_a_district"
    for role in (Role.STREET_OFFICIAL, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            sampling.choose(session, district, parties.act_as(session, role))
