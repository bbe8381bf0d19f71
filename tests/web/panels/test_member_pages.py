"""A member's pages: declare, mark without knowing whose bid it is, hand in."""

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.bids.opened import OpenedFile
from models.files import store
from models.lifecycle import advance
from models.panels import marking_desk, overview, reopening
from models.panels.bidders import bidders, opened_bids
from models.panels.panel import Panel, PanelMember
from models.sealing.keys import Envelope
from models.tenders.lifecycle import TENDER, TenderMove
from tests.factories import panels
from tests.web.panels.conftest import Clock, Come

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])
SECRETS = (*panels.BIDDERS[:3], *panels.PRICES, "450,000", "王小明")


def not_told(text: str) -> list[str]:
    """What of names and prices stands in a page."""
    return [secret for secret in SECRETS if secret in text]


@LOCALES
def test_a_member_declares_against_the_names_of_the_bidders(
    session: Session, clock: Clock, come: Come, locale: str
) -> None:
    panel = panels.drawn(session)
    clock(panels.DRAWN)
    member = panel.members[0]
    pages = come(member, locale=locale)
    home = pages.get("/home")
    page = home.click("申报利害关系" if locale == "zh" else "Declare your interests")
    for organisation in bidders(session, panel.tender):
        assert organisation.name in page.text
    page = page.form("declare-form").submit(status=422)
    assert page.errors
    page = page.form("declare-form").fill(honest=True).submit(follow=True)
    session.refresh(member)
    assert member.declared_at == panels.DRAWN
    assert page.flashes


@LOCALES
def test_a_ticked_interest_recuses_and_says_thank_you(
    session: Session, clock: Clock, come: Come, locale: str
) -> None:
    panel = panels.drawn(session)
    clock(panels.DRAWN)
    member = panel.members[1]
    key = str(bidders(session, panel.tender)[0].id)
    page = come(member, locale=locale).get(f"/marking/{member.id}")
    page = page.form("declare-form").fill(kinship=[key], words="表妹", honest=True).submit(follow=True)
    session.refresh(member)
    assert (member.recused_at, member.recused_words) == (panels.DRAWN, "表妹")
    assert ("谢谢您如实申报" if locale == "zh" else "Thank you for your openness") in page.text


@LOCALES
def test_the_sheet_is_one_bid_by_one_criterion_without_names_or_prices(
    session: Session, clock: Clock, come: Come, locale: str
) -> None:
    panel = panels.qualified(session)
    member = panel.members[0]
    bid = opened_bids(session, panel.tender)[0]
    act = panels.member_act(member)
    file = store(session, act, name="乐龄服务中心方案.pdf", content=b"%PDF-1")
    session.add(OpenedFile(bid_id=bid.bid_id, position=1, envelope=Envelope.TECHNICAL, file=file))
    session.flush()
    clock(panels.MARKED)
    pages = come(member, locale=locale)
    page = pages.get(f"/marking/{member.id}")
    assert "0/15" in page.text
    criterion = panel.tender.criteria[0]
    page = page.click(criterion.title)
    assert page.h1 == criterion.title
    assert ("投标人 1" if locale == "zh" else "Bidder 1") in page.text
    assert f"方案1：{criterion.title}" in page.text
    for level in criterion.levels:
        assert level.words in page.text
    assert not_told(page.html) == []
    assert "乐龄" not in page.html
    answer = pages.client.get(page.link("附件 1" if locale == "zh" else "Attachment 1"))
    assert (answer.status_code, answer.data) == (200, b"%PDF-1")
    assert "乐龄" not in str(answer.headers)
    assert not_told(pages.get(f"/marking/{member.id}").html) == []
    assert not_told(pages.get("/home").html) == []


def test_enter_goes_on_to_the_next_and_the_last_one_back(session: Session, clock: Clock, come: Come) -> None:
    panel = panels.qualified(session)
    member = panel.members[0]
    clock(panels.MARKED)
    pages = come(member)
    page = pages.get(f"/marking/{member.id}/sheet/1")
    page = page.form("mark").fill(points="１２．５").submit(follow=True)
    assert page.path.endswith("/sheet/2")
    assert "1/15" in page.text
    (mark,) = marking_desk.marks_of(session, member)
    assert str(mark.points) == "12.50"
    page = pages.get(f"/marking/{member.id}/sheet/15").form("mark").fill(points="1").submit(follow=True)
    assert page.path.endswith(str(member.id))
    pages.get(f"/marking/{member.id}/sheet/16", status=404)
    pages.get(f"/marking/{member.id}/sheet/0", status=404)


