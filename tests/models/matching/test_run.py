"""A run keeps what it saw: figures, words, and the hash of the catalogue."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import SIGNALS
from models.act import Act, Role
from models.audit.event import AuditEvent
from models.catalogue import operations as catalogue_operations
from models.catalogue.entry import Capacity, Price
from models.catalogue.service import CostUnit, Service
from models.errors import Conflict, NotAllowed
from models.matching import operations, queries
from models.matching.engine import Engine
from models.matching.run import MatchRun, Verdict
from models.needs.assessment import Assessment
from models.needs.need import NeedPhase
from tests.factories import catalogue, matching, needs, parties


def test_contributions_add_up_to_the_score_of_every_match(session: Session) -> None:
    matching.services(session)
    run = matching.run(session)
    assert run.matches
    for match in run.matches:
        assert set(match.contributions) == set(SIGNALS)
        assert sum(match.contributions.values()) == pytest.approx(match.score, abs=1e-9)
        assert 0 <= match.score <= 1


def test_a_run_says_what_fits_and_refuses_with_the_figure_that_is_in_the_way(session: Session) -> None:
    services = matching.services(session)
    run = matching.run(session)
    best = matching.match_of(run, services["meals"])
    assert best.verdict == Verdict.ELIGIBLE
    assert {"same_code", "same_group"} <= {reason["code"] for reason in best.reasons}
    (price,) = (reason for reason in best.reasons if reason["code"] == "price_within_budget")
    assert price["facts"]["price"] == 18
    assert price["facts"]["unit"] == CostUnit.PERSON_TIME.value
    assert price["facts"]["budget"] == 60000
    refusals = {
        name: [refusal["code"] for refusal in matching.match_of(run, services[name]).refusals]
        for name in ("dear", "away", "listed")
    }
    assert refusals == {
        "dear": ["price_above_budget"],
        "away": ["outside_service_area"],
        "listed": ["organisation_listed"],
    }
    away = matching.match_of(run, services["away"])
    assert away.refusals[0]["facts"]["served"] == [parties.OTHER_STREET]
    assert matching.match_of(run, services["dear"]).refusals[0]["facts"]["unit"] == CostUnit.PROJECT.value


def test_marked_words_stand_where_the_need_was_written(session: Session) -> None:
    services = matching.services(session)
    need = needs.need(session)
    match = matching.match_of(matching.run(session, need), services["meals"])
    marks = [
        mark for code in match.evidence["codes"] for mark in code["need"] if mark["field"] == "description"
    ]
    assert marks
    for mark in marks:
        assert need.description[mark["start"] : mark["end"]]


def test_a_run_stays_as_it_was_when_the_catalogue_changes(session: Session) -> None:
    services, need, engine = matching.services(session), needs.need(session), Engine()
    by = matching.official(session)
    first = matching.run(session, need, by=by, engine=engine)
    before = _kept(first)
    staff = catalogue.staff_act(services["meals"].organisation, parties.NOON)
    dearer = catalogue.entry(title="失能老人送餐上门", prices=(Price(Decimal(25), CostUnit.PERSON_TIME),))
    catalogue_operations.edit(session, services["meals"], staff, dearer)
    session.flush()
    later = Act(by.actor, by.at + timedelta(minutes=5), "test")
    second = matching.run(session, need, by=later, engine=engine)
    session.expire_all()
    kept = session.get_one(MatchRun, first.id)
    assert _kept(kept) == before
    assert matching.match_of(second, services["meals"]).evidence["seen"]["price"] == 25
    assert second.catalogue_hash != first.catalogue_hash
    assert [line.run.id for line in queries.runs_of(session, need, by)] == [second.id, first.id]


def test_the_matcher_is_fitted_once_for_one_catalogue(session: Session) -> None:
    matching.services(session)
    engine = Engine()
    first = engine.catalogue(session, parties.NOON)
    assert engine.catalogue(session, parties.NOON) is first
    catalogue.service(session, title="老人理发上门")
    assert engine.catalogue(session, parties.NOON) is not first


def test_a_run_against_an_empty_catalogue_finds_nothing_and_says_so(session: Session) -> None:
    run = matching.run(session)
    assert run.matches == []
    assert run.catalogue_size == 0


def test_whoever_assessed_the_need_is_refused_for_it(session: Session) -> None:
    services, made = matching.services(session), needs.need(session)
    assessment = Assessment(
        reference="DY-2026-0001",
        unit_code=made.unit_code,
        title="一村老人需求调研",
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 4, 1),
        assessor_id=services["meals"].organisation_id,
        created_at=parties.NOON,
    )
    session.add(assessment)
    made.assessment = assessment
    session.flush()
    run = matching.run(session, made)
    assert _codes(run, services["meals"]) == ["conflict_of_interest"]
    assert _codes(run, services["kitchen"]) == []


@pytest.mark.parametrize(("first", "last"), [(0, None), (None, 0), (1, None), (None, -1)])
def test_a_service_is_refused_when_it_is_offered_on_no_day_of_the_need(
    session: Session, first: int | None, last: int | None
) -> None:
    """From its last day on, or until its first, is one day in common; a day later or earlier is none."""
    services, made = matching.services(session), needs.need(session)
    meals = services["meals"]
    meals.available_from = None if first is None else made.ends_on + timedelta(days=first)
    meals.available_to = None if last is None else made.starts_on + timedelta(days=last)
    session.flush()
    met = 0 in (first, last)
    assert _codes(matching.run(session, made), meals) == ([] if met else ["not_available_then"])


def test_running_is_for_officials_of_the_area(session: Session) -> None:
    need = needs.need(session)
    stranger = matching.official(session, parties.OTHER_STREET)
    with pytest.raises(NotAllowed):
        operations.run(session, need, stranger, Engine())
    with pytest.raises(NotAllowed):
        operations.run(session, need, needs.worker(session), Engine())
    assert queries.runs_of(session, need, stranger) == []


@pytest.mark.parametrize("phase", [p for p in NeedPhase if p != NeedPhase.STANDARDISED])
def test_only_a_standardised_need_is_run(session: Session, phase: NeedPhase) -> None:
    need = needs.need(session, phase)
    with pytest.raises(Conflict) as refused:
        operations.run(session, need, matching.official(session), Engine())
    assert refused.value.code == "wrong_phase"


def test_pressing_twice_makes_one_run(session: Session) -> None:
    matching.services(session)
    need, by, engine = needs.need(session), matching.official(session), Engine()
    first = matching.run(session, need, by=by, engine=engine)
    assert operations.run(session, need, by, engine, id=first.id) is first
    assert len(queries.runs_of(session, need, by)) == 1


def test_a_run_is_audited_with_ids_only(session: Session) -> None:
    matching.services(session)
    by = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    run = matching.run(session, by=by)
    query = select(AuditEvent).where(AuditEvent.action == "match_run.run")
    (event,) = session.scalars(query)
    assert event.subject_id == str(run.id)
    assert set(event.facts) == {"need", "matches"}


def _kept(run: MatchRun) -> set[tuple[object, ...]]:
    return {(m.service_id, m.rank, m.score, m.evidence["seen"]["price"]) for m in run.matches}


def _codes(run: MatchRun, service: Service) -> list[str]:
    return [refusal["code"] for refusal in matching.match_of(run, service).refusals]


def test_a_reason_that_holds_in_part_keeps_how_much_is_short(session: Session) -> None:
    service = catalogue.service(
        session,
        prices=(Price(Decimal(18), CostUnit.PERSON_TIME),),
        capacities=(Capacity(CostUnit.PERSON_TIME, 100, 32),),
    )
    run = matching.run(session, needs.need(session, affected_people=47, budget=Decimal(800)))
    facts = {reason["code"]: reason["facts"] for reason in matching.match_of(run, service).reasons}
    assert facts["capacity_for_part"]["short"] == 15
    assert facts["budget_covers_part"]["short"] == 46  # 47 times 18 are 846
