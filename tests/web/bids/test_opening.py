"""The opening room as officials use it, each in a browser of their own; and the public list of envelopes."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.audit.event import AuditEvent
from models.bids.opening import Opening, OpeningOutcome
from models.parties.person import Person
from models.tenders.tender import Tender
from tests.conftest import SignInAs
from tests.factories import bids, parties, tenders
from tests.factories.tenders import CLOSES
from tests.page import PageClient
from web import db

Come = dict[str, PageClient]


@pytest.fixture
def tender(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> Tender:
    """A tender with three bids, at its deadline."""
    portal = app.extensions["keeper"]
    made = tenders.tender(session, keeper=portal)
    bids.bids(session, made, keeper=portal)
    session.commit()
    monkeypatch.setattr(db, "now", lambda: CLOSES)
    return made


@pytest.fixture
def rooms(app: Flask, session: Session, tender: Tender) -> list[PageClient]:
    """The officers, each in the room."""
    found = []
    for act in bids.officers(session, tender):
        client = app.test_client()
        person = session.get_one(Person, act.actor.person_id)
        with client.session_transaction() as cookie:
            cookie[db.TOKEN] = parties.token_for(session, person, CLOSES)
            cookie["locale"] = "zh"
        found.append(PageClient(client))
    session.commit()
    return found


def phrase_of(session: Session, tender: Tender, number: int) -> str:
    return tenders.phrases(tender)[bids.officers(session, tender)[number].actor.person_id]


def the_session(session: Session) -> Opening:
    session.expire_all()
    return session.scalars(select(Opening).order_by(Opening.started_at.desc())).first()


def test_two_officers_open_in_their_own_browsers(
    session: Session, tender: Tender, rooms: list[PageClient]
) -> None:
    where = f"/openings/{tender.id}"
    page = rooms[0].get(where)
    assert "开标" in rooms[0].get("/home").text
    page = rooms[0].get(where).form("开始开标").submit(follow=True)
    assert "0/2" in page.text
    page = page.form("交上口令").fill(phrase=phrase_of(session, tender, 0)).submit(follow=True)
    assert "1/2" in page.text
    assert "打开信封" not in page.text
    page = rooms[1].get(where).form("交上口令").fill(phrase=phrase_of(session, tender, 1)).submit(follow=True)
    assert "2/2" in page.text
    page = page.form("打开信封").fill(minutes="到场 3 人，没有异议。").submit(follow=True)
    assert "上海投标1号服务中心" in page.text
    assert "没有打开" in page.text
    assert "到场 3 人，没有异议。" in page.text
    assert "技术评分还没有全部提交" in page.text
    assert the_session(session).outcome == OpeningOutcome.OPENED


def test_a_refused_phrase_is_told_and_on_record(
    session: Session, tender: Tender, rooms: list[PageClient]
) -> None:
    rooms[0].get(f"/openings/{tender.id}").form("开始开标").submit(follow=True)
    other = phrase_of(session, tender, 1)
    page = rooms[0].get(f"/openings/{tender.id}").form("交上口令").fill(phrase=other).submit(status=422)
    assert page.errors == ["这是另一位人员的口令。请每位人员自己登录、自己输入。"]
    page = page.form("交上口令").fill(phrase="你好").submit(status=422)
    assert page.errors == ["这份开标口令有误（读到 0 个词，应为 33 个）。请对照原件检查。"]
    codes = select(AuditEvent.facts).where(AuditEvent.action == "opening.refuse")
    assert [each["code"] for each in session.scalars(codes)] == [
        "share_of_another_person",
        "share_unreadable",
    ]
    assert "一份口令没有被接受" in rooms[0].get(f"/openings/{tender.id}").text
    assert other.split()[0] not in str(session.scalars(select(AuditEvent.facts)).all())


def test_the_escrow_wants_words_and_makes_good_a_lost_phrase(
    session: Session, tender: Tender, rooms: list[PageClient]
) -> None:
    where, escrow = f"/openings/{tender.id}", tenders.phrases(tender)[None]
    rooms[0].get(where).form("开始开标").submit(follow=True)
    page = rooms[0].get(where).form("交上口令").fill(phrase=escrow).submit(status=422)
    assert page.errors == ["这是封存的备用口令。请写明从哪里取出、为什么使用。"]
    page.form("交上口令").fill(phrase=escrow, words="吴刚的口令遗失，取自保险柜。").submit(follow=True)
    page = rooms[1].get(where).form("交上口令").fill(phrase=phrase_of(session, tender, 1)).submit(follow=True)
    page.form("打开信封").submit(follow=True)
    assert the_session(session).outcome == OpeningOutcome.OPENED


def test_a_session_is_broken_off(session: Session, tender: Tender, rooms: list[PageClient]) -> None:
    page = rooms[0].get(f"/openings/{tender.id}").form("开始开标").submit(follow=True)
    where = f"/openings/sessions/{the_session(session).id}/break-off"
    assert page.form(where).submit(status=422).errors == ["请写明中止开标的原因。"]
    page = rooms[0].get(f"/openings/{tender.id}").form(where).fill(why="停电。").submit(follow=True)
    assert "停电。" in page.text
    assert page.form("开始开标") is not None


def test_before_the_deadline_the_room_tells_nothing(
    session: Session, tender: Tender, rooms: list[PageClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "now", lambda: bids.LAST)
    page = rooms[0].get(f"/openings/{tender.id}")
    assert "投标截止后才能开标" in page.text
    assert "信封的清单" not in page.text
    rooms[0].post(f"/openings/{tender.id}/technical", status=409)
    assert "还没有公布" in rooms[0].get(f"/openings/{tender.id}/envelopes").text


def test_the_list_of_envelopes_is_public_and_names_nobody_before_the_opening(
    session: Session, tender: Tender, visitor: PageClient
) -> None:
    page = visitor.get(f"/openings/{tender.id}/envelopes")
    digests = session.scalars(select(bids.Bid.technical_digest)).all()
    assert all(each in page.text for each in digests)
    assert [row[0] for row in page.rows("信封清单")[1:]] == [str(n) for n in range(1, len(digests) + 1)]
    assert "上海投标" not in page.text
    bids.opened(session, tender, keeper=visitor.client.application.extensions["keeper"])
    session.commit()
    assert "上海投标1号服务中心" in visitor.get(f"/openings/{tender.id}/envelopes").text
    assert "信封清单" in visitor.get(f"/tenders/{tender.id}").text


def test_with_too_few_bids_nothing_is_opened_and_the_page_says_so(
    app: Flask, session: Session, sign_in_as: SignInAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    tender = tenders.tender(session)
    session.commit()
    pages = sign_in_as(Role.STREET_OFFICIAL)
    monkeypatch.setattr(db, "now", lambda: CLOSES)
    session.execute(bids.prolong())
    session.commit()
    page = pages.get(f"/openings/{tender.id}").form("开始开标").submit(follow=True)
    assert "投标不足，没有开标，已记录在案。" in page.flashes
    assert the_session(session).outcome == OpeningOutcome.TOO_FEW_BIDS
    assert "可以开标了" not in page.text


def test_the_room_in_english(session: Session, tender: Tender, rooms: list[PageClient]) -> None:
    for room in rooms[:2]:
        with room.client.session_transaction() as cookie:
            cookie["locale"] = "en"
    where = f"/openings/{tender.id}"
    rooms[0].get(where).form("Begin the opening").submit(follow=True)
    for number in (0, 1):
        form = rooms[number].get(where).form("Hand in the phrase")
        form.fill(phrase=phrase_of(session, tender, number)).submit(follow=True)
    rooms[1].get(where).form("Open the envelopes").submit(follow=True)
    rooms[0].get(f"{where}/envelopes")
