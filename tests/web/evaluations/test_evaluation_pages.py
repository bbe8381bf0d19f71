"""Evaluations in the portal: the calendar, the sheet, evidence, answers, replies, results, marking again."""

import json
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from models.act import Role
from models.agencies import keeping
from models.agencies.ground import Ground
from models.evaluations import answering, marking, proving, queries, reporting
from models.evaluations.contesting import contests_of
from models.evaluations.evaluation import EvaluationPhase
from models.evaluations.evidence import EvaluationEvidenceKind
from models.evaluations.lifecycle import phase_at
from models.evaluations.marking import Given, marks_of
from models.evaluations.proving import Proof, evidence_of, visits_of
from models.rulebook.stages import Stage
from models.scoring.score import evaluate
from tests.factories import agencies, evaluations
from tests.factories.parties import NOON
from tests.factories.photos import photo
from tests.web.evaluations.conftest import Come, agency, official, supplier

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])


@LOCALES
def test_a_plan_is_made_moved_with_a_reason_and_cancelled(session: Session, come: Come, locale: str) -> None:
    contract = agencies.running(session)
    pages = official(come, locale)
    assert contract.reference in pages.get("/evaluations").text
    where = f"/contracts/{contract.id}/evaluations"
    page = pages.get(where).form(f"{where}/plan").submit(follow=True)
    assert len(list(page.document.all("tr"))) == 5
    found = {each.stage: each for each in queries.evaluations_of(session, contract.id)}
    made = found[Stage.MIDTERM]
    page = pages.get(f"/evaluations/{made.id}/days")
    sent = {"due_from": "2027-06-01", "due_until": "2027-05-01", "words": "暑期停课。"}
    assert page.form().fill(sent).submit(status=422).errors
    page = pages.get(f"/evaluations/{made.id}/days").form().fill(sent | {"due_until": "2027-06-30"})
    assert "暑期停课。" in page.submit(follow=True).text
    page = pages.get(f"/evaluations/{made.id}/cancellation").form().fill(words="不做中期。")
    assert "不做中期。" in page.submit(follow=True).text


@LOCALES
def test_an_evaluator_begins_proves_marks_and_hands_over(session: Session, come: Come, locale: str) -> None:
    made = evaluations.evaluation(session)
    pages = agency(session, come, made, locale)
    where = f"/evaluations/{made.id}"
    assert where in " ".join(link.href for link in pages.get("/evaluations").links)
    assert any(link.href.endswith(str(made.id)) for link in pages.get("/home").links)
    page = pages.get(where).form(f"{where}/start").submit(follow=True)
    assert page.path.endswith("/sheet")
    page = pages.get(f"{where}/visits/new").form()
    said = {"visited_on": "2026-11-20", "clock": "12：00", "place": "活动室", "words": "午饭按时送到。"}
    assert page.fill(said | {"clock": "25:00"}).submit(status=422).errors
    pages.get(f"{where}/visits/new").form().fill(said).submit(follow=True)
    (visit,) = visits_of(session, made)
    form = pages.get(f"{where}/evidence/new").form()
    form.fill(kind="photo", words="签到台。", items=["E1.1", "E5.1"], visit=str(visit.id))
    form.fill(file=(BytesIO(photo()), "a.jpg"))
    page = form.submit(follow=True)
    assert {"ZJ-1", "ZJ-2"} <= set(page.text.split())
    form = pages.get(f"{where}/sheet").form("sheet")
    page = form.fill({"points_E1.1": "４.5"}).submit(status=422)
    assert len(page.errors) == 1
    form = pages.get(f"{where}/sheet").form("sheet")
    filled = {"points_E1.1": "3.5", "planned_E5.1": "6", "actual_E5.1": "5", "missing_E4.1": "没有专账。"}
    page = form.fill(filled).submit(follow=True)
    assert "3.50" in page.text
    assert "2.67" in page.text
    page = pages.get(f"{where}/vetoes").form().fill(code="false_data", words="签到为后补。")
    page.submit(follow=True)
    page = pages.get(f"{where}/report")
    assert page.form(f"{where}/draft").fill(summary="").submit(status=422).errors
    page = pages.get(f"{where}/report").form(f"{where}/draft").fill(summary="账目不清。").submit(follow=True)
    session.expire_all()
    assert phase_at(made, NOON) is EvaluationPhase.DRAFTED
    assert "签到为后补。" in page.text


