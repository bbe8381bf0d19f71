"""The register in the browser: everybody's list and page, own profile, registrar's entries."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from models.act import Role
from models.parties import organisations
from models.parties.organisation import Grade, ListFlag, Organisation
from tests.conftest import SignInAs
from tests.factories import catalogue, parties
from tests.page import PageClient

NAME = "上海澄江乐龄服务中心"


@pytest.fixture
def ours(session: Session) -> Organisation:
    made = parties.organisation(
        session,
        name=NAME,
        grade=Grade.A4,
        grade_issued_on=date(2023, 5, 1),
        grade_expires_on=date(2028, 5, 1),
    )
    session.commit()
    return made


def address(organisation: Organisation, rest: str = "") -> str:
    return f"/organisations/{organisation.id}{rest}"


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_everybody_reads_the_register(
    session: Session, ours: Organisation, visitor: PageClient, locale: str
) -> None:
    catalogue.service(session, organisation=ours)
    session.commit()
    visitor.get("/organisations")
    visitor.post("/language", {"locale": locale, "next": "/organisations"})
    page = visitor.get("/organisations")
    assert NAME in page.text
    page = page.click(NAME)
    assert page.h1 == NAME
    assert "老人午餐送餐上门" in page.text
    assert "2028" in page.text


def test_the_register_is_filtered_from_the_address(ours: Organisation, visitor: PageClient) -> None:
    for query, found in {
        "grade=3A": True,
        "grade=5A": False,
        "type=foundation": False,
        "place=310190&lists=off": True,
        "lists=on": False,
        "q=%E4%B9%90%E9%BE%84": True,
        "q=%00%F0%9F%98%80": False,
        "grade=nonsense&type=%27&place=x&sort=y&page=-3&size=7": True,
        "page=99999999999999999999": False,
    }.items():
        page = visitor.get(f"/organisations?{query}")
        assert (NAME in page.text) == found, query


def test_the_workbook_holds_what_is_shown(session: Session, ours: Organisation, visitor: PageClient) -> None:
    parties.organisation(session, name="=cmd|' /C calc'!A0 社区服务社")
    session.commit()
    answer = visitor.client.get("/organisations?format=xlsx&sort=name")
    sheet = load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 3
    assert {str(row[0]) for row in rows[1:]} == {NAME, "=cmd|' /C calc'!A0 社区服务社"}
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    filtered = visitor.client.get("/organisations?format=xlsx&grade=4A")
    assert len(list(load_workbook(BytesIO(filtered.data)).active.iter_rows())) == 2  # type: ignore[union-attr]


def test_an_organisation_that_is_not_there(visitor: PageClient) -> None:
    visitor.get("/organisations/00000000-0000-4000-8000-000000000000", status=404)


def test_a_flag_is_said_in_words(session: Session, ours: Organisation, visitor: PageClient) -> None:
    today = date(2026, 11, 20)
    organisations.put_on_list(session, ours, parties.system(), flag=ListFlag.ABNORMAL, listed_on=today)
    session.commit()
    assert "活动异常名录" in visitor.get(address(ours)).text


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_own_staff_keep_the_profile(sign_in_as: SignInAs, ours: Organisation, locale: str) -> None:
    client = sign_in_as(Role.ORGANISATION_STAFF, organisation=ours, locale=locale)
    page = client.get(address(ours, "/profile"))
    page = (
        page.form().fill(description="做助餐十年。😀", website="https://leling.example").submit(follow=True)
    )
    assert "做助餐十年。😀" in page.text
    page = client.get(address(ours, "/profile"))
    page = page.form().fill(website="javascript:alert(1)").submit(status=422)
    assert page.errors


def test_a_form_left_open_does_not_overwrite_a_colleague(
    session: Session, sign_in_as: SignInAs, ours: Organisation
) -> None:
    client = sign_in_as(Role.ORGANISATION_STAFF, organisation=ours)
    mine = client.get(address(ours, "/profile")).form().fill(description="我写的")
    client.get(address(ours, "/profile")).form().fill(description="同事写的").submit()
    page = mine.submit(status=409)
    assert "别人已经修改过" in page.errors[0]
    session.expire_all()
    assert ours.description == "同事写的"


def test_staff_and_board_are_added_once_and_removed(
    session: Session, sign_in_as: SignInAs, ours: Organisation
) -> None:
    client = sign_in_as(Role.ORGANISATION_STAFF, organisation=ours)
    page = client.get(address(ours, "/members"))
    staff = page.form("增加工作人员").fill(name="李文", title="督导", certificate="senior")
    staff.submit()
    page = staff.submit(follow=True)
    assert page.text.count("李文") == 1
    page = page.form("增加理事").fill({"board-name": "陈阿姨", "board-is_resident": True}).submit(follow=True)
    assert "陈阿姨" in page.text
    page = page.form("增加工作人员").fill(name=" ").submit(status=422)
    assert page.errors == ["请填写姓名。"]
    page = page.form("增加理事").fill({"board-name": "名" * 201}).submit(status=422)
    assert "200" in page.errors[0]
    shown = client.get(address(ours)).text
    assert "高级社会工作师 1 人" in shown
    assert "李文" not in shown
    page = client.get(address(ours, "/members")).form("确定移除").submit(follow=True)
    session.expire_all()
    assert ours.staff == []


EDITING = ["/profile", "/members"]
REGISTRAR = ["/registration", "/standing"]


@pytest.mark.parametrize("rest", EDITING + REGISTRAR)
def test_another_organisations_staff_are_refused(
    session: Session, sign_in_as: SignInAs, ours: Organisation, rest: str
) -> None:
    others = parties.organisation(session, name="另一家")
    sign_in_as(Role.ORGANISATION_STAFF, organisation=others).get(address(ours, rest), status=403)


@pytest.mark.parametrize("rest", EDITING + REGISTRAR)
def test_a_visitor_is_asked_to_sign_in(visitor: PageClient, ours: Organisation, rest: str) -> None:
    page = visitor.get(address(ours, rest), status=303)
    assert page.location
    assert page.location.startswith("/sign-in")


@pytest.mark.parametrize("rest", REGISTRAR)
def test_own_staff_do_not_grade_themselves(sign_in_as: SignInAs, ours: Organisation, rest: str) -> None:
    sign_in_as(Role.ORGANISATION_STAFF, organisation=ours).get(address(ours, rest), status=403)


def test_nothing_is_changed_without_the_token(sign_in_as: SignInAs, ours: Organisation) -> None:
    client = sign_in_as(Role.ORGANISATION_STAFF, organisation=ours)
    client.post(address(ours, "/profile"), {"description": "别处来的"}, status=400, token=False)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_district_official_registers_and_enters_the_standing(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    client = sign_in_as(Role.DISTRICT_OFFICIAL, locale=locale)
    code = parties.credit_code(777)
    form = client.get("/organisations/new").form()
    form.fill(name="临澄区新芽社工站", type="service_organisation", established_on="２０１９年３月１日")
    wrong = form.fill(credit_code=code[:-1] + ("0" if code[-1] != "0" else "1"))
    page = wrong.submit(status=422)
    assert len(page.errors) == 1
    form = page.form().fill(credit_code=code.lower())
    form.submit()
    page = form.submit(follow=True)
    assert page.h1 == "临澄区新芽社工站"
    assert code in page.text
    found = session.query(Organisation).filter_by(credit_code=code).one()
    assert found.established_on == date(2019, 3, 1)

    page = client.get(address(found, "/standing"))
    page = (
        page.form(address(found, "/standing/grade"))
        .fill(grade="4A", grade_issued_on="2024-01-01")
        .submit(follow=True)
    )
    page = page.form(address(found, "/standing/report")).fill(year="２０２５").submit(follow=True)
    page = page.form(address(found, "/standing/report")).fill(year="2026").submit(status=422)
    page = page.form(address(found, "/standing/lists")).fill(reason="未报送年报").submit(follow=True)
    page = page.form(address(found, "/standing/lists")).submit(status=409)
    page = (
        page.form(address(found, "/standing/lists/remove"))
        .fill({"off-removed_on": "soon"})
        .submit(status=422)
    )
    page = (
        page.form(address(found, "/standing/lists/remove"))
        .fill({"off-removed_on": "2026/11/20"})
        .submit(follow=True)
    )
    session.expire_all()
    assert found.grade_expires_on == date(2029, 1, 1)
    assert found.flags_at(date(2026, 11, 20)) == []
    page = (
        client.get(address(found, "/registration"))
        .form()
        .fill(name="临澄区新芽社会工作站")
        .submit(follow=True)
    )
    assert page.h1 == "临澄区新芽社会工作站"


def test_the_second_of_two_with_one_code_is_told(sign_in_as: SignInAs, ours: Organisation) -> None:
    client = sign_in_as(Role.DISTRICT_OFFICIAL)
    values: dict[str, Any] = {
        "name": "冒名的",
        "type": "service_organisation",
        "credit_code": ours.credit_code,
    }
    page = client.get("/organisations/new").form().fill(values).submit(status=409)
    assert "已经登记过" in page.errors[0]
