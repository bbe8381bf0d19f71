"""Browsers of officials and evaluators over one contract in force and three agencies, built once a file."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.act import Role
from models.agencies.agency import Agency
from tests.factories import parties
from tests.factories.parties import NOON
from tests.models.agencies.conftest import built, connection, contract, listed
from tests.page import PageClient
from web import db

__all__ = ["built", "connection", "contract", "listed"]

Come = Callable[..., PageClient]


@pytest.fixture
def come(app: Flask, session: Session) -> Come:
    """`come(role or agency)`: a browser of somebody new."""

    def arrive(
        who: Agency | Role = Role.DISTRICT_OFFICIAL, *, unit: str | None = None, locale: str = "zh"
    ) -> PageClient:
        if isinstance(who, Role):
            someone = parties.person(session, who, unit=unit or parties.USUAL_UNIT[who])
        else:
            someone = parties.person(session, Role.EVALUATOR, organisation=who.organisation)
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["locale"] = locale
            cookie[db.TOKEN] = parties.token_for(session, someone, NOON)
        session.commit()
        return PageClient(client)

    return arrive