@pytest.mark.parametrize("typed", ["1e1", "-1", "99", "十二", "12.345", "1,2,3x"])
def test_a_strange_mark_is_named_in_its_place_and_nothing_is_lost(
    session: Session, clock: Clock, come: Come, typed: str
) -> None:
    panel = panels.qualified(session)
    member = panel.members[0]
    clock(panels.MARKED)
    page = come(member).get(f"/marking/{member.id}/sheet/1").form("mark")
    page = page.fill(points=typed, note="写了一半").submit(status=422)
    assert page.errors
    assert "写了一半" in page.html
    assert marking_desk.marks_of(session, member) == []


def test_autosave_keeps_a_mark_and_says_what_is_wrong(session: Session, clock: Clock, come: Come) -> None:
    panel = panels.qualified(session)
    member = panel.members[0]
    clock(panels.MARKED)
    pages = come(member)
    token = pages.get(f"/marking/{member.id}/sheet/3").form("mark").values["csrf_token"]
    where, asks = f"/marking/{member.id}/sheet/3", {"Accept": "application/json"}
    answer = pages.client.post(where, data={"csrf_token": token, "points": "9"}, headers=asks)
    assert (answer.status_code, answer.get_json()) == (200, {"errors": {}})
    answer = pages.client.post(where, data={"csrf_token": token, "points": "99"}, headers=asks)
    assert answer.status_code == 422
    assert "points" in answer.get_json()["errors"]
    (mark,) = marking_desk.marks_of(session, member)
    assert mark.points == 9
    pages.client.post(where, data={"csrf_token": token, "points": ""}, headers=asks)
    session.expire_all()
    assert marking_desk.marks_of(session, member) == []


@LOCALES
def test_all_is_handed_in_at_once(session: Session, clock: Clock, come: Come, locale: str) -> None:
    panel = panels.qualified(session)
    member = panel.members[0]
    panels.mark(session, member, submit=False)
    clock(panels.MARKED)
    pages = come(member, locale=locale)
    page = pages.get(f"/marking/{member.id}")
    assert "15/15" in page.text
    page = page.form(f"/marking/{member.id}/submit").submit(follow=True)
    session.refresh(member)
    assert member.submitted_at == panels.MARKED
    assert 'name="points"' not in pages.get(f"/marking/{member.id}/sheet/1").html
    pages.get(f"/marking/{member.id}/marks", status=409)


def test_nobody_sees_anothers_marks_before_all_have_submitted(
    session: Session, clock: Clock, come: Come
) -> None:
    panel = panels.qualified(session)

    def odd(member: int, bid: object, criterion: object) -> object:
        return panels.Decimal("7.77") if member == 0 else panels.usual_points(member, bid, criterion)

    panels.mark(session, panel.members[0], points=odd)
    clock(panels.MARKED)
    chair, other = panel.members[0], panel.members[1]
    assert chair.is_chair
    official, auditor = come(Role.STREET_OFFICIAL), come(Role.AUDITOR)
    places = [f"/panels/{panel.id}", "/panels", "/home"]
    pages = [client.get(place) for client in (official, auditor) for place in places]
    mine = come(other)
    pages += [mine.get("/home"), mine.get("/marking"), mine.get(f"/marking/{other.id}")]
    pages += [mine.get(f"/marking/{other.id}/sheet/{number}") for number in range(1, 16)]
    assert [page.path for page in pages if "7.77" in page.html] == []
    for client, where in (
        (official, f"/panels/{panel.id}/marks"),
        (auditor, f"/panels/{panel.id}/marks"),
        (official, f"/panels/{panel.id}/marks?format=xlsx"),
        (auditor, f"/panels/{panel.id}/marks?format=csv"),
        (mine, f"/marking/{other.id}/marks"),
    ):
        assert client.client.get(where).status_code == 409
    assert mine.client.get(f"/marking/{chair.id}").status_code == 404
    assert "1/3" in official.get(f"/panels/{panel.id}").text
    assert "1/3" in come(chair).get(f"/marking/{chair.id}").text
    assert "1/3" not in mine.get(f"/marking/{other.id}").text
    assert "已提交评分" not in [
        cell for row in official.get(f"/panels/{panel.id}").rows("成员") for cell in row
    ]
    for member in panel.members[1:]:
        panels.mark(session, member)
    session.commit()
    assert "7.77" in mine.get(f"/marking/{other.id}/marks").html
    assert "7.77" in official.get(f"/panels/{panel.id}/marks").html
    assert overview.rows(session, panel)


