"""Browsers of people at noon of 20 November 2026."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.act import Role
from models.evaluations.evaluation import Evaluation
from models.evaluations.rescore import Rescore
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


def agency(session: Session, come: Come, made: Evaluation | Rescore, locale: str = "zh") -> PageClient:
    """A browser of the agency."""
    session.refresh(made)
    organisation = session.get_one(Organisation, made.agency_id)
    return come(Role.EVALUATOR, organisation=organisation, locale=locale)


def supplier(session: Session, come: Come, made: Evaluation, locale: str = "zh") -> PageClient:
    """A browser of the contractor."""
    organisation = session.get_one(Organisation, made.organisation_id)
    return come(Role.ORGANISATION_STAFF, organisation=organisation, locale=locale)


def official(come: Come, locale: str = "zh") -> PageClient:
    """A browser of the purchaser."""
    return come(Role.STREET_OFFICIAL, locale=locale)
