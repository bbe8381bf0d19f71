"""The purchaser's pages of a panel, from the draw to the report, in both languages."""

import json

from sqlalchemy.orm import Session

from models.act import Role
from models.bids.opened import InvalidReason
from models.panels import declaring, overview, reporting
from models.panels.bidders import opened_bids
from models.panels.marking import LowPriceQuestion
from models.panels.panel import Panel
from models.tenders.lifecycle import phase_at
from models.tenders.tender import TenderPhase
from tests.factories import panels, parties, tenders
from tests.web.panels.conftest import Clock, Come
from tests.web.panels.test_member_pages import LOCALES


@LOCALES
def test_an_official_draws_a_panel(session: Session, clock: Clock, come: Come, locale: str) -> None:
    tender = panels.opened(session)
    panels.purchaser(session, tender)
    clock(panels.DRAWN)
    pages = come(Role.STREET_OFFICIAL, locale=locale)
    page = pages.get("/home").click("抽取评审小组" if locale == "zh" else "Draw the panel")
    page = page.form(f"/panels/tenders/{tender.id}").submit(status=422)
    assert ("能参加的只有 0 名" if locale == "zh" else "the pool has only 0") in " ".join(page.errors)
    panels.experts(session)
    session.commit()
    page = page.form(f"/panels/tenders/{tender.id}").fill(size="４").submit(status=422)
    page = page.form(f"/panels/tenders/{tender.id}").fill(size="3").submit(follow=True)
    panel = panels.panel_of(session, tender)
    assert len(panel.members) == 3
    for member in panel.members:
        assert member.person.name in page.text
    assert panel.seed in page.text
    assert pages.client.get(f"/panels/tenders/{tender.id}").status_code == 303
    assert tender.title in pages.get("/panels").text


@LOCALES
def test_a_tender_that_is_not_opened_has_no_draw(
    session: Session, clock: Clock, come: Come, locale: str
) -> None:
    tender = tenders.tender(session)
    clock(panels.DRAWN)
    pages = come(Role.STREET_OFFICIAL, locale=locale)
    page = pages.get(f"/panels/tenders/{tender.id}")
    assert ("技术文件开启之后才能抽取" if locale == "zh" else "after the technical envelopes") in page.text
    assert ("现在没有在评审的项目" if locale == "zh" else "Nothing under review") in pages.get("/panels").text


def test_r24_auditors_read_no_names_before_the_result(session: Session, clock: Clock, come: Come) -> None:
    panel = panels.qualified(session)
    act = panels.official(session, panel.tender, panels.QUALIFIED)
    declaring.recuse(session, panel.members[0], act, words="亲属在投标人处任职")
    clock(panels.MARKED)
    page = come(Role.AUDITOR).get(f"/panels/{panel.id}")
    assert [member.person.name for member in panel.members if member.person.name in page.html] == []
    assert "亲属在投标人处任职" not in page.html
    assert "姓名保密" in page.text
    assert "亲属在投标人处任职" in come(Role.STREET_OFFICIAL).get(f"/panels/{panel.id}").text
    for client in (come(Role.STREET_OFFICIAL, unit=parties.OTHER_STREET), come(Role.HUB)):
        client.get(f"/panels/{panel.id}", status=404)


@LOCALES
def test_a_seat_is_recused_and_another_chair_noted(
    session: Session, clock: Clock, come: Come, locale: str
) -> None:
    panel = panels.declared(session, pool=4)
    clock(panels.DRAWN)
    pages = come(Role.STREET_OFFICIAL, locale=locale)
    second = panel.members[1]
    pages.get(f"/panels/seats/{second.id}").form(f"/panels/seats/{second.id}/chair").submit(follow=True)
    session.expire_all()
    assert second.is_chair
    page = pages.get(f"/panels/seats/{second.id}")
    page = page.form(f"/panels/seats/{second.id}").submit(status=422)
    page = page.form(f"/panels/seats/{second.id}").fill(words="身体不适").submit(follow=True)
    session.expire_all()
    assert second.recused_words == "身体不适"
    assert len(panel.seated) == 3
    pages.get(f"/panels/seats/{second.id}")
    third = panel.seated[-1]
    page = pages.get(f"/panels/seats/{third.id}").form(f"/panels/seats/{third.id}")
    page = page.fill(words="出国").submit(follow=True)
    assert ("还缺 1 人" if locale == "zh" else "1 seat is empty") in page.text
    page = page.form(f"/panels/{panel.id}/redraw").submit(status=422)
    assert ("还缺 1 人，专家库里没有" if locale == "zh" else "still lacks 1") in page.text
    panels.experts(session, 1)
    session.commit()
    page.form(f"/panels/{panel.id}/redraw").submit(follow=True)
    session.expire_all()
    assert len(panel.seated) == 3


