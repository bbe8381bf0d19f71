"""What if the need were another: the engine's own ranking beside itself, and nothing kept."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher import Matcher
from models.act import Role
from models.audit.event import AuditEvent
from models.catalogue import operations as catalogue_operations
from models.errors import NotFound
from models.matching.change import Change, Reach
from models.matching.encode import needs_frame, rows_of, services_frame
from models.matching.engine import Engine, Fitted
from models.matching.run import WORTH_A_LOOK, MatchRun
from models.matching.what_if import Outcome, compare, what_if
from models.needs.need import Need
from tests.factories import catalogue, matching, needs, parties


@pytest.fixture
def services(session: Session) -> dict:
    """The small catalogue."""
    return matching.services(session)


@pytest.fixture
def run(session: Session, services: dict) -> MatchRun:
    """A run of one need against it."""
    return matching.run(session)


def asked(session: Session, run: MatchRun, engine: Engine | None = None, **changes: object) -> Outcome:
    found = what_if(session, run, matching.official(session), engine or Engine(), Change(**changes))  # type: ignore[arg-type]  # by name
    assert found is not None
    return found


def titles(session: Session, run: MatchRun, **changes: object) -> tuple[list[str], list[str]]:
    found = asked(session, run, **changes)
    return [each.moved.title for each in found.eligible], [each.moved.title for each in found.refused]


def test_who_changes_nothing_sees_the_runs_own_ranks(session: Session, run: MatchRun) -> None:
    found = asked(session, run)
    assert found.is_of_run
    assert not found.changes_order
    assert found.n_eligible == found.n_refused == 0
    ranked = {
        match.service_id: match.rank
        for match in run.matches
        if match.verdict != "refused" and match.score >= WORTH_A_LOOK
    }
    assert {moved.service_id: moved.after for moved in found.first} == ranked


def test_a_higher_budget_lets_in_what_was_too_dear_and_says_how_much_was_short(
    session: Session, run: MatchRun, services: dict
) -> None:
    found = asked(session, run, budget=Decimal(900000))
    (turned,) = found.eligible
    assert turned.moved.service_id == services["dear"].id
    assert turned.moved.before is None
    assert turned.moved.lifted == ("price_above_budget",)
    assert turned.refusals[0]["facts"]["short"] == 840000
    assert turned.moved in found.first
    assert found.changes_order


def test_a_yuan_too_little_lets_nothing_in(session: Session, run: MatchRun) -> None:
    assert titles(session, run, budget=Decimal("899999.99")) == ([], [])


def test_a_lower_budget_refuses_what_it_no_longer_pays_for(session: Session, run: MatchRun) -> None:
    eligible, refused = titles(session, run, budget=Decimal(17))
    assert eligible == []
    assert set(refused) == {"失能老人送餐上门", "社区长者食堂"}
    found = asked(session, run, budget=Decimal(17))
    assert found.first == []
    assert found.changes_order


@pytest.mark.parametrize(
    ("reach", "lets_in"),
    [(Reach.STREET, []), (Reach.DISTRICT, ["独居老人午餐送餐上门"]), (Reach.CITY, ["独居老人午餐送餐上门"])],
)
def test_a_wider_area_lets_in_who_works_within_it(
    session: Session, run: MatchRun, reach: Reach, lets_in: list[str]
) -> None:
    assert titles(session, run, reach=reach) == (lets_in, [])


def test_a_wider_area_lets_in_nobody_whom_another_limit_refuses(session: Session) -> None:
    services = matching.services(session)
    matching.put_on_list(session, services["away"].organisation, matching.ListFlag.ABNORMAL)
    assert titles(session, matching.run(session), reach=Reach.CITY) == ([], [])


def test_more_people_than_the_capacity_and_the_budget_reach_cost_points_for_both(
    session: Session, run: MatchRun, services: dict
) -> None:
    found = asked(session, run, people=30000)
    (meals,) = (moved for moved in found.first if moved.service_id == services["meals"].id)
    assert meals.gains["scale"] < 0
    assert meals.gains["price"] < 0


def test_another_month_refuses_what_is_not_offered_then(session: Session, run: MatchRun) -> None:
    table = services_frame(session, parties.NOON)
    ends = pd.Series(date(2027, 4, 1), index=table.index)  # the need: March to the end of August
    table["available_to"] = ends
    fitted = Fitted(Matcher().fit(table), table, "")
    (need,) = rows_of(needs_frame(session, Need.id == run.need_id))
    assert compare(fitted, need, Change(starts_on=date(2027, 3, 31))).n_refused == 0
    found = compare(fitted, need, Change(starts_on=date(2027, 4, 1)))
    assert found.says_when
    assert found.n_refused == 2
    assert {refusal["code"] for turned in found.refused for refusal in turned.refusals} == {
        "not_available_then"
    }


def test_a_need_that_starts_in_another_month_takes_as_long(session: Session, run: MatchRun) -> None:
    (need,) = rows_of(needs_frame(session, Need.id == run.need_id))
    moved = Change(starts_on=date(2027, 9, 1)).of(need)
    assert moved["ends_on"] - moved["starts_on"] == need["ends_on"] - need["starts_on"]
    assert (moved["start_month"], moved["months"]) == (9, need["months"])
    assert need["start_month"] == 3  # the row itself is left alone
    assert need["ends_on"] == date(2027, 9, 1)  # the last day of August still belongs to it


def test_the_month_does_not_matter_where_no_service_says_when_it_is_offered(
    session: Session, run: MatchRun
) -> None:
    found = asked(session, run, starts_on=date(2030, 1, 1))
    assert not found.says_when
    assert not found.changes_order


def test_both_sides_are_made_on_the_catalogue_of_the_moment(
    session: Session, run: MatchRun, services: dict
) -> None:
    engine = Engine()
    assert asked(session, run, engine).is_of_run
    catalogue.service(session, title="高龄独居老人送餐", organisation=services["meals"].organisation)
    found = asked(session, run, engine)
    assert not found.is_of_run
    assert "高龄独居老人送餐" in [moved.title for moved in found.first]
    assert not found.changes_order


def test_the_catalogue_is_read_again_once_somebody_has_touched_it_or_the_day_has_passed(
    session: Session, services: dict
) -> None:
    engine = Engine()
    first = engine.last_catalogue(session, parties.NOON)
    assert engine.last_catalogue(session, parties.NOON) is first
    catalogue_operations.retire(
        session, services["chess"], catalogue.staff_act(services["chess"].organisation, parties.NOON)
    )
    session.flush()
    second = engine.last_catalogue(session, parties.NOON)
    assert len(second.table) == len(first.table) - 1
    assert second.content_hash == engine.catalogue(session, parties.NOON).content_hash
    tomorrow = engine.last_catalogue(session, parties.NOON + needs.timedelta(days=1))
    assert tomorrow.content_hash != second.content_hash  # every entry is a day older


def test_nothing_is_stored_and_nothing_audited(session: Session, run: MatchRun) -> None:
    session.flush()

    def counts() -> list[int | None]:
        return [session.scalar(select(func.count()).select_from(table)) for table in (MatchRun, AuditEvent)]

    act, before = matching.official(session), counts()
    assert what_if(session, run, act, Engine(), Change(budget=Decimal(1))) is not None
    assert not session.new
    assert not session.dirty
    assert counts() == before
    assert run.need.budget == Decimal(60000)


@pytest.mark.parametrize("role", [Role.COMMUNITY_WORKER, Role.ORGANISATION_STAFF, Role.PANEL_MEMBER])
def test_those_who_may_not_read_the_run_may_not_ask(session: Session, run: MatchRun, role: Role) -> None:
    own = parties.organisation(session) if role == Role.ORGANISATION_STAFF else None
    stranger = parties.act_as(session, role, organisation=own)
    with pytest.raises(NotFound):
        what_if(session, run, stranger, Engine(), Change(budget=Decimal(1)))
    auditor = parties.act_as(session, Role.AUDITOR)
    assert what_if(session, run, auditor, Engine(), Change(budget=Decimal(1))) is not None


def test_an_empty_catalogue_answers_nothing(session: Session, run: MatchRun, services: dict) -> None:
    for service in services.values():
        by = catalogue.staff_act(service.organisation, parties.NOON)
        catalogue_operations.retire(session, service, by)
    session.flush()
    assert what_if(session, run, matching.official(session), Engine(), Change(budget=Decimal(1))) is None
