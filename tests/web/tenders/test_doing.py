"""The whole way of an official from a need to a published tender, and what comes after."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.sealing import shares
from models.tenders.enquiry import Enquiry
from models.tenders.key import KeyHolder
from models.tenders.tender import Tender
from tests.conftest import SignInAs
from tests.factories import parties, tenders
from tests.page_document import text_of
from tests.web.tenders.conftest import client_of

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])


@LOCALES
def test_from_a_need_to_a_published_tender(
    app: Flask, session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    need = tenders.need(session)
    people = tenders.officers(session)
    session.commit()
    zh = locale == "zh"
    pages = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    page = pages.get(f"/needs/{need.id}").click("为它起草采购项目" if zh else "Draft a tender for it")
    page = page.form().submit(follow=True)
    made = session.scalars(select(Tender)).one()
    where = f"/tenders/{made.id}"
    assert page.path == f"{where}/write"
    page = (
        pages.get(f"{where}/basics")
        .form()
        .fill(
            budget_item="社区服务",
            method="competitive_consultation",
            title="助餐服务采购",
            surveyed_on="２０２６年10月30日",
            surveyed_respondents="4",
            reservation_words="面向社会组织。",
        )
        .submit(follow=True)
    )
    assert page.flashes
    page = (
        pages.get(f"{where}/keys")
        .form()
        .fill(officers=[str(person.id) for person in people], threshold="2", escrow_place="保险柜")
        .submit(follow=True)
    )
    page = pages.get(f"{where}/publish")
    refused = page.form().fill(sure="y").submit(status=422)
    assert ("取走自己的口令" if zh else "fetch their own phrase") in refused.text
    for holder in session.scalars(select(KeyHolder)):
        own = client_of(app, session, holder.person, locale) if holder.person else pages
        shown = own.get(f"/tenders/phrases/{holder.id}").form().fill(ready="y").submit(status=200)
        assert shown.response.headers["Cache-Control"] == "no-store"
        (listed,) = (each for each in shown.document.all("ol") if each.get("class") == "phrase")
        phrase = " ".join(text_of(each) for each in listed)
        assert shares.is_recognised(phrase, holder.fingerprint)
        assert " ".join(phrase.split()[-4:]) not in own.get(f"/tenders/phrases/{holder.id}").text
    page = pages.get(f"{where}/publish").form().fill(sure="y").submit(follow=True)
    assert page.path == where
    assert ("接受投标" if zh else "Taking bids") in page.text
    assert made.title in pages.get(f"/needs/{need.id}").text


@LOCALES
def test_sections_are_written_item_by_item(
    session: Session, draft: Tender, sign_in_as: SignInAs, locale: str
) -> None:
    pages = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    where = f"/tenders/{draft.id}"
    for part, fill in {
        "criteria": {
            "title": "新评分项",
            "weight": "１２.5",
            "words_0": "五项",
            "points_0": "12.5",
            "words_1": "没有",
            "points_1": "0",
        },
        "requirements": {"kind": "particular", "words": "有送餐车辆两辆以上。"},
        "milestones": {"title": "加一期", "due_days": "60", "percent": "5"},
    }.items():
        number = len(getattr(draft, part)) + 1
        page = pages.get(f"{where}/{part}/{number}").form("item").fill(**fill).submit(follow=True)
        assert page.path.startswith(f"{where}/write#")
        session.expire_all()
        assert len(getattr(draft, part)) == number
        pages.get(f"{where}/{part}/{number}").form(f"{where}/{part}/{number}/remove").submit(follow=True)
        session.expire_all()
        assert len(getattr(draft, part)) == number - 1
        pages.get(f"{where}/{part}/99", status=404)
    page = (
        pages.get(f"{where}/lots/1").form("item").fill(title="唯一的包", ceiling="480000").submit(follow=True)
    )
    session.expire_all()
    assert (draft.lots[0].title, draft.ceiling) == ("唯一的包", 480000)


@pytest.mark.parametrize(
    ("part", "fill"),
    [
        ("lots", {"budget": "0"}),
        ("lots", {"budget": "1e9"}),
        ("lots", {"ceiling": "１２万"}),
        ("lots", {"ceiling": "99999999"}),
        ("criteria", {"weight": "100.01"}),
        ("criteria", {"weight": "1e1"}),
        ("criteria", {"points_0": "-1"}),
        ("milestones", {"percent": "0"}),
        ("milestones", {"due_days": "99999"}),
        ("requirements", {"words": " "}),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(
    draft: Tender, sign_in_as: SignInAs, part: str, fill: dict[str, str]
) -> None:
    pages = sign_in_as(Role.STREET_OFFICIAL)
    page = pages.get(f"/tenders/{draft.id}/{part}/1").form("item").fill(**fill).submit(status=422)
    assert page.errors
    for typed in fill.values():
        assert typed.strip() in page.html


def test_weights_of_99_99_are_named_in_place(session: Session, draft: Tender, sign_in_as: SignInAs) -> None:
    pages = sign_in_as(Role.STREET_OFFICIAL)
    weight = (
        str(draft.criteria[0].weight - parties.Decimal("0.01")) if hasattr(parties, "Decimal") else "31.49"
    )
    pages.get(f"/tenders/{draft.id}/criteria/1").form("item").fill(weight=weight, points_0="31").submit(
        follow=True
    )
    page = pages.get(f"/tenders/{draft.id}/write")
    assert "权重合计是 99.99，应当正好是 100。" in page.text
    refused = pages.get(f"/tenders/{draft.id}/publish").form().fill(sure="y").submit(status=422)
    assert "R26" in refused.text


@LOCALES
def test_question_and_answer(session: Session, tender: Tender, sign_in_as: SignInAs, locale: str) -> None:
    organisation = parties.organisation(session, name="上海问询社")
    zh = locale == "zh"
    staff = sign_in_as(Role.ORGANISATION_STAFF, organisation=organisation, locale=locale)
    page = staff.get(f"/tenders/{tender.id}").click("提一个问题" if zh else "Ask a question")
    page = page.form().fill(question="周末也要送餐吗？").submit(follow=True)
    assert "周末也要送餐吗？" in page.text
    official = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    home = official.get("/home")
    page = home.click("答复问题" if zh else "Answer a question")
    assert "上海问询社" not in page.html
    page = page.form().fill(answer="周末不用。").submit(follow=True)
    assert "周末不用。" in page.text
    assert "上海问询社" not in page.html
    enquiry = session.scalars(select(Enquiry)).one()
    official.get(f"/tenders/enquiries/{enquiry.id}")


@LOCALES
def test_amending_extending_noting_and_ending(
    session: Session, tender: Tender, sign_in_as: SignInAs, locale: str
) -> None:
    pages = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    where = f"/tenders/{tender.id}"
    page = pages.get(f"{where}/amend").form().fill(words="说明一下。", bears_on_bids="no").submit(follow=True)
    assert "说明一下。" in page.text
    changed = pages.get(f"{where}/amend").form()
    page = changed.fill(words="改需求。", bears_on_bids="no", description="新需求").submit(status=422)
    assert page.errors
    page = changed.fill(bears_on_bids="yes", day="2026-12-15").submit(status=422)
    assert page.errors
    page = changed.fill(clock="17：00").submit(follow=True)
    assert "新需求" in page.text
    page = pages.get(f"{where}/extend").form().fill(words="停机。", day="2026-12-16").submit(follow=True)
    page = pages.get(f"{where}/extend").form().fill(words="停机。", day="2026-12-19").submit(status=422)
    assert page.errors
    notice = pages.get(f"{where}/notices").form()
    page = notice.fill(kind="tender", url="javascript:alert(1)", published_on="2026-11-20").submit(status=422)
    page = notice.fill(url="http://www.ccgp-shanghai.gov.cn/1").submit(follow=True)
    end = pages.get(f"{where}/end").form()
    assert end.fill(words="预算没了。").submit(status=422).errors
    lot = str(tender.lots[0].id)
    page = end.fill(what=lot, how="cancel", sure="y").submit(follow=True)
    assert "预算没了。" in page.text
    page = (
        pages.get(f"{where}/end")
        .form()
        .fill(what="tender", how="need_changed", words="全变了。", sure="y")
        .submit(follow=True)
    )
    assert "全变了。" in page.text


def test_a_draft_is_dropped_and_its_needs_are_free(
    session: Session, draft: Tender, sign_in_as: SignInAs
) -> None:
    pages = sign_in_as(Role.STREET_OFFICIAL)
    need = draft.lots[0].needs[0].need
    assert need.heading not in pages.get("/tenders/new").text
    pages.get(f"/tenders/{draft.id}/write").form(f"/tenders/{draft.id}/drop").submit(follow=True)
    assert need.heading in pages.get("/tenders/new").text


@LOCALES
def test_what_the_list_of_tasks_asks_for_is_not_called_optional(
    draft: Tender, sign_in_as: SignInAs, locale: str
) -> None:
    page = sign_in_as(Role.STREET_OFFICIAL, locale=locale).get(f"/tenders/{draft.id}/basics")
    labels = {each.get("for"): text_of(each) for each in page.document.all("label")}
    optional = "选填" if locale == "zh" else "Optional"
    called = {name for name, words in labels.items() if optional in words}
    assert called == {"author_organisation_id", "contract_words", "engagement"}
    assert ("分包" if locale == "zh" else "subcontract") in labels["subcontracting_allowed"]


@pytest.mark.parametrize(
    ("part", "name"),
    [("lots", "Lot"), ("criteria", "Criterion"), ("requirements", "Condition"), ("milestones", "Milestone")],
)
def test_an_item_is_named_in_the_singular(draft: Tender, sign_in_as: SignInAs, part: str, name: str) -> None:
    pages = sign_in_as(Role.STREET_OFFICIAL, locale="en")
    assert pages.get(f"/tenders/{draft.id}/{part}/1").h1 == f"{name} 1"
    last = len(getattr(draft, part))
    assert pages.get(f"/tenders/{draft.id}/{part}/{last + 1}").h1 == f"New {name.lower()}"