@LOCALES
def test_bids_are_checked_one_after_the_other(
    session: Session, clock: Clock, come: Come, locale: str
) -> None:
    panel = panels.declared(session)
    clock(panels.QUALIFIED)
    pages = come(Role.STREET_OFFICIAL, locale=locale)
    bids = opened_bids(session, panel.tender)
    page = pages.get(f"/panels/{panel.id}/checks/{bids[0].bid_id}")
    keys = [each.id.hex for each in panel.tender.requirements]
    met = {f"meets_{key}": "yes" for key in keys}
    page = page.form("check-form").fill(**{**met, f"meets_{keys[0]}": "no"}).submit(status=422)
    assert page.errors
    reasons = {f"words_{keys[0]}": "没有提供审计报告。"}
    page = page.form("check-form").fill(**reasons).submit(follow=True)
    assert str(bids[1].bid_id) in page.path
    page = page.form("check-form").fill(**met).submit(follow=True)
    page = page.form("check-form").fill(**met).submit(follow=True)
    assert page.path.split("#")[0].endswith(str(panel.id))
    page.form(f"/panels/{panel.id}/checks/close").submit(follow=True)
    session.expire_all()
    assert panel.qualified_at == panels.QUALIFIED
    assert bids[0].invalid_reason is InvalidReason.NOT_QUALIFIED
    page = pages.get(f"/panels/{panel.id}/checks/{bids[0].bid_id}")
    assert "没有提供审计报告。" in page.text
    page = pages.get(f"/panels/{panel.id}/checks/{bids[1].bid_id}")
    page = page.form("reject-form").submit(status=422)
    page.form("reject-form").fill(reason="collusion", words="两份雷同").submit(follow=True)
    session.expire_all()
    assert bids[1].invalid_reason is InvalidReason.COLLUSION


def apart(member: int, bid: object, criterion: object) -> panels.Decimal:
    """The last member thinks little of the first bid."""
    usual = panels.usual_points(member, bid, criterion)
    return usual / 10 if member == 2 and bid.alias == 1 and not criterion.is_objective else usual


@LOCALES
def test_outliers_are_shown_put_right_and_talked_about(
    session: Session, clock: Clock, come: Come, locale: str
) -> None:
    def rounded(member: int, bid: object, criterion: object) -> panels.Decimal:
        return apart(member, bid, criterion).quantize(panels.Decimal("0.01"))

    panel = panels.marked(session, points=rounded)
    clock(panels.MARKED)
    pages = come(Role.STREET_OFFICIAL, locale=locale)
    where = f"/panels/{panel.id}/marks"
    page = pages.get(where)
    assert ("偏离" if locale == "zh" else "Apart") in page.text
    for ending in ("xlsx", "csv"):
        assert pages.client.get(f"{where}?format={ending}").status_code == 200
    mark = next(row for row in overview.rows(session, panel) if row.apart).apart[0]
    page = pages.get(f"{where}/{mark.id}")
    page = page.form(f"{where}/{mark.id}").submit(status=422)
    page = page.form(f"{where}/{mark.id}").fill(ground="sum", points="9", words="复核").submit(status=422)
    assert ("看不出" if locale == "zh" else "Nothing shows this ground") in " ".join(page.errors)
    page = page.form(f"{where}/{mark.id}").fill(ground="extreme").submit(follow=True)
    session.expire_all()
    assert mark.points == 9
    page = page.form("consensus-form").submit(status=422)
    page = page.form("consensus-form").fill(words="漏看了附件，已更正。").submit(follow=True)
    assert "漏看了附件，已更正。" in page.text
    pages.get(where)
    pages.get(f"{where}/{panel.id}", status=404)
    seat = come(panel.members[0], locale=locale).get(f"/marking/{panel.members[0].id}")
    assert (
        "漏看了附件，已更正。" in seat.click("看全部评分" if locale == "zh" else "See everybody's marks").text
    )


