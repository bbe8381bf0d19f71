"""Browsers of the people of one evaluated contract, at fixed hours; the contract is built once a file."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.act import Act
from models.parties.person import Person
from tests.factories import parties
from tests.models.rectifications.conftest import built, connection, evaluation
from tests.page import PageClient
from web import db

__all__ = ["built", "connection", "evaluation"]

Come = Callable[..., PageClient]


@pytest.fixture
def come(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> Come:
    """`come(act, locale="en")`: the browser of whoever acts, and the clock of the act for everybody."""

    def arrive(act: Act, *, locale: str = "zh") -> PageClient:
        monkeypatch.setattr(db, "now", lambda: act.at)
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["locale"] = locale
            if act.actor.person_id is not None:
                someone = session.get_one(Person, act.actor.person_id)
                cookie[db.TOKEN] = parties.token_for(session, someone, act.at)
        session.commit()
        return PageClient(client)

    return arrive
