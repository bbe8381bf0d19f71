"""A package asks the database as often for many processes as for few."""

from flask import Flask
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from tests.factories import tenders
from tests.factories.parties import NOON
from tests.web.test_few_queries import asked


def test_many_processes_ask_no_more_than_few(session: Session, app: Flask, connection: Connection) -> None:
    sent = []
    for _round in range(2):
        for _number in range(3):
            tenders.tender(session, at=NOON)
        session.commit()
        with asked(connection) as statements:
            assert app.test_client().get("/ocds/records").status_code == 200
        sent.append(len(statements))
    assert sent[0] == sent[1]
