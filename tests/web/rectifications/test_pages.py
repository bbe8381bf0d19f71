"""From the findings to what came of it, on the pages of everybody concerned."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from models.act import Role
from models.evaluations import answering, marking, reporting
from models.evaluations.evaluation import Evaluation
from models.evaluations.marking import Given
from models.ratings.rating import Side
from models.rectifications.clocks import clock_of
from models.rectifications.escalation import StepKind
from models.rectifications.rectification import Rectification, Severity
from models.tenders.lot import LotNeed
from tests.factories import contracts, evaluations, parties, ratings, rectifications
from tests.factories.parties import NOON
from tests.factories.rectifications import DAY, PNG
from tests.web.rectifications.conftest import Come
from tests.web.test_few_queries import asked
from web.labels import MESSAGES

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])
NAME = "项目主管 陈静"


def photo() -> tuple[BytesIO, str]:
    return BytesIO(PNG), "seen.png"


@LOCALES
def test_from_the_findings_to_what_came_of_it(
    session: Session, evaluation: Evaluation, come: Come, locale: str
) -> None:
    evaluator = come(rectifications.evaluator(session, evaluation), locale=locale)
    page = evaluator.get("/rectifications").click(evaluation.contract.award.lot.tender.title)
    assert page.form(page.path).submit(status=422).errors
    page = (
        page.form(page.path)
        .fill(words_1="没有每周探访。")
        .submit({"zh": "再加几条", "en": "More lines"}[locale], status=200)
    )
    assert page.form(page.path).values["words_1"] == "没有每周探访。"
    said = {"item_1": "E2.4", "severity_1": "serious", "words_6": "登记表没有上锁。"}
    page = page.form(page.path).fill(said).submit(follow=True)
    where = page.path

    staff = rectifications.staff(session, evaluation, NOON + DAY)
    page = come(staff, locale=locale).get(where)
    assert {"zh": "请在 2026年12月4日前交整改方案", "en": "Hand in a plan by 4 December 2026"}[
        locale
    ] in page.text
    form = page.click({"zh": "写整改方案", "en": "Write the plan"}[locale]).form()
    whole = {f"{name}_{n}": value for n in (1, 2) for name, value in (("what", "补齐。"), ("who", NAME))}
    page = form.fill(whole).fill(due_1="2026-12-01", due_2="2027年12月1日").submit(status=422)
    assert "2027" in page.errors[0]
    page = page.form(page.path).fill(due_2="2026-12-02").submit(follow=True)
    page = page.click({"zh": "报告整改完成", "en": "Report that it is mended"}[locale])
    page.form(page.path).fill(words="都补齐了。").submit(follow=True)

    evaluator = come(rectifications.evaluator(session, evaluation, NOON + 2 * DAY), locale=locale)
    page = evaluator.get(where).click({"zh": "写复查结论", "en": "Write the re-check"}[locale])
    seen = {
        f"{name}_{n}": value for n in (1, 2) for name, value in (("passed", "yes"), ("words", "看到了。"))
    }
    page = page.form(page.path).fill(seen).fill(file_1=photo()).submit(status=422)
    assert "2" in page.errors[0]
    page = page.form(page.path).fill(seen).fill(file_1=photo(), file_2=photo()).submit(follow=True)
    assert "seen.png" in page.text

    need_id = session.scalars(select(LotNeed.need_id)).first()
    visitor = come(replace(parties.nobody(), at=NOON + 3 * DAY), locale=locale)
    page = visitor.get(f"/needs/{need_id}")
    assert {"zh": "评估发现 2 个问题，改好 2 个", "en": "2 problems; 2 mended"}[locale] in page.text
    page = page.click({"zh": "看整改结果", "en": "See the result"}[locale])
    assert "没有每周探访。" in page.text
    assert NAME not in page.text
    assert "seen.png" not in page.text


def test_files_open_for_those_concerned_alone(session: Session, evaluation: Evaluation, come: Come) -> None:
    made = rectifications.until(session, rectifications.issued(session, evaluation), "pdm")
    where = f"/rectification-files/{made.findings[0].remedies[0].id}"
    at = NOON + 4 * DAY
    for act in (rectifications.staff(session, evaluation, at), contracts.official(session, at)):
        assert come(act).client.get(where).status_code == 200
    for act in (parties.act_as(session, Role.HUB, at=at), replace(parties.nobody(), at=at)):
        assert come(act).client.get(where).status_code == 404


def test_a_bad_report_says_in_plain_words_what_to_do_by_when(
    session: Session, evaluation: Evaluation, come: Come
) -> None:
    """The organisation's page in every phase: the next thing, its last day, and what happens else."""
    made = rectifications.issued(session, evaluation)
    said = {
        "": "请在 2026年12月4日前交整改方案",
        "p": "请按方案改，在 2026年12月1日前改完并报告",
        "d": "现在不用做什么。评估机构会在 2026年12月22日前来复查",
        "f": "请在 2026年12月7日前交第二次整改方案，只写没有通过的问题。没有第三次",
    }
    for number, (step, sentence) in enumerate(said.items()):
        if step:
            rectifications.until(session, made, step, NOON + (number - 1) * DAY)
        page = come(rectifications.staff(session, evaluation, NOON + number * DAY)).get(
            f"/rectifications/{made.id}"
        )
        assert sentence in page.text
    rectifications.until(session, made, "pdf", NOON + 3 * DAY)
    page = come(rectifications.staff(session, evaluation, NOON + 6 * DAY)).get(f"/rectifications/{made.id}")
    assert "由采购人决定怎么处理，会写明理由，您可以申诉" in page.text


