"""N4: a need among the neighbourhoods of its own type."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.contracts.contract import Contract
from models.matching.neighbours import LEAST, WINDOW, likeness
from models.needs.need import Need, NeedPhase
from models.parties.unit import CommunityType
from models.tenders.lot import LotNeed
from tests.factories import contracts, needs, parties
from tests.factories.parties import ELSEWHERE, NEXT_DOOR, NOON, neighbourhoods

LATER = NOON + timedelta(days=1)
INSTANT = timedelta(microseconds=1)


def official(session: Session) -> Act:
    return parties.act_as(session, Role.STREET_OFFICIAL, at=LATER)


def test_of_five_others_one_got_it_and_two_asked(session: Session) -> None:
    more = neighbourhoods(session, LEAST - 2)
    here = needs.need(session)
    needs.need(session, unit=NEXT_DOOR)
    needs.need(session, NeedPhase.CLOSED, unit=more[0])
    needs.need(session, NeedPhase.SUBMITTED, unit=more[1])
    needs.need(session, NeedPhase.CLOSED, unit=ELSEWHERE, codes=["DM-01"])
    found = likeness(session, here, official(session))
    assert (found.neighbourhoods, found.raised, found.met) == (5, 2, 1)
    assert found.share == 0.2
    assert found.value == 1


def test_under_five_others_nothing_is_proposed(session: Session) -> None:
    neighbourhoods(session, LEAST - 3)
    neighbourhoods(session, 4, CommunityType.C3)
    here = needs.need(session)
    needs.need(session, NeedPhase.CLOSED, unit=NEXT_DOOR)
    found = likeness(session, here, official(session))
    assert (found.neighbourhoods, found.met) == (LEAST - 1, 1)
    assert found.value is None


def test_without_a_type_or_a_code_nothing_is_proposed(session: Session) -> None:
    neighbourhoods(session, LEAST)
    here = needs.need(session, NeedPhase.SUBMITTED)
    here.terms.clear()
    assert likeness(session, here, official(session)).value is None
    here.unit.community_type = None
    assert likeness(session, here, official(session)).value is None


def test_what_was_met_here_too_leaves_no_gap(session: Session) -> None:
    neighbourhoods(session, LEAST)
    here = needs.need(session)
    needs.need(session, NeedPhase.CLOSED)
    needs.need(session, NeedPhase.CLOSED, unit=NEXT_DOOR)
    found = likeness(session, here, official(session))
    assert found.is_met_here
    assert (found.met, found.value) == (1, 0)


@pytest.mark.parametrize(("age", "met"), [(WINDOW, 1), (WINDOW + INSTANT, 0)])
def test_two_years_are_counted_back(session: Session, age: timedelta, met: int) -> None:
    here = needs.need(session)
    closed = needs.need(session, NeedPhase.CLOSED, unit=NEXT_DOOR)
    session.execute(update(Need).where(Need.id == closed.id).values(closed_at=LATER - age))
    assert likeness(session, here, official(session)).met == met


def test_a_signed_contract_meets_a_need_until_it_is_terminated(session: Session) -> None:
    there = needs.need(session, unit=NEXT_DOOR)
    here = needs.need(session)
    contract = contracts.contract_row(session)
    contract.award.lot.needs[:] = [LotNeed(need=there)]
    session.flush()
    assert met(session, here) == 0
    written = update(Contract).where(Contract.id == contract.id)
    session.execute(written.values(purchaser_signed_at=LATER, supplier_signed_at=LATER))
    assert met(session, here) == 1
    session.execute(written.values(terminated_at=LATER, terminated_words="双方同意解除。"))
    assert met(session, here) == 0


def met(session: Session, need: Need) -> int:
    """How many of the others have it."""
    return likeness(session, need, official(session)).met
