"""The service register beside the sheet: participation by age (demand 40, E6), and people served."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.marking import marks_of
from models.evaluations.proving import evidence_of
from tests.factories import evaluations, surveys
from tests.page import Page
from tests.web.evaluations.conftest import Come, agency

REACHED = "actual_E2.5"


def opened(session: Session, come: Come, people: int = 6, locale: str = "zh") -> tuple[Evaluation, Page]:
    """A sheet just begun, of a contract that serves so many; a third is 60 to 79, a third 80 and older."""
    made = evaluations.started(session)
    for person in surveys.register(session, made.contract, people):
        person.age_band = ("age:25_44", "age:60_79", "age:80_plus", None)[person.number % 4]
    session.flush()
    return made, agency(session, come, made, locale).get(f"/evaluations/{made.id}/sheet")


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("zh", "登记了年龄的 5 人里，1 人不是老人，占 20%"),
        ("en", "Of the 5 whose age is recorded, 1 are no elders, which is 20%"),
    ],
)
def test_participation_by_age_stands_beside_its_item(
    session: Session, come: Come, locale: str, said: str
) -> None:
    _made, page = opened(session, come, locale=locale)
    assert said in page.text


def test_people_served_are_proposed_and_the_evaluator_decides(session: Session, come: Come) -> None:
    made, page = opened(session, come)
    form = page.form("sheet")
    assert form.values[REACHED] == "6.00"
    form.submit(follow=True)
    assert "E2.5" not in marks_of(session, made)  # nobody held it against a plan
    form = page.client.get(page.path).form("sheet")
    form.fill({"planned_E2.5": "8", REACHED: "5"}).submit(follow=True)
    mark = marks_of(session, made)["E2.5"]
    assert (mark.planned, mark.actual) == (Decimal(8), Decimal(5))
    assert page.client.get(page.path).form("sheet").values[REACHED] == "5.00"


def test_the_counts_become_evidence_without_a_name(session: Session, come: Come) -> None:
    made, page = opened(session, come)
    page = page.form(f"/evaluations/{made.id}/evidence/register").submit(follow=True)
    assert page.flashes == ["已加为证据。"]
    first, second = evidence_of(session, made)
    assert {first.item_code, second.item_code} == {"E2.5", "E6.2"}
    assert first.file_id == second.file_id
    sheet = load_workbook(BytesIO(first.file.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert ("25–44岁", 1) in rows
    assert "阿婆" not in str(rows)
    assert "加为 E2.5、E6.2 的证据" not in page.text


def test_an_empty_register_proposes_and_proves_nothing(session: Session, come: Come) -> None:
    made, page = opened(session, come, people=0)
    assert page.form("sheet").values[REACHED] == ""
    assert "服务登记册里还没有人" in page.text
    page.client.post(f"/evaluations/{made.id}/evidence/register", status=409)


def test_a_sheet_that_is_not_open_shows_no_proposal_as_if_it_were_given(session: Session, come: Come) -> None:
    made = evaluations.evaluation(session, phase=EvaluationPhase.DRAFTED)
    surveys.register(session, made.contract, 3)
    page = agency(session, come, made).get(f"/evaluations/{made.id}/sheet")
    assert page.form("sheet").values[REACHED] == ""
