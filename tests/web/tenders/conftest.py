"""A tender that takes bids, a draft, and the browser of a person of one's choice."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.parties.person import Person
from models.tenders.tender import Tender
from tests.factories import parties, tenders
from tests.page import PageClient
from web import db


@pytest.fixture
def tender(session: Session) -> Tender:
    made = tenders.tender(session, title="澄江街道老人助餐服务采购", lots=2)
    session.commit()
    return made


@pytest.fixture
def draft(session: Session) -> Tender:
    made = tenders.draft(session, title="望江亭助浴服务采购")
    session.commit()
    return made


def client_of(app: Flask, session: Session, person: Person, locale: str = "zh") -> PageClient:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie[db.TOKEN] = parties.token_for(session, person, db.now())
        cookie["locale"] = locale
    session.commit()
    return PageClient(client)
