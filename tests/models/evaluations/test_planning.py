"""The plan of a contract's evaluations: its days, its indicators, its changes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.act import Role
from models.agencies import keeping
from models.agencies.ground import Ground
from models.contracts import contracting
from models.contracts.contract import Contract
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.evaluations import indicator_sets, planning, reporting
from models.evaluations.board import Wanted, board, published, unplanned
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.lifecycle import phase_at
from models.evaluations.queries import evaluations_of, finals
from models.parties.unit import AdministrativeUnit
from models.rulebook.stages import Stage
from models.scoring.grades import LINES
from models.scoring.indicators import SOURCE, default
from tests.factories import agencies, contracts, evaluations, parties
from tests.factories.parties import DISTRICT, NOON, OTHER_STREET, STREET

DAY = timedelta(days=1)


def planned(session: Session) -> tuple[Contract, dict[Stage, Evaluation]]:
    """A contract of 2027 in force, with its plan."""
    contract = agencies.running(session)
    dates = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}
    session.execute(update(Contract).where(Contract.id == contract.id).values(dates))
    session.expire(contract)
    made = planning.plan(session, contract, evaluations.official(session))
    return contract, {each.stage: each for each in made}


def test_a_contract_in_force_gets_four_stages_by_its_own_time(session: Session) -> None:
    _contract, found = planned(session)
    days = {stage: (each.due_from, each.due_until) for stage, each in found.items()}
    assert days == {
        Stage.START: (date(2027, 1, 1), date(2027, 1, 31)),
        Stage.MIDTERM: (date(2027, 5, 27), date(2027, 8, 7)),
        Stage.FINAL: (date(2027, 12, 1), date(2027, 12, 31)),
        Stage.FOLLOW_UP: (date(2028, 6, 30), date(2028, 7, 30)),
    }


def test_the_second_signature_plans_the_evaluations(session: Session) -> None:
    contract = contracts.contract(session, signed=False)
    contracting.sign_for_purchaser(session, contract, contracts.official(session, contracts.SIGNED))
    assert evaluations_of(session, contract.id) == []
    planning.put_in_force(session, contract, contracts.supplier(session, contract))
    assert {each.stage for each in evaluations_of(session, contract.id)} == set(Stage)


def test_days_follow_the_contract_unless_somebody_set_them_with_a_reason(session: Session) -> None:
    contract, found = planned(session)
    by = evaluations.official(session)
    moved = found[Stage.MIDTERM]
    with pytest.raises(Invalid, match="words_missing"):
        planning.move(session, moved, by, due_from=date(2027, 6, 1), due_until=date(2027, 6, 30), words=" ")
    planning.move(
        session, moved, by, due_from=date(2027, 6, 1), due_until=date(2027, 6, 30), words="暑期停课。"
    )
    session.execute(update(Contract).where(Contract.id == contract.id).values(ends_on=date(2027, 11, 30)))
    session.expire(contract)
    planning.plan(session, contract, by)
    assert (found[Stage.FINAL].due_from, found[Stage.FINAL].due_until) == (
        date(2027, 10, 31),
        date(2027, 11, 30),
    )
    assert (moved.due_from, moved.due_until) == (date(2027, 6, 1), date(2027, 6, 30))
    assert len(evaluations_of(session, contract.id)) == len(Stage)


def test_a_started_stage_keeps_its_days_and_a_cancelled_one_does_not_come_back(session: Session) -> None:
    contract, found = planned(session)
    by = evaluations.official(session)
    planning.cancel(session, found[Stage.FOLLOW_UP], by, words="项目不再跟踪。")
    agencies.assigned(session, contract)
    start = found[Stage.START]
    session.refresh(start)
    act = evaluations.evaluator(session, start, NOON + 60 * DAY)
    reporting.start(session, start, act)
    late = agencies.later(by, act.at)
    with pytest.raises(Conflict, match="evaluation_started"):
        planning.move(session, start, late, due_from=start.due_from, due_until=start.due_until, words="改。")
    session.execute(update(Contract).where(Contract.id == contract.id).values(starts_on=date(2027, 2, 1)))
    session.expire(contract)
    planning.plan(session, contract, agencies.later(by, NOON + 61 * DAY))
    assert start.due_from == date(2027, 1, 1)
    assert {each.stage for each in evaluations_of(session, contract.id)} == set(Stage) - {Stage.FOLLOW_UP}


def test_a_terminated_contract_has_a_final_soon_and_nothing_else(session: Session) -> None:
    contract, found = planned(session)
    at = NOON + 90 * DAY
    planning.end(session, contract, evaluations.official(session, at), words="承接机构注销。")
    left = evaluations_of(session, contract.id)
    assert [each.stage for each in left] == [Stage.FINAL]
    assert (left[0].due_from, left[0].due_until) == (at.date(), at.date() + 30 * DAY)
    assert found[Stage.MIDTERM].cancelled_words == "承接机构注销。"
    with pytest.raises(Conflict, match="evaluation_contract_not_in_force"):
        planning.plan(session, contract, evaluations.official(session, at))


def test_only_the_purchasers_people_plan(session: Session) -> None:
    contract = agencies.running(session)
    with pytest.raises(NotAllowed):
        planning.plan(session, contract, evaluations.official(session, unit=OTHER_STREET))
    with pytest.raises(NotAllowed):
        planning.plan(session, contract, contracts.supplier(session, contract, NOON))


def test_a_stage_is_begun_on_its_first_day_by_the_agency_that_has_declared(session: Session) -> None:
    made = evaluations.evaluation(session, Stage.FINAL)
    first = contracts.NOTICE_OVER.replace(year=2027)  # a midnight in Shanghai
    made.due_from, made.due_until = date(2027, 12, 18), date(2027, 12, 31)
    session.flush()
    act = evaluations.evaluator(session, made, first - timedelta(microseconds=1))
    with pytest.raises(Conflict, match="evaluation_too_early"):
        reporting.start(session, made, act)
    stranger = agencies.evaluator(session, agencies.agency(session), first)
    with pytest.raises(NotFound):
        reporting.start(session, made, stranger)
    reporting.start(session, made, agencies.later(act, first))
    assert phase_at(made, first) is EvaluationPhase.STARTED
    assert made.assignment_id is not None


def test_an_agency_tied_to_the_contractor_by_now_is_refused_at_the_door(session: Session) -> None:
    made = evaluations.started(session)
    act = evaluations.evaluator(session, made)
    assert made.assignment is not None
    paid = {"organisation_id": made.organisation_id, "kind": Ground.PAID_WORK}
    keeping.tie(session, made.assignment.agency, agencies.registrar(session), **paid)
    with pytest.raises(NotAllowed, match="agency_is_tied"):
        evaluations.proved(session, made, act)


def own_set(session: Session, unit: str = DISTRICT, on: date | None = None, **points: str) -> None:
    """A district's own set from a day on."""
    area = session.get_one(AdministrativeUnit, unit)
    act = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    base = indicator_sets.base_for(session, unit, on or NOON.date())
    lines = {line: Decimal(str(default().lines[line])) for line in LINES}
    changed = {code.replace("_", "."): Decimal(value) for code, value in points.items()}
    content = indicator_sets.revised(base, changed, lines)
    indicator_sets.publish(
        session, area, act, content=content, effective_on=on or NOON.date(), words="本区看重成效。"
    )