@LOCALES
def test_the_chair_checks_bids_without_knowing_whose_they_are(
    session: Session, clock: Clock, come: Come, locale: str
) -> None:
    panel = panels.declared(session)
    clock(panels.DRAWN)
    chair, other = panel.members[0], panel.members[1]
    page = come(chair, locale=locale).get(f"/marking/{chair.id}")
    page = page.click("投标人 1" if locale == "zh" else "Bidder 1")
    assert not_told(page.html) == []
    filled = {f"meets_{each.id.hex}": "yes" for each in panel.tender.requirements}
    page = page.form("check-form").fill(**filled).submit(follow=True)
    assert page.flashes
    bid = opened_bids(session, panel.tender)[0]
    assert come(other).client.get(f"/marking/{other.id}/check/{bid.bid_id}").status_code == 404


def test_a_member_without_a_declaration_or_recused_reads_no_bid(
    session: Session, clock: Clock, come: Come
) -> None:
    panel = panels.qualified(session)
    member: PanelMember = panel.members[2]
    clock(panels.MARKED)
    panels.declaring.recuse(
        session, member, panels.official(session, panel.tender, panels.MARKED), words="病"
    )
    session.commit()
    pages = come(member)
    pages.get(f"/marking/{member.id}/sheet/1", status=409)
    assert "您已经回避" in pages.get(f"/marking/{member.id}").text
    late = panel.seated[-1]
    assert come(late).client.get(f"/marking/{late.id}/sheet/1").status_code == 409


@LOCALES
def test_a_member_without_seats_is_told_what_will_be_here(
    session: Session, clock: Clock, come: Come, locale: str
) -> None:
    page = come(Role.PANEL_MEMBER, locale=locale).get("/marking")
    assert ("现在没有您的评审" if locale == "zh" else "Nothing for you now") in page.text


@LOCALES
def test_every_state_of_a_seat_is_listed(session: Session, clock: Clock, come: Come, locale: str) -> None:
    panel: Panel = panels.drawn(session)
    clock(panels.MARKED)
    member = panel.members[0]
    pages = come(member, locale=locale)
    for words in ("待申报", "等候审查结束", "待评分", "已提交评分"):
        page = pages.get("/marking")
        if locale == "zh":
            assert words in page.text
        pages.get("/home")
        pages.get(f"/marking/{member.id}")
        if words == "待申报":
            for each in panel.members:
                panels.declaring.declare(session, each, panels.member_act(each), interests=())
        elif words == "等候审查结束":
            panels.check(session, panel)
        elif words == "待评分":
            panels.mark(session, member)
        session.commit()


@LOCALES
def test_a_seat_says_why_its_sheet_is_open_again(
    session: Session, clock: Clock, come: Come, locale: str
) -> None:
    tender = panels.reported(session)
    panel = panels.panel_of(session, tender)
    act = panels.official(session, tender, panels.RANKED)
    clock(panels.RANKED)
    why = "退回重新评审" if locale == "zh" else "the bids are reviewed again"
    pages = come(panel.seated[0], locale=locale)
    assert why not in pages.get(f"/marking/{panel.seated[0].id}").text
    advance(session, TENDER, tender, TenderMove.REPLAY, act)
    reopening.reopen_marks(session, panel, act)
    session.commit()
    assert why in pages.get("/inbox").text
    assert why in pages.get(f"/marking/{panel.seated[0].id}").text
