"""The report on the portal and as files: one content, three ways to read it."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy.orm import Session

from models.act import Role
from models.surveys.survey import SurveyPhase
from tests.factories import agencies, evaluations, surveys
from tests.factories.parties import NOON
from tests.page import PageClient

SignInAs = Callable[..., PageClient]
PERIOD = "?first=2026-11-01&last=2026-11-30"


@pytest.fixture
def judged(session: Session) -> str:
    """A project with a survey and a published final; its contract's number."""
    contract = agencies.running(session)
    surveys.survey(session, contract, answers=25, phase=SurveyPhase.PUBLISHED)
    evaluations.final(session, contract, score="86.50", at=NOON - timedelta(days=1))
    session.commit()
    return contract.reference


@pytest.mark.parametrize("role", [Role.STREET_OFFICIAL, Role.DISTRICT_OFFICIAL, Role.AUDITOR, Role.HUB])
def test_an_area_reads_its_report(judged: str, sign_in_as: SignInAs, role: Role) -> None:
    page = sign_in_as(role).get(f"/report{PERIOD}")
    assert judged in page.text
    assert "86.50" in page.text


def test_in_english_and_without_a_period_it_is_the_last_quarter(judged: str, sign_in_as: SignInAs) -> None:
    page = sign_in_as(Role.AUDITOR, locale="en").get("/report")
    assert "1 July 2026" in page.text
    assert "30 September 2026" in page.text
    assert "No final evaluation was published in the period." in page.text
    assert judged not in page.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("?first=2026-11-30&last=2026-11-01", "结束日期不能早于开始日期。"),
        ("?first=2020-01-01&last=2026-11-01", "一份报告最多 3 年"),
        ("?first=&last=2026-11-01", "请填写日期，如 2026-07-01。"),
        ("?first=2026-02-30&last=2026-11-01", "日期"),
    ],
)
@pytest.mark.parametrize("place", ["/report", "/report.xlsx"])
def test_a_strange_period_gets_one_sentence(sign_in_as: SignInAs, asked: str, said: str, place: str) -> None:
    assert said in sign_in_as(Role.AUDITOR).get(place + asked, status=422).text


def test_the_workbook_has_numbers(judged: str, sign_in_as: SignInAs) -> None:
    data = sign_in_as(Role.AUDITOR).get(f"/report.xlsx{PERIOD}").response.data
    book = load_workbook(BytesIO(data))
    assert book.sheetnames == ["从需求到付款", "公布的终期评估", "居民的意见", "整改和处理", "逐个项目"]
    (row,) = list(book["逐个项目"].iter_rows(min_row=2, values_only=True))
    assert (row[0], row[5]) == (judged, 86.5)
    assert 0 < row[7] <= 1


def test_word_and_pdf_say_the_same_in_chinese_whatever_the_page_speaks(
    judged: str, sign_in_as: SignInAs
) -> None:
    client = sign_in_as(Role.AUDITOR, locale="en")
    word = Document(BytesIO(client.get(f"/report.docx{PERIOD}").response.data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "满意的比例" in cells
    assert any(judged in cell for cell in cells)
    pdf = client.get(f"/report.pdf{PERIOD}").response.data
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert "社区服务报告" in text
    assert judged in text
