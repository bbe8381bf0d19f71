"""Writing a need on three pages: without a script, in both languages, and with what people get wrong."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.act import Role
from models.audit.record import verify
from models.needs.details import EvidenceKind, FundingSource, ResourceKind
from models.needs.lifecycle import phase_at
from models.needs.need import Need, NeedPhase
from tests.conftest import SignInAs
from tests.factories import deliberations, needs
from tests.factories.parties import ELSEWHERE, NEIGHBOURHOOD, NEXT_DOOR, NOON, STREET
from tests.page import Page, PageClient

TOLD = "三楼到六楼十几户高龄独居老人没人烧饭，吃饭难，已经一年多了。"
JSON = {"Accept": "application/json"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def only(session: Session) -> Need:
    """The one need there is, as it stands in the database now."""
    session.expire_all()
    return session.scalars(select(Need)).one()


def drafted(session: Session, client: PageClient) -> Page:
    """Page 1 of a draft that a community worker has begun."""
    page = client.get("/needs/new")
    return page.form("what").fill(description=TOLD).submit("看看建议", follow=True)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_need_is_posted_in_three_pages_by_picking(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    words = {
        "zh": ("看看建议", "下一步", "看预览", "提交给街道"),
        "en": ("See proposals", "Next page", "Preview", "Submit to the street office"),
    }
    look, next_, preview, hand_in = words[locale]
    page = sign_in_as(locale=locale).get("/needs/new")
    page = page.form("what").fill(description=TOLD).submit(look, follow=True)
    page = page.form("what").fill(codes=["EL-01"], groups=["B03"]).submit(next_, follow=True)
    page = page.form("who").fill(
        affected_people="１３",
        severity="3",
        urgency="2",
        since="12",
        evidence=["visit", "hotline"],
        count_visit="13",
        resources=["venue"],
        words_venue="一楼活动室，每天中午空着",
        existing_supply="志愿者隔周来一次",
    )
    page = page.submit(next_, follow=True)
    page = page.form("when").fill(
        starts="2027-03", ends="2027-08", budget="６０，０００", funding=["street_budget", "donation"]
    )
    page = page.submit(preview, follow=True)
    page = page.form(hand_in).submit(follow=True)
    need = only(session)
    assert need.reference in page.text
    assert phase_at(need, NOON) is NeedPhase.SUBMITTED
    assert (need.affected_people, need.severity, need.urgency) == (13, 3, 2)
    assert (need.starts_on, need.ends_on) == (date(2027, 3, 1), date(2027, 8, 31))
    assert (need.budget, need.since) == (Decimal(60000), date(2025, 11, 1))
    assert [row.term_code for row in need.terms] == ["EL-01", "B03"]
    assert {row.kind: row.count for row in need.evidence} == {
        EvidenceKind.VISIT: 13,
        EvidenceKind.HOTLINE: None,
    }
    assert {row.source for row in need.funding} == {FundingSource.STREET_BUDGET, FundingSource.DONATION}
    assert [(row.kind, row.words) for row in need.resources] == [
        (ResourceKind.VENUE, "一楼活动室，每天中午空着")
    ]
    assert "27" in page.text
    assert verify(session).broken_at is None


def test_the_words_propose_codes_groups_and_needs_that_say_the_same(
    session: Session, sign_in_as: SignInAs
) -> None:
    needs.need(session, NeedPhase.STANDARDISED, description=TOLD, title="一村助餐")
    session.commit()
    page = drafted(session, sign_in_as(unit=NEXT_DOOR))
    offered = page.form("what").options
    assert "EL-01" in offered["codes"]
    assert "B03" in offered["groups"]
    assert page.form("what").values["codes"] == []
    assert "一村助餐" in page.text
    assert "同一件事" not in page.text


def test_the_same_thing_of_the_same_place_is_offered_for_merging(
    session: Session, sign_in_as: SignInAs
) -> None:
    standing = needs.need(session, NeedPhase.STANDARDISED, description=TOLD, title="一村助餐")
    session.commit()
    page = drafted(session, sign_in_as())
    assert "同一件事" in page.text
    (button,) = [each for each in page.document.all("button") if each.get("name") == "into"]
    assert button.get("value") == str(standing.id)


def test_proposals_come_as_a_piece_of_the_page_while_one_writes(sign_in_as: SignInAs) -> None:
    client = sign_in_as()
    token = client.get("/needs/new").form("what").values["csrf_token"]
    sent = {"description": TOLD, "codes": ["WF-02"], "csrf_token": token}
    answer = client.client.post("/needs/proposals", data=sent)
    html = answer.get_data(as_text=True)
    assert "<html" not in html
    assert html.index('value="WF-02"') < html.index('value="EL-01"')
    assert 'id="codes-WF-02" checked' in html


def test_what_is_not_an_organisations_work_is_hinted_at(sign_in_as: SignInAs) -> None:
    client = sign_in_as()
    token = client.get("/needs/new").form("what").values["csrf_token"]
    sent = {"description": "物业不修电梯，灯坏了也没人管", "csrf_token": token}
    html = client.client.post("/needs/proposals", data=sent).get_data(as_text=True)
    assert "不归社会组织" in html


def test_a_page_saves_itself_and_hands_on_its_revision(session: Session, sign_in_as: SignInAs) -> None:
    client = sign_in_as()
    form = client.get("/needs/new").form("what").fill(description="楼道")
    sent = {name: value for name, value in form.values.items() if value is not None}
    first = client.client.post("/needs/new", data=sent, headers=JSON)
    assert first.status_code == 200
    assert UUID(first.json["id"]) == only(session).id
    sent |= {"revision": first.json["revision"], "description": "楼道灯不亮，老人摔跤"}
    again = client.client.post("/needs/new", data=sent, headers=JSON)
    assert again.status_code == 200
    assert only(session).description == "楼道灯不亮，老人摔跤"
    refused = client.client.post("/needs/new", data={**sent, "title": "长" * 300}, headers=JSON)
    assert refused.status_code == 422
    assert "title" in refused.json["errors"]


def test_a_picture_is_attached_and_taken_off_again(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.DRAFT)
    session.commit()
    client = sign_in_as()
    form = client.get(f"/needs/{need.id}/what").form("what").fill(file=(BytesIO(PNG), "厨房.png"))
    form.submit("看看建议", content_type="multipart/form-data")
    page = client.get(f"/needs/{need.id}/what")
    assert "厨房.png" in page.text
    answer = client.client.get(page.link("厨房.png"))
    assert (answer.data, answer.mimetype) == (PNG, "image/png")
    page = page.form("删除").submit(follow=True)
    assert "厨房.png" not in page.text


def test_an_official_writes_for_a_neighbourhood_of_the_street(session: Session, sign_in_as: SignInAs) -> None:
    client = sign_in_as(Role.STREET_OFFICIAL, unit=STREET)
    form = client.get("/needs/new").form("what")
    assert form.options["unit_code"] == ["", NEIGHBOURHOOD, NEXT_DOOR]
    page = form.fill(description=TOLD).submit("下一步", status=422)
    assert page.errors == ["请选择是哪个居民区的需求。"]
    form = page.form("what")
    form.fill(description=TOLD, unit_code=NEXT_DOOR).submit("下一步")
    assert only(session).unit_code == NEXT_DOOR
    sent = {**form.values, "id": str(uuid4()), "unit_code": ELSEWHERE}
    client.post("/needs/new", {k: v for k, v in sent.items() if v is not None}, status=403)


def test_the_assessment_in_force_is_proposed(session: Session, sign_in_as: SignInAs) -> None:
    standing = deliberations.assessment(session)
    client = sign_in_as()
    client.get("/needs/new").form("what").fill(description=TOLD).submit("下一步")
    need = only(session)
    form = client.get(f"/needs/{need.id}/who").form("who")
    assert form.values["assessment"] == ["y"]
    form.submit("保存草稿")
    assert only(session).assessment_id == standing.id


def test_the_last_budget_is_shown_as_a_help(session: Session, sign_in_as: SignInAs) -> None:
    needs.need(session, NeedPhase.SUBMITTED, budget=Decimal(42000))
    draft = needs.need(session, NeedPhase.DRAFT, budget=None)
    session.commit()
    assert "4.2万元" in sign_in_as().get(f"/needs/{draft.id}/when").text


def test_a_draft_is_folded_into_the_need_that_says_the_same(session: Session, sign_in_as: SignInAs) -> None:
    standing = needs.need(session, NeedPhase.STANDARDISED, title="一村助餐")
    draft = needs.need(session, NeedPhase.DRAFT, unit=NEXT_DOOR)
    session.commit()
    client = sign_in_as(unit=NEXT_DOOR)
    page = client.get(f"/needs/{draft.id}/fold/{standing.id}")
    page = page.form("是同一件事，并入").submit(follow=True)
    assert page.h1 == "一村助餐"
    session.refresh(draft)
    assert draft.merged_into_id == standing.id
    client.get(f"/needs/{draft.id}/fold/{standing.id}", status=409)
    hidden = needs.need(session, NeedPhase.DRAFT)
    session.commit()
    client.get(f"/needs/{draft.id}/fold/{hidden.id}", status=404)


def test_pressing_merge_in_the_proposals_saves_and_asks(session: Session, sign_in_as: SignInAs) -> None:
    standing = needs.need(session, NeedPhase.STANDARDISED, description=TOLD)
    session.commit()
    client = sign_in_as(unit=NEXT_DOOR)
    page = drafted(session, client)
    form = page.form("what")
    sent = {name: value for name, value in form.values.items() if value is not None}
    answer = client.post(form.action, {**sent, "into": str(standing.id)})
    assert answer.location is not None
    assert answer.location.endswith(f"/fold/{standing.id}")


def test_a_need_is_withdrawn_after_a_question_and_copied(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    client = sign_in_as()
    page = client.get(f"/needs/{need.id}")
    assert "确定撤回吗" in page.text
    page.form("照这份再写一份").submit()
    page.form(f"/needs/{need.id}/withdraw").submit()
    client.get(f"/needs/{need.id}/what", status=409)
    session.expire_all()
    assert phase_at(need, NOON) is NeedPhase.CLOSED
    assert session.scalar(select(func.count()).select_from(Need)) == 2


def test_what_is_submitted_is_no_longer_written_by_its_own_side(
    session: Session, sign_in_as: SignInAs
) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    page = sign_in_as().get(f"/needs/{need.id}/when", status=409)
    assert "待审核" in page.text


def test_the_home_page_says_what_to_do_now(session: Session, sign_in_as: SignInAs) -> None:
    needs.need(session, NeedPhase.DRAFT, title="还没写完的")
    needs.need(session, NeedPhase.RETURNED, title="退回来的")
    needs.need(session, NeedPhase.SUBMITTED, title="正在等答复的")
    deliberations.meeting(session, held=True)
    session.commit()
    for locale in ("zh", "en"):
        page = sign_in_as(locale=locale).get("/home")
        for title in ("还没写完的", "退回来的", "正在等答复的", "一个月内落实场地"):
            assert title in page.text
