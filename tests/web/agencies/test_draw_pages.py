"""The draw with its list of the barred, the declaration, the refusal of a tied agency, and the fee."""

import re
from hashlib import sha256

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.agencies import keeping
from models.agencies.agency import Agency
from models.agencies.assignment import AssignmentKind
from models.agencies.ground import ASKED, Ground
from models.agencies.queries import assignment_of
from models.contracts.contract import Contract
from tests.factories import agencies, parties
from tests.factories.parties import NOON
from tests.page import PageClient
from tests.web.agencies.conftest import Come

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])
NO = {ground.value: "no" for ground in ASKED}


def tie(session: Session, agency: Agency, contract: Contract) -> None:
    act = agencies.registrar(session)
    keeping.tie(session, agency, act, organisation_id=contract.organisation_id, kind=Ground.PAID_WORK)
    session.commit()


def drawn(pages: PageClient, contract: Contract) -> str:
    """The address of the draw, made by the button."""
    where = f"/contracts/{contract.id}/evaluator"
    return pages.get(where).form(where).submit(follow=True).path


def test_an_official_draws_and_anybody_replays_it_from_the_page(
    session: Session, come: Come, contract: Contract, listed: list[Agency]
) -> None:
    tie(session, listed[0], contract)
    pages = come(Role.STREET_OFFICIAL)
    page = pages.get(f"/contracts/{contract.id}/evaluator")
    states = {row[0]: row[1:] for row in page.rows("名单上的机构")[1:]}
    assert states[listed[0].organisation.name] == ["排除", "为承接机构做过有偿的工作"]
    page = pages.get(drawn(pages, contract))
    assert page.rows("排除的机构和原因")[1][:2] == [listed[0].organisation.name, "为承接机构做过有偿的工作"]
    assert "核对一致" in page.text
    seed = re.search(r"种子 ([0-9a-f]{64})", page.text)
    assert seed is not None
    ids = [str(each.organisation_id) for each in listed[1:]]
    first = min(ids, key=lambda key: sha256(f"{seed[1]}:{key}".encode()).hexdigest())
    names = {str(each.organisation_id): each.organisation.name for each in listed}
    assert page.rows("抽取的顺序")[1][:2] == [names[first], "1"]


def test_the_drawn_agency_declares_and_may_begin(
    session: Session, come: Come, contract: Contract, listed: list[Agency]
) -> None:
    made = agencies.drawn(session, contract)
    page = come(made.agency).get("/home").click("申报利害关系 " + contract.award.lot.tender.title)
    page = page.click("申报利害关系")
    assert set(page.form().submit(status=422).errors) == {"每一个问题都要回答。"}
    page = page.form().fill(NO).submit(follow=True)
    assert "已申报，可以开展" in page.text
    assert assignment_of(session, contract.id, AssignmentKind.PRIMARY, NOON) is made


def test_a_yes_stands_aside_and_the_next_is_drawn(
    session: Session, come: Come, contract: Contract, listed: list[Agency]
) -> None:
    made = agencies.drawn(session, contract)
    page = come(made.agency).get(f"/assignments/{made.id}/declaration")
    refused = page.form().fill({**NO, "kinship": "yes"}).submit(status=422)
    assert refused.errors == ["回答“有”的，请写明情况：人员有亲属关系。"]
    said = {**NO, "kinship": "yes", "kinship_words": "一名理事的配偶在该机构任职。"}
    page = page.form().fill(said).submit(follow=True)
    assert "一名理事的配偶在该机构任职。" in page.text
    session.expire_all()
    assert [each.is_live for each in made.draw.assignments] == [False, True]


