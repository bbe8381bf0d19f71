"""What would close a gap: names of who could be invited, of two that suffice together, or somebody new."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.catalogue.entry import Capacity
from models.catalogue.service import CostUnit
from models.errors import NotAllowed
from models.matching.closing import Closing, Proposal, closings
from models.matching.gap import GapCause, GapEntry, GapRemedy
from models.matching.ledger import Wanted
from models.needs.need import Need, NeedPhase
from models.parties.organisation import ListFlag
from tests.factories import catalogue, matching, needs, parties
from tests.factories.parties import DISTRICT, NOON, OTHER_STREET, STREET


def gap(session: Session, *, code: str = "EL-01", **changes: object) -> Need:
    need = needs.need(session, NeedPhase.UNMET, **{"codes": [code], **changes})  # type: ignore[arg-type]  # by name
    entry = {"cause": GapCause.NO_SUPPLIER, "remedy": GapRemedy.INCUBATE, "opened_at": NOON}
    session.add(GapEntry(need=need, unit_code=need.unit_code, term_code=code, **entry))
    session.flush()
    return need


def the(session: Session) -> Closing:
    (found,) = closings(session, matching.official(session), Wanted())
    return found


def told(closing: Closing) -> list[tuple[GapRemedy, list[str]]]:
    return [(each.remedy, [offer.organisation for offer in each.offers]) for each in closing.proposals]


def offer(session: Session, name: str, *, free: int = 12000, **values: object) -> None:
    organisation = parties.organisation(session, name=name)
    capacities = (Capacity(CostUnit.PERSON_TIME, 20000, free),)
    catalogue.service(session, organisation=organisation, capacities=capacities, **values)  # type: ignore[arg-type]  # by name


def test_where_nobody_does_it_somebody_new_is_needed(session: Session) -> None:
    gap(session)
    assert told(the(session)) == [(GapRemedy.INCUBATE, [])]


def test_who_does_it_elsewhere_is_invited_by_name_and_not_who_stands_on_a_list(session: Session) -> None:
    gap(session)
    offer(session, "上海外街服务中心", areas=(OTHER_STREET,))
    listed = parties.organisation(session, name="上海名单服务中心")
    matching.put_on_list(session, listed, ListFlag.ABNORMAL)
    catalogue.service(session, organisation=listed, areas=(OTHER_STREET,))
    offer(session, "上海别业服务中心", areas=(OTHER_STREET,), terms=("YO-01", "B06"))
    assert told(the(session)) == [(GapRemedy.INVITE, ["上海外街服务中心"])]


@pytest.mark.parametrize("area", [DISTRICT, STREET, "31"])
def test_who_works_here_already_is_not_invited(session: Session, area: str) -> None:
    gap(session)
    offer(session, "上海本街服务中心", areas=(area,))
    assert GapRemedy.INVITE not in dict(told(the(session)))


def test_two_that_have_all_codes_together_make_a_consortium(session: Session) -> None:
    gap(session, codes=["EL-01", "DM-01"])
    offer(session, "上海餐服务中心", terms=("EL-01", "B03"))
    offer(session, "上海楼服务中心", terms=("DM-01", "B03"))
    offer(session, "上海棋服务中心", terms=("YO-01", "B06"))
    assert told(the(session)) == [(GapRemedy.CONSORTIUM, ["上海楼服务中心", "上海餐服务中心"])]


@pytest.mark.parametrize(("free", "enough"), [(24, True), (23, False)])
def test_two_that_have_room_for_all_together_make_a_consortium(
    session: Session, free: int, enough: bool
) -> None:
    gap(session, affected_people=47)
    offer(session, "上海一号服务中心", free=free)
    offer(session, "上海二号服务中心", free=23)
    found = the(session).proposals
    pair = Proposal(GapRemedy.CONSORTIUM, found[0].offers, for_capacity=True)
    assert (found == [pair]) is enough
    if enough:
        assert sum((each.free or Decimal(0) for each in found[0].offers), Decimal(0)) == 47


def test_one_organisation_is_no_consortium_with_itself(session: Session) -> None:
    gap(session, codes=["EL-01", "DM-01"])
    alone = parties.organisation(session, name="上海独家服务中心")
    catalogue.service(session, organisation=alone, terms=("EL-01", "B03"))
    catalogue.service(session, organisation=alone, terms=("DM-01", "B03"))
    assert told(the(session)) == [(GapRemedy.INCUBATE, [])]


def test_gaps_are_told_by_street_and_code_where_most_is_missing_first(session: Session) -> None:
    gap(session, code="DM-01")
    gap(session, affected_people=40)
    gap(session, affected_people=7)
    gap(session, unit=parties.ELSEWHERE)
    act = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    found = closings(session, act, Wanted())
    assert found[0].street.code == STREET
    assert [(each.term.code, len(each.needs)) for each in found if each.term][:1] == [("EL-01", 2)]
    assert found[0].people == 47
    with pytest.raises(NotAllowed):
        closings(session, parties.act_as(session, Role.COMMUNITY_WORKER), Wanted())
