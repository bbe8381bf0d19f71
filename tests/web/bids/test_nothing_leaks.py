"""What is in a bid, and that there is one, is on no page, in no file to download, no error and no log."""

import logging
from io import BytesIO

import pytest
from flask import Flask, request
from sqlalchemy.orm import Session

from models.act import Role
from models.parties.organisation import Organisation
from models.tenders.lot import Lot
from tests.conftest import SignInAs
from tests.factories import bids, parties, tenders
from tests.page import PageClient

WORDS, NAME, INSIDE, PRICE = "凌霄密答复庚", "凌霄密文件辛", "凌霄密附件壬", "437913.57"
BIDDER = "上海凌霄密投标中心"
PLACES = ("/tenders", "/tenders/{tender}", "/openings/{tender}", "/openings/{tender}/envelopes", "/home", "/")
FILES = ("/tenders?format=xlsx", "/tenders?format=csv", "/tenders/{tender}/document.docx", "/ocds/releases")


@pytest.fixture
def own(session: Session) -> Organisation:
    """Who bids."""
    return bids.bidder(session, BIDDER)


@pytest.fixture
def lot(session: Session) -> Lot:
    """A lot that takes bids."""
    made = tenders.tender(session).lots[0]
    session.commit()
    return made


def write_and_seal(pages: PageClient, lot: Lot) -> list[str]:
    """Everything a bidder does, mistakes among it; the addresses of its own pages."""
    where = f"/bids/lots/{lot.id}"
    answers = {f"answer_{each.id.hex}": WORDS for each in lot.tender.criteria}
    met = {f"met_{each.id.hex}": WORDS for each in lot.tender.requirements}
    pages.get(where).form("bid").fill({**answers, **met, "price": "1e9"}).submit(status=422)
    pages.get(where).form("bid").fill({**answers, **met, "price": PRICE}).submit(follow=True)
    for content, status in ((b"MZ", 422), (b"%PDF-" + INSIDE.encode(), 303)):
        form = pages.get(where).form(f"{where}/files")
        form.fill(file=(BytesIO(content), f"{NAME}.pdf")).submit(status=status)
    page = pages.get(f"{where}/seal").form(f"{where}/seal").submit(follow=True)
    return [f"{where}", f"{where}/seal", f"{where}/consortium", page.form("下载副本").action]


def test_nobody_else_sees_a_bid_or_that_there_is_one(
    app: Flask,
    session: Session,
    own: Organisation,
    lot: Lot,
    sign_in_as: SignInAs,
    visitor: PageClient,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    pages = sign_in_as(Role.ORGANISATION_STAFF, organisation=own)
    own_pages = write_and_seal(pages, lot)
    bids.draft(session, lot, own, words=WORDS, price=PRICE)  # the replacement it works on
    session.commit()
    other = bids.bidder(session, "上海旁人中心")
    everybody = {
        "official": sign_in_as(Role.STREET_OFFICIAL),
        "district": sign_in_as(Role.DISTRICT_OFFICIAL),
        "auditor": sign_in_as(Role.AUDITOR),
        "administrator": sign_in_as(Role.ADMINISTRATOR, unit=parties.DISTRICT),
        "expert": sign_in_as(Role.PANEL_MEMBER),
        "other": sign_in_as(Role.ORGANISATION_STAFF, organisation=other),
        "visitor": visitor,
    }
    told = []
    for who, client in everybody.items():
        for where in (*PLACES, *FILES, *own_pages):
            answer = client.client.get(where.format(tender=lot.tender_id))
            marks = [WORDS, NAME, INSIDE, PRICE, BIDDER]
            told += [(who, where, mark) for mark in marks if mark.encode() in answer.data]
    assert told == []
    assert WORDS in pages.client.get(own_pages[0]).get_data(as_text=True), "the bidder itself does"
    assert [mark for mark in (WORDS, NAME, INSIDE, PRICE) if mark in caplog.text] == []


def test_an_error_in_the_middle_says_nothing(
    app: Flask, own: Organisation, lot: Lot, sign_in_as: SignInAs, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever breaks, the page and the log name what was done, never what was written."""
    pages = sign_in_as(Role.ORGANISATION_STAFF, organisation=own)
    answers = {f"answer_{each.id.hex}": WORDS for each in lot.tender.criteria}
    data = {"csrf_token": pages.token(), **answers, "price": PRICE, "revision": "7"}
    answer = pages.client.post(f"/bids/lots/{lot.id}", data=data, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert WORDS not in answer.get_data(as_text=True)
    assert PRICE not in answer.get_data(as_text=True)
    assert WORDS not in caplog.text


def test_an_upload_lies_on_no_disk_while_it_is_read(app: Flask) -> None:
    data = {"file": (BytesIO(bytes(2 * 2**20)), "plan.pdf")}
    with app.test_request_context("/bids", method="POST", data=data):
        assert type(request.files["file"].stream) is BytesIO
