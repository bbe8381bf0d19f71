"""The queue as a page: what an official sees, filters, sorts and takes home."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from models.act import Role
from models.needs.need import NeedPhase
from tests.conftest import SignInAs
from tests.factories import deliberations, needs
from tests.factories.parties import ELSEWHERE, NEXT_DOOR
from tests.page import PageClient


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_queue_lists_what_waits_with_its_day(session: Session, sign_in_as: SignInAs, locale: str) -> None:
    late = needs.need(session, NeedPhase.SUBMITTED)
    decided = needs.need(session, NeedPhase.DELIBERATING, title="二楼活动室要不要开放")
    deliberations.meeting(session, decided, held=True, priority=80, priority_words="居民表决")
    needs.need(session, NeedPhase.STANDARDISED, title="已经标准化的助餐")
    needs.need(session, NeedPhase.SUBMITTED, unit=ELSEWHERE, title="别的街道的需求")
    session.commit()
    page = sign_in_as(Role.STREET_OFFICIAL, locale=locale).get("/handling")
    assert late.heading in page.text
    assert decided.heading in page.text
    assert "别的街道的需求" not in page.text
    assert ("已过期" if locale == "zh" else "overdue") in page.text


def test_an_empty_queue_says_what_would_be_there(sign_in_as: SignInAs) -> None:
    page = sign_in_as(Role.DISTRICT_OFFICIAL).get("/handling")
    assert "没有待办的需求" in page.text
    assert "没有符合条件的需求" in page.client.get("/handling?q=没有这个词").text


def test_the_queue_is_filtered_and_sorted_by_its_address(session: Session, sign_in_as: SignInAs) -> None:
    one = needs.need(session, NeedPhase.SUBMITTED, title="澄江一村的需求")
    two = needs.need(session, NeedPhase.STANDARDISED, unit=NEXT_DOOR, title="澄江二村的需求")
    session.commit()
    pages = sign_in_as(Role.STREET_OFFICIAL)
    for question, shown in [
        ("phase=submitted", [one]),
        (f"area={NEXT_DOOR}", [two]),
        ("domain=EL&sort=-people", [one, two]),
        ("domain=WF", []),
        ("overdue=1", [one]),
        ("phase=closed&area=31&sort=drop&page=-3&size=7", [one, two]),
        ("q=二村", [two]),
    ]:
        text = pages.get(f"/handling?{question}").text
        assert [need for need in (one, two) if need.heading in text] == shown, question


def test_the_queue_can_be_taken_home_as_a_workbook(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED, title="=SUM(A1)")
    session.commit()
    answer = sign_in_as(Role.STREET_OFFICIAL).get("/handling?format=xlsx").response
    sheet = load_workbook(BytesIO(answer.data)).active
    row = [cell.value for cell in sheet[2]]
    assert row[:2] == [need.reference, "=SUM(A1)"]
    assert sheet["B2"].data_type == "s"


@pytest.mark.parametrize("role", [Role.COMMUNITY_WORKER, Role.AUDITOR, Role.HUB, Role.ADMINISTRATOR])
def test_others_have_no_queue(sign_in_as: SignInAs, role: Role) -> None:
    sign_in_as(role).get("/handling", status=403)


def test_a_visitor_is_asked_to_sign_in(visitor: PageClient) -> None:
    assert "/sign-in" in (visitor.get("/handling", status=303).location or "")