@LOCALES
def test_the_contractor_answers_item_by_item_and_the_evaluator_replies(
    session: Session, come: Come, locale: str
) -> None:
    made = evaluations.drafted(session, E1_1=Given(points=Decimal(1)))
    where = f"/evaluations/{made.id}"
    early = agency(session, come, made, locale).get(f"{where}/report")
    assert early.form(f"{where}/final").fill(summary="定稿。").submit(status=409).errors
    pages = supplier(session, come, made, locale)
    done = {"zh": "保存，并且答复完毕", "en": "Save, and that is all"}[locale]
    assert f"{where}/answers" in [link.href for link in pages.get("/home").links]
    page = pages.get(f"{where}/answers").form().fill({"words_E1.1": "需求编号仍有效。"}).submit(follow=True)
    page = page.form().fill({"words_E4.1": "专账在财务室。"}).submit(button=done, follow=True)
    assert "专账在财务室。" in page.text
    pages = agency(session, come, made, locale)
    answers = answering.answers_of(session, made)
    for code, fields in (("E1.1", {"points_E1.1": "3"}), ("E4.1", {})):
        page = pages.get(f"{where}/replies/{answers[code].id}")
        page.form().fill({"reply": "已核对。", **fields}).submit(follow=True)
    page = pages.get(f"{where}/report").form(f"{where}/final").fill(summary="定稿。").submit(follow=True)
    assert "已核对。" in page.text
    page = official(come, locale).get(where)
    page.form(f"{where}/publication").submit(follow=True)
    page = come(None, locale=locale).get(where)
    assert "82.00" in page.text
    assert "1.00" in page.text


@LOCALES
def test_the_contractor_contests_a_veto_and_the_evaluator_withdraws_it(
    session: Session, come: Come, locale: str
) -> None:
    made = evaluations.filled(session)
    by = evaluations.evaluator(session, made)
    marking.veto(session, made, by, code="false_data", words="签到表为后补。")
    reporting.draft(session, made, by, summary="账目不清。")
    where = f"/evaluations/{made.id}"
    done = {"zh": "保存，并且答复完毕", "en": "Save, and that is all"}[locale]
    page = supplier(session, come, made, locale).get(f"{where}/answers")
    assert "签到表为后补。" in page.text
    page.form().fill(veto_false_data="有录像为证。").submit(button=done, follow=True)
    pages = agency(session, come, made, locale)
    page = pages.get(f"{where}/report")
    assert "有录像为证。" in page.text
    assert page.form(f"{where}/final").fill(summary="定稿。").submit(status=409).errors
    (answer,) = contests_of(session, made).values()
    reply = pages.get(f"{where}/veto-replies/{answer.id}")
    assert reply.form().submit(status=422).errors
    reply.form().fill(upheld="no", reply="看过录像，撤销。").submit(follow=True)
    page = pages.get(f"{where}/report").form(f"{where}/final").fill(summary="定稿。").submit(follow=True)
    assert "看过录像，撤销。" in page.text
    session.expire_all()
    assert made.grade == "good"


def test_a_report_before_its_draft_is_not_there_for_the_contractor_and_shows_no_marks_to_officials(
    session: Session, come: Come
) -> None:
    made = evaluations.filled(session)
    supplier(session, come, made).get(f"/evaluations/{made.id}", status=404)
    page = official(come).get(f"/evaluations/{made.id}")
    assert "报告初稿交出之后才能看" in page.text
    page.client.get(f"/evaluations/{made.id}/evaluation.json", status=404)
    page.client.get(f"/evaluations/{made.id}/sheet", status=404)


def test_an_evaluator_of_another_agency_finds_nothing_by_address(session: Session, come: Come) -> None:
    made = evaluations.filled(session)
    other = come(Role.EVALUATOR, organisation=agencies.agency(session).organisation)
    for part in ("", "/sheet", "/report", "/evidence", "/evidence/new", "/vetoes"):
        other.get(f"/evaluations/{made.id}{part}", status=404)


