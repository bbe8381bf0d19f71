"""R44: an approved negotiation goes on, and is ranked, with two valid bids; without one it is not."""

import json
from datetime import date

import pytest
from sqlalchemy.orm import Session

from models.errors import Invalid
from models.panels import reporting
from models.panels.bidders import opened_bids
from models.panels.panel import Panel
from models.rulebook.methods import Method
from models.tenders.approval import Approval
from models.tenders.lifecycle import phase_at
from models.tenders.tender import TenderPhase
from tests.factories import panels
from tests.factories.ranking import bid, content, negotiation
from tests.models.panels.test_ranking_rules import ranked

TWO = (bid("b1", "100"), bid("b2", "80"))


def approve(session: Session, panel: Panel) -> None:
    """As if the failed tender had been ours: what follows from the row alone."""
    row = Approval(
        tender_id=panel.tender_id,
        number="临财采〔2026〕17号",
        approved_on=date(2026, 12, 1),
        words="同意与两家谈判。",
        recorded_at=panels.OPENED,
    )
    session.add(row)
    session.flush()


def test_r44_two_valid_bids_are_ranked_by_price_where_that_was_approved() -> None:
    answer = ranked(negotiation(*TWO, two_bidders_approved=True))
    assert [(each["id"], each["rank"]) for each in answer["bids"]] == [("b2", 1), ("b1", 2)]
    assert answer["rules"].count("R44") == 1
    assert ranked(negotiation(*TWO, two_bidders_approved=False))["reason"] == "fewer_than_three"
    assert ranked(negotiation(TWO[0], two_bidders_approved=True))["reason"] == "fewer_than_two"


def test_r44_no_other_method_knows_such_an_approval() -> None:
    with pytest.raises(Invalid, match="rank_approval_not_negotiation") as refused:
        ranked(content(two_bidders_approved=True))
    assert refused.value.facts["place"] == "two_bidders_approved"
    assert ranked(content(two_bidders_approved=False)) == ranked(content())


def test_r44_with_an_approval_the_second_of_three_may_fail_the_check(session: Session) -> None:
    panel = panels.declared(session, method=Method.NEGOTIATION)
    approve(session, panel)
    panels.check(session, panel, refused=opened_bids(session, panel.tender)[:1])
    for member in panel.seated:
        panels.mark(session, member)
    panels.open_prices(session, panel.tender)
    panels.report(session, panel)
    ranking = reporting.standing(session, panel.tender.lots[0])
    assert ranking is not None
    assert json.loads(ranking.question)["two_bidders_approved"] is True
    ranks = [each["rank"] for each in json.loads(ranking.answer)["bids"]]
    assert ranks == [1, 2]
    assert reporting.verify(ranking)


def test_r44_without_one_the_lot_fails_with_the_check(session: Session) -> None:
    panel = panels.declared(session, method=Method.NEGOTIATION)
    panels.check(session, panel, refused=opened_bids(session, panel.tender)[:1])
    assert phase_at(panel.tender, panels.QUALIFIED) == TenderPhase.FAILED
