"""Ratings on pages: given once, blind until released, a mean from three on."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from models.act import Role
from models.calendar.clocks import start_of
from models.evaluations.evaluation import Evaluation
from models.ratings.rating import Side
from models.ratings.releasing import BLIND_FOR
from tests.factories import agencies, parties, ratings
from tests.factories.parties import NOON
from tests.web.rectifications.conftest import Come

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])
SECRET = "凌霄场地常被占用"
O, C, P, A = Side.ORGANISATION, Side.COMMUNITY, Side.PURCHASER, Side.AGENCY  # noqa: E741  # the four sides


@LOCALES
def test_a_side_rates_another_and_sees_it_released(
    session: Session, evaluation: Evaluation, come: Come, locale: str
) -> None:
    contract = evaluation.contract
    staff = ratings.voice(session, contract, O)
    page = come(staff, locale=locale).get("/home").click({"zh": "互评", "en": "Mutual ratings"}[locale])
    page = come(staff, locale=locale).get("/ratings").click(contract.award.lot.tender.title)
    page = page.click({"zh": "评价居委会", "en": "Rate: Neighbourhood committee"}[locale])
    assert page.form(page.path).submit(status=422).errors
    said = {"venue": "2", "cooperation": "4", "promptness": "5", "words": SECRET}
    page = page.form(page.path).fill(said).submit(follow=True)
    assert SECRET in page.text
    page = come(staff, locale=locale).get(f"/contracts/{contract.id}/ratings/community")
    assert page.form(page.path).fill(said).submit(status=409).errors
    worker = ratings.voice(session, contract, C)
    page = come(worker, locale=locale).get(f"/contracts/{contract.id}/ratings/organisation")
    good = {"service": "4", "schedule": "4", "communication": "4"}
    page = page.form(page.path).fill(good).submit(follow=True)
    assert SECRET in page.text  # theirs was the second


@pytest.mark.parametrize("side", [C, P, None])
def test_what_is_blind_stands_on_no_page_and_in_no_workbook(
    session: Session, evaluation: Evaluation, come: Come, side: Side | None
) -> None:
    """Neither its words, nor that there is one: every page is what it was before it was given."""
    contract = evaluation.contract
    act = ratings.voice(session, contract, side) if side else parties.act_as(session, Role.AUDITOR)
    places = (
        "/home",
        "/ratings",
        f"/contracts/{contract.id}/ratings",
        *([f"/contracts/{contract.id}/ratings/organisation"] if side else []),
        "/inbox",
    )
    before = [come(act).get(where).text for where in places]
    made = ratings.rating(session, contract, O, C, words=SECRET)
    ratings.rating(session, contract, O, P, words=SECRET)
    later = replace(act, at=NOON + BLIND_FOR - timedelta(days=1))
    assert [come(act).get(where).text for where in places] == before
    assert SECRET not in "".join(come(later).get(where).text for where in places)
    book = load_workbook(BytesIO(come(later).client.get("/ratings?format=xlsx").data))
    assert book.active is not None
    assert book.active.max_row == 1
    come(act).get(f"/ratings/{made.id}", status=404)
    after = replace(act, at=NOON + BLIND_FOR)
    assert SECRET in come(after).get(f"/contracts/{contract.id}/ratings").text
    assert come(after).get(f"/ratings/{made.id}", status=303).location == f"/contracts/{contract.id}/ratings"


def test_an_address_about_no_side_is_no_page(session: Session, evaluation: Evaluation, come: Come) -> None:
    worker = come(ratings.voice(session, evaluation.contract, C))
    for about in ("community", "nobody"):
        worker.get(f"/contracts/{evaluation.contract_id}/ratings/{about}", status=404)


@LOCALES
def test_an_empty_list_says_what_would_be_here(session: Session, come: Come, locale: str) -> None:
    other = parties.organisation(session, name="上海别家服务中心")
    page = come(parties.act_as(session, Role.ORGANISATION_STAFF, organisation=other), locale=locale)
    text = page.get("/ratings").text
    assert {"zh": "还没有可以互评的合同", "en": "No contracts to rate yet"}[locale] in text
    assert {"zh": "满 3 份评价之后", "en": "from three ratings on"}[locale] in text


@LOCALES
def test_a_mean_stands_there_from_three_ratings_on(
    session: Session, evaluation: Evaluation, come: Come, locale: str
) -> None:
    contracts = [evaluation.contract, agencies.running(session), agencies.running(session)]
    end = max(start_of(each.ends_on + timedelta(days=1)) for each in contracts)
    for number, contract in enumerate(contracts):
        ratings.rating(session, contract, O, P, at=end, points=3 + number)
    official = ratings.voice(session, contracts[0], P, end)
    title = {"zh": "别人怎么评我们", "en": "How others rate us"}[locale]
    assert (
        title not in come(replace(official, at=end + timedelta(days=13)), locale=locale).get("/ratings").text
    )
    page = come(replace(official, at=end + timedelta(days=14)), locale=locale).get("/ratings")
    assert title in page.text
    assert "4" in page.text
