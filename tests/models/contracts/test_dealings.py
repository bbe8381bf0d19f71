"""A contract in force makes known who carries it out together; its end is theirs (R53, R51, R52)."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.calendar.clocks import local_date
from models.contracts import contracting, performing
from models.parties.dealing import Dealing, DealingKind
from tests.factories import contracts, parties
from tests.factories.contracts import SIGNED


def test_a_consortium_and_its_subcontractor_deal_with_each_other_until_the_contract_ends(
    session: Session,
) -> None:
    award = contracts.award(session)
    lead = award.bid.bid.organisation
    partner = parties.organisation(session, name="上海联手社会工作发展中心")
    below = parties.organisation(session, name="上海安心护理站")
    award.bid.technical = {
        **award.bid.technical,
        "consortium": [
            {"organisation": str(lead.id)},
            {"organisation": str(partner.id)},
            {"organisation": str(uuid4())},
        ],
        "subcontracting": "助浴部分拟分包给 上海安心护理站（非主体部分）。",
    }
    contract = contracts.contract(session, award, signed=False)
    assert session.scalars(select(Dealing)).all() == []
    contracting.sign_for_purchaser(session, contract, contracts.official(session, SIGNED))
    contracting.sign_for_supplier(session, contract, contracts.supplier(session, contract))
    signed = local_date(SIGNED)
    found = {each.kind: each for each in session.scalars(select(Dealing))}
    pairs = {kind: {each.organisation_id, each.other_id} for kind, each in found.items()}
    assert pairs == {
        DealingKind.CONSORTIUM: {lead.id, partner.id},
        DealingKind.SUBCONTRACT: {lead.id, below.id},
    }
    for each in found.values():
        assert (each.began_on, each.ended_on) == (signed, contract.ends_on)
        assert each.source == contract.reference
    later = SIGNED + timedelta(days=90)
    performing.terminate(session, contract, contracts.official(session, later), words="双方同意终止。")
    assert {each.ended_on for each in found.values()} == {local_date(later)}


def test_a_bidder_alone_deals_with_nobody(session: Session) -> None:
    contracts.contract(session)
    assert session.scalars(select(Dealing)).all() == []
