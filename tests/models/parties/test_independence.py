"""What an organisation states of its independence: its own words, by year, and never a score (demand 45)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.contracts.contract import Contract
from models.errors import Invalid, NotAllowed
from models.matching.concentration import exposure_page
from models.matching.founding import Founded
from models.parties.independence import (
    Independence,
    IndependenceStatement,
    state_independence,
    statement_of,
    statements,
)
from models.parties.organisation import Organisation
from tests.factories import catalogue, contracts, learning, matching, needs, parties
from tests.factories.parties import NOON

YEAR = timedelta(days=365)
SEMI = {"government_share": 90, "founded_by_government": True, "founder": "澄江街道办事处"}
OWN = {"government_share": 40, "founded_by_government": False}


def act_of(session: Session, organisation: Organisation, at: Any = NOON) -> Act:
    return parties.act_as(session, Role.ORGANISATION_STAFF, organisation=organisation, at=at)


def state(session: Session, organisation: Organisation, at: Any = NOON, **said: Any) -> IndependenceStatement:
    made = state_independence(session, organisation, act_of(session, organisation, at), **said)
    session.flush()
    return made


def test_a_statement_is_of_last_year_and_the_newest_one_counts(session: Session) -> None:
    ours = parties.organisation(session)
    first = state(session, ours, **SEMI)
    assert (first.year, first.independence) == (2025, Independence.SEMI_OFFICIAL)
    assert state(session, ours, **SEMI) is first
    second = state(session, ours, NOON + YEAR, **OWN)
    assert (second.year, second.independence, second.founder) == (2026, Independence.INDEPENDENT, "")
    assert statement_of(session, ours.id, NOON + YEAR - timedelta(seconds=1)) is first
    assert statement_of(session, ours.id, NOON + YEAR) is second
    assert statements(session, [parties.organisation(session, name="上海别家社").id], NOON) == {}


def test_only_the_organisation_itself_can_say_so(session: Session) -> None:
    ours, other = parties.organisation(session), parties.organisation(session, name="上海别家服务中心")
    for act in (
        act_of(session, other),
        parties.act_as(session, Role.DISTRICT_OFFICIAL, unit=parties.DISTRICT),
        parties.act_as(session, Role.STREET_OFFICIAL),
    ):
        with pytest.raises(NotAllowed):
            state_independence(session, ours, act, **OWN)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (OWN | {"government_share": None}, "independence_share_missing"),
        (OWN | {"government_share": -1}, "independence_share"),
        (OWN | {"government_share": 101}, "independence_share"),
        (SEMI | {"founder": " "}, "independence_founder"),
        (SEMI | {"founder": "街" * 201}, "words_too_long"),
    ],
)
def test_a_statement_that_cannot_be_is_refused(session: Session, said: dict[str, Any], code: str) -> None:
    ours = parties.organisation(session)
    with pytest.raises(Invalid) as refused:
        state(session, ours, **said)
    assert refused.value.code == code
    assert session.scalars(select(IndependenceStatement)).all() == []


def test_r48_a_statement_changes_no_score_rank_or_limit(session: Session) -> None:
    services, need = matching.services(session), needs.need(session)
    before = matching.run(session, need)
    state(session, services["meals"].organisation, **SEMI)
    state(session, services["kitchen"].organisation, **OWN)
    after = matching.run(session, need)
    assert [(m.service_id, m.rank, m.score, m.verdict, m.reasons, m.refusals) for m in before.matches] == [
        (m.service_id, m.rank, m.score, m.verdict, m.reasons, m.refusals) for m in after.matches
    ]


def test_exposure_tells_shares_of_recommendations_and_contracts_by_founding(session: Session) -> None:
    contract = signed(session, NOON - timedelta(days=2))
    winner = session.get_one(Organisation, contract.organisation_id)
    other = parties.organisation(session, name="上海独立服务中心")
    offered = [catalogue.service(session, organisation=each).id for each in (other, winner)]
    need = needs.need(session)
    learning.match_run(session, need, NOON - timedelta(days=1), offered)
    state(session, winner, **SEMI)
    act = parties.act_as(session, Role.STREET_OFFICIAL)
    found = {each.independence: each for each in exposure_page(session, act).founded}
    semi, unknown = found[Independence.SEMI_OFFICIAL], found[Independence.UNKNOWN]
    assert (semi.contracts, semi.amount) == (1, contract.amount)
    assert unknown.exposure > semi.exposure > 0
    assert unknown.exposure + semi.exposure == pytest.approx(1)
    state(session, other, **OWN)
    page = exposure_page(session, act)
    assert Independence.UNKNOWN not in {each.independence for each in page.founded}
    assert all(isinstance(each, Founded) for each in page.founded)
    signed(session, NOON - YEAR, contract)
    assert sum(each.contracts for each in exposure_page(session, act).founded) == 0


def signed(session: Session, at: datetime, contract: Contract | None = None) -> Contract:
    """A contract that both sides have signed at an instant, as a row."""
    made = contract or contracts.contract_row(session)
    session.flush()
    values = {"purchaser_signed_at": at, "supplier_signed_at": at}
    session.execute(update(Contract).where(Contract.id == made.id).values(values))
    session.expire(made)
    return made
