"""A page asks the database as often for many rows as for few."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from models.act import Role
from models.needs.need import NeedPhase
from tests.conftest import SignInAs
from tests.factories import catalogue, deliberations, matching, needs, parties

FEW, MANY = 3, 12


@contextmanager
def asked(connection: Connection) -> Iterator[list[str]]:
    """The statements sent while the block lasts."""
    sent: list[str] = []

    def note(*told: object) -> None:
        if str(told[2]).lstrip().upper().startswith("SELECT"):
            sent.append(str(told[2]))

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(connection, "before_cursor_execute", note)


def board(session: Session) -> str:
    needs.need(session, NeedPhase.STANDARDISED)
    return "/needs?size=100"


def queue(session: Session) -> str:
    needs.need(session, NeedPhase.SUBMITTED)
    return "/handling?size=100"


def offers(session: Session) -> str:
    catalogue.service(session)
    return "/services?size=100"


def register(session: Session) -> str:
    parties.organisation(session)
    return "/organisations?size=100"


def assessments(session: Session) -> str:
    deliberations.assessment(session)
    return "/assessments?size=100"


def meetings(session: Session) -> str:
    deliberations.meeting(session)
    return "/deliberations"


def overview(session: Session) -> str:
    needs.need(session, NeedPhase.SUBMITTED)
    return "/overview"


def home(session: Session) -> str:
    needs.need(session, NeedPhase.SUBMITTED)
    return "/home"


def workbook(session: Session) -> str:
    needs.need(session, NeedPhase.STANDARDISED)
    return "/needs?format=xlsx"


LISTS = (board, queue, offers, register, assessments, meetings, overview, home, workbook)


@pytest.mark.parametrize("add", LISTS, ids=lambda add: add.__name__)
def test_a_longer_list_asks_no_more_often(
    add: Callable[[Session], str], connection: Connection, session: Session, sign_in_as: SignInAs
) -> None:
    client = sign_in_as(Role.STREET_OFFICIAL).client
    counts = []
    for rows in (FEW, MANY):
        for _row in range(rows):
            where = add(session)
        session.commit()
        client.get(where)  # what is asked once a process is asked now
        with asked(connection) as sent:
            assert client.get(where).status_code == 200
        counts.append(len(sent))
    assert counts[1] <= counts[0], counts


def test_a_longer_review_asks_no_more_often(
    connection: Connection, session: Session, sign_in_as: SignInAs
) -> None:
    client = sign_in_as(Role.STREET_OFFICIAL).client
    need = needs.need(session)
    counts = []
    for rows in (FEW, MANY):
        for _row in range(rows):
            catalogue.service(session, organisation=parties.organisation(session))
        matching.run(session, need)
        session.commit()
        where = f"/needs/{need.id}/matching"
        client.get(where)
        with asked(connection) as sent:
            assert client.get(where).status_code == 200
        counts.append(len(sent))
    assert counts[1] <= counts[0], counts


def test_a_need_with_many_meetings_asks_no_more_often(
    connection: Connection, session: Session, sign_in_as: SignInAs
) -> None:
    client = sign_in_as(Role.STREET_OFFICIAL).client
    need = needs.need(session, NeedPhase.DELIBERATING)
    need_id: UUID = need.id
    counts = []
    for rows in (FEW, MANY):
        for _row in range(rows):
            deliberations.meeting(session, need)
        session.commit()
        with asked(connection) as sent:
            assert client.get(f"/needs/{need_id}").status_code == 200
        counts.append(len(sent))
    assert counts[1] <= counts[0], counts
