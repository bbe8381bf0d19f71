"""Supervision as officials, auditors and the agencies themselves read it."""

import re

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.agencies.agency import Agency
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from tests.factories import agencies, supervision
from tests.factories.parties import NOON, OTHER_STREET
from tests.page import Page
from tests.web.agencies.conftest import Come

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])
Pair = tuple[Agency, Agency]


def charts(page: Page) -> int:
    """How many drawings stand on a page, each beside its table."""
    drawn = [each for each in page.document.all("section") if "chart" in each.get("class", "").split()]
    assert all(list(each.iter("svg")) and list(each.iter("table")) for each in drawn)
    return len(drawn)


@LOCALES
@pytest.mark.parametrize(
    "who", [Role.DISTRICT_OFFICIAL, Role.CITY_OFFICIAL, Role.AUDITOR, Role.STREET_OFFICIAL]
)
def test_officials_and_auditors_see_figures_with_number_and_interval(
    come: Come, pair: Pair, who: Role, locale: str
) -> None:
    pages = come(who, locale=locale)
    page = pages.get("/supervision")
    assert ("按 46 项计算" if locale == "zh" else "from 46 items") in page.text
    assert charts(page) == 2
    assert pages.get("/supervision?format=xlsx").status == 200
    for where in {link.href for link in page.links if link.href.startswith("/supervision")}:
        pages.get(where)
    page = pages.get("/supervision/gaps")
    assert len(page.rows("复评差距" if locale == "zh" else "Gaps of re-scoring")) == 3
    assert pages.get("/supervision/gaps?format=xlsx").status == 200


@LOCALES
def test_one_agency_with_its_drift_as_a_chart_with_a_table(come: Come, pair: Pair, locale: str) -> None:
    page = come(locale=locale).get(f"/supervision/{pair[0].organisation_id}")
    title = "各季度的变化" if locale == "zh" else "Quarter by quarter"
    assert len(page.rows(title)) == 3
    assert charts(page) == 1


@LOCALES
def test_an_evaluator_reads_its_own_figures_alone(come: Come, pair: Pair, locale: str) -> None:
    mild, strict = pair
    pages = come(mild, locale=locale)
    assert (pages.get("/supervision", status=303).location or "").endswith(str(mild.organisation_id))
    page = pages.get(f"/supervision/{mild.organisation_id}")
    assert strict.organisation.name not in page.text
    pages.get(f"/supervision/{strict.organisation_id}", status=404)
    assert strict.organisation.name not in pages.get("/supervision/gaps").text


def test_a_gap_over_the_limit_is_led_to_its_review(come: Come, pair: Pair) -> None:
    wide, narrow = come().get("/supervision/gaps").rows("复评差距")[1:]
    assert wide[-1].startswith("待复核 去复核")
    assert narrow[-1] == "不用复核"
    auditor = come(Role.AUDITOR).get("/supervision/gaps").rows("复评差距")[1]
    assert auditor[-1] == "待复核"


@LOCALES
def test_a_district_lists_finals_and_the_seed_stays_a_secret_until_the_half_year_is_over(
    session: Session, come: Come, pair: Pair, finals: list[Evaluation], locale: str
) -> None:
    supervision.final(session, pair[0], phase=EvaluationPhase.DRAFTED, at=NOON)
    agencies.agency(session, name="上海第三评估中心")
    session.commit()
    pages = come(locale=locale)
    home = pages.get("/home").text
    assert ("6 份终期评估还没有列入" if locale == "zh" else "6 finals are not listed yet") in home
    page = pages.get("/supervision").form("/supervision/samples").submit(follow=True)
    assert page.status == 200
    names = re.findall(r"/supervision/samples/[0-9a-f-]{36}", page.html)
    assert len(names) == 2
    newest, first = (pages.get(where) for where in names)
    assert len(newest.rows("列入的终期评估" if locale == "zh" else "Finals on the list")) == 6
    assert len(re.findall(r"[0-9a-f]{64}", newest.text)) == 1
    assert len(re.findall(r"[0-9a-f]{64}", first.text)) == 2


@LOCALES
def test_before_there_is_anything_the_page_says_how_to_start(come: Come, pair: Pair, locale: str) -> None:
    pages = come(Role.STREET_OFFICIAL, unit=OTHER_STREET, locale=locale)
    said = ("还没有评估机构", "还没有复评") if locale == "zh" else ("No agencies yet", "No second sheets yet")
    for where, words in zip(("/supervision", "/supervision/gaps"), said, strict=True):
        assert words in pages.get(where).text
