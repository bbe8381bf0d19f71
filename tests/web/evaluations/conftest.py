"""Browsers of people at noon of 20 November 2026."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.act import Role
from models.parties.organisation import Organisation
from tests.factories import parties
from tests.factories.parties import NOON
from tests.page import PageClient
from web import db

Come = Callable[..., PageClient]


@pytest.fixture
def come(app: Flask, session: Session) -> Come:
    """`come(role, organisation=None)`: a browser of somebody new; of a visitor without a role."""

    def arrive(
        role: Role | None = Role.STREET_OFFICIAL,
        *,
        organisation: Organisation | None = None,
        locale: str = "zh",
    ) -> PageClient:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["locale"] = locale
            if role is not None:
                unit = None if organisation else parties.USUAL_UNIT[role]
                someone = parties.person(session, role, unit=unit, organisation=organisation)
                cookie[db.TOKEN] = parties.token_for(session, someone, NOON)
        session.commit()
        return PageClient(client)

    return arrive
