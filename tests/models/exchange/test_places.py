"""Neighbourhoods as sheets of other systems name them."""

import pytest
from sqlalchemy.orm import Session

from models.errors import Invalid
from models.exchange.places import neighbourhood_of
from models.parties.unit import AdministrativeUnit
from tests.factories import parties
from tests.factories.parties import NEIGHBOURHOOD


def named(session: Session, name: str, code: str = NEIGHBOURHOOD) -> AdministrativeUnit:
    parties.place(session)
    unit = session.get_one(AdministrativeUnit, code)
    unit.name = name
    session.flush()
    return unit


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("塘北佳苑居民区", "塘北佳苑"),
        ("塘北佳苑居民区", "塘北佳苑居委会"),
        ("塘北佳苑", "塘北佳苑居民区"),
        ("澄江一村居民区", "澄江一村"),
        ("顾家宅村", "顾家宅村委会"),
    ],
)
def test_a_neighbourhood_is_known_with_and_without_its_ending(
    session: Session, name: str, typed: str
) -> None:
    unit = named(session, name)
    assert neighbourhood_of(session, "", typed, "") is unit


def test_a_name_in_full_goes_first_and_a_short_one_of_two_is_asked_back(session: Session) -> None:
    whole = named(session, "塘北佳苑居民区")
    short = named(session, "塘北佳苑村", parties.NEXT_DOOR)
    assert neighbourhood_of(session, "", "塘北佳苑居民区", "") is whole
    assert neighbourhood_of(session, "", "塘北佳苑村", "") is short
    with pytest.raises(Invalid, match="unit_ambiguous"):
        neighbourhood_of(session, "", "塘北佳苑", "")
    with pytest.raises(Invalid, match="unit_unknown"):
        neighbourhood_of(session, "", "塘南佳苑", "")
