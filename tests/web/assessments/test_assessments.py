"""Assessments as pages: drafted, completed, read by everybody; what is refused says why."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.needs import assessing
from models.needs.assessment import Assessment
from tests.conftest import SignInAs
from tests.factories import needs, parties
from tests.factories.deliberations import assessment, content
from tests.factories.parties import ELSEWHERE, NEIGHBOURHOOD, NOON
from tests.page import PageClient
from web import db

FILLED = {
    "title": "澄江一村助餐意愿调查",
    "starts_on": "２０２６年９月１日",
    "ends_on": "2026-09-30",
    "summary": "多数老人愿意到点用餐。",
    "method_questionnaire": "８０",
    "age_60_79": "60",
    "age_80_plus": "20",
    "problem_0": "吃饭难",
    "code_0": "EL-01",
    "share_0": "42",
}
PDF = b"%PDF-1.7 survey"


def only(session: Session) -> Assessment:
    """The one assessment there is."""
    session.expire_all()
    return session.scalars(select(Assessment)).one()


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_pages_of_an_assessment_can_be_read_in_both_languages(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    skewed = {"age:60_79": 79, "age:80_plus": 3, "sex:female": 90, "tenure:owner": 20}
    made = assessment(session, respondents=skewed)
    draft = assessment(session, completed=False, findings=(), title="还在写的调研")
    session.commit()
    worker = sign_in_as(Role.COMMUNITY_WORKER, locale=locale)
    for path in (
        "/assessments",
        f"/assessments/{made.id}",
        f"/assessments/{draft.id}",
        f"/assessments/{draft.id}/edit",
    ):
        worker.get(path)
    assert worker.get("/assessments/new").h1


def test_an_assessment_is_drafted_and_completed(session: Session, sign_in_as: SignInAs) -> None:
    worker = sign_in_as(Role.COMMUNITY_WORKER)
    form = worker.get("/assessments").click("记录一次调研").form()
    page = form.fill(FILLED).submit("存为草稿", follow=True)
    assert page.h1 == "澄江一村助餐意愿调查"
    made = only(session)
    assert (made.starts_on.isoformat(), made.unit_code) == ("2026-09-01", NEIGHBOURHOOD)
    page = page.form(f"/assessments/{made.id}/complete").submit(follow=True)
    assert page.flashes == ["调研已完成并公开，一年内可以作为需求的依据。"]
    assert only(session).completed_at == NOON


def test_a_finding_becomes_a_need(session: Session, sign_in_as: SignInAs) -> None:
    made = assessment(session)
    session.commit()
    page = sign_in_as(Role.COMMUNITY_WORKER).get(f"/assessments/{made.id}")
    page = page.click("由此提出需求")
    assert page.form().values["description"] == "高龄独居老人吃饭难"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "请填写标题"),
        ({"ends_on": "2026-08-01"}, "结束日期不能早于开始日期"),
        ({"ends_on": "下个月"}, "不是日期"),
        ({"age_60_79": "81"}, "超过了参加的 80 人"),
        ({"method_questionnaire": "-3"}, "人数要在 0 到 1000 万之间"),
        ({"method_questionnaire": "很多"}, "不是整数"),
        ({"share_0": "420"}, "比例应在 0 到 100 之间"),
        ({"problem_0": ""}, "有一行没有写问题"),
    ],
)
def test_what_cannot_be_true_comes_back_with_everything_else_kept(
    session: Session, sign_in_as: SignInAs, changes: dict[str, str], said: str
) -> None:
    form = sign_in_as(Role.COMMUNITY_WORKER).get("/assessments/new").form()
    page = form.fill({**FILLED, **changes}).submit("存为草稿", status=422)
    assert said in " ".join(page.errors)
    assert page.form().values["age_80_plus"] == "20"
    assert session.scalars(select(Assessment)).all() == []


def test_a_wrong_file_undoes_the_whole_draft(session: Session, sign_in_as: SignInAs) -> None:
    form = sign_in_as(Role.COMMUNITY_WORKER).get("/assessments/new").form()
    form.fill({**FILLED, "files": (BytesIO(b"no picture"), "现场.png")})
    page = form.submit("存为草稿", status=422)
    assert "内容与扩展名不符" in " ".join(page.errors)
    assert session.scalars(select(Assessment)).all() == []


def test_a_double_click_makes_one_draft_with_one_file(session: Session, sign_in_as: SignInAs) -> None:
    form = sign_in_as(Role.COMMUNITY_WORKER).get("/assessments/new").form()
    for _click in range(2):
        form.fill({**FILLED, "files": (BytesIO(PDF), "问卷.pdf")}).submit("存为草稿")
    assert len(only(session).files) == 1


def test_a_stale_form_is_refused(session: Session, sign_in_as: SignInAs) -> None:
    made = assessment(session, completed=False)
    session.commit()
    form = sign_in_as(Role.COMMUNITY_WORKER).get(f"/assessments/{made.id}/edit").form()
    assessing.edit(session, made, needs.worker(session, at=NOON), content=content(title="别人改的"))
    session.commit()
    page = form.fill({"title": "我改的"}).submit("存为草稿", status=409)
    assert "别人已经修改过" in page.errors[0]
    assert only(session).title == "别人改的"


def test_files_are_for_the_area_alone(session: Session, sign_in_as: SignInAs, visitor: PageClient) -> None:
    made = assessment(session, completed=False)
    act = needs.worker(session, at=NOON)
    file = assessing.attach(session, made, act, name="走访记录.pdf", content=PDF)
    assessing.complete(session, made, act)
    session.commit()
    address = f"/assessments/{made.id}/files/{file.id}"
    answer = sign_in_as(Role.AUDITOR).get(address).response
    assert answer.data == PDF
    assert "attachment" in answer.headers["Content-Disposition"]
    visitor.get(address, status=404)
    sign_in_as(Role.COMMUNITY_WORKER, unit=ELSEWHERE).get(address, status=404)
    assert "走访记录" not in visitor.get(f"/assessments/{made.id}").text


def test_a_file_is_taken_off_a_draft(session: Session, sign_in_as: SignInAs) -> None:
    made = assessment(session, completed=False)
    file = assessing.attach(session, made, needs.worker(session, at=NOON), name="a.pdf", content=PDF)
    session.commit()
    worker = sign_in_as(Role.COMMUNITY_WORKER)
    worker.get(f"/assessments/{made.id}").form("移除").submit()
    assert only(session).files == []
    worker.post(f"/assessments/{made.id}/files/{file.id}/remove", {}, status=404)


def test_another_neighbourhoods_draft_is_not_there(
    session: Session, sign_in_as: SignInAs, visitor: PageClient
) -> None:
    draft, done = assessment(session, completed=False), assessment(session)
    session.commit()
    stranger = sign_in_as(Role.COMMUNITY_WORKER, unit=ELSEWHERE)
    for path in ("", "/edit"):
        stranger.get(f"/assessments/{draft.id}{path}", status=404)
    visitor.get(f"/assessments/{draft.id}", status=404)
    for verb in ("complete", "withdraw"):
        stranger.post(f"/assessments/{draft.id}/{verb}", {}, status=404)
        stranger.post(f"/assessments/{done.id}/{verb}", {}, status=403)
    assert visitor.get(f"/assessments/{done.id}").h1 == done.title
    assert draft.title not in visitor.get("/assessments?phase=draft").text


def test_a_completed_assessment_is_not_completed_twice(session: Session, sign_in_as: SignInAs) -> None:
    made = assessment(session)
    session.commit()
    sign_in_as(Role.COMMUNITY_WORKER).post(f"/assessments/{made.id}/complete", {}, status=409)


def test_a_year_later_it_no_longer_starts_needs(
    session: Session, app: Flask, sign_in_as: SignInAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = assessment(session)
    session.commit()
    later = NOON + timedelta(days=330)
    worker = sign_in_as(Role.COMMUNITY_WORKER)
    assert "由此提出需求" in worker.get(f"/assessments/{made.id}").text
    monkeypatch.setattr(db, "now", lambda: later)
    token = parties.token_for(session, parties.person(session, unit=NEIGHBOURHOOD), later)
    session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie[db.TOKEN] = token
        cookie["locale"] = "zh"
    page = PageClient(client).get(f"/assessments/{made.id}")
    assert "由此提出需求" not in page.text
    assert "已满一年" in page.text


def test_officials_choose_the_place_and_take_the_list_home(session: Session, sign_in_as: SignInAs) -> None:
    made = assessment(session)
    session.commit()
    official = sign_in_as(Role.STREET_OFFICIAL)
    form = official.get("/assessments/new").form()
    assert ELSEWHERE not in form.options["unit_code"]
    form.fill({**FILLED, "unit_code": parties.STREET}).submit("存为草稿")
    answer = official.get("/assessments?format=xlsx&phase=completed").response
    rows = list(load_workbook(BytesIO(answer.data)).active.values)
    assert [row[0] for row in rows] == ["编号", made.reference]


def test_signs_beyond_the_first_plane_and_control_characters_are_survived(
    session: Session, sign_in_as: SignInAs
) -> None:
    form = sign_in_as(Role.COMMUNITY_WORKER).get("/assessments/new").form()
    page = form.fill({**FILLED, "title": "👵🏻𠮷祥里\x07调研"}).submit("存为草稿", follow=True)
    assert page.h1 == "👵🏻𠮷祥里调研"
    assert only(session).title == "👵🏻𠮷祥里调研"
