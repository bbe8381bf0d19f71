"""Marking again in the portal, and the sets that areas publish."""

from io import BytesIO

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.agencies.assignment import AssignmentKind
from models.evaluations.filing import rescore_of
from models.evaluations.marking import Given
from tests.factories import agencies, evaluations
from tests.web.evaluations.conftest import Come, agency, official

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])


@LOCALES
def test_a_second_agency_marks_blind_and_the_gap_goes_to_the_official(
    session: Session, come: Come, locale: str
) -> None:
    made = evaluations.finalised(session)
    pages = official(come, locale)
    where = f"/evaluations/{made.id}"
    page = pages.get(where).click({"zh": "安排复评", "en": "Have it marked again"}[locale])
    assert page.form().submit(status=422).errors
    page = page.form().fill(words="分数与走访看到的不一致。").submit(follow=True)
    assert "分数与走访看到的不一致。" in page.text
    agencies.assigned(session, made.contract, kind=AssignmentKind.RESCORE)
    second = rescore_of(session, made)
    assert second is not None
    blind = agency(session, come, second, locale)
    page = blind.get(f"/rescores/{second.id}")
    assert "83.00" not in page.text
    assert f"/rescores/{second.id}" in [link.href for link in blind.get("/home").links]
    blind.get(where, status=404)
    form = page.form("sheet")
    figures = evaluations.best(made, E6_1=Given(), E4_2=Given())
    sent = {
        f"{name}_{code}": str(value)
        for code, given in figures.items()
        for name in ("points", "planned", "actual")
        if (value := getattr(given, name)) is not None
    }
    form.fill(sent).submit(follow=True).form(f"/rescores/{second.id}/submission").submit(follow=True)
    page = official(come, locale).get(where)
    assert f"{where}/publication" not in page.html
    page = page.client.get(f"/rescores/{second.id}/review")
    assert "70.00" in page.text
    assert made.contract.award.lot.tender.title in page.text
    page = page.form().fill(stands="second", words="第一次没有核对凭证。").submit(follow=True)
    assert "第一次没有核对凭证。" in page.text
    page = page.form(f"{where}/publication").submit(follow=True)
    assert "70.00" in page.text


def test_a_second_sheet_is_waived_in_words(session: Session, come: Come) -> None:
    made = evaluations.finalised(session)
    second = evaluations.second(session, made)
    page = official(come).get(f"/rescores/{second.id}/waiver").form()
    page = page.fill(words="没有其他机构。").submit(follow=True)
    assert "没有其他机构。" in page.text


@LOCALES
def test_a_district_publishes_its_own_set_and_99_99_is_refused(
    session: Session, come: Come, locale: str
) -> None:
    pages = come(Role.DISTRICT_OFFICIAL, locale=locale)
    page = pages.get("/indicators")
    form = pages.get("/indicators/new").form()
    sent = {"effective_on": "2026-12-01", "words": "长宁做法。", "line_pass": "70"}
    page = form.fill(sent | {"points_E1.1": "3.99"}).submit(status=422)
    assert "99.99" in page.errors[0]
    page = pages.get("/indicators/new").form().fill(sent).submit(follow=True)
    assert "70" in page.text
    (link,) = [each.href for each in page.links if each.href.endswith("indicators.json")]
    content = pages.client.get(link).data
    form = pages.get("/indicators/new").form().fill(sent)
    form.fill(file=(BytesIO(content), "set.json"))
    assert form.submit(follow=True).status == 200
    assert "长宁做法。" in pages.get("/indicators").text
    assert pages.client.get("/indicators/default.json").json["grades"]["pass"] == "60"
    assert come(None, locale=locale).get("/indicators").status == 200


@LOCALES
def test_empty_lists_say_what_would_be_there(session: Session, come: Come, locale: str) -> None:
    assert agencies.running(session)
    visitor = come(None, locale=locale)
    assert visitor.get("/evaluation-results").status == 200
    assert visitor.get("/evaluation-results?stage=final&q=x").status == 200
    pages = come(Role.AUDITOR, locale=locale)
    assert pages.get("/evaluations?due=late").status == 200
