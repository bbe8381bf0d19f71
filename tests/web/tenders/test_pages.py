"""Tenders as everybody sees them: the list, the page, the document, a phrase."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.catalogue.service import CostUnit
from models.tenders import amending, ending, enquiring, keys
from models.tenders.key import TenderKey
from models.tenders.tender import Tender, TenderPhase
from tests.conftest import SignInAs
from tests.factories import contracts, parties, tenders
from tests.page import PageClient
from tests.page_document import text_of
from tests.support.papers import READERS
from tests.web.tenders.conftest import client_of
from web import db

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])


@LOCALES
def test_empty_list_says_what_would_be_here(session: Session, sign_in_as: SignInAs, locale: str) -> None:
    parties.place(session)
    page = sign_in_as(Role.STREET_OFFICIAL, locale=locale).get("/tenders")
    page.click("起草第一个" if locale == "zh" else "Draft the first")
    page = sign_in_as(Role.AUDITOR, locale=locale).get("/tenders")
    assert ("还没有采购项目" if locale == "zh" else "No tenders yet") in page.text


@LOCALES
def test_list_is_filtered_sorted_and_exported(
    tender: Tender, draft: Tender, visitor: PageClient, sign_in_as: SignInAs, locale: str
) -> None:
    pages = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    assert len(pages.get("/tenders").rows()) == 3
    for query in (
        "phase=draft",
        "phase=nonsense&q=助浴",
        "method=open_tender",
        "area=310190002",
        "sort=-budget",
    ):
        pages.get(f"/tenders?{query}")
    assert len(pages.get("/tenders?phase=draft").rows()) == 2
    assert len(visitor.get("/tenders?phase=tendering&q=老人 助餐&area=310190001").rows()) == 2
    assert draft.title not in visitor.get("/tenders").text
    answer = visitor.client.get("/tenders?format=xlsx")
    cells = list(load_workbook(BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert [row[0] for row in cells[1:]] == [tender.reference]


@LOCALES
def test_public_page_in_both_languages(
    session: Session, tender: Tender, sign_in_as: SignInAs, locale: str
) -> None:
    act = tenders.official(session)
    staff = parties.act_as(
        session, Role.ORGANISATION_STAFF, organisation=parties.organisation(session, name="上海问询社")
    )
    asked = enquiring.ask(session, tender, staff, question="周末也要送餐吗？")
    enquiring.answer(session, asked, act, words="周末不送。")
    changed = {"description": "周末也送。"}
    amending.amend(session, tender, act, words="第一号更正。", bears_on_bids=True, changes=changed)
    ending.cancel_lot(session, tender.lots[1], act, words="另行安排。")
    session.commit()
    for role in (Role.AUDITOR, Role.STREET_OFFICIAL, Role.COMMUNITY_WORKER, Role.PANEL_MEMBER):
        page = sign_in_as(role, locale=locale).get(f"/tenders/{tender.id}")
        for said in ("周末不送。", "第一号更正。", "另行安排。", "R39"):
            assert said in page.text
        assert "上海问询社" not in page.html


def test_ended_tenders_say_why(session: Session, visitor: PageClient) -> None:
    for phase in (TenderPhase.CANCELLED, TenderPhase.FAILED):
        made = tenders.tender(session, phase, until=parties.NOON, at=parties.NOON - timedelta(days=28))
        session.commit()
        assert str(made.end_words) in visitor.get(f"/tenders/{made.id}").text


@pytest.mark.parametrize("form", READERS)
def test_documents_say_the_same_as_word_and_as_pdf(tender: Tender, visitor: PageClient, form: str) -> None:
    answer = visitor.client.get(f"/tenders/{tender.id}/document.{form}")
    said = READERS[form](answer.data)
    for words in (tender.title, tender.reference, "竞争性磋商", "服务方案", "¥1,000,000.00", "（R39）"):
        assert "".join(words.split()) in said


@LOCALES
def test_phrase_is_for_its_holder(
    app: Flask, session: Session, draft: Tender, sign_in_as: SignInAs, locale: str
) -> None:
    key = session.get_one(TenderKey, draft.id)
    holder = key.holders[0]
    where = f"/tenders/phrases/{holder.id}"
    sign_in_as(Role.STREET_OFFICIAL).get(where, status=403)
    own = client_of(app, session, holder.person, locale)
    phrase = tenders.phrases(draft)[holder.person_id]
    page = own.get(where).form().fill(phrase=phrase.upper()).submit(follow=True)
    assert page.flashes
    wrong = own.get(where).form().fill(phrase="apple pear").submit(status=422)
    assert wrong.errors


def test_a_phrase_waits_on_the_home_page(app: Flask, session: Session, draft: Tender) -> None:
    people = tenders.officers(session)
    keys.make_keys(
        session,
        draft,
        Act(tenders.official(session).actor, parties.NOON, "test"),
        officers=people,
        threshold=2,
        escrow_place="柜",
        keeper=tenders.KEEPER,
    )
    page = client_of(app, session, people[0]).get("/home")
    page.click("取走开标口令")


@pytest.mark.parametrize(("quantity", "is_told"), [(None, False), (120, True)])
def test_lots_tell_a_quantity_only_where_there_is_one(
    session: Session, tender: Tender, visitor: PageClient, quantity: int | None, is_told: bool
) -> None:
    for lot in tender.lots:
        lot.quantity, lot.quantity_unit = None, None
    if quantity:
        tender.lots[1].quantity, tender.lots[1].quantity_unit = quantity, CostUnit.HOUR
    session.commit()
    page = visitor.get(f"/tenders/{tender.id}")
    assert ("数量" in text_of(page.document.by_id("lots"))) is is_told
    assert {len(row) for row in page.rows("采购包")} == {5 if is_told else 4}


def test_a_question_stands_before_a_challenge(session: Session, tender: Tender, sign_in_as: SignInAs) -> None:
    own = parties.organisation(session, name="上海问询社")
    page = sign_in_as(Role.ORGANISATION_STAFF, organisation=own).get(f"/tenders/{tender.id}")
    words = [each.text for each in page.links]
    assert words.index("写投标") < words.index("提一个问题") < words.index("提出质疑")


def test_a_decided_tender_leads_to_its_result_at_the_top(
    session: Session, visitor: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    award = contracts.award(session)
    session.commit()
    monkeypatch.setattr(db, "now", lambda: contracts.NOTICED)
    page = visitor.get(f"/tenders/{award.lot.tender_id}")
    assert page.link("看结果：谁中标、金额多少") == f"/results/{award.lot.tender_id}"
    assert "得分汇总" not in page.text
