"""Browsers of people at fixed hours: what happens between a report and a payment takes weeks."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.act import Role
from models.parties.organisation import Organisation
from tests.factories import contracts, parties
from tests.page import PageClient
from web import db

Come = Callable[..., PageClient]


@pytest.fixture
def come(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> Come:
    """`come(organisation or role, at=...)`: a browser of somebody new, and everybody's clock."""

    def arrive(
        who: Organisation | Role | None = Role.STREET_OFFICIAL,
        *,
        at: datetime = contracts.SIGNED,
        unit: str | None = None,
        locale: str = "zh",
    ) -> PageClient:
        monkeypatch.setattr(db, "now", lambda: at)
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["locale"] = locale
            if who is not None:
                cookie[db.TOKEN] = parties.token_for(session, _person(session, who, unit), at)
        session.commit()
        return PageClient(client)

    return arrive


def _person(session: Session, who: Organisation | Role, unit: str | None) -> parties.Person:
    if isinstance(who, Role):
        return parties.person(session, who, unit=unit or parties.USUAL_UNIT[who])
    return parties.person(session, Role.ORGANISATION_STAFF, organisation=who)
