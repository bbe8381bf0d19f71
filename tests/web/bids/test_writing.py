"""Writing, sealing and replacing a bid, as a small organisation does it in a browser."""

from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bids.bid import Bid
from models.bids.draft import BidDraft
from models.parties.organisation import Certificate, Organisation
from models.parties.profile import add_staff
from models.tenders import amending
from models.tenders.lot import Lot
from tests.conftest import SignInAs
from tests.factories import bids, tenders
from tests.page import Page, PageClient
from tests.page_document import text_of
from tests.page_form import PageForm
from web import db

PDF = b"%PDF-1.7 "


@pytest.fixture
def own(session: Session) -> Organisation:
    """A charity with two people."""
    made = bids.bidder(session)
    act = bids.staff(session, made)
    add_staff(session, made, act, name="李秀英", certificate=Certificate.SENIOR)
    add_staff(session, made, act, name="周小明")
    return made


@pytest.fixture
def lot(session: Session) -> Lot:
    """A lot that takes bids."""
    made = tenders.tender(session).lots[0]
    session.commit()
    return made


@pytest.fixture
def pages(sign_in_as: SignInAs, own: Organisation, lot: Lot) -> PageClient:
    """Somebody of the charity."""
    return sign_in_as(bids.Role.ORGANISATION_STAFF, organisation=own)


def fill(page: Page, lot: Lot, words: str = "每周两次入户。", **more: object) -> PageForm:
    form = page.form("bid")
    answers = {f"answer_{each.id.hex}": words for each in lot.tender.criteria}
    met = {f"met_{each.id.hex}": "满足。" for each in lot.tender.requirements}
    return form.fill({**answers, **met, **more})


def write(pages: PageClient, lot: Lot, **more: object) -> Page:
    more = {"price": "４５００００", **more}
    return fill(pages.get(f"/bids/lots/{lot.id}"), lot, **more).submit("保存草稿", follow=True)


def section_of(page: Page, name: str) -> str:
    return text_of(page.document.by_id(name))


def the_bid(session: Session) -> Bid:
    session.expire_all()
    return session.scalars(select(Bid).order_by(Bid.reference.desc())).first()


def seal(pages: PageClient, lot: Lot) -> Page:
    return pages.get(f"/bids/lots/{lot.id}/seal").form(f"/bids/lots/{lot.id}/seal").submit(follow=True)


def test_a_new_bid_begins_with_what_is_known_and_says_so(
    pages: PageClient, lot: Lot, own: Organisation
) -> None:
    page = pages.get(f"/bids/lots/{lot.id}")
    assert own.credit_code in page.html
    assert "已按机构档案或以前的投标填好" in page.text
    assert "李秀英（高级社会工作师）" in page.text
    assert "可选" in section_of(page, "consortium")
    assert "已填，待保存" in section_of(page, "team")
    assert "还差 4 处" in section_of(page, "who")  # the register and the profile answer two of six
    assert "还差 1 处" in section_of(page, "price-part")
    assert "已填好" in section_of(write(pages, lot), "team")


def test_a_bid_is_written_checked_sealed_and_its_copy_fetched_once(
    session: Session, pages: PageClient, lot: Lot
) -> None:
    page = write(pages, lot)
    assert "草稿已保存。" in page.flashes
    page = page.form(f"/bids/lots/{lot.id}/files").fill(file=(BytesIO(PDF), "方案.pdf")).submit(follow=True)
    assert "方案.pdf" in page.text
    assert pages.client.get(page.link("方案.pdf")).data == PDF
    page = pages.get(f"/bids/lots/{lot.id}/seal")
    assert "¥450,000.00" in page.text
    page = page.form(f"/bids/lots/{lot.id}/seal").submit(follow=True)
    bid = the_bid(session)
    assert page.h1 == f"投标回执 {bid.reference}"
    assert bid.technical_digest in page.text
    assert session.scalars(select(BidDraft)).all() == []
    text = pages.client.get(page.link("下载回执")).get_data(as_text=True)
    assert f"technical-sha256: {bid.technical_digest}" in text
    token = pages.token()
    first = pages.client.post(f"/bids/{bid.id}/copy", data={"csrf_token": token})
    assert first.mimetype == "application/zip"
    assert pages.client.post(f"/bids/{bid.id}/copy", data={"csrf_token": token}).status_code == 409
    assert "下载副本" not in pages.get(f"/bids/{bid.id}").text

    page = pages.get(f"/bids/lots/{lot.id}")
    assert bid.reference in page.text
    page = (
        page.form(f"/bids/lots/{lot.id}/start")
        .fill(copy=(BytesIO(first.data), "copy.zip"))
        .submit(follow=True)
    )
    assert "方案.pdf" in page.text
    assert "450000.00" in page.html
    seal(pages, lot)
    assert the_bid(session).is_live
    session.refresh(bid)
    assert not bid.is_live


def test_what_is_lacking_is_listed_and_not_sealed(session: Session, pages: PageClient, lot: Lot) -> None:
    write(pages, lot, price="")
    page = pages.get(f"/bids/lots/{lot.id}/seal")
    assert "还没有填写报价" in page.text
    page = pages.post(f"/bids/lots/{lot.id}/seal", status=422)
    assert page.errors == ["还有 1 处没有填好，不能密封。草稿没有变动。"]
    assert the_bid(session) is None


