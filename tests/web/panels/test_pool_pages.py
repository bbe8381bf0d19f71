"""The pool as its registrars keep it: adding, ties, leaving, the export."""

from datetime import date

from sqlalchemy.orm import Session

from models.act import Role
from models.panels.pool import Expert, TieKind
from tests.factories import panels, parties
from tests.web.panels.conftest import Come
from tests.web.panels.test_member_pages import LOCALES


@LOCALES
def test_an_empty_pool_says_what_to_do(session: Session, come: Come, locale: str) -> None:
    pages = come(Role.DISTRICT_OFFICIAL, locale=locale)
    page = pages.get("/experts")
    page = page.click("加第一位专家" if locale == "zh" else "Add the first expert")
    assert ("没有可以加的人" if locale == "zh" else "Nobody to add") in page.text


@LOCALES
def test_a_registrar_adds_an_expert_and_notes_ties(session: Session, come: Come, locale: str) -> None:
    person = parties.person(session, Role.PANEL_MEMBER, unit=parties.DISTRICT, name="沈教授")
    organisation = parties.organisation(session)
    pages = come(Role.DISTRICT_OFFICIAL, locale=locale)
    page = pages.get("/experts/new").form("/experts/new").submit(status=422)
    filled = {"person_id": str(person.id), "employer": "临澄大学", "title": "教授", "terms": ["EL", "DI"]}
    page = page.form("/experts/new").fill(**filled).submit(follow=True)
    expert = session.get_one(Expert, person.id)
    assert [term.term_code for term in expert.terms] == ["DI", "EL"]
    assert page.h1 == "沈教授"
    page = page.form("tie-form").submit(status=422)
    wrong = {"began_on": "2026-02-01", "ended_on": "2026-01-01"}
    page = page.form("tie-form").fill(organisation_id=str(organisation.id), **wrong).submit(status=422)
    assert page.errors
    page = page.form("tie-form").fill(kind="board", ended_on="").submit(follow=True)
    session.expire_all()
    (tie,) = expert.ties
    assert (tie.kind, tie.began_on, tie.ended_on) == (TieKind.BOARD, date(2026, 2, 1), None)
    page = page.click("记下结束" if locale == "zh" else "Note its end")
    page = page.form(f"/experts/ties/{tie.id}/end").fill(ended_on="2027-01-01").submit(status=422)
    page = page.form(f"/experts/ties/{tie.id}/end").fill(ended_on="2026年6月30日").submit(follow=True)
    session.expire_all()
    assert tie.ended_on == date(2026, 6, 30)
    page = page.form("about-form").fill(title="副教授", terms=["EL"]).submit(follow=True)
    session.expire_all()
    assert expert.title == "副教授"
    page.form(f"/experts/{person.id}/leave").submit(follow=True)
    session.expire_all()
    assert expert.left_on == date(2026, 11, 20)
    pages.get(f"/experts/{person.id}")
    assert "沈教授" not in pages.get("/experts").text
    assert "沈教授" in pages.get("/experts?state=left").text


@LOCALES
def test_the_pool_is_listed_searched_and_exported(session: Session, come: Come, locale: str) -> None:
    people = panels.experts(session, 3, terms=["EL-01"])
    pages = come(Role.DISTRICT_OFFICIAL, locale=locale)
    page = pages.get("/experts")
    for person in people:
        assert person.name in page.text
    assert people[0].name in pages.get(f"/experts?q={people[0].name}").text
    assert ("没有找到这样的专家" if locale == "zh" else "No such expert") in pages.get(
        "/experts?q=无此人"
    ).text
    answer = pages.client.get("/experts?format=csv")
    assert people[1].name in answer.get_data(as_text=True)
    assert pages.client.get("/experts?format=xlsx").status_code == 200
    expert = session.get_one(Expert, people[0].id)
    page = pages.get(f"/experts/{expert.person_id}").form("about-form").fill(terms=["DI"])
    page.submit(follow=True)
    session.expire_all()
    assert {term.term_code for term in expert.terms} == {"DI", "EL-01"}


def test_nobody_else_reads_the_pool(session: Session, come: Come) -> None:
    (person,) = panels.experts(session, 1)
    for role in (Role.STREET_OFFICIAL, Role.AUDITOR, Role.PANEL_MEMBER):
        pages = come(role)
        assert pages.client.get("/experts").status_code == 403
        assert pages.client.get(f"/experts/{person.id}").status_code in {403, 404}