@LOCALES
def test_a_low_price_is_asked_about_explained_and_decided(
    session: Session, clock: Clock, come: Come, locale: str
) -> None:
    panel = panels.priced(session, prices=("200000.00", "462000.00", "480000.00"))
    bid = opened_bids(session, panel.tender)[0]
    clock(panels.PRICED)
    official = come(Role.STREET_OFFICIAL, locale=locale)
    staff = come(Role.ORGANISATION_STAFF, organisation=bid.bid.organisation, locale=locale)
    where = f"/panels/{panel.id}/prices/{bid.bid_id}"
    page = official.get(f"/panels/{panel.id}")
    assert "¥200,000.00" in page.text
    page = official.get(where).form(where).fill(minutes="29").submit(status=422)
    page.form(where).fill(minutes="30").submit(follow=True)
    session.expire_all()
    question = session.get_one(LowPriceQuestion, bid.bid_id)
    page = staff.get("/home").click("说明报价" if locale == "zh" else "Explain your price")
    page = page.form(page.path).submit(status=422)
    page = page.form(page.path).fill(words="场地由街道免费提供。").submit(follow=True)
    assert "场地由街道免费提供。" in page.html
    clock(question.due_at)
    late = page.form(page.path).fill(words="补充一点").submit(status=409)
    assert ("没有收下" if locale == "zh" else "Not taken") in late.text
    session.expire_all()
    assert question.answer == "场地由街道免费提供。"
    page = official.get(where).form(where).submit(status=422)
    page.form(where).fill(accepted="no", words="没有成本测算").submit(follow=True)
    session.expire_all()
    assert bid.invalid_reason is InvalidReason.LOW_PRICE_UNPROVED
    assert "没有成本测算" in official.get(where).text
    decided = staff.get(f"/low-prices/{bid.bid_id}")
    assert ("评审小组已经作出决定" if locale == "zh" else "The panel has decided") in decided.text
    other = opened_bids(session, panel.tender)[1]
    stranger = come(Role.ORGANISATION_STAFF, organisation=other.bid.organisation)
    stranger.get(f"/low-prices/{bid.bid_id}", status=404)


@LOCALES
def test_lots_are_ranked_recomputed_downloaded_and_reported(
    session: Session, clock: Clock, come: Come, locale: str
) -> None:
    panel: Panel = panels.priced(session, lots=2)
    clock(panels.RANKED)
    pages = come(Role.STREET_OFFICIAL, locale=locale)
    where = f"/panels/{panel.id}"
    page = pages.get(where)
    assert f'action="{where}/report"' not in page.html
    page = page.form(f"{where}/rank/1").submit(follow=True)
    page = page.form(f"{where}/rank/2").submit(follow=True)
    assert ("逐字节相同" if locale == "zh" else "the same to the byte") in page.text
    ranking = reporting.standing(session, panel.tender.lots[0])
    assert ranking is not None
    assert ranking.digest in page.text
    for part, kept in (("question", ranking.question), ("answer", ranking.answer)):
        answer = pages.client.get(f"/panels/rankings/{ranking.id}/{part}")
        assert answer.data == kept.encode()
        json.loads(answer.data)
    form = pages.get(f"{where}/marks").form("consensus-form").fill(words="没有异议。")
    page = form.submit(follow=True)
    page = page.form(f"{where}/report").submit(follow=True)
    session.expire_all()
    assert phase_at(panel.tender, panels.RANKED) is TenderPhase.REPORTED
    page = pages.get(where)
    assert f'action="{where}/rank/1"' not in page.html
    come(Role.AUDITOR, locale=locale).get(where)


def test_what_is_refused_is_said_on_the_panels_page(session: Session, clock: Clock, come: Come) -> None:
    panel = panels.priced(session)
    clock(panels.RANKED)
    pages = come(Role.STREET_OFFICIAL)
    token = pages.get(f"/panels/{panel.id}").form(f"/panels/{panel.id}/rank/1").values["csrf_token"]
    answer = pages.client.post(f"/panels/{panel.id}/report", data={"csrf_token": token})
    assert answer.status_code == 409
    assert "还没有记录合议情况" in answer.get_data(as_text=True)
    assert pages.client.post(f"/panels/{panel.id}/rank/7", data={"csrf_token": token}).status_code == 404
    answer = pages.client.post(f"/panels/{panel.id}/checks/close", data={"csrf_token": token})
    assert answer.status_code == 409


def test_home_pages_name_the_next_step(session: Session, clock: Clock, come: Come) -> None:
    panel = panels.declared(session)
    clock(panels.RANKED)
    pages = come(Role.STREET_OFFICIAL)
    assert "审查资格与符合性" in pages.get("/home").text
    panels.check(session, panel)
    for member in panel.seated:
        panels.mark(session, member)
    session.commit()
    assert "开启报价" in pages.get("/home").text
    panels.open_prices(session, panel.tender)
    session.commit()
    assert "排名次，提交评审报告" in pages.get("/home").text
