"""Services that look alike: whose they are, and what one of them has alone."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models.act import Act, Actor
from models.catalogue import operations
from models.catalogue.service import CostUnit, Service
from models.errors import NotFound
from models.matching.engine import Engine
from models.matching.lookalikes import alone, lookalikes
from tests.factories import catalogue, parties
from tests.factories.catalogue import entry, staff_act
from tests.factories.parties import DISTRICT, NOON, OTHER_STREET, STREET

MEALS = {"title": "老年餐送餐上门", "description": "为高龄、独居老人每天送午餐和晚餐。"}
VISITOR = Act(Actor(), NOON)


def priced(session: Session, service: Service, amount: str) -> None:
    (option,) = service.cost_options
    option.amount = Decimal(amount)
    session.flush()


def test_the_most_alike_of_others_come_first_and_ones_own_not_at_all(session: Session) -> None:
    mine = catalogue.service(session, **MEALS)
    near = catalogue.service(
        session, organisation=parties.organisation(session, name="上海近邻服务社"), **MEALS
    )
    catalogue.service(session, organisation=mine.organisation, **MEALS)
    far = catalogue.service(
        session,
        organisation=parties.organisation(session, name="上海远方合唱团"),
        title="社区合唱团辅导",
        description="每周一次声乐课，节日演出。",
        terms=("CU-01", "B19"),
    )
    page = lookalikes(session, mine, VISITOR, Engine())
    assert [each.service for each in page.alike] == [near]
    assert page.alone.is_nothing
    assert lookalikes(session, far, VISITOR, Engine()).alike == []


def test_what_none_of_the_others_has_is_named(session: Session) -> None:
    mine = catalogue.service(session, terms=("EL-01", "EL-02", "B03", "B04"), areas=(STREET, OTHER_STREET))
    other = catalogue.service(session, terms=("EL-01", "B03"), areas=(STREET,))
    found = alone(mine, [other])
    assert [term.code for term in found.codes] == ["EL-02"]
    assert [term.code for term in found.groups] == ["B04"]
    assert [unit.code for unit in found.areas] == [OTHER_STREET]
    whole = catalogue.service(session, terms=("EL-01", "B03"), areas=(DISTRICT,))
    assert alone(mine, [whole]).areas == []  # the whole district has both streets in it


@pytest.mark.parametrize(("amount", "is_lowest"), [("17.99", True), ("18.00", False)])
def test_the_lowest_price_is_below_every_other_of_the_same_unit(
    session: Session, amount: str, is_lowest: bool
) -> None:
    mine, other = catalogue.service(session), catalogue.service(session)
    priced(session, mine, amount)
    priced(session, other, "18.00")
    (unit,) = {option.unit for option in mine.cost_options}
    assert alone(mine, [other]).cheapest == ([unit] if is_lowest else [])
    other.cost_options[0].unit = CostUnit.COURSE
    assert alone(mine, [other]).cheapest == []  # nothing to compare with


def test_beside_nobody_nothing_is_alone(session: Session) -> None:
    assert alone(catalogue.service(session), []).is_nothing


def test_a_draft_is_compared_for_its_own_organisation_only(session: Session) -> None:
    ours = parties.organisation(session)
    draft = operations.create(session, staff_act(ours, NOON), entry())
    session.flush()
    assert lookalikes(session, draft, staff_act(ours, NOON), Engine()).alike == []
    with pytest.raises(NotFound):
        lookalikes(session, draft, VISITOR, Engine())
