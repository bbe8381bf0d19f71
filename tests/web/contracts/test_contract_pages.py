"""The board, a contract from its draft to the last payment, and acceptances in public."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from models.act import Role
from models.contracts import changing
from models.contracts.contract import ContractPhase, MilestonePhase
from models.contracts.lifecycle import contract_phase_at, milestone_phase_at
from models.contracts.queries import contracts as visible
from tests.factories import contracts, parties
from tests.factories.contracts import NOTICE_OVER, SIGNED, URL
from tests.web.contracts.conftest import Come
from tests.web.test_few_queries import asked

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])


def test_a_contract_is_signed_by_both_published_and_filed(session: Session, come: Come) -> None:
    contract = contracts.contract(session, signed=False)
    where = f"/contracts/{contract.id}"
    supplier = contract.award.bid.bid.organisation
    assert "请核对内容，等采购人先签署" in come(supplier, at=SIGNED).get(where).text
    pages = come(at=SIGNED)
    page = pages.get(where).click("改条款、写协商记录")
    page = page.form().fill(negotiation="谈过两次，价格不变。").submit(follow=True)
    assert "谈过两次，价格不变。" in page.text
    page = page.form(f"{where}/sign").submit(follow=True)
    assert "等供应商签署" in page.text
    page = come(supplier, at=SIGNED).get(where).form(f"{where}/countersign").submit(follow=True)
    assert "合同生效" in page.flashes[0]
    page = come(at=SIGNED).get(where)
    assert "公告合同：2026年12月31日前（R34）" in page.text
    page = page.click("登记合同公告").form().fill(url=URL, published_on="2026-12-29").submit(follow=True)
    page = page.form(f"{where}/filing").submit(follow=True)
    assert "登记备案" not in page.text
    session.expire_all()
    assert contract_phase_at(contract, SIGNED) == ContractPhase.ACTIVE


def test_a_suspended_contract_cannot_be_signed(session: Session, come: Come) -> None:
    award = contracts.award(session)
    contract = contracts.contract(session, award, signed=False)
    contracts.challenge(session, award)
    pages = come(at=SIGNED)
    page = pages.get(f"/contracts/{contract.id}")
    assert "暂停签订" in page.text
    assert "代表采购人签署" not in page.text
    page = pages.post(f"/contracts/{contract.id}/sign", status=409)
    assert "暂停签订" in page.text


@LOCALES
def test_a_milestone_goes_from_report_to_payment(session: Session, come: Come, locale: str) -> None:
    milestone = contracts.milestone(session)
    supplier = milestone.contract.award.bid.bid.organisation
    where = f"/milestones/{milestone.id}"
    pages = come(supplier, locale=locale)
    pages.get(f"{where}/report").form().fill(words="完成 300 人次。").submit()
    official = come(locale=locale)
    official.get(f"{where}/return").form().fill(words="缺少签到表。").submit()
    page = come(supplier, locale=locale).get(where)
    assert "缺少签到表。" in page.text
    page.client.get(f"{where}/report").form().fill(words="已补签到表。").submit()
    official = come(locale=locale)
    form = official.get(f"{where}/acceptance").form()
    assert form.fill(users_asked="3x").submit(status=422).errors
    said = {"users_asked": "３０", "users_satisfied": "31", "users_words": "多数满意。"}
    assert official.get(f"{where}/acceptance").form().fill(said).submit(status=422).errors
    said["users_satisfied"] = "27"
    official.get(f"{where}/acceptance").form().fill(said).submit(follow=True)
    come(supplier, locale=locale).get(where).form(f"{where}/invoice").submit(follow=True)
    page = come(locale=locale).get(where)
    assert "R36" in page.text
    page.client.get(f"{where}/payment").form().submit(follow=True)
    session.expire_all()
    assert milestone_phase_at(milestone, SIGNED) == MilestonePhase.PAID
    page = come(None, locale=locale).get("/acceptances")
    assert "多数满意。" in page.text
    assert "90%" in page.text


@LOCALES
def test_a_change_within_a_tenth_is_proposed_and_agreed(session: Session, come: Come, locale: str) -> None:
    contract = contracts.contract(session)
    where = f"/contracts/{contract.id}"
    form = come(locale=locale).get(f"{where}/change").form().fill(words="增加服务人次。")
    page = form.fill(adds="45000.01").submit(status=422)
    assert "45000.00" in page.errors[0]
    for typed in ("1e9", "1/3"):
        assert page.form().fill(words="增加。", adds=typed).submit(status=422).errors
    page.form().fill(words="增加服务人次。", adds="４５，０００").submit(follow=True)
    page = come(contract.award.bid.bid.organisation, locale=locale).get(where)
    page = page.form(f"/contract-changes/{contract.changes[0].id}/agree").submit(follow=True)
    session.expire_all()
    assert changing.total(contract) == contract.amount + 45000
    assert "495,000.00" in page.text


@LOCALES
def test_a_social_worker_is_replaced_by_name(session: Session, come: Come, locale: str) -> None:
    contract = contracts.contract(session)
    supplier = contract.award.bid.bid.organisation
    worker = contract.workers[0]
    form = come(supplier, locale=locale).get(f"/contract-workers/{worker.id}/replacement").form()
    form.fill(name="李接任", certificate="assistant", from_on="2027-05-01")
    page = form.submit(follow=True)
    assert "李接任" in page.text


@LOCALES
def test_a_contract_is_ended_with_words(session: Session, come: Come, locale: str) -> None:
    contract = contracts.contract(session)
    form = come(locale=locale).get(f"/contracts/{contract.id}/termination").form()
    assert form.submit(status=422).errors
    page = form.fill(words="双方协商一致。").submit(follow=True)
    assert "双方协商一致。" in page.text


@LOCALES
def test_the_board_sorts_filters_and_exports_what_it_shows(session: Session, come: Come, locale: str) -> None:
    first = contracts.contract(session)
    second = contracts.contract(session, signed=False)
    pages = come(locale=locale)
    page = pages.get("/contracts")
    assert [row[0] for row in page.rows()[1:]] == [first.reference, second.reference]  # what is due first
    page = pages.get("/contracts?sort=-reference")
    assert [row[0] for row in page.rows()[1:]] == [second.reference, first.reference]
    page = pages.get("/contracts?phase=active")
    assert [row[0] for row in page.rows()[1:]] == [first.reference]
    assert first.reference not in pages.get("/contracts?q=没有这样的词").text
    file = pages.client.get("/contracts?phase=active&format=xlsx")
    sheet = load_workbook(BytesIO(file.data)).active
    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [first.reference]
    late = come(locale=locale, at=SIGNED.replace(year=2027, month=6))
    page = late.get("/contracts?due=late")
    assert len(page.rows()) == 3


@LOCALES
def test_an_empty_board_says_what_would_be_here(session: Session, come: Come, locale: str) -> None:
    parties.place(session)
    said = "还没有合同" if locale == "zh" else "No contracts yet"
    assert said in come(locale=locale).get("/contracts").text
    said = "还没有验收结果" if locale == "zh" else "Nothing accepted yet"
    assert said in come(None, locale=locale).get("/acceptances").text


def test_what_is_listed_is_what_can_be_seen(session: Session) -> None:
    contract = contracts.contract(session)
    organisation = contract.award.bid.bid.organisation
    loser = contracts.opened(session, contract.award.lot)[1].bid.organisation
    seen = {
        "own": contracts.staff(session, organisation, SIGNED),
        "official": contracts.official(session, SIGNED),
        "auditor": parties.act_as(session, Role.AUDITOR, at=SIGNED),
    }
    unseen = {
        "loser": contracts.staff(session, loser, SIGNED),
        "elsewhere": contracts.official(session, SIGNED, unit=parties.OTHER_STREET),
        "panel": parties.act_as(session, Role.PANEL_MEMBER, at=SIGNED),
        "nobody": parties.nobody(SIGNED),
    }
    assert {who: visible(session, act) for who, act in seen.items()} == {who: [contract] for who in seen}
    assert {who: visible(session, act) for who, act in unseen.items()} == {who: [] for who in unseen}


def test_a_longer_board_asks_no_more_questions(session: Session, come: Come, connection: Connection) -> None:
    contracts.contract(session)
    pages = come()
    with asked(connection) as before:
        pages.get("/contracts")
    for _ in range(3):
        contracts.contract(session, signed=False)
    session.commit()
    with asked(connection) as after:
        pages.get("/contracts")
    assert len(after) == len(before)


def test_homes_tell_both_sides_what_is_theirs_to_do(session: Session, come: Come) -> None:
    contract = contracts.contract(session)
    first = contract.milestones[0]
    supplier = contract.award.bid.bid.organisation
    page = come(supplier).get("/home")
    project = contract.award.lot.tender.title
    assert page.link(f"报告这一期 {project} · {first.title}") == f"/milestones/{first.id}"
    page = come().get("/home")
    assert page.link(f"公告这份合同 {contract.award.lot.title}") == f"/contracts/{contract.id}"
    assert page.link(f"备案这份合同 {contract.award.lot.title}") == f"/contracts/{contract.id}"


def test_messages_lead_to_what_they_tell_of(session: Session, come: Come) -> None:
    contract = contracts.contract(session, signed=False)
    pages = come(at=NOTICE_OVER)
    assert pages.get("/inbox").status == 200
    assert contract.reference.startswith("HT-2026-")
