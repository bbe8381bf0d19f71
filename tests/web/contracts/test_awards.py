"""The award desk, letters and results as their readers see them."""

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.contracts import awarding
from models.contracts.awarding import standing_award
from tests.factories import contracts, parties
from tests.factories.contracts import DECIDED, NOTICED, SIGNED, URL
from tests.page_document import text_of
from tests.web.contracts.conftest import Come

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])
EQUAL_PRICES = ("450000.00", "450000.00", "480000.00")


def test_an_official_decides_notes_the_notice_and_draws_up_the_contract(session: Session, come: Come) -> None:
    tender = contracts.reported(session)
    pages = come(at=DECIDED)
    page = pages.get(f"/results/{tender.id}/desk")
    assert [row[1] for row in page.rows("排名")[1:]] == ["1", "2", "3"]
    page = page.form("确定").submit(follow=True)
    assert "请在两个工作日内公告" in page.flashes[0]
    pages = come(at=NOTICED)
    form = pages.get(f"/results/{tender.id}/desk").click("登记结果公告").form()
    assert form.fill(url="notice", published_on="2026-12-16").submit(status=422).errors
    page = form.fill(url=URL, published_on="2026年12月16日").submit(follow=True)
    assert "公告期到 2026年12月17日" in page.text
    page = page.click("拟订合同").form().submit(follow=True)
    award = standing_award(session, tender.lots[0])
    assert award is not None
    assert page.h1.startswith("合同 HT-2026-")


def test_passing_over_the_first_wants_a_ground_and_words(session: Session, come: Come) -> None:
    tender = contracts.reported(session)
    second = contracts.opened(session, tender.lots[0])[1]
    page = come(at=DECIDED).get(f"/results/{tender.id}/desk").click("不选第一名")
    page = page.form().fill(bid=second.bid_id).submit(status=422)
    assert page.errors == ["请选择依据。", "请写明为什么不选排在前面的。"]
    said = {"bid": second.bid_id, "ground": "declined", "words": "第一名书面放弃。"}
    page = page.form().fill(said).submit(follow=True)
    assert "排在前面的供应商放弃" in page.text
    assert "第一名书面放弃。" in page.text


def test_equals_are_chosen_by_the_documents_or_drawn(session: Session, come: Come) -> None:
    tender = contracts.reported(session, lots=2, prices=EQUAL_PRICES, scores=("90", "90", "70"))
    pages = come(at=DECIDED)
    where = f"/results/{tender.id}/desk"
    page = pages.get(where)
    assert "第一名有 2 家并列" in page.text
    page = page.form(f"/results/lots/{tender.lots[0].id}/draw").submit(follow=True)
    award = standing_award(session, tender.lots[0])
    assert award is not None
    assert award.tie_seed in page.text
    form = page.click("按采购文件的办法选定").form()
    form.fill(equal=contracts.opened(session, tender.lots[1])[1].bid_id)
    page = form.fill(tie_words="技术得分高者优先。").submit(follow=True)
    assert "技术得分高者优先。" in page.text


def test_a_shared_second_rank_can_be_chosen_by_name(session: Session, come: Come) -> None:
    prices = ("450000.00", "460000.00", "460000.00")
    tender = contracts.reported(session, prices=prices, scores=("90", "80", "80"))
    third = contracts.opened(session, tender.lots[0])[2]
    said = {"bid": third.bid_id, "ground": "declined", "words": "第一名放弃；并列者中按文件取服务面广者。"}
    pages = come(at=DECIDED)
    pages.get(f"/results/lots/{tender.lots[0].id}/other").form().fill(said).submit()
    award = standing_award(session, tender.lots[0])
    assert award is not None
    assert (award.bid_id, award.rank) == (third.bid_id, 2)


def test_a_result_is_withdrawn_with_words(session: Session, come: Come) -> None:
    award = contracts.award(session)
    page = come().get(f"/results/{award.lot.tender_id}/desk").click("撤销结果")
    assert page.form().submit(status=422).errors == ["请写明原因。"]
    page = page.form().fill(words="中标人书面放弃。").submit(follow=True)
    assert "已撤销：" in page.text
    assert "中标人书面放弃。" in page.text


@LOCALES
def test_each_bidder_reads_its_own_letter_and_nobody_elses(session: Session, come: Come, locale: str) -> None:
    award = contracts.award(session, contracts.reported(session, invalid=[2]))
    first, second, third = (each.bid for each in contracts.opened(session, award.lot))
    pages = come(second.organisation, at=NOTICED, locale=locale)
    page = pages.get("/results/mine")
    assert len(page.rows()) == 2
    page = page.click(award.lot.tender.title)
    assert ("投标结果通知" if locale == "zh" else "Letter about the result") == page.h1
    assert "81.78" in page.text
    assert "9.22" in page.text
    assert "91.00" not in [text_of(each) for each in page.document.all("dd")]  # the winner's total
    assert third.organisation.name not in page.text
    for other in (first, third):
        pages.get(f"/letters/{other.id}", status=404)
    page = come(third.organisation, at=NOTICED, locale=locale).get(f"/letters/{third.id}")
    assert ("资格审查未通过" if locale == "zh" else "qualif") in page.text
    page = come(first.organisation, at=NOTICED, locale=locale).get(f"/letters/{first.id}")
    assert page.h1 == ("中标通知" if locale == "zh" else "Letter of award")


