"""Replicating a good project: who may ask for the same, what comes along, and who sees it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.errors import Conflict, NotAllowed
from models.evaluations.evaluation import Evaluation
from models.evaluations.replicating import ask_for_the_same, asked_elsewhere, models_of, project_of
from models.needs import operations
from models.needs.need import Need
from models.scoring.grades import Grade
from tests.factories import needs, parties, records
from tests.factories.parties import ELSEWHERE, NEIGHBOURHOOD, NEXT_DOOR, NOON, OTHER_STREET, STREET

INSTANT = timedelta(microseconds=1)


def worker(session: Session, unit: str = NEXT_DOOR) -> Act:
    return parties.act_as(session, Role.COMMUNITY_WORKER, unit=unit)


def official(session: Session, unit: str = STREET) -> Act:
    return parties.act_as(session, Role.STREET_OFFICIAL, unit=unit)


def model(session: Session, score: str = "86.50") -> tuple[Evaluation, Need]:
    """A published final and the need its project met."""
    final = records.delivered(session, score=score)
    return final, final.contract.award.lot.needs[0].need


def asked(session: Session, need: Need, unit: str = ELSEWHERE) -> Need:
    """Handed in by another neighbourhood that asks for the same."""
    act = worker(session, unit)
    made = ask_for_the_same(session, need, act, id=uuid4())
    session.execute(update(Need).where(Need.id == made.id).values(submitted_at=NOON))
    session.expire_all()
    return made


def test_codes_groups_and_words_come_along_and_nothing_else(session: Session) -> None:
    _final, need = model(session)
    made = ask_for_the_same(session, need, worker(session), id=uuid4())
    assert made.unit_code == NEXT_DOOR
    assert [term.term_code for term in made.terms] == [term.term_code for term in need.terms]
    assert made.description == need.description
    assert made.model == need
    assert (made.title, made.affected_people, made.budget, made.since) == ("", None, None, None)
    assert not [*made.evidence, *made.resources, *made.funding, *made.indicators]
    assert made.is_draft


def test_two_clicks_make_one_draft(session: Session) -> None:
    _final, need = model(session)
    act, key = worker(session), uuid4()
    first = ask_for_the_same(session, need, act, id=key)
    session.flush()
    assert ask_for_the_same(session, need, act, id=key) is first


@pytest.mark.parametrize(("score", "is_model"), [("80.00", True), ("79.99", False)])
def test_a_project_is_a_model_from_good_on(session: Session, score: str, is_model: bool) -> None:
    final, need = model(session, score)
    assert (final.grade in {Grade.GOOD, Grade.EXCELLENT}) is is_model
    assert (project_of(session, need, NOON) is not None) is is_model
    assert bool(models_of(session, final, worker(session))) is is_model
    if not is_model:
        with pytest.raises(Conflict, match="need_is_no_model"):
            ask_for_the_same(session, need, worker(session), id=uuid4())


def test_a_result_counts_from_the_instant_it_is_published(session: Session) -> None:
    final, need = model(session)
    assert final.published_at is not None
    assert project_of(session, need, final.published_at - INSTANT) is None
    assert project_of(session, need, final.published_at) == final


def test_only_workers_of_another_neighbourhood_may_ask(session: Session) -> None:
    final, need = model(session)
    for act in (worker(session, NEIGHBOURHOOD), official(session)):
        assert not models_of(session, final, act)
        with pytest.raises(Conflict, match="need_model_not_for_you"):
            ask_for_the_same(session, need, act, id=uuid4())
    with pytest.raises(NotAllowed):
        ask_for_the_same(session, need, parties.act_as(session, Role.AUDITOR), id=uuid4())


def test_officials_of_both_places_see_what_is_asked_for_once_it_is_handed_in(session: Session) -> None:
    final, need = model(session)
    draft = ask_for_the_same(session, need, worker(session), id=uuid4())
    assert not asked_elsewhere(session, official(session))
    operations.withdraw(session, draft, worker(session), words="")
    made = asked(session, need)
    (seen,) = asked_elsewhere(session, official(session, OTHER_STREET))
    assert (seen.model, seen.project, seen.needs, seen.places) == (need, final, [made], 1)
    assert not asked_elsewhere(session, official(session))  # not public yet, and of another street
    session.execute(update(Need).where(Need.id == made.id).values(standardised_at=NOON))
    assert len(asked_elsewhere(session, official(session))) == 1


def test_a_neighbourhood_that_asks_twice_is_one(session: Session) -> None:
    _final, need = model(session)
    asked(session, need)
    asked(session, need)
    (seen,) = asked_elsewhere(session, official(session, OTHER_STREET))
    assert (len(seen.needs), seen.places) == (2, 1)


def test_what_nobody_judged_is_no_model(session: Session) -> None:
    assert project_of(session, needs.need(session), NOON) is None
