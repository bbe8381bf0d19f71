"""Who is seen in an area: figures that were worked out by hand, of the newest run of each need."""

from datetime import timedelta
from math import log2

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.errors import NotAllowed
from models.matching.concentration import exposure_page
from models.matching.review import Decision, Review
from models.needs.need import Need
from models.parties.organisation import StaffMember
from tests.factories import catalogue, learning, needs, parties, records
from tests.factories.parties import NOON

SECOND = 1 / log2(3)


def two_needs(session: Session) -> dict[str, str]:
    """Two meals needs and one of another street: A is first of both, B second of one, C is never seen."""
    names = {key: parties.organisation(session, name=f"上海{key}服务中心") for key in "ABC"}
    services = {
        key: catalogue.service(session, organisation=each, areas=("31",)) for key, each in names.items()
    }
    lists = {parties.NEIGHBOURHOOD: ["A", "B"], parties.NEXT_DOOR: ["A"]}
    for place, ranked in lists.items():
        need = needs.need(session, unit=place)
        learning.match_run(session, need, NOON - timedelta(days=9), [services["C"].id])  # an older run
        run = learning.match_run(
            session, need, NOON - timedelta(days=8), [services[key].id for key in ranked]
        )
        session.add(Review(match=run.matches[0], decision=Decision.ACCEPT, at=NOON - timedelta(days=7)))
    elsewhere = needs.need(session, unit=parties.ELSEWHERE, codes=["DM-01"])
    learning.match_run(session, elsewhere, NOON - timedelta(days=8), [services["B"].id])
    names["A"].staff += [StaffMember(name=f"社工{number}") for number in range(10)]
    session.flush()
    return {each.name: key for key, each in names.items()}


def test_exposure_gini_and_hhi_are_those_worked_out_by_hand(session: Session) -> None:
    known = two_needs(session)
    page = exposure_page(session, parties.act_as(session, Role.STREET_OFFICIAL))
    assert page.needs == 2
    assert page.report is not None
    amounts = [0.0, SECOND, 2.0]
    whole = sum(amounts)
    assert page.report.gini == pytest.approx((-2 * amounts[0] + 2 * amounts[2]) / (3 * whole))
    assert page.report.hhi == pytest.approx((SECOND**2 + 4) / whole**2)
    assert [(known[each.name], places) for each, places, _ in page.most] == [("A", 2), ("B", 1)]
    assert [known[each.name] for each in page.unseen] == ["C"]
    assert page.sizes == pytest.approx({"medium": 2 / whole, "": SECOND / whole})
    assert page.accepted_gini == pytest.approx(2 / 3)  # one of three has all


def test_concentration_is_told_by_street_and_by_code(session: Session) -> None:
    two_needs(session)
    page = exposure_page(session, parties.act_as(session, Role.DISTRICT_OFFICIAL))
    streets = {each.key: each for each in page.streets}
    here = streets[parties.STREET]
    assert (here.needs, here.organisations, here.accepted, here.accepted_hhi) == (2, 2, 2, 1.0)
    assert here.hhi == pytest.approx((SECOND**2 + 4) / (SECOND + 2) ** 2)
    codes = {each.key: (each.needs, each.hhi, each.accepted) for each in page.codes}
    assert codes["DM-01"] == (1, 1.0, 0)
    assert set(codes) == {"EL-01", "DM-01"}


def test_a_newcomer_has_no_evaluation_that_counts(session: Session) -> None:
    two_needs(session)
    act = parties.act_as(session, Role.STREET_OFFICIAL)
    report = exposure_page(session, act).report
    assert report is not None
    assert report.newcomers.value == 1
    first = exposure_page(session, act).most[0][0]
    records.delivered(session, first)
    report = exposure_page(session, act).report
    assert report is not None
    assert report.newcomers.value == pytest.approx(1 / 3)


@pytest.mark.parametrize(("days", "seen"), [(365, 0), (364, 1)])
def test_a_run_counts_for_a_year(session: Session, days: int, seen: int) -> None:
    need: Need = needs.need(session)
    service = catalogue.service(session)
    learning.match_run(session, need, NOON - timedelta(days=days), [service.id])
    assert exposure_page(session, parties.act_as(session, Role.STREET_OFFICIAL)).needs == seen


def test_exposure_is_for_those_who_look_after_an_area(session: Session) -> None:
    with pytest.raises(NotAllowed):
        exposure_page(session, parties.act_as(session, Role.COMMUNITY_WORKER))