@LOCALES
def test_everybody_reads_the_result_and_no_marks(session: Session, come: Come, locale: str) -> None:
    award = contracts.award(session)
    page = come(None, at=NOTICED, locale=locale).get(f"/results/{award.lot.tender_id}")
    assert award.bid.bid.organisation.name in page.text
    assert "450,000.00" in page.text
    assert URL in [link.href for link in page.links]
    for secret in ("81.78", "9.22", "460,000.00", contracts.NAMES[1]):
        assert secret not in page.text
    panel = contracts.panels.panel_of(session, award.lot.tender)
    assert all(member.person.name in page.text for member in panel.seated)


@LOCALES
def test_there_is_no_result_and_no_panel_before_the_notice(session: Session, come: Come, locale: str) -> None:
    award = contracts.award(session, noticed=False)
    page = come(None, at=NOTICED, locale=locale).get(f"/results/{award.lot.tender_id}")
    assert ("还没有结果" if locale == "zh" else "No result yet") in page.text
    panel = contracts.panels.panel_of(session, award.lot.tender)
    assert not any(member.person.name in page.text for member in panel.seated)
    assert award.bid.bid.organisation.name not in page.text


@LOCALES
def test_the_desk_reads_in_both_languages_at_every_step(session: Session, come: Come, locale: str) -> None:
    tender = contracts.reported(session)
    pages = come(at=DECIDED, locale=locale)
    where = f"/results/{tender.id}/desk"
    pages.get(where)
    award = contracts.award(session, tender, noticed=False)
    pages.get(where)
    contracts.notice(session, award)
    contracts.contract(session, award, signed=False)
    come(at=SIGNED, locale=locale).get(where)
    auditor = come(Role.AUDITOR, locale=locale)
    assert not [form for form in auditor.get(where).document.all("form") if "lots" in form.get("action", "")]
    come(unit=parties.OTHER_STREET, locale=locale).get(where, status=404)


def test_a_tender_shows_where_its_result_is(session: Session, come: Come) -> None:
    award = contracts.award(session)
    tender = award.lot.tender
    page = come(None, at=NOTICED).get(f"/tenders/{tender.id}")
    assert page.link("看采购结果") == f"/results/{tender.id}"
    assert come(at=NOTICED).get(f"/tenders/{tender.id}").link("确定结果") == f"/results/{tender.id}/desk"
    second = contracts.opened(session, award.lot)[1].bid.organisation
    page = come(second, at=NOTICED).get(f"/tenders/{tender.id}")
    assert page.link("提出质疑") == f"/results/{tender.id}/challenge"


def test_the_home_page_tells_what_waits_and_until_when(session: Session, come: Come) -> None:
    tender = contracts.reported(session)
    page = come(at=DECIDED).get("/home")
    assert page.link(f"确定采购结果 {tender.title}") == f"/results/{tender.id}/desk"
    assert "2026年12月21日（周一，还有6天）" in page.text
    contracts.award(session, tender)
    page = come(at=NOTICED).get("/home")
    assert page.link(f"拟订合同 {tender.title}") == f"/results/{tender.id}/desk"


def test_no_contract_is_to_be_made_while_a_challenge_suspends_signing(session: Session, come: Come) -> None:
    award = contracts.award(session)
    assert "拟订合同" in come(at=SIGNED).get("/home").text
    contracts.challenge(session, award)
    page = come(at=SIGNED).get("/home")
    assert "拟订合同" not in page.text
    assert "答复质疑" in page.text


@LOCALES
def test_a_result_that_was_taken_back_marks_its_notice(session: Session, come: Come, locale: str) -> None:
    award = contracts.award(session)
    where = f"/results/{award.lot.tender_id}"
    undone = "原结果已于 2026年12月29日" if locale == "zh" else "taken back on 29 December 2026"
    assert undone not in come(None, at=SIGNED, locale=locale).get(where).text
    awarding.withdraw(session, award, contracts.official(session, SIGNED), words="中标人放弃。")
    page = come(None, at=SIGNED, locale=locale).get(where)
    assert undone in page.text
    assert (
        page.link("看采购项目" if locale == "zh" else "See the tender") == f"/tenders/{award.lot.tender_id}"
    )
