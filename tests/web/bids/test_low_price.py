"""A question about a low price, as the bidder's own page of the bid shows it."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.act import Role
from models.panels import low_prices
from models.panels.bidders import opened_bids
from tests.factories import panels, parties
from tests.web.tenders.conftest import client_of
from web import db


def test_r29_the_page_of_a_bid_leads_to_the_question_about_its_price(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panels.priced(session, prices=("200000.00", "462000.00", "480000.00"))
    low, other = opened_bids(session, panel.tender)[:2]
    monkeypatch.setattr(db, "now", lambda: panels.PRICED)
    person = parties.person(session, Role.ORGANISATION_STAFF, organisation=low.bid.organisation)
    rival = parties.person(session, Role.ORGANISATION_STAFF, organisation=other.bid.organisation)
    pages = client_of(app, session, person)
    assert "说明报价" not in pages.get(f"/bids/{low.bid_id}").text
    low_prices.ask(session, low, panel, panels.official(session, panel.tender, panels.PRICED))
    session.commit()
    assert pages.get(f"/bids/{low.bid_id}").link("说明报价") == f"/low-prices/{low.bid_id}"
    assert "说明报价" not in client_of(app, session, rival).get(f"/bids/{other.bid_id}").text
