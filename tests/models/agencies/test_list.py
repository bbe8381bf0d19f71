"""The list of agencies, what each has shown, and the contract with its fee."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Role
from models.agencies import engaging, keeping, queries
from models.agencies.agency import Agency, QualificationKind
from models.agencies.ground import Ground
from models.agencies.queries import Wanted
from models.contracts.contract import Contract
from models.errors import Conflict, Invalid, NotAllowed
from models.parties.unit import AdministrativeUnit
from tests.factories import agencies, contracts, parties
from tests.factories.parties import NOON

TODAY = date(2026, 11, 20)


def test_the_list_is_kept_by_the_registrars_of_its_area(session: Session, listed: list[Agency]) -> None:
    for role in (Role.STREET_OFFICIAL, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            keeping.leave(session, listed[0], parties.act_as(session, role))


def test_an_agency_leaves_and_comes_back(session: Session, listed: list[Agency]) -> None:
    act = agencies.registrar(session)
    area = session.get_one(AdministrativeUnit, parties.DISTRICT)
    key = listed[0].organisation_id
    with pytest.raises(Conflict) as refused:
        keeping.add(session, area, act, organisation_id=key)
    assert refused.value.code == "agency_on_list"
    keeping.leave(session, listed[0], act)
    session.flush()
    assert not listed[0].is_listed(TODAY)
    assert listed[0].is_listed(TODAY - timedelta(days=1))
    assert queries.agencies(session, act, Wanted(has_left=True)).rows == [listed[0]]
    assert key in {each.id for each in queries.candidates(session, act)}
    with pytest.raises(Conflict):
        keeping.leave(session, listed[0], act)
    keeping.add(session, area, act, organisation_id=key, words="重新入库。")
    assert listed[0].is_listed(TODAY)


def test_what_is_listed_is_what_may_be_seen(session: Session, listed: list[Agency]) -> None:
    audience = [
        *(parties.act_as(session, role) for role in (Role.DISTRICT_OFFICIAL, Role.CITY_OFFICIAL)),
        *(parties.act_as(session, role) for role in (Role.AUDITOR, Role.STREET_OFFICIAL, Role.HUB)),
        parties.act_as(session, Role.AUDITOR, unit=parties.OTHER_STREET),
        agencies.evaluator(session, listed[1]),
        parties.nobody(),
    ]
    for act in audience:
        shown = {each.organisation_id for each in queries.agencies(session, act, Wanted()).rows}
        assert shown == {each.organisation_id for each in listed if can(act, P.AGENCY_VIEW, each)}
        assert shown == {
            each.organisation_id for each in listed if queries.agency(session, each.organisation_id, act)
        }


def test_a_search_finds_by_name(session: Session, listed: list[Agency]) -> None:
    act = agencies.registrar(session)
    word = listed[0].organisation.name[2:4]
    assert queries.agencies(session, act, Wanted(words=word)).rows == [listed[0]]


def test_a_qualification_names_its_papers_and_its_time(session: Session, listed: list[Agency]) -> None:
    act = agencies.registrar(session)
    kind = QualificationKind.EXPERIENCE
    with pytest.raises(Invalid) as refused:
        keeping.qualify(session, listed[0], act, kind=kind, words="", issued_on=TODAY)
    assert refused.value.code == "words_missing"
    with pytest.raises(Invalid) as refused:
        keeping.qualify(
            session, listed[0], act, kind=kind, words="评估合同 12 份。", issued_on=TODAY, expires_on=TODAY
        )
    assert refused.value.code == "qualification_ends_before_it_began"
    made = keeping.qualify(session, listed[0], act, kind=kind, words="评估合同 12 份。", issued_on=TODAY)
    assert made.is_in_force(TODAY)
    assert not made.is_in_force(TODAY - timedelta(days=1))


def test_a_tie_ends_once_and_not_in_the_future(session: Session, listed: list[Agency]) -> None:
    act = agencies.registrar(session)
    other = parties.organisation(session)
    tie = keeping.tie(
        session,
        listed[0],
        act,
        organisation_id=other.id,
        kind=Ground.PAID_WORK,
        began_on=TODAY - timedelta(days=9),
    )
    for day, code in (
        (TODAY + timedelta(days=1), "tie_ends_in_future"),
        (TODAY - timedelta(days=10), "tie_ends_before_it_began"),
    ):
        with pytest.raises(Invalid) as refused:
            keeping.end_tie(session, tie, act, on=day)
        assert refused.value.code == code
    keeping.end_tie(session, tie, act, on=TODAY)
    with pytest.raises(Conflict):
        keeping.end_tie(session, tie, act, on=TODAY)
    with pytest.raises(Invalid):
        keeping.tie(
            session,
            listed[0],
            act,
            organisation_id=listed[0].organisation_id,
            kind=Ground.PAID_WORK,
        )
    with pytest.raises(Invalid):
        keeping.tie(session, listed[0], act, organisation_id=other.id, kind=Ground.SUSPENDED)


def test_a_fee_is_agreed_once_and_paid_once(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    assignment = agencies.assigned(session, contract, listed[0])
    act = contracts.official(session, NOON)
    drawn_on = TODAY - timedelta(days=30)
    for day in (drawn_on - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            engaging.engage(session, assignment, act, fee=Decimal(18000), agreed_on=day)
        assert refused.value.code == "engagement_day"
    for fee in (Decimal(0), Decimal(-1), engaging.MOST + 1):
        with pytest.raises(Invalid):
            engaging.engage(session, assignment, act, fee=fee, agreed_on=TODAY)
    made = engaging.engage(session, assignment, act, fee=Decimal(18000), agreed_on=drawn_on)
    with pytest.raises(Conflict) as refused_again:
        engaging.engage(session, assignment, act, fee=Decimal(20000), agreed_on=TODAY)
    assert refused_again.value.code == "engagement_agreed"
    with pytest.raises(Invalid):
        engaging.pay(session, made, act, paid_on=drawn_on - timedelta(days=1))
    engaging.pay(session, made, act, paid_on=TODAY)
    with pytest.raises(Conflict):
        engaging.pay(session, made, act, paid_on=TODAY)


def test_the_fee_is_read_by_the_purchaser_the_auditor_and_the_agency_alone(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    assignment = agencies.assigned(session, contract, listed[0])
    by = contracts.official(session, NOON)
    made = engaging.engage(session, assignment, by, fee=Decimal(18000), agreed_on=TODAY)
    contractor = contract.award.bid.bid.organisation
    reads = {
        "official": by,
        "auditor": parties.act_as(session, Role.AUDITOR),
        "agency": agencies.evaluator(session, listed[0]),
    }
    blind = {
        "other agency": agencies.evaluator(session, listed[1]),
        "contractor": parties.act_as(session, Role.ORGANISATION_STAFF, organisation=contractor),
        "community": parties.act_as(session, Role.COMMUNITY_WORKER),
        "elsewhere": contracts.official(session, NOON, unit=parties.OTHER_STREET),
    }
    assert all(queries.engagement(session, made.id, act) is made for act in reads.values())
    assert not any(queries.engagement(session, made.id, act) for act in blind.values())
    assert not any(queries.engagement_of(session, assignment, act) for act in blind.values())
