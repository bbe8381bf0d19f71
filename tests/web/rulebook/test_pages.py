"""The rule book's pages: read by everybody, in both languages; the thresholds kept by districts."""

from decimal import Decimal
from urllib.parse import quote

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.rulebook.thresholds import ProcurementThreshold
from tests.conftest import SignInAs
from tests.factories import parties
from tests.page import PageClient
from tests.web.everywhere.test_hostile import FORM, STRANGE, encoded
from web.rulebook.forms import DeadlinesForm, MethodsForm

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])
DATES = (
    "issued=2026-12-20&report_delivered=2027-01-20&notice=2027-01-22&contract_signed=2027-02-01"
    "&challenge_received=2027-01-25"
)


@pytest.fixture
def reader(sign_in_as: SignInAs, session: Session, locale: str) -> PageClient:
    """Somebody who reads in a language."""
    parties.place(session)
    session.commit()
    return sign_in_as(Role.COMMUNITY_WORKER, locale=locale)


@LOCALES
def test_every_rule_is_listed_and_found_by_its_words(reader: PageClient, locale: str) -> None:
    page = reader.get("/rules").click("规则手册" if locale == "zh" else "the rule book")
    assert all(f"R{number:02}" in page.text for number in range(1, 65))
    page = reader.get("/rulebook?q=R21")
    assert "财政部令" not in page.text
    assert "政府采购法第三十五条" in page.text
    assert "R22" not in page.text
    nothing = reader.get("/rulebook?q=nothing-of-the-kind")
    assert ("没有写到这些词的规则" if locale == "zh" else "No rule mentions these words") in nothing.text


@LOCALES
def test_the_dates_of_a_procedure_follow_from_an_address(reader: PageClient, locale: str) -> None:
    page = reader.get("/rulebook/deadlines")
    assert "R21" not in page.text
    page = reader.get(f"/rulebook/deadlines?method=open_tender&{DATES}")
    for words in ("R21", "R22", "R33", "R34", "R58", "R59"):
        assert words in page.text
    assert ("2027年1月11日" if locale == "zh" else "11 January 2027") in page.text
    assert ("暂定" if locale == "zh" else "Provisional") in page.text


@LOCALES
def test_below_the_limit_the_page_says_why_there_are_no_dates(reader: PageClient, locale: str) -> None:
    page = reader.get("/rulebook/deadlines?method=comparison&issued=2026-11-20")
    assert ("内部控制" if locale == "zh" else "internal control") in page.text


def test_the_form_leads_to_an_address_that_keeps_the_question(visitor: PageClient) -> None:
    page = visitor.get("/rulebook/deadlines")
    asked = page.form().fill(issued="２０２６年11月20日").submit()
    assert "2026年12月10日" in asked.text
    assert "issued=" in asked.path


@pytest.mark.parametrize(
    "question",
    [
        "issued=2026-02-30",
        "issued=9999-12-31",
        "issued=0001-01-01",
        "issued=2026-11-20&notice=2026-11-19",
        "issued=%00%F0%9F%98%80",
        "challenge_received=" + "9" * 400,
    ],
)
def test_a_date_that_cannot_be_meant_is_named(visitor: PageClient, question: str) -> None:
    page = visitor.get(f"/rulebook/deadlines?{question}", status=422)
    assert len(page.errors) == 1


@LOCALES
def test_the_methods_of_a_purchase_come_with_reasons(reader: PageClient, locale: str) -> None:
    for question in (
        "amount=480000",
        "amount=1800000&users_choose=y",
        "amount=4000000&finance_approved=y",
        "amount=900000&bought_otherwise=3500000",
        "amount=480000&kind=staffing&unbudgeted=y",
        "amount=480000&kind=own_use&place=310190001",
    ):
        reader.get(f"/rulebook/methods?{question}")
    page = reader.get("/rulebook/methods?amount=1800000")
    assert "R63" in page.text
    assert ("200万元以下" if locale == "zh" else "up to ¥2,000,000") in page.text
    page = reader.get("/rulebook/methods?amount=900000&bought_otherwise=3500000")
    assert ("化整为零" if locale == "zh" else "That is splitting") in page.text


