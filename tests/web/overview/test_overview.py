"""The overview of an area, for those who answer for it."""

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.needs.need import NeedPhase
from tests.conftest import SignInAs
from tests.factories import catalogue, needs, parties
from tests.page import PageClient


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize(
    "role", [Role.STREET_OFFICIAL, Role.DISTRICT_OFFICIAL, Role.CITY_OFFICIAL, Role.AUDITOR, Role.HUB]
)
def test_the_overview_counts_the_needs_of_the_area(
    session: Session, sign_in_as: SignInAs, role: Role, locale: str
) -> None:
    pages = sign_in_as(role, locale=locale)
    pages.get("/overview")  # nothing there yet
    catalogue.service(session)
    for phase in (NeedPhase.SUBMITTED, NeedPhase.STANDARDISED, NeedPhase.MATCHED, NeedPhase.MATCHED):
        needs.need(session, phase)
    needs.need(session, NeedPhase.DRAFT)
    needs.need(session, unit=parties.ELSEWHERE, codes=["DM-01"])
    session.commit()
    page = pages.get("/overview")
    caption = "各地各领域的需求数" if locale == "zh" else "Needs by place and domain, counted"
    head, *rows = page.rows(caption)
    expected = 4 if role == Role.STREET_OFFICIAL else 5
    assert sum(int(cell) for row in rows for cell in row[1:]) == expected
    assert len(head) == (2 if role == Role.STREET_OFFICIAL else 3)
    only = pages.get("/overview?phase=matched").rows(caption)[1:]
    assert sum(int(cell) for row in only for cell in row[1:]) == 2
    pages.get("/overview?phase=nonsense")


@pytest.mark.parametrize("role", [Role.COMMUNITY_WORKER, Role.PANEL_MEMBER])
def test_the_overview_is_nobody_elses(sign_in_as: SignInAs, visitor: PageClient, role: Role) -> None:
    sign_in_as(role).get("/overview", status=403)
    assert "/sign-in" in (visitor.get("/overview", status=303).location or "")