@pytest.mark.parametrize("typed", ["0", "-5", "1e9", "１２万", "12.345", "四十五万"])
def test_a_price_that_is_none_is_told_beside_the_field_and_no_word_is_lost(
    session: Session, pages: PageClient, lot: Lot, typed: str
) -> None:
    page = fill(pages.get(f"/bids/lots/{lot.id}"), lot, "不能丢的话", price=typed).submit(status=422)
    assert len(page.errors) == 1
    assert "不能丢的话" in page.html
    assert session.scalars(select(BidDraft)).all() == []


def test_a_price_above_the_limit_is_a_warning(pages: PageClient, lot: Lot) -> None:
    page = write(pages, lot, price="500000.01")
    assert "报价高于这一包的最高限价" in page.text
    assert "报价高于" not in write(pages, lot, price="500000").text


def test_a_draft_saves_itself_and_a_second_tab_is_told(session: Session, pages: PageClient, lot: Lot) -> None:
    where = f"/bids/lots/{lot.id}"
    form = fill(pages.get(where), lot, price="1")
    data = {name: values for name, values in form.values.items() if name != "then"}
    answer = pages.client.post(where, data=data, headers={"Accept": "application/json"})
    assert answer.json == {"revision": 1}
    stale = pages.client.post(where, data=data, headers={"Accept": "application/json"})
    assert stale.status_code == 409
    again = pages.client.post(where, data={**data, "revision": "1"}, headers={"Accept": "application/json"})
    assert again.json == {"revision": 2}


def test_an_attachment_that_is_not_what_it_says_is_refused_on_the_page(pages: PageClient, lot: Lot) -> None:
    page = write(pages, lot)
    page = page.form(f"/bids/lots/{lot.id}/files").fill(file=(BytesIO(b"MZ"), "方案.pdf")).submit(status=422)
    assert page.errors == ["“方案.pdf”的内容与扩展名不符，请用原来的软件重新保存后再传。"]


def test_a_bid_is_withdrawn_and_its_list_says_so(session: Session, pages: PageClient, lot: Lot) -> None:
    write(pages, lot)
    assert "等待开标" not in pages.get("/home").text
    seal(pages, lot)
    bid = the_bid(session)
    home = pages.get("/home")
    assert "等待开标" in home.text
    assert home.link(lot.tender.title) == f"/bids/{bid.id}"
    page = pages.get(f"/bids/{bid.id}").form(f"/bids/{bid.id}/withdraw").submit(follow=True)
    assert "已撤回" in page.text
    assert "等待开标" not in pages.get("/home").text
    assert "已撤回" in pages.get("/bids").text


def test_r22_after_an_amendment_the_bidder_is_asked_to_confirm(
    session: Session, pages: PageClient, lot: Lot
) -> None:
    write(pages, lot)
    seal(pages, lot)
    amending.amend(session, lot.tender, tenders.official(session), words="改为每周三次。", bears_on_bids=True)
    session.commit()
    assert "确认投标" in pages.get("/home").text
    page = pages.get("/bids").click("确认投标")
    page = page.form(f"/bids/{the_bid(session).id}/confirm").submit(follow=True)
    assert "已确认：更正之后，这份投标仍然有效。" in page.flashes
    assert "确认投标" not in pages.get("/bids").text


def test_at_the_deadline_nothing_is_sealed_and_the_draft_stays(
    session: Session, pages: PageClient, lot: Lot, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(pages, lot)
    token = pages.token()
    monkeypatch.setattr(db, "now", lambda: tenders.CLOSES)
    session.execute(bids.prolong())
    session.commit()
    page = pages.post(f"/bids/lots/{lot.id}/seal", data={"csrf_token": token}, status=409)
    assert "截止" in page.errors[0]
    assert len(session.scalars(select(BidDraft)).all()) == 1
    monkeypatch.setattr(db, "now", lambda: bids.LAST)
    seal(pages, lot)
    assert the_bid(session).submitted_at == bids.LAST


def test_a_draft_is_thrown_away(session: Session, pages: PageClient, lot: Lot) -> None:
    page = write(pages, lot)
    page.form(f"/bids/lots/{lot.id}/discard").submit(follow=True)
    assert session.scalars(select(BidDraft)).all() == []


def test_the_tender_page_leads_to_the_editor(pages: PageClient, lot: Lot) -> None:
    page = pages.get(f"/tenders/{lot.tender_id}")
    assert pages.get(page.link("写投标"), follow=True, status=303).h1 == "写投标"


def test_nobody_else_reads_a_receipt(
    session: Session, pages: PageClient, lot: Lot, sign_in_as: SignInAs
) -> None:
    write(pages, lot)
    seal(pages, lot)
    other = sign_in_as(bids.Role.ORGANISATION_STAFF, organisation=bids.bidder(session, "旁人"))
    for client in (other, sign_in_as(bids.Role.STREET_OFFICIAL)):
        for path in ("", "/receipt.txt"):
            assert client.client.get(f"/bids/{the_bid(session).id}{path}").status_code == 404
