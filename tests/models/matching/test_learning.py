"""Learning from reviews: offline, shown before and after, adopted by a person, and undone by one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from matcher.weights import STANDARD, Weights
from models.act import Act, Role
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.matching import engine as engines
from models.matching import operations, training
from models.matching.judged import ACCEPTED, GOOD, NEAR, UNFITTING, grade, judged
from models.matching.learning import LearningPhase
from models.matching.learning_lifecycle import phase_at
from models.matching.learning_queries import learning_page, learning_runs, rules
from models.matching.review import Decision, RejectReason
from models.matching.weighting import area_weights
from models.outbox import Message
from models.parties.unit import AdministrativeUnit
from models.session import WRITES
from tests.factories import learning, needs, parties, records
from tests.factories.parties import DISTRICT, NEIGHBOURHOOD, NOON

LATER = NOON + timedelta(days=1)
MOMENT = timedelta(microseconds=1)


@pytest.fixture(scope="module")
def built(engine: Engine) -> Iterator[Connection]:
    """Twenty-eight reviewed needs, written once."""
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            learning.reviewed(session, learning.services(session), 28)
            session.commit()
        yield connection
        outer.rollback()


@pytest.fixture
def connection(built: Connection) -> Iterator[Connection]:
    """Their connection, in a savepoint of this test."""
    inner = built.begin_nested()
    yield built
    inner.rollback()


def unit(session: Session, code: str = DISTRICT) -> AdministrativeUnit:
    return session.get_one(AdministrativeUnit, code)


def test_a_run_learns_from_earlier_reviews_and_is_examined_on_later_ones(session: Session) -> None:
    made = learning.trained(session)
    assert made.learned
    assert (made.needs, made.reviews) == (28, 56)
    assert made.metrics["teaching"] == 21
    assert made.metrics["examining"] == 7
    assert made.weights["topic"]["codes"] > STANDARD.topic["codes"]
    assert made.metrics["ndcg"]["after"] >= made.metrics["ndcg"]["before"]
    for by in ("size", "age"):
        for side in ("before", "after"):
            assert sum(made.metrics["exposure"][by][side].values()) == pytest.approx(1)
    assert len(made.metrics["examples"]) <= 10
    assert phase_at(made, NOON) is LearningPhase.TRAINED
    assert area_weights(session, LATER).of(NEIGHBOURHOOD) == STANDARD  # nobody has adopted it


def test_until_it_is_trained_a_run_waits_and_is_asked_for_once(session: Session) -> None:
    act = learning.planner(session)
    made = training.ask(session, unit(session), act)
    assert training.ask(session, unit(session), act) is made
    assert phase_at(made, LATER) is LearningPhase.WAITING
    for verb in (training.adopt, training.discard):
        with pytest.raises(Conflict):
            verb(session, made, act)
    assert learning_page(session, made, act).examples == []
    learning.finished(session, LATER)
    assert phase_at(made, LATER - MOMENT) is LearningPhase.WAITING
    assert phase_at(made, LATER) is LearningPhase.TRAINED
    assert training.ask(session, unit(session), act) is not made


def test_of_two_trainings_of_one_run_the_first_is_kept(session: Session) -> None:
    made = training.ask(session, unit(session), learning.planner(session))
    first, second = (training.study(session, NOON, engines.Engine()) for _ in range(2))
    assert first == second
    assert first is not None
    assert not session.dirty
    training.conclude(session, first, Act.of_system(NOON))
    training.conclude(session, first, Act.of_system(LATER))
    assert made.trained_at == NOON
    told = session.scalars(select(Message.person_id).where(Message.kind == "learning_trained"))
    assert list(told) == [made.made_by]
    assert training.study(session, LATER, engines.Engine()) is None


def test_the_same_data_and_seed_give_the_same_run(session: Session) -> None:
    act = learning.planner(session)
    first, second = (learning.trained(session, act) for _ in range(2))
    assert first is not second
    assert (first.data_hash, first.weights, first.metrics) == (
        second.data_hash,
        second.weights,
        second.metrics,
    )


def test_another_review_is_other_data(session: Session) -> None:
    before = learning.trained(session)
    learning.reviewed(session, learning.services(session), 1, at=NOON - timedelta(days=1))
    assert learning.trained(session).data_hash != before.data_hash


def test_adopted_weights_hold_from_that_instant_in_the_area_alone(session: Session) -> None:
    made = learning.trained(session)
    training.adopt(session, made, learning.planner(session, LATER), words="排序更准。")
    learned = Weights.from_dict(made.weights)
    assert area_weights(session, LATER - MOMENT).of(NEIGHBOURHOOD) == STANDARD
    assert area_weights(session, LATER).of(NEIGHBOURHOOD) == learned
    assert area_weights(session, LATER).of(parties.ELSEWHERE) == (
        learned if parties.ELSEWHERE.startswith(DISTRICT) else STANDARD
    )
    assert area_weights(session, LATER).of("310120") == STANDARD


def test_the_next_run_of_matching_uses_what_was_adopted_and_says_so(session: Session) -> None:
    made = learning.trained(session)
    engine, official = engines.Engine(), parties.act_as(session, Role.STREET_OFFICIAL, at=LATER)
    before = operations.run(session, needs.need(session), official, engine)
    training.adopt(session, made, learning.planner(session, LATER))
    after = operations.run(session, needs.need(session), official, engine)
    digest = Weights.from_dict(made.weights).digest
    assert digest not in before.model_version
    assert after.model_version.endswith(digest)
    assert Weights.from_dict(after.parameters["weights"]) == Weights.from_dict(made.weights)
    assert Weights.from_dict(before.parameters["weights"]) == STANDARD


def test_withdrawing_brings_back_the_run_before(session: Session) -> None:
    first, second = learning.learning_run(session), learning.trained(session)
    for day, each in enumerate((first, second), 1):
        training.adopt(session, each, learning.planner(session, NOON + timedelta(days=day)))
    act = learning.planner(session, NOON + timedelta(days=3))
    assert area_weights(session, act.at).of(DISTRICT) == Weights.from_dict(second.weights)
    training.withdraw(session, second, act)
    assert area_weights(session, act.at).of(DISTRICT) == Weights.from_dict(first.weights)
    training.withdraw(session, first, act)
    assert area_weights(session, act.at).of(DISTRICT) == STANDARD
    assert phase_at(first, act.at) is LearningPhase.WITHDRAWN


def test_what_was_learned_from_too_little_says_so_and_cannot_be_adopted(session: Session) -> None:
    made = learning.learning_run(session, learned=False)
    with pytest.raises(Conflict, match="learned_too_little"):
        training.adopt(session, made, learning.planner(session, LATER))
    training.discard(session, made, learning.planner(session, LATER))
    assert phase_at(made, LATER) is LearningPhase.DISCARDED


@pytest.mark.parametrize(("records_on", "learned_on"), [(False, True), (True, False), (False, False)])
def test_records_and_learned_weights_are_switched_off_apart(
    session: Session, records_on: bool, learned_on: bool
) -> None:
    made = learning.trained(session)
    act = learning.planner(session, LATER)
    training.adopt(session, made, act)
    training.set_rule(
        session, unit(session), act, counts_records=records_on, counts_learning=learned_on, words="试行。"
    )
    base = Weights.from_dict(made.weights) if learned_on else STANDARD
    expected = base if records_on else replace(base, record=0.0)
    assert area_weights(session, LATER).of(NEIGHBOURHOOD) == expected
    assert area_weights(session, LATER - MOMENT).of(NEIGHBOURHOOD) == STANDARD
    held = rules(session, act)
    assert (held.counts_records, held.counts_learning) == (records_on, learned_on)
    (row,) = [row for row in learning_runs(session, act).rows if row.run is made]
    assert row.in_force is learned_on


def test_a_rule_wants_a_change_and_a_reason(session: Session) -> None:
    act = learning.planner(session)
    on = {"counts_records": True, "counts_learning": True}
    with pytest.raises(Conflict, match="matching_rule_same"):
        training.set_rule(session, unit(session), act, **on, words="照旧。")
    with pytest.raises(Invalid, match="matching_rule_words_missing"):
        training.set_rule(session, unit(session), act, counts_records=False, counts_learning=True, words=" ")


def test_only_the_district_trains_adopts_and_switches(session: Session) -> None:
    street = parties.act_as(session, Role.STREET_OFFICIAL)
    made = learning.learning_run(session)
    with pytest.raises(NotAllowed):
        training.ask(session, unit(session), street)
    with pytest.raises((NotAllowed, NotFound)):
        training.adopt(session, made, street)
    with pytest.raises((NotAllowed, NotFound)):
        training.adopt(session, made, parties.act_as(session, Role.AUDITOR, unit=DISTRICT))


def test_examples_are_told_by_name(session: Session) -> None:
    made = learning.trained(session)
    page = learning_page(session, made, learning.planner(session))
    assert [str(each.need.id) for each in page.examples] == [
        each["need"] for each in made.metrics["examples"]
    ]
    for each in page.examples:
        assert [service.id for service, _ in each.before] != [service.id for service, _ in each.after]


@pytest.mark.parametrize(
    ("decision", "reason", "points", "expected"),
    [
        (Decision.REJECT, RejectReason.WRONG_SERVICE, None, UNFITTING),
        (Decision.REJECT, RejectReason.TOO_FAR, None, NEAR),
        (Decision.REJECT, RejectReason.RECORD, None, NEAR),
        (Decision.SHORTLIST, None, None, NEAR),
        (Decision.ACCEPT, None, None, ACCEPTED),
        (Decision.ACCEPT, None, 79.99, ACCEPTED),
        (Decision.ACCEPT, None, 80.0, GOOD),
        (Decision.ACCEPT, None, 60.0, ACCEPTED),
        (Decision.ACCEPT, None, 59.99, NEAR),
    ],
)
def test_a_grade_is_the_review_and_what_came_of_it(
    decision: Decision, reason: RejectReason | None, points: float | None, expected: int
) -> None:
    assert grade(decision, reason, points) == expected


def test_what_came_of_an_accepted_service_is_in_its_grade(session: Session) -> None:
    offered = learning.services(session)
    made = records.delivered(session, offered["EL-01"].organisation, score="92.00")
    (line,) = made.contract.award.lot.needs
    (need,) = learning.reviewed(session, offered, 1)
    line.need_id = need.id
    session.flush()
    known = judged(session, DISTRICT, NOON).grades[str(need.id)]
    assert known == {str(offered["EL-01"].id): GOOD, str(offered["wrong EL-01"].id): UNFITTING}
