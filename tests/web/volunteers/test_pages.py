"""Calls for volunteers on pages: posted, found, printed, closed with a number (demand 39)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.act import Act
from models.calendar.clocks import start_of
from models.needs.need import NeedPhase
from models.volunteers.call import VolunteerCall
from tests.factories import contracts, needs, parties, volunteers
from tests.factories.parties import NOON
from tests.factories.volunteers import LAST_DAY
from tests.page import PageClient
from tests.web.rectifications.conftest import come

__all__ = ["come"]

Come = Callable[..., PageClient]
LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])
OVER = start_of(LAST_DAY + timedelta(days=1))
SAID = {
    "title": "每周二给老人送餐",
    "words": "从活动室取餐，送到楼里。",
    "people": "６",
    "place": "活动室",
    "hours": "周二 10:30",
    "ends_on": LAST_DAY.isoformat(),
    "telephone": "021-5550 1234",
    "office_hours": "周一到周五",
}


def how_many(session: Session) -> int | None:
    return session.scalar(select(func.count()).select_from(VolunteerCall))


@LOCALES
def test_a_committee_calls_for_volunteers_and_closes_with_a_number(
    session: Session, come: Come, locale: str
) -> None:
    need = needs.need(session)
    worker, visitor = needs.worker(session, at=NOON), parties.nobody()
    page = come(worker, locale=locale).get(f"/needs/{need.id}")
    page = page.click({"zh": "招募志愿者", "en": "Call for volunteers"}[locale])
    page = page.form(page.path).fill(SAID).submit(follow=True)
    where = page.path
    assert SAID["telephone"] in page.text
    assert SAID["title"] in come(worker, locale=locale).get("/home").text
    for each in ("/volunteers", f"/needs/{need.id}"):
        assert come(visitor, locale=locale).get(each).click(SAID["title"]).path == where
    poster = come(visitor, locale=locale).get(f"{where}/poster")
    assert SAID["telephone"] in poster.text
    assert where in poster.text
    assert "<svg" in come(visitor, locale=locale).client.get(f"{where}/poster").text
    after = replace(worker, at=OVER)
    page = come(after, locale=locale).get("/home").click(SAID["title"])
    page = page.form(page.path).fill({"came_forward": "8"}).submit(follow=True)
    assert "8" in page.text
    assert SAID["telephone"] not in page.text
    assert SAID["title"] not in come(after, locale=locale).get("/home").text


@LOCALES
def test_an_empty_list_says_what_would_be_here(session: Session, come: Come, locale: str) -> None:
    page = come(parties.nobody(), locale=locale).get("/volunteers")
    assert {"zh": "现在没有招募", "en": "No calls now"}[locale] in page.text


def test_the_list_is_taken_along_as_a_file(session: Session, come: Come) -> None:
    volunteers.call(session, place="=1+1")
    browser = come(parties.nobody()).client
    book = load_workbook(BytesIO(browser.get("/volunteers?format=xlsx").data))
    assert book.active is not None
    rows = list(book.active.values)
    assert len(rows) == 2
    assert "=1+1" in rows[1]
    assert browser.get(f"/volunteers?street={parties.STREET}").status_code == 200
    assert "每周二" in browser.get("/volunteers?street=no-such-place").text  # what is strange is left unheard


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("people", "0"),
        ("people", "10000"),
        ("people", "几个"),
        ("ends_on", "2026-01-01"),
        ("ends_on", "9999-12-31"),
        ("telephone", "13812345678"),
        ("telephone", "没有"),
        ("title", ""),
        ("place", "地" * 101),
    ],
)
def test_strange_input_is_told_beside_its_field_and_nothing_is_posted(
    session: Session, come: Come, name: str, typed: str
) -> None:
    need = needs.need(session)
    page = come(needs.worker(session, at=NOON)).get(f"/needs/{need.id}/volunteers/new")
    page = page.form(page.path).fill({**SAID, name: typed}).submit(status=422)
    assert page.errors
    assert how_many(session) == 0


def test_a_second_press_posts_nothing_more_and_a_stale_edit_is_told(session: Session, come: Come) -> None:
    need, act = needs.need(session), needs.worker(session, at=NOON)
    page = come(act).get(f"/needs/{need.id}/volunteers/new")
    first, second = (page.form(page.path).fill(SAID).submit(follow=True).path for _press in range(2))
    assert first == second
    assert how_many(session) == 1
    old = come(act).get(f"{first}/edit")
    old.form(old.path).fill({"people": "9"}).submit(follow=True)
    assert old.form(old.path).fill({"people": "12"}).submit(status=409).errors
    assert session.scalars(select(VolunteerCall.people)).all() == [9]


def test_a_need_that_is_not_public_is_told_at_once(session: Session, come: Come) -> None:
    need = needs.need(session, NeedPhase.DRAFT)
    worker = needs.worker(session, at=NOON)
    come(worker).get(f"/needs/{need.id}/volunteers/new", status=409)
    assert f"/needs/{need.id}/volunteers/new" not in come(worker).get(f"/needs/{need.id}").text


def test_a_contractor_calls_from_the_page_of_its_contract(app: Flask, session: Session, come: Come) -> None:
    contract = volunteers.put_in_force(session, contracts.contract_row(session))
    supplier: Act = contracts.supplier(session, contract, NOON)
    page = come(supplier).get(f"/contracts/{contract.id}").click("招募志愿者")
    page = page.form(page.path).fill(SAID).submit(follow=True)
    assert contract.award.lot.tender.title in page.text
    assert SAID["title"] in come(supplier).get(f"/contracts/{contract.id}").text
    come(parties.nobody()).get(f"{page.path}/edit", status=303)
    come(parties.nobody()).get(f"/volunteers/{contract.id}", status=404)
