"""A framework agreement from the report to what its users said, through the pages and in both languages."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.contracts.award import Award
from models.frameworks.agreement import CallOff
from models.frameworks.calling_off import ChosenBy, FrameworkAgreement, proposed_title
from tests.factories import contracts, frameworks, parties
from tests.factories.contracts import DECIDED, NAMES, URL
from tests.factories.frameworks import LIVE, WORDS
from tests.web.contracts.conftest import Come
from tests.web.everywhere.test_hostile import FORM, STRANGE, encoded

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])


@LOCALES
def test_from_the_report_to_a_call_off(session: Session, come: Come, locale: str) -> None:
    tender = frameworks.reported(session)
    zh = locale == "zh"
    official = come(Role.STREET_OFFICIAL, at=DECIDED, locale=locale)
    desk = official.get(f"/results/{tender.id}/desk")
    assert ("确定第一名" if zh else "Award the first") not in desk.text
    form = desk.click("订立框架协议" if zh else "Conclude the framework agreement").form()
    filled = {"starts_on": "2026-12-16", "ends_on": "2028-12-16", "url": URL, "published_on": "2026-12-15"}
    refused = form.fill(**filled).submit(status=422)
    assert len(refused.errors) == 1  # a day too long
    page = refused.form().fill(ends_on="2028-12-15").submit(follow=True)
    assert page.flashes
    assert "¥450.00" in page.text
    made = session.scalars(select(FrameworkAgreement)).one()

    need = frameworks.need(session)
    official = come(Role.STREET_OFFICIAL, at=LIVE, locale=locale)
    page = official.get("/tenders").click("有效的框架协议" if zh else "Framework agreements in force")
    assert all(name in page.text for name in NAMES[:2])
    assert NAMES[2] not in page.text
    form = official.get(f"/frameworks/{made.id}").click("从它采购" if zh else "Call off").form()
    chosen = {"need": str(need.id), "supplier": str(made.suppliers[0].id), "chosen_by": "users"}
    filled = {**chosen, "words": WORDS, "quantity": "１００", "unit_price": "450.01"}
    refused = form.fill(**filled).submit(status=422)
    assert len(refused.errors) == 1
    assert WORDS in refused.html
    page = refused.form().fill(unit_price="450").submit(follow=True)
    assert page.flashes
    assert "¥45,000.00" in page.text
    found = session.scalars(select(CallOff)).one()
    assert (found.quantity, found.chosen_by) == (100, ChosenBy.USERS)


@LOCALES
def test_what_users_said_is_public(session: Session, come: Come, locale: str) -> None:
    made = frameworks.agreement(session)
    award = frameworks.called_off(session, made)
    visitor = come(None, at=LIVE, locale=locale)
    assert WORDS not in visitor.get(f"/frameworks/{made.id}").text  # not before the notice
    frameworks.accepted(session, award)
    page = come(None, at=LIVE + timedelta(days=8), locale=locale).get(f"/frameworks/{made.id}")
    for words in (WORDS, "饭菜热乎。", NAMES[0], "¥45,000.00"):
        assert words in page.text
    for path in (
        f"/results/{award.lot.tender_id}",
        f"/results/{made.lot.tender_id}",
        f"/tenders/{award.lot.tender_id}",
    ):
        assert visitor.get(path)


def test_the_list_exports_a_line_a_supplier_and_says_when_it_is_empty(session: Session, come: Come) -> None:
    assert "现在没有框架协议" in come(None, at=LIVE).get("/frameworks").text
    made = frameworks.agreement(session)
    answer = come(None, at=LIVE).client.get("/frameworks?format=xlsx")
    rows = list(load_workbook(BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert [(row[0], row[3]) for row in rows[1:]] == [(made.reference, name) for name in NAMES[:2]]


def test_ending_one_is_for_its_purchaser_and_needs_words(session: Session, come: Come) -> None:
    made = frameworks.agreement_row(session)
    where = f"/frameworks/{made.id}/end"
    come(Role.STREET_OFFICIAL, at=LIVE, unit=parties.OTHER_STREET).get(where, status=403)
    official = come(Role.STREET_OFFICIAL, at=LIVE)
    refused = official.get(where).form().submit(status=422)
    assert refused.errors
    page = refused.form().fill(words="财政部门要求停止。").submit(follow=True)
    assert "财政部门要求停止。" in page.text
    assert "现在不能从它采购" in page.text


def test_the_title_of_a_call_off_is_proposed_and_can_be_changed(session: Session, come: Come) -> None:
    made = frameworks.agreement(session)
    where = f"/frameworks/{made.id}/call-off"
    form = come(Role.STREET_OFFICIAL, at=LIVE).get(where).form()
    (row,) = made.lot.needs
    assert form.values["title"] == proposed_title(made, row.need)
    said = {"supplier": str(made.suppliers[0].id), "chosen_by": "users", "words": WORDS, "quantity": "100"}
    form.fill(said, need=str(row.need_id), unit_price="450", title="冬季助餐").submit(follow=True)
    call_off = session.scalars(select(Award).join(CallOff, CallOff.award_id == Award.id)).one()
    assert call_off.lot.tender.title == "冬季助餐"


def test_without_a_need_the_form_says_so(session: Session, come: Come) -> None:
    made = frameworks.agreement_row(session)
    where = f"/frameworks/{made.id}/call-off"
    page = come(Role.STREET_OFFICIAL, at=contracts.NOTICED).get(where)
    assert "没有这个协议能满足的需求" in page.text
    come(Role.STREET_OFFICIAL, at=contracts.NOTICED, unit=parties.OTHER_STREET).get(where, status=404)
    come(Role.AUDITOR, at=contracts.NOTICED).get(where, status=403)


@pytest.mark.parametrize("value", STRANGE)
def test_no_field_breaks_a_form(session: Session, come: Come, value: str) -> None:
    made = frameworks.agreement_row(session)
    pages = come(Role.STREET_OFFICIAL, at=LIVE)
    usual = {
        "need": str(made.id),
        "supplier": str(made.suppliers[0].id),
        "chosen_by": "users",
        "words": WORDS,
        "quantity": "1",
        "unit_price": "1",
    }
    dates = {"starts_on": "2026-12-16", "ends_on": "2028-12-15", "url": URL, "published_on": "2026-12-15"}
    token = pages.token()
    for path, fields in (
        (f"/frameworks/{made.id}/call-off", usual),
        (f"/frameworks/lots/{made.lot_id}", dates),
        (f"/frameworks/{made.id}/end", {"words": ""}),
    ):
        for odd in fields:
            sent = encoded(fields | {odd: value, "csrf_token": token})
            answer = pages.client.post(path, data=sent, content_type=FORM)
            assert answer.status_code in {303, 409, 422}
    assert session.scalars(select(Award).join(CallOff, CallOff.award_id == Award.id)).all() == []
