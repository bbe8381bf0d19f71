"""The record page: every figure on it can be worked out again, by anybody, once nothing is open."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from models.act import Role
from models.evaluations.evaluation import Evaluation
from models.parties.organisation import Organisation
from tests.conftest import SignInAs
from tests.factories import parties, records
from tests.factories.parties import NOON
from tests.page import PageClient


@pytest.fixture
def organisation(session: Session) -> Organisation:
    """An organisation with two settled evaluations, beside three others."""
    made = parties.organisation(session, name="上海晨光助餐服务中心")
    records.peers(session, "78.00", "82.00", "86.00")
    records.delivered(session, made, score="91.00")
    records.delivered(session, made, score="55.00", at=NOON - timedelta(days=400))
    session.commit()
    return made


def leading(cell: str) -> float:
    """The figure with which a cell begins; a remark may stand below it."""
    found = re.match(r"[\d.]+", cell)
    assert found is not None
    return float(found.group())


def address(organisation: Organisation) -> str:
    return f"/organisations/{organisation.id}/record"


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_anybody_can_work_a_record_out_again_from_the_page(
    organisation: Organisation, sign_in_as: SignInAs, visitor: PageClient, locale: str
) -> None:
    page = (
        visitor.get(address(organisation))
        if locale == "zh"
        else sign_in_as(locale="en").get(address(organisation))
    )
    rows = page.rows("怎么算的" if locale == "zh" else "How it was worked out")
    lines = [(leading(row[3]), float(row[4]), float(row[5])) for row in rows[1:-1]]
    assert len(lines) == 3  # the mean of its kind and two evaluations
    for points, weight, pull in lines:
        assert points * weight == pytest.approx(pull, abs=0.06)
    weights, whole = (sum(line[at] for line in lines) for at in (1, 2))
    assert float(rows[-1][4]) == pytest.approx(weights, abs=0.002)
    assert float(rows[-1][5]) == pytest.approx(whole, abs=0.02)
    points = f"{whole / weights:.1f}"
    assert f"记录 {points} 分" in page.text if locale == "zh" else f"A record of {points} points" in page.text


def test_the_workbook_has_all_it_takes(organisation: Organisation, visitor: PageClient) -> None:
    sheet = visitor.client.get(f"{address(organisation)}?format=xlsx")
    rows = list(load_workbook(BytesIO(sheet.data)).active.iter_rows(values_only=True))
    head, mean, *lines = rows
    at = {name: place for place, name in enumerate(head)}
    assert len(lines) == 2
    for line in lines:
        score, deviation, counted = (line[at[name]] for name in ("得分", "评估机构偏差", "计入的分"))
        reached = min(max(score - deviation, mean[at["计入的分"]] - 15), mean[at["计入的分"]] + 15)
        assert counted == pytest.approx(reached, abs=0.001)


def test_the_organisations_own_page_says_how_it_stands_and_leads_to_the_arithmetic(
    organisation: Organisation, visitor: PageClient
) -> None:
    page = visitor.get(f"/organisations/{organisation.id}")
    assert "同类平均" in page.text
    page.click("看怎么算的")


def test_every_result_in_a_record_leads_to_its_public_evaluation(
    organisation: Organisation, visitor: PageClient
) -> None:
    page = visitor.get(address(organisation))
    found = {link.href for link in page.links if link.href.startswith("/evaluations/")}
    assert len(found) == 2
    for where in found:
        assert "结果已公开" in visitor.get(where).text


def test_without_a_record_the_page_says_that_nobody_is_held_back(
    session: Session, visitor: PageClient
) -> None:
    nobody = parties.organisation(session, name="上海新芽服务中心")
    session.commit()
    page = visitor.get(address(nobody))
    assert "按同类平均看待" in page.text
    visitor.get(f"/organisations/{parties.NEIGHBOURHOOD}/record", status=404)


def test_a_result_that_can_still_be_objected_to_is_shown_to_those_it_concerns_alone(
    session: Session, sign_in_as: SignInAs, visitor: PageClient
) -> None:
    made: Evaluation = records.delivered(session, at=NOON - timedelta(days=1))
    organisation = made.contract.award.bid.bid.organisation
    session.commit()
    own = sign_in_as(Role.ORGANISATION_STAFF, organisation=organisation)
    assert "异议期未满" in own.get(address(organisation)).text
    assert made.reference not in visitor.get(address(organisation)).text
