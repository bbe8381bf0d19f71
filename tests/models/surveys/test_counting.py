"""Who takes part, by age, counted from the register."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.contracts.contract import Contract
from models.errors import NotFound
from models.surveys.counting import Ages, ages
from models.surveys.register import ServedPerson
from tests.factories import contracts, parties, surveys
from tests.factories.parties import NOON

TODAY = NOON.date()


def counted(session: Session, contract: Contract, until: date = TODAY) -> Ages:
    return ages(session, surveys.of(contract), until, parties.act_as(session, Role.STREET_OFFICIAL))


def aged(session: Session, contract: Contract, *bands: str | None) -> list[ServedPerson]:
    """One person of each band."""
    made = surveys.register(session, contract, len(bands))
    for person, band in zip(made, bands, strict=True):
        person.age_band = band
    session.flush()
    return made


def test_elders_begin_at_sixty_and_an_unknown_age_is_in_no_share(session: Session) -> None:
    contract = contracts.contract_row(session)
    aged(session, contract, "age:14_24", "age:45_59", "age:60_79", "age:80_plus", None)
    found = counted(session, contract)
    assert (found.total, found.known, found.unknown, found.younger) == (5, 4, 1, 2)
    assert found.share == 0.5
    assert next(iter(found.bands)) == "age:0_13"
    assert found.bands["age:0_13"] == 0


def test_nobody_and_nobody_with_an_age_have_no_share(session: Session) -> None:
    contract = contracts.contract_row(session)
    assert counted(session, contract).share is None
    aged(session, contract, None)
    assert (counted(session, contract).total, counted(session, contract).share) == (1, None)


def test_who_left_was_served_and_who_comes_later_was_not_yet(session: Session) -> None:
    contract = contracts.contract_row(session)
    left, late = aged(session, contract, "age:25_44", "age:25_44")
    left.left_on = TODAY - timedelta(days=1)
    late.added_on = TODAY + timedelta(days=1)
    session.flush()
    assert counted(session, contract).total == 1
    assert counted(session, contract, late.added_on).total == 2


def test_the_count_is_for_those_who_may_see_the_register(session: Session) -> None:
    contract = contracts.contract_row(session)
    with pytest.raises(NotFound):
        ages(session, surveys.of(contract), TODAY, parties.act_as(session, Role.COMMUNITY_WORKER))
