"""A track record in the next match: a named part of the score, with its words, once nothing is open."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from models.catalogue.service import Service
from models.matching import training
from models.matching.engine import Engine
from models.matching.run import Match, MatchRun
from models.needs.need import Need
from models.parties.unit import AdministrativeUnit
from tests.factories import catalogue, learning, matching, needs, parties, records
from tests.factories.parties import DISTRICT, NOON

PUBLISHED = datetime(2026, 10, 1, 4, tzinfo=UTC)
COUNTS_FROM = datetime(2026, 10, 15, 16, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def twins(session: Session) -> tuple[Service, Service]:
    """Two services alike in everything but whose they are."""
    first, second = (parties.organisation(session, name=f"上海{name}服务中心") for name in ("甲", "乙"))
    return catalogue.service(session, organisation=first), catalogue.service(session, organisation=second)


def run(session: Session, need: Need, at: datetime = NOON) -> MatchRun:
    act = parties.act_as(session, matching.official(session).actor.role, at=at)
    return matching.run(session, need, by=act)


def of(made: MatchRun, service: Service) -> Match:
    return matching.match_of(made, service)


def said(match: Match) -> dict[str, dict]:
    return {each["code"]: each["facts"] for each in match.reasons}


def test_a_bad_final_moves_a_service_down_once_the_window_is_over_and_the_reason_says_so(
    session: Session,
) -> None:
    one, other = twins(session)
    need = needs.need(session)
    records.delivered(session, one.organisation, score="40.00", at=PUBLISHED)
    before = run(session, need, COUNTS_FROM - MOMENT)
    assert of(before, one).score == of(before, other).score
    assert of(before, one).contributions["record"] == 0
    after = run(session, need, COUNTS_FROM)
    assert of(after, one).rank > of(after, other).rank
    assert of(after, one).contributions["record"] < 0
    facts = said(of(after, one))["poor_record"]
    assert (facts["codes"], facts["evaluations"], facts["mean"]) == (["EL-01"], 1, 80)
    age = 0.5 ** (15 / 730)
    assert facts["points"] == pytest.approx((64 / 25 * 80 + age * 65) / (64 / 25 + age))
    assert of(after, other).contributions["record"] == 0
    assert sum(of(after, one).contributions.values()) == pytest.approx(of(after, one).score)


def test_a_good_record_moves_a_service_up(session: Session) -> None:
    one, other = twins(session)
    records.delivered(session, other.organisation, score="98.00")
    made = run(session, needs.need(session))
    assert of(made, other).rank < of(made, one).rank
    assert "good_record" in said(of(made, other))
    assert not {"good_record", "newcomer"} & set(said(of(made, one)))  # nobody to stand beside yet


def test_a_newcomer_stands_at_the_mean_of_its_kind_and_a_little_above(session: Session) -> None:
    one, other = twins(session)
    records.peers(session, "80.00", "80.00", "80.00")
    records.delivered(session, other.organisation, score="80.00")
    made = run(session, needs.need(session))
    assert said(of(made, one))["newcomer"] == {"codes": ["EL-01"]}
    assert of(made, one).contributions["record"] > of(made, other).contributions["record"] >= 0
    assert "record_as_others" in said(of(made, other))


def test_a_record_in_another_service_says_nothing_here(session: Session) -> None:
    one, other = twins(session)
    records.delivered(session, one.organisation, score="40.00", codes=("DM-01",))
    made = run(session, needs.need(session))
    assert of(made, one).score == of(made, other).score


def test_a_district_that_switches_records_off_ranks_without_them(session: Session) -> None:
    one, other = twins(session)
    need = needs.need(session)
    records.delivered(session, one.organisation, score="40.00")
    unit = session.get_one(AdministrativeUnit, DISTRICT)
    off = {"counts_records": False, "counts_learning": True}
    training.set_rule(session, unit, learning.planner(session), **off, words="试行期内不计。")
    made = run(session, need)
    assert of(made, one).score == of(made, other).score
    assert of(made, one).contributions["record"] == 0


def test_without_records_scores_are_as_if_there_were_no_such_thing(session: Session) -> None:
    matching.services(session)
    table = Engine().catalogue(session, NOON).table
    assert table["record"].isna().all()
    made = run(session, needs.need(session))
    assert {each.contributions["record"] for each in made.matches} == {0.0}