def test_an_area_publishes_its_own_set_and_what_is_planned_keeps_its_own(session: Session) -> None:
    before, _found = planned(session)
    own_set(session, E6_1="8", E4_2="5")
    own_set(session, E6_1="9", E4_2="4")
    after = agencies.running(session)
    made = planning.plan(session, after, evaluations.official(session))
    assert {each.indicator_set.version for each in made} == {2}
    assert [str(item.maximum) for item in indicator_sets.indicators_of(made[0].indicator_set).items][
        -3
    ] == "9"
    kept = evaluations_of(session, before.id)
    assert {each.indicator_set.digest for each in kept} == {default().digest}


def test_a_set_of_another_area_or_of_a_later_day_does_not_hold(session: Session) -> None:
    parties.place(session)
    own_set(session, on=NOON.date() + DAY, E6_1="8", E4_2="5")
    system = parties.system()
    assert indicator_sets.set_for(session, STREET, NOON.date(), system).unit_code is None
    assert indicator_sets.set_for(session, STREET, NOON.date() + DAY, system).unit_code == DISTRICT
    assert indicator_sets.set_for(session, "310191001", NOON.date() + DAY, system).unit_code is None


def test_points_of_99_99_are_refused_and_nothing_is_written(session: Session) -> None:
    parties.place(session)
    with pytest.raises(Invalid, match="indicators_not_hundred"):
        own_set(session, E6_1="6.99")
    assert session.scalars(select(indicator_sets.IndicatorSet)).all() == []


def test_a_set_begins_today_at_the_earliest_and_is_the_areas_own(session: Session) -> None:
    parties.place(session)
    area = session.get_one(AdministrativeUnit, DISTRICT)
    content = SOURCE.read_bytes()
    act = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    with pytest.raises(Invalid, match="date_out_of_range"):
        indicator_sets.publish(
            session, area, act, content=content, effective_on=NOON.date() - DAY, words="追溯。"
        )
    street = parties.act_as(session, Role.STREET_OFFICIAL)
    with pytest.raises(NotAllowed):
        indicator_sets.publish(
            session, area, street, content=content, effective_on=NOON.date(), words="街道自定。"
        )


def test_the_calendar_shows_each_its_own_and_names_what_is_late(session: Session) -> None:
    made = evaluations.evaluation(session, Stage.MIDTERM)
    public = evaluations.final(session)
    by = evaluations.official(session)
    rows = {row.evaluation.id: row for row in board(session, by, Wanted()).rows}
    assert {made.id, public.id} <= set(rows)
    assert not rows[made.id].is_overdue
    late = agencies.later(by, parties.NOON + 500 * DAY)
    assert [row.evaluation.id for row in board(session, late, Wanted(overdue=True)).rows] == [made.id]
    elsewhere = evaluations.official(session, unit=OTHER_STREET)
    assert board(session, elsewhere, Wanted()).rows == []
    assert [row.evaluation.id for row in published(session, parties.nobody(), Wanted()).rows] == [public.id]
    mine = evaluations.evaluator(session, made)
    assert [row.evaluation.id for row in board(session, mine, Wanted()).rows] == [made.id]
    supplier = evaluations.supplier(session, made)
    assert board(session, supplier, Wanted()).rows == []


def test_contracts_without_a_plan_are_named_to_whoever_can_plan(session: Session) -> None:
    contract = agencies.running(session)
    by = evaluations.official(session)
    assert [each.id for each in unplanned(session, by)] == [contract.id]
    assert unplanned(session, evaluations.official(session, unit=OTHER_STREET)) == []
    planning.plan(session, contract, by)
    assert unplanned(session, by) == []


def test_finals_are_the_published_ones_at_an_instant(session: Session) -> None:
    made = evaluations.final(session, score="59.99", at=NOON)
    organisation = made.organisation_id
    evaluations.evaluation(session, Stage.FINAL, EvaluationPhase.FINAL)
    assert finals(session, [organisation], NOON - timedelta(microseconds=1)) == []
    assert [(each.id, each.grade) for each in finals(session, [organisation], NOON)] == [(made.id, "fail")]
