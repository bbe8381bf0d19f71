"""People who come to a panel's pages at an instant of its course."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.act import Role
from models.panels.panel import PanelMember
from models.parties.organisation import Organisation
from models.parties.person import Person
from tests.factories import parties
from tests.page import PageClient
from web import db

Come = Callable[..., PageClient]
Clock = Callable[[datetime], None]


@pytest.fixture
def clock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set the portal's clock."""

    def set_(moment: datetime) -> None:
        monkeypatch.setattr(db, "now", lambda: moment)

    return set_


@pytest.fixture
def come(app: Flask, session: Session) -> Come:
    """A client of somebody: a member by the seat, or somebody new in a role."""

    def come_as(
        who: PanelMember | Role,
        *,
        unit: str | None = None,
        organisation: Organisation | None = None,
        locale: str = "zh",
    ) -> PageClient:
        if isinstance(who, PanelMember):
            person = session.get_one(Person, who.person_id)
        else:
            unit = unit or (None if organisation else parties.USUAL_UNIT[who])
            person = parties.person(session, who, unit=unit, organisation=organisation)
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie[db.TOKEN] = parties.token_for(session, person, db.now())
            cookie["locale"] = locale
        session.commit()
        return PageClient(client)

    return come_as