@LOCALES
def test_nothing_to_mend_is_said_with_words(
    session: Session, evaluation: Evaluation, come: Come, locale: str
) -> None:
    pages = come(rectifications.evaluator(session, evaluation), locale=locale)
    where = f"/evaluations/{evaluation.id}/no-findings"
    assert pages.get(where).form(where).submit(status=422).errors
    page = pages.get(where).form(where).fill(words="各项都好。").submit(follow=True)
    assert "各项都好。" in page.text
    page = pages.get(f"/evaluations/{evaluation.id}/findings")
    assert page.form(page.path).fill(words_1="又想起一条。").submit(status=409).errors


@LOCALES
def test_what_is_overdue_stands_on_home_pages_and_is_ended_by_the_official(
    session: Session, evaluation: Evaluation, come: Come, locale: str
) -> None:
    made = rectifications.issued(session, evaluation)
    clock = clock_of(made, NOON)
    assert clock is not None
    at = clock.ends_at
    line = {"zh": "督促逾期的整改", "en": "Chase what is overdue"}[locale]
    auditor = parties.act_as(session, Role.AUDITOR, at=at)
    official = contracts.official(session, at)
    assert line in come(auditor, locale=locale).get("/home").text
    assert line not in come(replace(auditor, at=at - DAY), locale=locale).get("/home").text
    page = come(official, locale=locale).get("/home").click(line)
    page = page.click({"zh": "结束没有改好的整改", "en": "End what was not mended"}[locale])
    assert page.form(page.path).submit(status=422).errors
    page = page.form(page.path).fill(words="逾期没有交方案。").submit(follow=True)
    assert "逾期没有交方案。" in page.text


@pytest.mark.parametrize(
    ("steps", "who", "line"),
    [
        (None, "evaluator", "出具问题清单"),
        ("", "staff", "交整改方案"),
        ("p", "staff", "完成整改并报告"),
        ("pd", "evaluator", "复查整改"),
        ("pdf", "staff", "交整改方案"),
        ("pdfpdf", "official", "决定没有改好的怎么办"),
    ],
)
def test_home_pages_say_what_waits(
    session: Session, evaluation: Evaluation, come: Come, steps: str | None, who: str, line: str
) -> None:
    if steps is not None:
        rectifications.until(session, rectifications.issued(session, evaluation), steps)
    at = NOON + len(steps or "") * DAY
    acts = {
        "evaluator": lambda: rectifications.evaluator(session, evaluation, at),
        "staff": lambda: rectifications.staff(session, evaluation, at),
        "official": lambda: contracts.official(session, at),
    }
    assert line in come(acts[who]()).get("/home").text


