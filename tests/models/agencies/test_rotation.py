"""Rotation: how many projects of one contractor in a row, how many years in one street, by whose rule."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.agencies import rotating
from models.agencies.agency import Agency
from models.agencies.conflicts import conflicts
from models.agencies.ground import Conflict, Ground
from models.agencies.rotation import DEFAULT, RotationRule, rotation_at
from models.contracts.contract import Contract
from models.errors import Invalid, NotAllowed
from models.parties.unit import AdministrativeUnit
from tests.factories import agencies, contracts, parties
from tests.factories.parties import CITY, DISTRICT, NOON, OTHER_STREET, STREET

TODAY = date(2026, 11, 20)
RULE: dict[str, Any] = {
    "effective_on": TODAY,
    "most_consecutive": 3,
    "most_years_in_street": 5,
    "rescore_share": Decimal(20),
    "rescore_gap": Decimal(8),
}


def projects(session: Session, contract: Contract, how_many: int) -> list[Contract]:
    """Other projects of the same contractor in the same street."""
    made = [contracts.contract_row(session) for _ in range(how_many)]
    for each in made:
        each.award.bid.bid.organisation_id = contract.organisation_id
    session.flush()
    return made


def found(session: Session, agency: Agency, contract: Contract, at: datetime = NOON) -> list[Conflict]:
    return conflicts(session, agency.organisation_id, contract, contracts.official(session, at))


def set_rule(session: Session, unit: str = DISTRICT, act: Act | None = None, **changes: Any) -> RotationRule:
    area = session.get_one(AdministrativeUnit, unit)
    return rotating.set_rule(session, area, act or agencies.registrar(session), **{**RULE, **changes})


def test_r84_two_projects_of_one_contractor_in_a_row_and_not_a_third(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    first, second, third = projects(session, contract, 3)
    day = NOON - timedelta(days=300)
    agencies.assigned(session, first, listed[0], at=day)
    assert found(session, listed[0], contract) == []
    agencies.assigned(session, second, listed[0], at=day + timedelta(days=1))
    assert found(session, listed[0], contract) == [
        Conflict(Ground.CONSECUTIVE, first.reference),
        Conflict(Ground.CONSECUTIVE, second.reference),
    ]
    agencies.assigned(session, third, listed[1], at=day + timedelta(days=2))
    assert found(session, listed[0], contract) == []


def test_what_an_agency_gave_back_does_not_count(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    first, second = projects(session, contract, 2)
    agencies.assigned(session, first, listed[0])
    given_back = agencies.assigned(session, second, listed[0])
    given_back.recused_at, given_back.recused_words = NOON, "人手不足。"
    session.flush()
    assert found(session, listed[0], contract) == []


def test_r84_three_years_in_one_street_to_the_day(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    """Begun on 20 November 2023, with something every year: on that day of 2026 it is another's turn."""
    for each, year in zip(projects(session, contract, 3), (2023, 2024, 2025), strict=True):
        each.award.bid.bid.organisation_id = parties.organisation(session, name=f"上海{year}中心").id
        agencies.assigned(session, each, listed[0], at=datetime(year, 11, 20, 4, tzinfo=UTC))
    assert found(session, listed[0], contract, NOON - timedelta(days=1)) == []
    assert found(session, listed[0], contract) == [Conflict(Ground.STREET, "2023-11-20")]
    assert found(session, listed[1], contract) == []


def test_whoever_had_nothing_in_the_street_for_a_year_begins_anew(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    for each, year in zip(projects(session, contract, 2), (2023, 2026), strict=True):
        agencies.assigned(session, each, listed[0], at=datetime(year, 1, 10, 4, tzinfo=UTC))
    assert Ground.STREET not in {each.kind for each in found(session, listed[0], contract)}


def test_other_streets_do_not_count(session: Session, contract: Contract, listed: list[Agency]) -> None:
    for each, year in zip(projects(session, contract, 3), (2023, 2024, 2025), strict=True):
        each.award.lot.tender.unit_code = OTHER_STREET
        each.award.bid.bid.organisation_id = parties.organisation(session).id
        agencies.assigned(session, each, listed[0], at=datetime(year, 11, 20, 4, tzinfo=UTC))
    assert found(session, listed[0], contract) == []


def test_the_rule_of_the_nearest_area_counts_from_its_day(session: Session, listed: list[Agency]) -> None:
    assert rotation_at(session, STREET, TODAY) == DEFAULT
    set_rule(session, effective_on=TODAY + timedelta(days=10))
    session.flush()
    assert rotation_at(session, STREET, TODAY + timedelta(days=9)) == DEFAULT
    assert rotation_at(session, STREET, TODAY + timedelta(days=10)).most_consecutive == 3
    city = parties.act_as(session, Role.CITY_OFFICIAL)
    set_rule(session, CITY, city, effective_on=TODAY + timedelta(days=20), most_consecutive=7)
    session.flush()
    assert rotation_at(session, STREET, TODAY + timedelta(days=30)).most_consecutive == 3
    assert rotation_at(session, "310115001", TODAY + timedelta(days=30)).most_consecutive == 7


def test_every_rule_is_kept_and_the_later_of_one_day_counts(session: Session, listed: list[Agency]) -> None:
    set_rule(session)
    set_rule(session, act=agencies.registrar(session, NOON + timedelta(hours=1)), most_consecutive=1)
    session.flush()
    assert rotation_at(session, STREET, TODAY).most_consecutive == 1
    assert [each.most_consecutive for each in rotating.history(session, DISTRICT)] == [1, 3]


def test_a_changed_rule_changes_the_next_draw(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    (first,) = projects(session, contract, 1)
    agencies.assigned(session, first, listed[0])
    assert found(session, listed[0], contract) == []
    set_rule(session, most_consecutive=1)
    session.flush()
    assert found(session, listed[0], contract) == [Conflict(Ground.CONSECUTIVE, first.reference)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"effective_on": TODAY - timedelta(days=1)}, "rotation_in_past"),
        ({"most_consecutive": 0}, "rotation_out_of_range"),
        ({"most_years_in_street": 21}, "rotation_out_of_range"),
        ({"rescore_share": Decimal(0)}, "rotation_not_a_share"),
        ({"rescore_gap": Decimal("100.01")}, "rotation_not_a_share"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(
    session: Session, listed: list[Agency], changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        set_rule(session, **changes)
    assert refused.value.code == code


def test_streets_and_auditors_set_no_rule(session: Session, listed: list[Agency]) -> None:
    for role in (Role.STREET_OFFICIAL, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            set_rule(session, act=parties.act_as(session, role))
