"""The catalogue as it is read: filters, words, and who sees which drafts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can
from models.act import Act, Role
from models.catalogue import operations, queries
from models.catalogue.entry import Price
from models.catalogue.lifecycle import phase_at, phase_sql
from models.catalogue.queries import Wanted
from models.catalogue.service import CostUnit, Service
from models.paging import EVERYTHING, Paging
from tests.factories import catalogue, parties
from tests.factories.catalogue import LONG_AGO, staff_act
from tests.factories.parties import (
    DISTRICT,
    ELSEWHERE,
    NEIGHBOURHOOD,
    NEXT_DOOR,
    NOON,
    OTHER_STREET,
    STREET,
    USUAL_UNIT,
    act_as,
    nobody,
)

MEALS, CARE, CHESS = "老人午餐送餐上门", "失智老人日间照料", "楼道象棋角"


@pytest.fixture(autouse=True)
def services(session: Session) -> None:
    first = parties.organisation(session, name="上海澄江乐龄服务中心")
    second = parties.organisation(session, name="望湖青禾社会工作服务社")
    catalogue.service(session, organisation=first, title=MEALS)
    catalogue.service(
        session,
        organisation=second,
        title=CARE,
        description="白天照看，晚上回家。",
        terms=("EL-06", "EL-05", "B03", "B18"),
        areas=(STREET,),
        prices=(Price(Decimal(3200), CostUnit.PERSON_MONTH), Price(Decimal(160), CostUnit.PERSON_TIME)),
    )
    catalogue.service(
        session,
        organisation=second,
        title=CHESS,
        description="每周三下午。",
        terms=("CU-02", "B01"),
        areas=(ELSEWHERE,),
        prices=(),
    )
    catalogue.service(session, organisation=first, title="还没写完", published=False)
    gone = catalogue.service(session, organisation=second, title="已经不做了")
    operations.retire(session, gone, staff_act(second, NOON - timedelta(days=1)))
    session.flush()


def titles(session: Session, wanted: Wanted, act: Act | None = None, sort: str = "title") -> list[str]:
    listed = queries.list_services(session, act or nobody(), wanted, sort=sort, paging=EVERYTHING)
    assert listed.total == len(listed.rows)
    return [row.service.title for row in listed.rows]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), {MEALS, CARE, CHESS}),
        (Wanted(domain="EL"), {MEALS, CARE}),
        (Wanted(code="EL-05"), {CARE}),
        (Wanted(group="B03"), {MEALS, CARE}),
        (Wanted(group="B18", code="EL-06"), {CARE}),
        (Wanted(area=NEIGHBOURHOOD), {MEALS, CARE}),
        (Wanted(area=NEXT_DOOR), {MEALS, CARE}),
        (Wanted(area=OTHER_STREET), {MEALS, CHESS}),
        (Wanted(area=DISTRICT), {MEALS, CARE, CHESS}),
        (Wanted(price_to=Decimal(18)), {MEALS}),
        (Wanted(price_to=Decimal("17.99")), set()),
        (Wanted(price_to=Decimal(160)), {MEALS, CARE}),
        (Wanted(words="照看"), {CARE}),
        (Wanted(words="失智老人 青禾"), {CARE}),
        (Wanted(words="青禾"), {CARE, CHESS}),
        (Wanted(words="送餐 青禾"), set()),
        (Wanted(words="ｅｌ－０１"), {MEALS}),
        (Wanted(words="meals"), {MEALS}),
        (Wanted(words="體育健身"), {CHESS}),
        (Wanted(words="送%"), set()),
        (Wanted(words="\x00送餐"), {MEALS}),
    ],
)
def test_the_catalogue_is_filtered_as_asked(session: Session, wanted: Wanted, found: set[str]) -> None:
    assert set(titles(session, wanted)) == found


def test_a_service_without_a_price_comes_last_in_both_orders(session: Session) -> None:
    assert titles(session, Wanted(), sort="price") == [MEALS, CARE, CHESS]
    assert titles(session, Wanted(), sort="-price") == [CARE, MEALS, CHESS]


def test_pages_cut_the_list_and_keep_the_total(session: Session) -> None:
    listed = queries.list_services(session, nobody(), Wanted(), sort="title", paging=Paging(2, 2))
    assert (len(listed.rows), listed.total) == (1, 3)


@pytest.mark.parametrize("role", [None, *sorted(USUAL_UNIT), Role.ORGANISATION_STAFF, Role.EVALUATOR])
def test_what_is_listed_is_what_may_be_seen(session: Session, role: Role | None) -> None:
    everything = session.query(Service).all()
    if role is None:
        act = nobody()
    elif role in USUAL_UNIT:
        act = act_as(session, role)
    else:
        act = act_as(session, role, organisation=everything[0].organisation)
    allowed = {each.title for each in everything if can(act, Permission.SERVICE_VIEW, each)}
    assert set(titles(session, Wanted(phase=None), act)) == allowed
    for each in everything:
        assert (queries.service(session, each.id, act) is not None) == (each.title in allowed)
        assert (queries.service_page(session, each.id, act) is not None) == (each.title in allowed)


def test_my_catalogue_holds_my_drafts_and_nobody_elses(session: Session) -> None:
    organisation = session.query(Service).filter_by(title=MEALS).one().organisation
    mine = [row.service.title for row in queries.mine(session, staff_act(organisation, NOON), sort="title")]
    assert sorted(mine) == sorted([MEALS, "还没写完"])
    assert queries.mine(session, act_as(session, Role.COMMUNITY_WORKER)) == []


def test_stale_entries_are_counted_from_the_day_they_were_confirmed(session: Session) -> None:
    service = session.query(Service).filter_by(title=MEALS).one()

    def stale_after(days: int) -> tuple[int, int]:
        act = staff_act(service.organisation, LONG_AGO + timedelta(days=days))
        return len(queries.stale(session, act)), len(queries.going_stale(session, act))

    assert stale_after(334) == (0, 0)
    assert stale_after(335) == (0, 1)
    assert stale_after(365) == (0, 1)
    assert stale_after(366) == (1, 0)


@pytest.mark.parametrize("days", [-101, -100, -99, -1, 0, 1])
@pytest.mark.parametrize("moment", [-1, 0, 1])
def test_phases_agree_in_python_and_in_sql(session: Session, days: int, moment: int) -> None:
    at = NOON + timedelta(days=days, microseconds=moment)
    said = dict(session.query(Service.id, phase_sql(at)).all())
    assert said == {each.id: phase_at(each, at).value for each in session.query(Service)}