@pytest.mark.parametrize("amount", ["", "0", "-1", "1e9", "abc", "9" * 30, "12万"])
def test_an_amount_that_is_none_is_named(visitor: PageClient, amount: str) -> None:
    page = visitor.get(f"/rulebook/methods?amount={quote(amount)}", status=422)
    assert len(page.errors) == 1


def test_strange_choices_are_left_unheard(visitor: PageClient) -> None:
    page = visitor.get("/rulebook/methods?amount=480000&kind=x&place=%00&users_choose=%F0%9F%98%80")
    assert "限额以下比选" in page.text
    page = visitor.get("/rulebook/deadlines?method=x&issued=2026-11-20")
    assert "R21" in page.text


@LOCALES
def test_a_district_enters_its_threshold_and_the_picker_counts_by_it(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    parties.place(session)
    pages = sign_in_as(Role.DISTRICT_OFFICIAL, locale=locale)
    start = "采购数额标准" if locale == "zh" else "Procurement thresholds"
    page = pages.get("/rulebook").click(start)
    assert ("还没有录入过" if locale == "zh" else "Nothing was entered yet") in page.text
    filled = {
        "kind": "procurement_limit",
        "amount": "1e6",
        "valid_from": "2026-11-01",
        "source": "沪财采〔2026〕1号",
    }
    refused = page.form("/rulebook/thresholds").fill(**filled).submit(status=422)
    assert len(refused.errors) == 1
    page = refused.form("/rulebook/thresholds").fill(amount="５００，０００").submit(follow=True)
    assert "¥500,000.00" in page.text
    row = session.scalars(select(ProcurementThreshold)).one()
    assert (row.amount, row.unit_code, row.kind.value) == (Decimal(500_000), "310190", "procurement_limit")
    page = pages.get("/rulebook/methods?amount=500000&place=310190001")
    assert ("竞争性磋商 通常采用" if locale == "zh" else "Competitive consultation Usual") in page.text


def test_a_threshold_of_a_year_far_off_is_refused_and_nothing_is_lost(
    session: Session, sign_in_as: SignInAs
) -> None:
    parties.place(session)
    pages = sign_in_as(Role.DISTRICT_OFFICIAL)
    page = pages.get("/rulebook/thresholds").form("/rulebook/thresholds")
    refused = page.fill(kind="open_tender", amount="4000000", valid_from="2150-01-01", source="通知").submit(
        status=422
    )
    assert len(refused.errors) == 1
    assert "4000000" in refused.html
    assert session.scalars(select(ProcurementThreshold)).all() == []


FIELDS = (*DeadlinesForm.__dict__, *MethodsForm.__dict__, "q")


@pytest.mark.parametrize("path", ["", "/deadlines", "/methods"])
@pytest.mark.parametrize("value", STRANGE)
def test_no_question_breaks_a_page(visitor: PageClient, path: str, value: str) -> None:
    asked = encoded({name: value for name in FIELDS if not name.startswith("_")}).decode()
    assert visitor.client.get(f"/rulebook{path}", query_string=asked).status_code in {200, 422}


@pytest.mark.parametrize("value", STRANGE)
def test_no_field_breaks_the_threshold_form(session: Session, sign_in_as: SignInAs, value: str) -> None:
    pages = sign_in_as(Role.DISTRICT_OFFICIAL)
    token = pages.token()
    for odd in ("kind", "amount", "valid_from", "source"):
        usual = {"kind": "open_tender", "amount": "4000000", "valid_from": "2026-11-01", "source": "通知"}
        sent = encoded(usual | {odd: value, "csrf_token": token})
        answer = pages.client.post("/rulebook/thresholds", data=sent, content_type=FORM)
        assert answer.status_code in {303, 422}
