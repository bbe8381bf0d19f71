"""Warnings of a trend on the overview and in the report (demand 56)."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import update
from sqlalchemy.orm import Session

from models.act import Role
from models.needs.need import Need, NeedPhase
from tests.conftest import SignInAs
from tests.factories import needs
from tests.factories.parties import NOON

WEEK = timedelta(days=7)
PERIOD = "first=2026-11-01&last=2026-11-19"


def rising(session: Session, number: int = 6) -> list[Need]:
    """So many needs of last week, none of the quarter before, and one long before that."""
    made = [needs.need(session, NeedPhase.SUBMITTED) for _each in range(number + 1)]
    for need in made:
        session.execute(update(Need).where(Need.id == need.id).values(submitted_at=NOON - WEEK))
    old = NOON - timedelta(days=400)
    session.execute(update(Need).where(Need.id == made.pop().id).values(submitted_at=old))
    session.commit()
    return made


@pytest.mark.parametrize("role", [Role.STREET_OFFICIAL, Role.AUDITOR, Role.HUB])
@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("zh", "澄江街道的“助餐”需求在增多：这 90 天 6 条，之前 90 天 0 条。"),
        ("en", "are rising: 6 in these 90 days, 0 in the 90 days before."),
    ],
)
def test_what_rises_is_said_with_its_numbers_and_the_needs_behind_it(
    session: Session, sign_in_as: SignInAs, role: Role, locale: str, said: str
) -> None:
    made = rising(session)
    page = sign_in_as(role, locale=locale).get("/overview")
    assert said in page.text
    assert "Benjamini" in page.text
    assert {f"/needs/{need.id}" for need in made} <= {link.href for link in page.links}


def test_the_report_warns_of_its_own_period_on_the_page_and_in_the_workbook(
    session: Session, sign_in_as: SignInAs
) -> None:
    rising(session)
    pages = sign_in_as(Role.DISTRICT_OFFICIAL)
    said = "需求在增多：这 19 天 6 条，之前 19 天 0 条。"
    assert said in pages.get(f"/report?{PERIOD}").text
    answer = pages.get(f"/report.xlsx?{PERIOD}")
    first = load_workbook(BytesIO(answer.response.data)).worksheets[0]
    assert first.title == "在增多的"
    assert first["B2"].value == 6


def test_nothing_is_said_where_nothing_rises(session: Session, sign_in_as: SignInAs) -> None:
    rising(session, 5)
    pages = sign_in_as(Role.STREET_OFFICIAL)
    for page in ("/overview", f"/report?{PERIOD}"):
        assert "在增多" not in pages.get(page).text