@LOCALES
def test_lists_are_empty_with_a_sentence_and_export_with_findings(
    session: Session, evaluation: Evaluation, come: Come, locale: str
) -> None:
    other = parties.organisation(session, name="上海别家服务中心")
    nobody_yet = come(parties.act_as(session, Role.ORGANISATION_STAFF, organisation=other), locale=locale)
    assert {"zh": "还没有整改", "en": "No rectifications yet"}[locale] in nobody_yet.get(
        "/rectifications"
    ).text
    assert {"zh": "还没有处理决定", "en": "No decisions yet"}[locale] in nobody_yet.get("/consequences").text
    made = rectifications.until(session, rectifications.issued(session, evaluation), "pdf")
    rectifications.consequence(session, evaluation)
    official = come(contracts.official(session, NOON + 4 * DAY), locale=locale)
    assert made.reference in official.get("/rectifications?phase=failed").text
    assert made.reference not in official.get("/rectifications?phase=passed").text
    assert made.reference not in official.get("/rectifications?due=late").text
    book = load_workbook(BytesIO(official.client.get("/rectifications?format=xlsx").data))
    first, second = book.worksheets
    assert first["A2"].value == made.reference
    assert [row[0].value for row in second.iter_rows(min_row=2)] == [made.reference] * 2
    book = load_workbook(BytesIO(official.client.get("/consequences?format=xlsx").data))
    assert book.active is not None
    assert book.active["A2"].value == evaluation.contract.reference


def test_a_step_out_of_turn_is_refused_in_words(session: Session, evaluation: Evaluation, come: Come) -> None:
    made = rectifications.issued(session, evaluation)
    where = f"/rectifications/{made.id}"
    page = come(rectifications.staff(session, evaluation)).get(f"{where}/done")
    assert page.form(page.path).fill(words="改好了。").submit(status=409).errors
    page = come(contracts.official(session, NOON)).get(f"{where}/conclusion")
    page = page.form(page.path).fill(words="不等了。").submit(status=409)
    assert "现在还不到采购人决定的时候" in page.errors[0]


@pytest.mark.parametrize("where", ["/rectifications", "/consequences", "/ratings", "/home"])
def test_a_list_asks_as_often_for_many_rows_as_for_few(
    session: Session, connection: Connection, come: Come, where: str
) -> None:
    def add(count: int) -> None:
        for _number in range(count):
            evaluation = rectifications.final(session)
            rectifications.until(session, rectifications.issued(session, evaluation), "pd")
            rectifications.consequence(session, evaluation)
            ratings.rating(session, evaluation.contract, Side.PURCHASER, Side.ORGANISATION)

    auditor = parties.act_as(session, Role.AUDITOR, at=NOON + 90 * DAY)
    add(1)
    pages = come(auditor)
    pages.get(where)
    with asked(connection) as few:
        pages.get(where)
    add(2)
    session.commit()
    with asked(connection) as many:
        pages.get(where)
    assert len(many) <= len(few), many


def test_every_overdue_step_has_its_message() -> None:
    assert {f"overdue_{kind.value}" for kind in StepKind} <= set(MESSAGES)


@LOCALES
def test_low_marks_and_vetoes_are_offered_as_findings_and_only_ticked_ones_are_taken(
    session: Session, come: Come, locale: str
) -> None:
    made = evaluations.filled(session, E1_1=Given(points=Decimal(1), words="编号失效。"))
    by = evaluations.evaluator(session, made)
    marking.veto(session, made, by, code="false_data", words="签到表为后补。")
    reporting.draft(session, made, by, summary="有问题。")
    answering.answer(session, made, evaluations.supplier(session, made), words={}, done=True)
    reporting.finalise(session, made, by, summary="有问题。")
    page = come(by, locale=locale).get(f"/evaluations/{made.id}/findings")
    form = page.form(page.path)
    assert "签到表为后补。" in form.values["words_p1"]
    assert "编号失效。" in form.values["words_p2"]
    assert form.submit(status=422).errors, "nothing is taken that nobody ticked"
    page = page.form(page.path).fill(take_p2=True, words_1="登记表没有上锁。").submit(follow=True)
    issued = session.scalars(select(Rectification).where(Rectification.evaluation_id == made.id)).one()
    assert [(each.item_code, each.severity) for each in issued.findings] == [
        ("E1.1", Severity.MINOR),
        ("", Severity.MINOR),
    ]
    assert "1.00" in issued.findings[0].words
    assert "签到表为后补。" not in page.text