def test_an_evaluator_tied_to_the_contractor_by_now_is_refused_in_words(session: Session, come: Come) -> None:
    made = evaluations.filled(session)
    assert made.assignment is not None
    pages = agency(session, come, made)
    sheet = pages.get(f"/evaluations/{made.id}/sheet")
    tied = {"organisation_id": made.organisation_id, "kind": Ground.PAID_WORK}
    keeping.tie(session, made.assignment.agency, agencies.registrar(session), **tied)
    assert "利害关系" in sheet.form("sheet").submit(status=403).text
    for page in ("", "/sheet", "/evidence", "/report", "/evaluation.json"):
        pages.get(f"/evaluations/{made.id}{page}", status=403)


@LOCALES
def test_the_file_anyone_can_download_gives_the_score_of_the_page(
    session: Session, come: Come, locale: str
) -> None:
    made = evaluations.finalised(session)
    reporting.publish(session, made, evaluations.official(session))
    visitor = come(None, locale=locale)
    page = visitor.get("/evaluation-results")
    assert "83.00" in page.text
    page = page.click(made.contract.award.lot.tender.title)
    (link,) = [each.href for each in page.links if each.href.endswith("evaluation.json")]
    answer = json.loads(evaluate(visitor.client.get(link).data))
    assert answer["total"] == "83.00"
    assert "83.00" in page.text
    book = load_workbook(BytesIO(visitor.client.get("/evaluation-results?format=xlsx").data))
    assert made.reference in {row[0].value for row in book.active.iter_rows()}
    assert visitor.client.get(f"/evaluations/{made.id}?format=xlsx").status_code == 404


def test_evidence_is_for_the_agencies_and_the_officials_and_not_for_the_public(
    session: Session, come: Come
) -> None:
    made = evaluations.started(session)
    act = evaluations.evaluator(session, made)
    proof = Proof(EvaluationEvidenceKind.PHOTO, ["E1.1"], "签到台。", ("a.jpg", photo()))
    proving.add(session, made, act, proof=proof)
    where = f"/evaluations/{made.id}/evidence/{evidence_of(session, made)[0].id}"
    agency(session, come, made).get(where)
    official(come).get(where, status=404)
    reporting.draft(session, made, act, summary="初稿。")
    pages = official(come)
    pages.get(where)
    book = load_workbook(BytesIO(pages.client.get(f"/evaluations/{made.id}?format=xlsx").data))
    assert len(list(book.active.iter_rows())) == 2
    supplier(session, come, made).get(where, status=404)
    form = agency(session, come, made).get(f"/evaluations/{made.id}/evidence")
    assert "移除" not in form.text


def test_a_photo_of_80_megabytes_is_refused_in_a_sentence(session: Session, come: Come) -> None:
    made = evaluations.started(session)
    pages = agency(session, come, made)
    form = pages.get(f"/evaluations/{made.id}/evidence/new").form()
    form.fill(kind="photo", words="签到台。", items=["E1.1"])
    form.fill(file=(BytesIO(b"\xff\xd8\xff" + bytes(80 * 2**20)), "a.jpg"))
    page = form.submit(status=413)
    assert "上传的内容太大，没有保存" in page.text
    form = pages.get(f"/evaluations/{made.id}/evidence/new").form()
    form.fill(kind="photo", words="签到台。", items=["E1.1"])
    form.fill(file=(BytesIO(b"\xff\xd8\xff" + bytes(11 * 2**20)), "a.jpg"))
    assert form.submit(status=422).errors
    assert evidence_of(session, made) == []


def test_a_sheet_sent_as_a_draft_is_answered_in_json_and_counts_once(session: Session, come: Come) -> None:
    made = evaluations.started(session)
    pages = agency(session, come, made)
    form = pages.get(f"/evaluations/{made.id}/sheet").form("sheet")
    sent = dict(form.fill({"points_E1.1": "4"}).values)
    for _time in range(2):
        answer = pages.client.post(
            f"/evaluations/{made.id}/sheet", data=sent, headers={"Accept": "application/json"}
        )
        assert (answer.status_code, answer.json) == (200, {"next": f"/evaluations/{made.id}/report"})
    session.expire_all()
    assert made.sheet_revision == 1
    wrong = sent | {"points_E1.1": "40", "key": "x", "revision": "1"}
    answer = pages.client.post(
        f"/evaluations/{made.id}/sheet", data=wrong, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == ["points_E1.1"]
    assert marks_of(session, made)["E1.1"].points == 4
