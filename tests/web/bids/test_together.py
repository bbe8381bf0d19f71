"""Consortia in a browser: the lead writes who does what, the others answer."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bids.consortium import Consortium, ConsortiumMember
from models.parties.organisation import Organisation
from models.tenders.lot import Lot
from tests.conftest import SignInAs
from tests.factories import bids, tenders
from tests.page import Page, PageClient


@pytest.fixture
def lead(session: Session) -> Organisation:
    """Who leads."""
    return bids.bidder(session)


@pytest.fixture
def other(session: Session) -> Organisation:
    """Who is asked."""
    return bids.bidder(session, "上海同行社工站")


@pytest.fixture
def lot(session: Session) -> Lot:
    """A lot that takes bids."""
    made = tenders.tender(session).lots[0]
    session.commit()
    return made


@pytest.fixture
def pages(sign_in_as: SignInAs, lead: Organisation, lot: Lot) -> PageClient:
    """Somebody of the lead."""
    return sign_in_as(bids.Role.ORGANISATION_STAFF, organisation=lead)


@pytest.fixture
def asked(sign_in_as: SignInAs, other: Organisation, lot: Lot) -> PageClient:
    """Somebody of the other."""
    return sign_in_as(bids.Role.ORGANISATION_STAFF, organisation=other)


def invite(
    pages: PageClient, lot: Lot, code: str, own: str = "６０%", share: str = "40", status: int = 303
) -> Page:
    form = pages.get(f"/bids/lots/{lot.id}/consortium").form("保存并邀请")
    form.fill(share_0=own, work_0="统筹", code_1=code, share_1=share, work_1="入户")
    return form.submit(status=status, follow=status == 303)


def test_a_member_is_asked_and_joins(
    session: Session, pages: PageClient, asked: PageClient, lot: Lot, other: Organisation
) -> None:
    page = invite(pages, lot, other.credit_code.lower())
    assert "等待确认" in page.text
    assert "答复联合体邀请" in asked.get("/home").text
    page = asked.get("/inbox").click("有机构请贵机构一起投标", status=303)
    page = asked.get("/bids/invitations")
    member = session.scalars(select(ConsortiumMember).where(ConsortiumMember.position == 1)).one()
    page = page.form(f"/bids/invitations/{member.id}/join").submit(status=422)
    assert page.errors == ["参加联合体要对采购人承担连带责任（政府采购法第24条）。同意后请勾选，再确认。"]
    page = page.form(f"/bids/invitations/{member.id}/join").fill(liable=True).submit(follow=True)
    assert "我们已确认" in page.text
    assert "已确认" in pages.get(f"/bids/lots/{lot.id}/consortium").text
    page = page.form(f"/bids/invitations/{member.id}/decline").submit(follow=True)
    assert "我们不参加" in page.text


@pytest.mark.parametrize(
    ("own", "share", "said"),
    [
        ("60", "39.99", "各家份额之和是 99.99%，应为 100%。"),
        ("60.001", "40", "“60.001”不是金额"),
        ("100", "", "每家的份额应大于 0，最多两位小数。"),
    ],
)
def test_r51_shares_that_are_not_100_are_told(
    pages: PageClient, lot: Lot, other: Organisation, own: str, share: str, said: str
) -> None:
    page = invite(pages, lot, other.credit_code, own, share, status=422)
    assert said in page.errors[0]


def test_an_unknown_organisation_is_told(pages: PageClient, lot: Lot) -> None:
    page = invite(pages, lot, "52310101MJ4900013E", status=422)
    assert page.errors == ["没有找到统一社会信用代码为“52310101MJ4900013E”的机构，请核对。"]


def test_a_consortium_is_dissolved(
    session: Session, pages: PageClient, lot: Lot, other: Organisation
) -> None:
    page = invite(pages, lot, other.credit_code)
    page.form(f"/bids/lots/{lot.id}/consortium/dissolve").submit(follow=True)
    assert session.scalars(select(Consortium)).all() == []


def test_only_those_who_are_asked_know_of_it(
    session: Session, pages: PageClient, lot: Lot, other: Organisation, sign_in_as: SignInAs
) -> None:
    invite(pages, lot, other.credit_code)
    member = session.scalars(select(ConsortiumMember).where(ConsortiumMember.position == 1)).one()
    third = sign_in_as(bids.Role.ORGANISATION_STAFF, organisation=bids.bidder(session, "旁人"))
    third.post(f"/bids/invitations/{member.id}/join", status=404)
    assert "没有邀请" in third.get("/bids/invitations").text
    assert "等待确认" not in third.get(f"/bids/lots/{lot.id}/consortium").text


def test_pages_of_bids_in_english(
    session: Session, lead: Organisation, other: Organisation, lot: Lot, sign_in_as: SignInAs
) -> None:
    pages = sign_in_as(bids.Role.ORGANISATION_STAFF, organisation=lead, locale="en")
    keeper = pages.client.application.extensions["keeper"]
    bids.consortium(session, lot, lead, other)
    bids.draft(session, lot, lead, keeper=keeper)
    session.commit()
    for path in ("", "/seal", "/consortium"):
        pages.get(f"/bids/lots/{lot.id}{path}")
    page = pages.get(f"/bids/lots/{lot.id}/seal").form(f"/bids/lots/{lot.id}/seal").submit(follow=True)
    assert page.h1.startswith("Receipt")
    for path in ("/bids", "/home", f"/bids/lots/{lot.id}", f"/tenders/{lot.tender_id}"):
        pages.get(path)
    member = sign_in_as(bids.Role.ORGANISATION_STAFF, organisation=other, locale="en")
    for path in ("/bids", "/bids/invitations", f"/bids/lots/{lot.id}"):
        member.get(path)