@LOCALES
def test_an_evaluator_opening_a_conflicted_project_by_its_address_is_refused(
    session: Session, come: Come, contract: Contract, listed: list[Agency], locale: str
) -> None:
    made = agencies.drawn(session, contract)
    session.commit()
    pages = come(made.agency, locale=locale)
    where = f"/assignments/{made.id}"
    assert pages.get(where).status == 200
    tie(session, made.agency, contract)
    assert pages.get(where, status=403).status == 403
    if locale == "zh":
        assert "贵机构与这个项目的承接机构有利害关系" in pages.get(where, status=403).text
    (other, *_rest) = (each for each in listed if each is not made.agency)
    assert come(other, locale=locale).get(where, status=404).status == 404
    official = come(Role.STREET_OFFICIAL, locale=locale)
    page = official.get(f"/agency-draws/{made.draw_id}")
    assert page.status == 200
    if locale == "zh":
        assert "抽到之后查出利害关系：为承接机构做过有偿的工作" in page.text
        page = official.get("/home").click("处理评估机构的利害关系 " + contract.award.lot.tender.title)
        page = page.click("让它回避，换一家").form().fill(words="查出有偿工作。").submit(follow=True)
        assert "查出有偿工作。" in page.text


def test_the_agency_gives_an_assignment_back(
    session: Session, come: Come, contract: Contract, listed: list[Agency]
) -> None:
    made = agencies.drawn(session, contract)
    page = come(made.agency).get(f"/assignments/{made.id}").click("回避，交还任务")
    page = page.form().fill(words="人手不足。").submit(follow=True)
    assert "人手不足。" in page.text


@LOCALES
def test_with_nobody_left_the_official_is_told_and_draws_later(
    session: Session, come: Come, contract: Contract, listed: list[Agency], locale: str
) -> None:
    made = agencies.drawn(session, contract)
    for agency in listed:
        if agency is not made.agency:
            agencies.suspended(session, agency)
    made.recused_at, made.recused_words = NOON, "人手不足。"
    session.commit()
    pages = come(Role.STREET_OFFICIAL, locale=locale)
    page = pages.get(f"/agency-draws/{made.draw_id}")
    refused = page.form(f"/agency-draws/{made.draw_id}/next").submit(status=422)
    if locale == "zh":
        assert "名单已经用完：抽到过 1 家" in refused.text
    agencies.agency(session, name="上海新来评估中心")
    session.commit()
    page = (
        pages.get(f"/agency-draws/{made.draw_id}")
        .form(f"/agency-draws/{made.draw_id}/next")
        .submit(follow=True)
    )
    assert "上海新来评估中心" in page.text


def test_the_fee_stands_apart_and_the_contractor_never_sees_it(
    session: Session, come: Come, contract: Contract, listed: list[Agency]
) -> None:
    made = agencies.assigned(session, contract, listed[0])
    session.commit()
    pages = come(Role.STREET_OFFICIAL)
    page = pages.get(f"/assignments/{made.id}").click("登记委托合同和费用")
    page = page.form().fill(fee="18000", agreed_on="2026-11-01").submit(follow=True)
    assert "¥18,000.00" in page.text
    page = page.click("登记费用支付").form().fill(paid_on="2026-11-19").submit(follow=True)
    assert "2026年11月19日" in page.text
    assert "¥18,000.00" in come(listed[0]).get(f"/assignments/{made.id}").text
    for who in (listed[1], Role.COMMUNITY_WORKER, Role.HUB):
        come(who).get(f"/assignments/{made.id}", status=404)


@LOCALES
def test_the_assignments_of_an_area_and_of_an_agency(
    session: Session, come: Come, contract: Contract, listed: list[Agency], locale: str
) -> None:
    agencies.assigned(session, contract, listed[0])
    session.commit()
    for who, rows in (
        (Role.STREET_OFFICIAL, 1),
        (Role.AUDITOR, 1),
        (listed[0], 1),
        (listed[1], 0),
    ):
        page = come(who, locale=locale).get("/assignments")
        assert page.text.count(contract.reference) == rows
        assert come(who, locale=locale).get("/assignments?format=xlsx").status == 200
    elsewhere = come(Role.STREET_OFFICIAL, unit=parties.OTHER_STREET, locale=locale)
    assert contract.reference not in elsewhere.get("/assignments").text


@LOCALES
def test_before_the_list_has_anybody_the_page_says_what_to_do(
    session: Session, come: Come, contract: Contract, listed: list[Agency], locale: str
) -> None:
    act = agencies.registrar(session)
    for agency in listed:
        keeping.leave(session, agency, act)
    session.commit()
    page = come(Role.STREET_OFFICIAL, locale=locale).get(f"/contracts/{contract.id}/evaluator")
    assert not any("evaluator" in (form.get("action") or "") for form in page.document.all("form"))
