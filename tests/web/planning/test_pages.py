"""Plans as the people of a district see them: lists, one plan, one need, two plans side by side."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from models.act import Role
from models.needs.need import Need
from models.planning import editing, operations
from models.planning.plan import Plan, Proof
from tests.conftest import SignInAs
from tests.factories import parties, planning
from tests.web.test_few_queries import asked

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])


@pytest.fixture
def needs_(session: Session) -> list[Need]:
    """Two needs that were matched; the better service has room for one of them, a lesser one for both."""
    planning.offer(session, "高龄老人助餐送餐上门")
    planning.offer(session, "社区长者食堂配餐", places=2)
    made = planning.matched(session)
    session.commit()
    return made


@pytest.fixture
def plan(session: Session, needs_: list[Need]) -> Plan:
    """A plan of them."""
    made = planning.build(session, planning.official(session))
    session.commit()
    return made


@LOCALES
def test_an_empty_district_says_what_to_do_first(session: Session, sign_in_as: SignInAs, locale: str) -> None:
    parties.place(session)
    pages = sign_in_as(Role.DISTRICT_OFFICIAL, locale=locale)
    said = "还没有匹配过的需求" if locale == "zh" else "No matched needs yet"
    assert said in pages.get("/plans").text
    page = pages.get("/plans/new")
    assert said in page.text
    assert 'name="cap_percent"' not in page.html
    page = sign_in_as(Role.AUDITOR, locale=locale).get("/plans")
    assert ("还没有计划" if locale == "zh" else "No plan yet") in page.text


@LOCALES
def test_matched_needs_without_a_plan_invite_to_make_one(
    needs_: list[Need], sign_in_as: SignInAs, locale: str
) -> None:
    pages = sign_in_as(Role.DISTRICT_OFFICIAL, locale=locale)
    page = pages.get("/plans").click("做第一份计划" if locale == "zh" else "Make the first plan")
    assert ("这次安排 2 条需求" if locale == "zh" else "This plan will be about 2 needs") in page.text


@LOCALES
def test_every_page_of_a_plan_is_sound_in_both_languages(
    session: Session, plan: Plan, needs_: list[Need], sign_in_as: SignInAs, locale: str
) -> None:
    pages = sign_in_as(Role.DISTRICT_OFFICIAL, locale=locale)
    page = pages.get("/plans").click(plan.reference)
    wanted = ["2 / 2", "高龄老人助餐送餐上门", "社区长者食堂配餐", needs_[0].reference]
    wanted.append("已证明没有更好的安排" if locale == "zh" else "Proven: there is no better plan")
    for words in wanted:
        assert words in page.text
    for part in ("served", "unserved", "nonsense"):
        pages.get(f"/plans/{plan.id}?part={part}&page=7")
    line = next(each for each in plan.lines if each.alternates)
    page = pages.get(f"/plans/lines/{line.id}")
    assert ("可以替补的服务" if locale == "zh" else "Possible stand-ins") in page.text
    page = pages.get(f"/plans/{plan.id}/compare")
    assert ("只有这一份计划" if locale == "zh" else "This is the only plan") in page.text


@LOCALES
def test_a_need_that_is_left_out_says_why(session: Session, sign_in_as: SignInAs, locale: str) -> None:
    planning.offer(session, "高龄老人助餐送餐上门")
    planning.matched(session)
    plan = planning.build(session, planning.official(session))
    session.commit()
    pages = sign_in_as(Role.DISTRICT_OFFICIAL, locale=locale)
    page = pages.get(f"/plans/{plan.id}?part=unserved")
    assert ("余量已经分完：1 条" if locale == "zh" else "Free capacity is used up: 1") in page.text


@LOCALES
def test_a_plan_that_is_not_proven_says_by_how_much_it_may_fall_short(
    session: Session, plan: Plan, sign_in_as: SignInAs, locale: str
) -> None:
    plan.proof, plan.gap = Proof.BEST_FOUND, 0.0123
    session.commit()
    pages = sign_in_as(Role.DISTRICT_OFFICIAL, locale=locale)
    for where in ("/plans", f"/plans/{plan.id}"):
        assert ("最多还差 1.23%" if locale == "zh" else "at most 1.23% short") in pages.get(where).text


@LOCALES
def test_two_plans_are_compared_need_by_need(
    session: Session, plan: Plan, needs_: list[Need], sign_in_as: SignInAs, locale: str
) -> None:
    by = planning.later(planning.official(session))
    line = next(each for each in plan.lines if each.service.title == "高龄老人助餐送餐上门")
    editing.forbid(session, line, by, service_id=line.service_id, reason="机构装修。")
    after = operations.resolve(session, plan, by)
    session.commit()
    pages = sign_in_as(Role.AUDITOR, locale=locale)
    page = pages.get(f"/plans/{after.id}/compare")
    for words in (plan.reference, after.reference, line.need.reference):
        assert words in page.text
    assert ("换了服务" if locale == "zh" else "Another service") in page.text
    same = pages.get(f"/plans/{plan.id}/compare?with=nonsense")
    assert after.reference in same.text
    assert "机构装修。" in pages.get(f"/plans/{after.id}").text


def test_those_who_only_read_find_nothing_to_press(
    session: Session, plan: Plan, needs_: list[Need], sign_in_as: SignInAs
) -> None:
    for role in (Role.CITY_OFFICIAL, Role.AUDITOR):
        pages = sign_in_as(role)
        html = pages.get(f"/plans/{plan.id}").html + pages.get("/plans").html
        html += pages.get(f"/plans/lines/{planning.line_of(plan, needs_[0]).id}").html
        assert "/plans/new" not in html
        assert f'action="/plans/{plan.id}/' not in html.replace(f'action="/plans/{plan.id}/compare', "")
        assert 'name="reason"' not in html


def test_a_plan_and_the_list_are_exported_as_they_are_shown(
    session: Session, plan: Plan, needs_: list[Need], sign_in_as: SignInAs
) -> None:
    line = next(each for each in plan.lines if each.alternates)
    by = planning.official(session)
    other = line.alternates[0].service_id
    editing.forbid(session, line, by, service_id=other, reason="=HYPERLINK(1)")
    session.commit()
    pages = sign_in_as(Role.DISTRICT_OFFICIAL)
    book = load_workbook(BytesIO(pages.get(f"/plans/{plan.id}?format=xlsx").response.data))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [row[0] for row in rows[1:]] == [need.reference for need in needs_]
    assert {row[6] for row in rows[1:]} == {"高龄老人助餐送餐上门", "社区长者食堂配餐"}
    edits = list(book.worksheets[1].iter_rows())
    assert [cell.value for cell in edits[1]][3:] == ["=HYPERLINK(1)", edits[1][4].value, "还没有"]
    assert all(cell.data_type != "f" for row in edits for cell in row)
    csv = pages.get(f"/plans/{plan.id}?format=csv&part=unserved").response.data.decode("utf-8-sig")
    assert len(csv.splitlines()) == 1  # everybody is served
    listed = load_workbook(BytesIO(pages.get("/plans?format=xlsx").response.data)).active
    assert listed.cell(2, 1).value == plan.reference


def test_a_longer_plan_asks_no_more_often(
    connection: Connection, session: Session, sign_in_as: SignInAs
) -> None:
    client = sign_in_as(Role.DISTRICT_OFFICIAL).client
    by, counts = planning.official(session), []
    for number, rows in enumerate((2, 6)):
        for _row in range(rows):
            planning.offer(session, "高龄老人助餐送餐上门")
        planning.matched(session, count=rows)
        plan = planning.build(session, planning.later(by, number))
        session.commit()
        line = next(each for each in plan.lines if each.service)
        asked_here = []
        shown = f"/plans/{plan.id}"
        for where in (f"{shown}?size=100", f"{shown}?format=xlsx", f"/plans/lines/{line.id}"):
            client.get(where)  # what is asked once a process is asked now
            with asked(connection) as sent:
                assert client.get(where).status_code == 200
            asked_here.append(len(sent))
        counts.append(asked_here)
    assert all(many <= few for few, many in zip(*counts, strict=True)), counts


def test_navigation_leads_to_plans_those_who_may_read_them(session: Session, sign_in_as: SignInAs) -> None:
    readers = {Role.DISTRICT_OFFICIAL, Role.CITY_OFFICIAL, Role.AUDITOR}
    for role in parties.USUAL_UNIT:
        links = {link.href for link in sign_in_as(role).get("/home").links}
        assert ("/plans" in links) == (role in readers), role
