"""The calendar on the portal, in both languages, empty and full, and as a workbook."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from models.act import Role
from models.clocks.agenda import KINDS
from models.clocks.duties import AHEAD
from models.clocks.reminder import ReminderKind
from tests.conftest import SignInAs
from tests.factories import evaluations, rectifications, tenders
from web.agenda.words import WHAT


def test_an_empty_calendar_says_what_would_be_there(sign_in_as: SignInAs) -> None:
    assert "现在没有正在走的期限" in sign_in_as(Role.STREET_OFFICIAL).get("/agenda").text


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_clock_leads_to_its_page(session: Session, sign_in_as: SignInAs, locale: str) -> None:
    tender, issued = tenders.tender(session), rectifications.issued(session)
    planned = evaluations.evaluation(session)
    session.commit()
    client = sign_in_as(Role.AUDITOR, locale=locale)
    assert "/agenda" in {link.href for link in client.get("/home").links}
    led = {link.href for link in client.get("/agenda").links}
    for where in (f"/tenders/{tender.id}", f"/rectifications/{issued.id}", f"/evaluations/{planned.id}"):
        assert where in led
    data = client.get("/agenda?format=xlsx").response.data
    rows = list(load_workbook(BytesIO(data)).active.iter_rows(min_row=2, values_only=True))
    assert tender.reference in {row[2] for row in rows}


def test_every_kind_of_the_calendar_has_words() -> None:
    judged = {ReminderKind.EVALUATION_DUE, ReminderKind.ANSWER_DUE, *KINDS.values()}
    assert set(WHAT) == {ReminderKind.OPENING_DUE, *AHEAD, *judged}
