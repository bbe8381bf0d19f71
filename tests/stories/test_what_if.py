"""An official asks what a higher budget would bring, shares the answer, and changes nothing by asking."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from models.audit.event import AuditEvent
from models.catalogue.entry import Price
from models.catalogue.service import CostUnit
from models.session import transaction
from tests.factories import catalogue, matching, needs, parties
from tests.stories.conftest import OpenPage, sign_in, sound

pytestmark = pytest.mark.story

KITCHEN = "长者营养午餐配送上门"


@pytest.fixture
def review_address(sessions: sessionmaker[Session]) -> str:
    """The review of a need for which one service is too dear."""
    at = datetime.now(UTC) - timedelta(days=20)
    with sessions() as session, transaction(session):
        dear = (Price(Decimal(88000), CostUnit.PROJECT),)
        catalogue.service(session, at=at, title=KITCHEN, prices=dear)
        need = needs.need(session, at=at)
        by = parties.act_as(session, matching.Role.STREET_OFFICIAL, unit=parties.STREET, at=datetime.now(UTC))
        return f"/needs/{matching.run(session, need, by=by).need_id}/matching"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_higher_budget_is_tried_and_nothing_is_kept(
    open_page: OpenPage, sessions: sessionmaker[Session], review_address: str, javascript: bool
) -> None:
    page = open_page(narrow=True, javascript=javascript)
    sign_in(page, "street")
    with sessions() as session:
        before = session.scalar(select(func.max(AuditEvent.number)))
    page.goto(review_address)
    page.locator("#what-if > summary").click()
    page.locator("input[name=budget]").fill("一百")
    page.get_by_role("button", name="算一算").click()
    expect(page.locator("#what-if .error")).to_have_count(1)
    page.locator("input[name=budget]").fill("９０，０００")
    page.get_by_role("button", name="算一算").click()
    expect(page.locator(".what-if__answer")).to_contain_text(KITCHEN)
    expect(page.locator(".what-if__answer")).to_contain_text("预算差 2.8万元")
    if javascript:
        sound(page)
    shared = open_page()
    sign_in(shared, "district")
    shared.goto(page.url)
    expect(shared.locator(".what-if__answer")).to_contain_text(KITCHEN)
    with sessions() as session:
        signed_in = select(AuditEvent.action).where(AuditEvent.number > before)
        assert {action.partition(".")[0] for action in session.scalars(signed_in)} <= {"person"}
