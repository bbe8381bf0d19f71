"""The page of a year's working days, in both languages: entered once, and every date is counted by it."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.rulebook.working_days import AdjustedYear
from tests.conftest import SignInAs
from tests.factories import parties
from tests.page import PageClient
from tests.web.rulebook.test_pages import FORM, LOCALES, STRANGE, encoded

WHERE = "/rulebook/working-days"
DATES = "/rulebook/deadlines?method=open_tender&report_delivered=2027-02-04"
FILLED = {
    "year": "２０２７",
    "rest": (
        "2027年1月1日\n2027-02-05 至 2027-02-11；2027/4/5、2027-05-01到2027-05-05\n"
        "2027-06-09, 2027-09-15\n2027-10-01—2027-10-07"
    ),
    "work": "2027-02-20 2027-02-27\n２０２７-10-09",
    "source": "国办发明电〔2026〕7号",
}


@LOCALES
def test_a_year_is_entered_from_the_notice_and_every_date_is_counted_by_it(
    session: Session, sign_in_as: SignInAs, visitor: PageClient, locale: str
) -> None:
    parties.place(session)
    pages = sign_in_as(Role.DISTRICT_OFFICIAL, locale=locale)
    page = pages.get("/rulebook").click("工作日安排" if locale == "zh" else "Working days")
    assert ("还不知道" if locale == "zh" else "Not known yet") in page.text
    assert "暂定" in visitor.get(DATES).text
    assert "2027年2月18日" not in visitor.get(DATES).text
    form = page.form(WHERE)
    refused = form.fill(**FILLED | {"rest": FILLED["rest"].replace("2027-06-09", "")}).submit(status=422)
    assert len(refused.errors) == 1
    assert "2027-02-20 2027-02-27" in refused.html  # nothing typed is lost
    page = refused.form(WHERE).fill(rest=FILLED["rest"]).submit(follow=True)
    assert page.flashes
    assert ("已录入" if locale == "zh" else "Entered") in page.text
    assert FILLED["source"] in page.text
    row = session.scalars(select(AdjustedYear)).one()
    assert (row.year, len(row.rest), len(row.work)) == (2027, 23, 3)
    assert "2027年2月18日" in visitor.get(DATES).text
    assert "暂定" not in visitor.get(DATES).text


def test_history_says_who_when_and_from_where_and_exports(session: Session, sign_in_as: SignInAs) -> None:
    parties.place(session)
    pages = sign_in_as(Role.ADMINISTRATOR)
    pages.get(WHERE).form(WHERE).fill(**FILLED).submit(follow=True)
    name = session.scalars(
        select(parties.Person.name).join(AdjustedYear, AdjustedYear.entered_by == parties.Person.id)
    ).one()
    page = pages.get(WHERE)
    for words in (name, "2027年2月5日 到 2027年2月11日", "2027年10月9日", "2026年11月20日 12:00"):
        assert words in page.text
    answer = pages.client.get(f"{WHERE}?format=xlsx")
    rows = list(load_workbook(BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert [(row[0], row[3], row[4]) for row in rows[1:]] == [(2027, FILLED["source"], name)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"year": "2028"},
        {"year": "二〇二七"},
        {"rest": "2027-02-30"},
        {"rest": "春节"},
        {"rest": "2027-02-11 至 2027-02-05"},
        {"rest": "2027-01-01 至 2027-12-31"},
        {"rest": "2027-01-01 至 2027-01-03 至 2027-01-05"},
        {"work": "2027-02-22"},
        {"source": "  "},
    ],
)
def test_what_cannot_be_meant_is_named(session: Session, sign_in_as: SignInAs, wrong: dict[str, str]) -> None:
    parties.place(session)
    page = sign_in_as(Role.CITY_OFFICIAL).get(WHERE).form(WHERE).fill(**FILLED | wrong).submit(status=422)
    assert len(page.errors) == 1
    assert session.scalars(select(AdjustedYear)).all() == []


@pytest.mark.parametrize("value", STRANGE)
def test_no_field_breaks_the_form(session: Session, sign_in_as: SignInAs, value: str) -> None:
    pages = sign_in_as(Role.DISTRICT_OFFICIAL)
    token = pages.token()
    for odd in FILLED:
        sent = encoded(FILLED | {odd: value, "csrf_token": token})
        answer = pages.client.post(WHERE, data=sent, content_type=FORM)
        assert answer.status_code in {303, 422}
