"""Pages of surveys for those who run them, hand out sheets, watch, and for everybody once published."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.act import Role
from models.needs.deliberation import MeetingType
from models.needs.need import NeedPhase
from models.rulebook.stages import Stage
from models.surveys import links
from models.surveys.answer import SurveyAnswer
from models.surveys.survey import Survey, SurveyPhase
from models.tenders.lot import LotNeed
from tests.conftest import SignInAs
from tests.factories import agencies, deliberations, needs
from tests.factories import surveys as make
from tests.page import PageClient
from web.surveys.qr import qr


@pytest.fixture
def street(sign_in_as: SignInAs) -> PageClient:
    return sign_in_as(Role.STREET_OFFICIAL)


@pytest.fixture
def survey(session: Session) -> Survey:
    made = make.survey(session, answers=3)
    session.commit()
    return made


@pytest.fixture
def done(session: Session) -> Survey:
    """A closed and published survey; one of its answers came with words."""
    made = make.survey(session, phase=SurveyPhase.DRAWN, at=make.A_MONTH_AGO)
    survey_answers(session, made)
    session.commit()
    return made


def survey_answers(session: Session, survey: Survey) -> None:
    make.run(session, survey)
    for place, invitation in enumerate(survey.invitations[:24]):
        make.answer_row(
            session, invitation, value=make.GIVEN[place % 10], words="" if place else "饭菜很好。"
        )
    session.flush()
    make.publish(session, survey)


def where(survey: Survey, *parts: str) -> str:
    return "/".join(["/surveys", str(survey.id), *parts])


def test_a_survey_from_the_draw_to_its_end(street: PageClient, session: Session) -> None:
    contract = agencies.running(session)
    make.register(session, contract, 12)
    session.commit()
    page = street.get(f"/contracts/{contract.id}/surveys")
    assert "登记了 12 人" in page.text
    assert "哪个阶段" in street.post(f"/contracts/{contract.id}/surveys", {"stage": "end"}, status=422).text
    page = page.form(f"/contracts/{contract.id}/surveys").fill(stage="start").submit(follow=True)
    assert "登记 12 人，全部都问" in page.text
    assert "抽到的正是这些人" in page.text
    form = page.click("开始调查").form()
    assert form.values["closes_on"] == "2026-12-04"
    refused = form.fill(closes_on="2026-12-03", telephone="街道").submit(status=422)
    assert "请填写电话号码" in refused.errors[0]
    refused = refused.form().fill(telephone="021-5550 1234").submit(status=422)
    assert "最早到 2026年12月4日" in refused.errors[0]
    page = refused.form().fill(closes_on="2026-12-04").submit(follow=True)
    assert "到 2026年12月4日 结束" in page.text
    page = page.click("延长").form().fill(closes_on="2026-12-18").submit(follow=True)
    assert "到 2026年12月18日 结束" in page.text
    page = page.click("作废一份问卷").form().fill(number="3", words="已经搬走。").submit(follow=True)
    assert "其中作废 1 份" in page.text
    early = page.form(where_close(page.path)).submit(status=409)
    assert "还有人没有回答" in early.text
    page = page.click("作废这次调查").form().fill(words="登记有误。").submit(follow=True)
    assert "登记有误。" in page.text
    again = street.get(f"/contracts/{contract.id}/surveys")
    assert "已作废" in again.text
    assert again.form(f"/contracts/{contract.id}/surveys")


def where_close(path: str) -> str:
    return f"{path}/close"


def test_sheets_are_one_a_person_with_their_own_link(street: PageClient, survey: Survey) -> None:
    page = street.get(where(survey, "sheets"))
    papers = [each for each in page.document.all("section") if each.get("class") == "paper"]
    assert len(papers) == survey.size - 3
    assert len(list(page.document.all("svg"))) == len(papers)
    for invitation in survey.invitations[3:6]:
        assert f"http://127.0.0.1:8000/s/{make.token(invitation)}" in page.text
        assert f"{survey.reference} / {invitation.number:03d}" in page.text
    assert make.token(survey.invitations[0]) not in page.html


def test_a_code_holds_the_address() -> None:
    drawn = qr("https://example.org/s/abc", title="<二维码>")
    assert drawn.startswith("<svg")
    assert "&lt;二维码&gt;" in drawn
    assert drawn != qr("https://example.org/s/abd", title="<二维码>")


def test_another_key_prints_nothing_wrong(
    street: PageClient, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.surveys.words.key", lambda: links.link_key("another"))
    assert "密钥换过" in street.get(where(survey, "sheets"), status=409).text


@pytest.mark.parametrize("role", [Role.STREET_OFFICIAL, Role.COMMUNITY_WORKER])
def test_paper_is_keyed_in_one_after_the_other(
    sign_in_as: SignInAs, session: Session, survey: Survey, role: Role
) -> None:
    pages = sign_in_as(role)
    form = pages.get(where(survey)).click("录入纸质和电话的回答").form()
    given = dict.fromkeys(("quality", "punctuality", "manner", "help"), "5")
    blank = form.fill(number="4", channel="paper", **given).submit(status=422)
    assert "请选一项" in blank.errors[0]
    page = blank.form().fill(again="0", words="找13817654321").submit(follow=True)
    assert page.flashes == ["第 4 号已录入。请录下一份。"]
    assert page.form().values["channel"] == "paper"
    twice = page.form().fill(number="4", again="0", **given).submit(status=409)
    assert "已经交过" in twice.errors[0]
    strange = page.form().fill(number="9" * 30, again="0", **given).submit(status=422)
    assert "1 到 30" in strange.errors[0]
    kept = session.scalars(select(SurveyAnswer).where(SurveyAnswer.channel == "paper")).one()
    assert (kept.words, kept.entered_by is None) == ("找＊＊＊", False)


def test_the_list_to_hand_out_by_is_for_those_who_hand_out(
    sign_in_as: SignInAs, survey: Survey, street: PageClient
) -> None:
    page = street.get(where(survey, "sample"))
    assert len(page.rows()) == survey.size + 1
    book = load_workbook(BytesIO(street.client.get(where(survey, "sample?format=xlsx")).data))
    assert book.active.max_row == survey.size + 1
    supplier = survey.contract.award.bid.bid.organisation
    staff = sign_in_as(Role.ORGANISATION_STAFF, organisation=supplier)
    for part in ("", "/sample", "/entry", "/sheets"):
        assert staff.client.get(f"/surveys/{survey.id}{part}").status_code == 404
    assert staff.client.get(f"/contracts/{survey.contract_id}/surveys").status_code == 404


def test_while_it_runs_progress_is_shown_and_no_result(sign_in_as: SignInAs, survey: Survey) -> None:
    worker = sign_in_as(Role.COMMUNITY_WORKER)
    page = worker.get(where(survey))
    assert "3/30" in page.text
    assert "结果等调查结束以后才显示" in page.text
    assert "平均分" not in page.text
    assert "收到一份回答" not in page.text
    assert page.rows("服务对象")[1:]
    assert worker.get("/home").link("发问卷、录回答") == where(survey)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_everybody_reads_a_published_result_and_no_words(
    visitor: PageClient, sign_in_as: SignInAs, done: Survey, locale: str
) -> None:
    with visitor.client.session_transaction() as cookie:
        cookie["locale"] = locale
    page = visitor.get("/surveys").click("助餐")
    assert "83%" in page.text
    assert "64% 到 93%" in page.text or "64% to 93%" in page.text
    assert "饭菜很好" not in page.html
    assert len(list(page.document.all("svg"))) == 2  # the mark and the chart
    book = load_workbook(BytesIO(visitor.client.get(f"{where(done)}?format=xlsx").data))
    assert [cell.value for cell in book.active[2]][1] == 24
    official = sign_in_as(Role.STREET_OFFICIAL, locale=locale).get(where(done))
    assert "饭菜很好" in official.text
    worker = sign_in_as(Role.COMMUNITY_WORKER, locale=locale).get(where(done))
    assert "饭菜很好" not in worker.html


def test_before_it_is_published_nobody_else_knows_of_it(visitor: PageClient, survey: Survey) -> None:
    assert visitor.get(where(survey), status=404)
    assert "还没有居民评价" in visitor.get("/surveys").text


def test_too_few_answers_are_not_rated(street: PageClient, session: Session) -> None:
    survey = make.survey(session, phase=SurveyPhase.PUBLISHED, answers=19)
    session.commit()
    page = street.get(where(survey))
    assert "份数太少，不评" in page.text
    assert "%" not in page.text.split("怎么调查的")[0].split("份数太少，不评")[1]
    assert "不评" in street.get("/surveys").text


def test_the_list_is_filtered_and_exported(street: PageClient, survey: Survey) -> None:
    assert survey.reference in street.get("/surveys?phase=open&stage=final").text
    empty = street.get("/surveys?phase=closed")
    assert "没有符合条件的调查" in empty.text
    book = load_workbook(BytesIO(street.client.get("/surveys?format=xlsx").data))
    assert book.active["A2"].value == survey.reference


def test_a_review_meeting_is_written_down(sign_in_as: SignInAs, session: Session) -> None:
    contract = agencies.running(session)
    need = needs.need(session, NeedPhase.DELIBERATING)
    session.add(LotNeed(lot_id=contract.award.lot_id, need_id=need.id))
    meeting = deliberations.meeting(session, need, held=True, meeting_type=MeetingType.REVIEW)
    session.commit()
    pages = sign_in_as(Role.COMMUNITY_WORKER)
    form = pages.get(f"/contracts/{contract.id}/surveys").click("登记评议会的意见").form()
    given = {"meeting": meeting.id, "satisfied": "40", "fair": "3", "dissatisfied": "1"}
    refused = form.fill(given).submit(status=422)
    assert "1 到 30" in refused.errors[0]
    page = refused.form().fill(satisfied="20", words="希望多来。").submit(follow=True)
    assert "20人" in page.text
    assert "希望多来。" in page.text
    assert "登记评议会的意见" not in page.text


def test_a_survey_not_opened_waits_on_the_official_s_home(
    street: PageClient, sign_in_as: SignInAs, session: Session
) -> None:
    survey = make.survey(session, stage=Stage.MIDTERM, phase=SurveyPhase.DRAWN)
    contract = agencies.running(session)
    session.commit()
    assert street.get("/home").link("开始调查") == where(survey)
    supplier = contract.award.bid.bid.organisation
    staff = sign_in_as(Role.ORGANISATION_STAFF, organisation=supplier)
    assert staff.get("/home").link("登记服务对象") == f"/contracts/{contract.id}/register/import"
    assert session.scalar(select(func.count()).select_from(SurveyAnswer)) == 0


@pytest.mark.parametrize(("locale", "words"), [("zh", "公开结果"), ("en", "Publish the result")])
def test_an_ended_survey_says_when_the_clock_shows_it_and_can_be_shown_before(
    street: PageClient, session: Session, locale: str, words: str
) -> None:
    made = make.survey(session, phase=SurveyPhase.CLOSED, answers=24)
    session.commit()
    with street.client.session_transaction() as cookie:
        cookie["locale"] = locale
    page = street.get(where(made))
    assert words in page.text
    page.form(where(made, "publication")).submit(follow=True)
    session.expire_all()
    assert made.is_public
