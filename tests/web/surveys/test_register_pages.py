"""The register: written by the contractor, from a sheet with what is wrong row by row."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.act import Role
from models.contracts.contract import Contract
from models.surveys.register import ServedPerson
from models.surveys.registering import groups
from tests.conftest import SignInAs
from tests.factories import agencies
from tests.factories import surveys as make
from tests.page import PageClient
from web.surveys.register_sheet import read, rows_of_text

GOOD = "登记号\t称呼\t服务对象\t年龄\n1\t张阿婆\t老年人\t72\n２\t\tb03\t80岁\n7\t李家\tCarers\t\n"


@pytest.fixture
def contract(session: Session) -> Contract:
    made = agencies.running(session)
    session.commit()
    return made


@pytest.fixture
def staff(sign_in_as: SignInAs, contract: Contract) -> PageClient:
    return sign_in_as(Role.ORGANISATION_STAFF, organisation=contract.award.bid.bid.organisation)


def where(contract: Contract, part: str = "") -> str:
    return f"/contracts/{contract.id}/register{part}"


def kept(session: Session) -> list[tuple[int, str, str, str | None]]:
    session.expire_all()
    found = session.scalars(select(ServedPerson).order_by(ServedPerson.number))
    return [(each.number, each.label, each.stratum, each.age_band) for each in found]


def test_pasted_rows_are_looked_over_first(staff: PageClient, session: Session, contract: Contract) -> None:
    page = staff.get(where(contract)).click("批量登记")
    page = page.form().fill(rows=GOOD).submit("看一遍", status=200)
    assert "3 人可以登记，还没有写入" in page.text
    assert kept(session) == []
    page = page.form().submit("登记这 3 人", follow=True)
    assert page.flashes == ["已登记 3 人。"]
    assert kept(session) == [
        (1, "张阿婆", "B02", "age:60_79"),
        (2, "", "B03", "age:80_plus"),
        (7, "李家", "B18", None),
    ]


def test_each_wrong_row_is_named_and_nothing_is_kept(
    staff: PageClient, session: Session, contract: Contract
) -> None:
    wrong = GOOD + "7\t\tB02\t\n0\t\tB02\t\n8\t\t外星人\t\n9\t\tB02\t很老\n"
    page = staff.get(where(contract, "/import")).form().fill(rows=wrong).submit("看一遍", status=422)
    assert page.rows("要改的行")[1:] == [
        ["5", "登记号 7 出现了两次。"],
        ["6", "登记号应是 1 到 999999 的整数。"],
        ["7", "没有“外星人”这类服务对象，请填代码或名称，如 B02。"],
        ["8", "看不懂年龄“很老”，请填岁数，如 72。"],
    ]
    page.form().submit("再看一遍", status=422)
    assert kept(session) == []
    assert page.form().values["rows"].splitlines()[1] == "1\t张阿婆\t老年人\t72"


def test_a_workbook_is_read_like_what_is_pasted(
    staff: PageClient, session: Session, contract: Contract
) -> None:
    book = Workbook()
    for row in (
        ["登记号", "称呼", "服务对象", "年龄"],
        [1, "张阿婆", "老年人", 72],
        [2, None, "B03", "80岁"],
    ):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    page = staff.get(where(contract, "/import"))
    out.seek(0)
    sent = {"csrf_token": page.form().values["csrf_token"], "file": (out, "名单.xlsx")}
    page = staff.post(where(contract, "/import"), sent, status=200)
    page.form().submit("登记这 2 人", follow=True)
    assert [each[0] for each in kept(session)] == [1, 2]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "请选择文件，或者粘贴几行"),
        ("张阿婆\n李阿婆", "第一行要有列名"),
        ("登记号\t服务对象\n", "请选择文件"),
    ],
)
def test_what_is_no_sheet_is_said(staff: PageClient, contract: Contract, rows: str, said: str) -> None:
    page = staff.get(where(contract, "/import")).form().fill(rows=rows).submit("看一遍", status=422)
    assert said in page.errors[0]


@pytest.mark.parametrize("name", ["坏.xlsx", "名单.docx"])
def test_what_is_no_file_of_rows_is_said(staff: PageClient, contract: Contract, name: str) -> None:
    token = staff.get(where(contract, "/import")).form().values["csrf_token"]
    sent = {"csrf_token": token, "file": (BytesIO(b"PK nonsense"), name)}
    assert staff.post(where(contract, "/import"), sent, status=422).errors


def test_one_person_is_written_down_and_leaves(
    staff: PageClient, session: Session, contract: Contract
) -> None:
    form = staff.get(where(contract)).click("登记一位").form()
    assert form.values["number"] == "1"
    page = form.fill(label="张阿婆", stratum="B02", age_band="age:80_plus").submit(follow=True)
    assert "张阿婆" in page.text
    (person,) = session.scalars(select(ServedPerson))
    page = page.form(f"/served-people/{person.id}/leave").submit(follow=True)
    assert "2026年11月20日" in page.rows()[1][-1]
    book = load_workbook(BytesIO(staff.client.get(where(contract, "?format=xlsx")).data))
    assert book.active["B2"].value == "张阿婆"


def test_a_contract_of_somebody_else_has_no_register_here(
    sign_in_as: SignInAs, session: Session, contract: Contract
) -> None:
    make.register(session, contract, 3)
    session.commit()
    worker = sign_in_as(Role.COMMUNITY_WORKER)
    assert worker.client.get(where(contract)).status_code == 404
    official = sign_in_as(Role.STREET_OFFICIAL)
    assert "批量登记" not in official.get(where(contract)).text
    assert official.client.get(where(contract, "/import")).status_code == 403
    assert session.scalar(select(func.count()).select_from(ServedPerson)) == 3


@pytest.mark.parametrize(
    ("typed", "band"),
    [("13", "age:0_13"), ("14", "age:14_24"), ("59岁", "age:45_59"), ("８０", "age:80_plus")],
)
def test_an_age_is_kept_as_its_band(session: Session, typed: str, band: str) -> None:
    (entry,) = read(rows_of_text(f"登记号,服务对象,年龄\n1,B02,{typed}"), groups(session)).entries
    assert entry.age_band == band
