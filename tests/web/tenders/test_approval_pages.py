"""The approval of two bidders and the period of a single source's notice, on their pages (R44, R45)."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.rulebook.methods import Method
from models.tenders.approval import Approval
from tests.factories import approvals, parties, tenders
from tests.factories.approvals import CLOSES_AGAIN, NUMBER, WORDS
from tests.web.tenders.conftest import client_of
from web import db


@pytest.mark.parametrize(
    ("locale", "link", "said"),
    [
        ("zh", "登记两家谈判的批准", "2026年12月15日 经财政部门批准"),
        ("en", "Record the approval of two bidders", "approved on 15 December 2026"),
    ],
)
def test_an_official_records_the_approval_and_everybody_reads_it(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch, locale: str, link: str, said: str
) -> None:
    tender = approvals.negotiation(session)
    monkeypatch.setattr(db, "now", lambda: CLOSES_AGAIN)
    person = parties.person(session, tenders.official(session).actor.role, unit=tender.unit_code)
    pages = client_of(app, session, person, locale)
    page = pages.get(f"/tenders/{tender.id}").click(link)
    form = page.form().fill(number=NUMBER, approved_on="2026-12-13", words=WORDS)
    page = form.submit(status=422)
    assert page.errors
    assert "2026-12" not in " ".join(page.errors)  # days are written as on every page
    assert session.get(Approval, tender.id) is None
    page = page.form().fill(approved_on="2026-12-15").submit(follow=True)
    assert said in page.text
    assert NUMBER in page.text
    visitor = client_of(app, session, person, locale).client
    visitor.delete_cookie("session")
    assert NUMBER in visitor.get(f"/tenders/{tender.id}").text
    again = pages.get(f"/tenders/{tender.id}/approval").form()
    assert again.values["number"] == NUMBER


def test_where_no_tender_failed_there_is_nothing_to_record(app: Flask, session: Session) -> None:
    tender = tenders.tender(session, method=Method.NEGOTIATION)
    person = parties.person(session, tenders.official(session).actor.role, unit=tender.unit_code)
    pages = client_of(app, session, person)
    assert "登记两家谈判的批准" not in pages.get(f"/tenders/{tender.id}").text
    form = pages.get(f"/tenders/{tender.id}/approval").form()
    page = form.fill(number=NUMBER, approved_on=str(date(2026, 11, 20)), words=WORDS).submit(status=409)
    assert "公开招标因供应商不足失败之后" in page.text


def test_the_notice_of_a_single_source_says_until_when_it_stands(app: Flask, session: Session) -> None:
    tender = tenders.draft(session, method=Method.SINGLE_SOURCE)
    person = parties.person(session, tenders.official(session).actor.role, unit=tender.unit_code)
    pages = client_of(app, session, person)
    form = pages.get(f"/tenders/{tender.id}/notices").form()
    url = "http://www.ccgp-shanghai.gov.cn/1"
    page = form.fill(kind="single_source", url=url, published_on="2026-11-13").submit(follow=True)
    assert "公示到 2026年11月20日" in page.text
