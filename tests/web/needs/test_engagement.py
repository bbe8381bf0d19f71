"""The form of taking part on the pages of needs, in workbooks and in a tender (demand 48)."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.exchange.cells import Row
from models.exchange.needs import take
from models.needs.need import Engagement, Need, NeedPhase
from models.tenders.tender import Tender
from tests.conftest import SignInAs
from tests.factories import needs
from tests.factories.parties import NEIGHBOURHOOD, NOON, place
from tests.page import PageClient


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_form_of_taking_part_is_proposed_kept_found_and_taken_over(
    session: Session, sign_in_as: SignInAs, visitor: PageClient, locale: str
) -> None:
    draft = needs.need(session, NeedPhase.DRAFT)
    draft.description = "要有人驻在小区里，一个门洞一个门洞推。"
    draft.starts_on, draft.funding = None, []
    session.commit()
    page = sign_in_as(Role.COMMUNITY_WORKER, locale=locale).get(f"/needs/{draft.id}/when")
    assert page.form("when").values["engagement"] == "on_post"
    assert "驻在" in page.text
    page.form("when").submit("保存草稿" if locale == "zh" else "Save the draft", follow=True)
    session.refresh(draft)
    assert draft.engagement is Engagement.ON_POST

    need = needs.need(session, NeedPhase.STANDARDISED)
    need.engagement = Engagement.ON_POST
    session.commit()
    words = "派驻人员" if locale == "zh" else "Person on post"
    public = visitor.get(f"/needs/{need.id}")
    assert "派驻人员" in public.text
    assert need.title in visitor.get("/needs?engagement=on_post").text
    assert need.title not in visitor.get("/needs?engagement=entrusted").text
    assert need.title in visitor.get("/needs?engagement=nonsense").text
    rows = load_workbook(BytesIO(visitor.client.get("/needs?format=xlsx").data)).active.values
    assert "派驻人员" in next(row for row in rows if row[0] == need.reference)

    street = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    assert words in street.get(f"/needs/{need.id}/matching").text
    street.get(f"/tenders/new?need={need.id}").form().submit(follow=True)
    tender = session.scalars(select(Tender)).one()
    assert tender.engagement is Engagement.ON_POST
    basics = street.get(f"/tenders/{tender.id}/basics").form()
    assert basics.values["engagement"] == "on_post"
    basics.fill(engagement="").submit(follow=True)
    session.refresh(tender)
    assert tender.engagement is None


def test_what_was_answered_is_not_proposed_again(session: Session, sign_in_as: SignInAs) -> None:
    draft = needs.need(session, NeedPhase.DRAFT)
    draft.description = "要有人驻在小区里。"
    session.commit()
    worker = sign_in_as(Role.COMMUNITY_WORKER)
    worker.get(f"/needs/{draft.id}/when").form("when").fill(engagement="").submit("保存草稿", follow=True)
    assert session.get_one(Need, draft.id).engagement is None
    assert worker.get(f"/needs/{draft.id}/when").form("when").values.get("engagement", "") == ""


@pytest.mark.parametrize(
    ("typed", "kept"), [("派驻", Engagement.ON_POST), ("托管", Engagement.ENTRUSTED), ("", None)]
)
def test_a_workbook_says_it_in_the_committees_words(
    session: Session, typed: str, kept: Engagement | None
) -> None:
    place(session)
    cells = {"unit_code": NEIGHBOURHOOD, "description": "独居老人吃饭难", "engagement": typed}
    assert take(session, needs.worker(session, at=NOON), Row(cells)).engagement is kept
