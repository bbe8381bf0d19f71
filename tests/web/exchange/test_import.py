"""Bulk entry: preview first, faults in words, all that is good at once, nothing half-written."""

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.act import Role
from models.catalogue.service import Service
from models.needs.need import Need
from models.parties.organisation import Organisation
from tests.conftest import SignInAs
from tests.factories import parties
from tests.page import PageClient

GOOD = {
    "居民区": "澄江一村",
    "说明": "五十几位独居老人中午没人做饭，下楼也难。",
    "受益人数": "５３",
    "预算（元）": "１２，０００",
}


def xlsx(rows: list[dict[str, Any]], headings: list[str] | None = None) -> bytes:
    book = Workbook()
    names = headings or list(dict.fromkeys(name for row in rows for name in row))
    book.active.append(names)
    for row in rows:
        book.active.append([row.get(name) for name in names])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def send(pages: PageClient, kind: str, content: bytes, name: str = "需求.xlsx") -> Any:
    """Upload through the page's own form, as a browser would."""
    client: FlaskClient = pages.client
    page = pages.get(f"/import/{kind}")
    token = page.html.split('name="csrf_token" value="')[1].split('"')[0]
    data = {"csrf_token": token, "file": (BytesIO(content), name)}
    return client.post(f"/import/{kind}", data=data, content_type="multipart/form-data")


def confirm(pages: PageClient, location: str) -> Any:
    page = pages.get(location)
    token = page.html.split('name="csrf_token" value="')[1].split('"')[0]
    return pages.client.post(f"{location}/confirm", data={"csrf_token": token})


def count(session: Session, model: type[Any]) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_needs_come_in_as_drafts_after_a_preview(sign_in_as: SignInAs, session: Session) -> None:
    pages = sign_in_as(Role.COMMUNITY_WORKER)
    answer = send(pages, "needs", xlsx([GOOD, {**GOOD, "说明": "楼道里堆满杂物，消防通道过不去。"}]))
    assert answer.status_code == 303
    assert count(session, Need) == 0
    assert confirm(pages, answer.location).status_code == 303
    assert count(session, Need) == 2
    need = session.scalars(select(Need).order_by(Need.reference)).first()
    assert need is not None
    assert (need.affected_people, int(need.budget or 0), need.submitted_at) == (53, 12000, None)


def test_a_double_click_on_confirm_imports_once(sign_in_as: SignInAs, session: Session) -> None:
    pages = sign_in_as(Role.COMMUNITY_WORKER)
    location = send(pages, "needs", xlsx([GOOD])).location
    page = pages.get(location)
    token = page.html.split('name="csrf_token" value="')[1].split('"')[0]
    first = pages.client.post(f"{location}/confirm", data={"csrf_token": token})
    again = pages.client.post(f"{location}/confirm", data={"csrf_token": token})
    assert (first.status_code, again.status_code) == (303, 409)
    assert count(session, Need) == 1


FAULTS = [
    ({"预算（元）": "-5"}, "预算"),
    ({"预算（元）": "1e9"}, "不是数字"),
    ({"受益人数": "三十"}, "不是数字"),
    ({"居民区": "望湖花园"}, "身份"),
    ({"居民区": "没有这个村"}, "没有叫"),
    ({"从何时开始": "去年冬天"}, "不是日期"),
    ({"希望开始的月份": "13"}, "1 到 12"),
    ({"服务编码": "ZZ-99"}, "ZZ-99"),
    ({"说明": ""}, "要填"),
    ({"来源": "听说的"}, "不认识"),
]


@pytest.mark.parametrize(("change", "words"), FAULTS)
def test_a_bad_row_is_named_and_the_good_one_goes_in(
    sign_in_as: SignInAs, session: Session, change: dict[str, str], words: str
) -> None:
    pages = sign_in_as(Role.COMMUNITY_WORKER)
    location = send(pages, "needs", xlsx([GOOD, {**GOOD, **change}])).location
    page = pages.get(location)
    assert words in page.text
    confirm(pages, location)
    assert count(session, Need) == 1


def test_the_rejected_rows_come_back_with_their_reasons(sign_in_as: SignInAs) -> None:
    pages = sign_in_as(Role.COMMUNITY_WORKER)
    location = send(pages, "needs", xlsx([GOOD, {**GOOD, "受益人数": "很多", "标题": "=1+1"}])).location
    answer = pages.client.get(f"{location}/rejected.xlsx")
    sheet = load_workbook(BytesIO(answer.data)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    assert "很多" in str(rows[1])
    assert rows[0][-1] == "未导入的原因"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


BROKEN = [
    (b"not a workbook", "a.xlsx", "打不开"),
    (b"%PDF-1.7", "a.pdf", "xlsx 或 csv"),
    (b"", "a.csv", "没有内容"),
    (xlsx([{"标题": "只有标题"}]), "a.xlsx", "说明"),
    (xlsx([], ["居民区", "说明"]), "a.xlsx", "没有内容"),
    (xlsx([GOOD], ["说明", "居民区", "说明"]), "a.xlsx", "两次"),
    (b"\xff\xfe\x00\x81" * 10, "a.csv", "读不懂"),
]


@pytest.mark.parametrize(("content", "name", "words"), BROKEN)
def test_a_broken_file_gets_one_sentence_and_422(
    sign_in_as: SignInAs, session: Session, content: bytes, name: str, words: str
) -> None:
    pages = sign_in_as(Role.COMMUNITY_WORKER)
    answer = send(pages, "needs", content, name)
    assert answer.status_code == 422
    assert words in answer.text
    assert count(session, Need) == 0


def test_two_hundred_megabytes_are_refused_before_they_are_read(sign_in_as: SignInAs) -> None:
    pages = sign_in_as(Role.COMMUNITY_WORKER)
    answer = pages.client.post(
        "/import/needs",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(200 * 2**20)},
    )
    assert answer.status_code == 413


def test_a_csv_in_gb18030_is_read(sign_in_as: SignInAs, session: Session) -> None:
    pages = sign_in_as(Role.COMMUNITY_WORKER)
    text = "居民区,说明\n澄江一村,楼里三位阿婆配药要跑很远，腿脚不便。\n"
    location = send(pages, "needs", text.encode("gb18030"), "需求.csv").location
    confirm(pages, location)
    assert count(session, Need) == 1


def test_a_formula_cell_is_not_evaluated(sign_in_as: SignInAs, session: Session) -> None:
    pages = sign_in_as(Role.COMMUNITY_WORKER)
    answer = send(pages, "needs", xlsx([{**GOOD, "说明": '=HYPERLINK("http://x","点我")'}]))
    page = pages.get(answer.location)
    assert "要填" in page.text or "HYPERLINK" in page.text
    assert "http://x" not in [link.href for link in page.links]


SERVICE = {
    "标题": "老人中午送餐",
    "说明": "周一至周五把热饭送到独居老人家里，顺便看看人好不好。",
    "服务编码": "EL-01",
    "人群编码": "B03；B02",
    "服务区域": "临澄区",
    "单价（元）": "18.50",
    "计价单位": "人次",
    "全年能力": "80,000",
}


def test_services_are_published_and_a_number_of_ones_own_edits(
    sign_in_as: SignInAs, session: Session
) -> None:
    pages = sign_in_as(Role.ORGANISATION_STAFF, organisation=parties.organisation(session))
    confirm(pages, send(pages, "services", xlsx([SERVICE])).location)
    service = session.scalars(select(Service)).one()
    assert service.is_public
    assert (service.cost_options[0].unit_words, service.capacities[0].maximum) == ("人次", 80000)
    changed = {**SERVICE, "服务编号": service.reference, "标题": "老人三餐送餐"}
    confirm(pages, send(pages, "services", xlsx([changed])).location)
    session.expire_all()
    assert session.scalars(select(Service)).one().title == "老人三餐送餐"


def test_a_service_of_another_organisation_is_not_touched(sign_in_as: SignInAs, session: Session) -> None:
    one = sign_in_as(Role.ORGANISATION_STAFF, organisation=parties.organisation(session))
    other = sign_in_as(
        Role.ORGANISATION_STAFF, organisation=parties.organisation(session, name="上海望湖助老社")
    )
    confirm(one, send(one, "services", xlsx([SERVICE])).location)
    reference = session.scalars(select(Service)).one().reference
    location = send(other, "services", xlsx([{**SERVICE, "服务编号": reference, "标题": "改名"}])).location
    assert "不属于本机构" in other.get(location).text
    assert session.scalars(select(Service)).one().title == SERVICE["标题"]


def test_organisations_need_a_right_check_digit(sign_in_as: SignInAs, session: Session) -> None:
    pages = sign_in_as(Role.DISTRICT_OFFICIAL)
    right = parties.credit_code(77)
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    row = {"名称": "上海临澄邻里社", "类型": "社会服务机构", "登记地": "临澄区"}
    sheet = xlsx([{**row, "统一社会信用代码": right}, {**row, "名称": "错码社", "统一社会信用代码": wrong}])
    location = send(pages, "organisations", sheet).location
    assert "1 行有问题" in pages.get(location).text
    confirm(pages, location)
    assert [found.credit_code for found in session.scalars(select(Organisation))] == [right]


def test_somebody_elses_batch_is_not_there(sign_in_as: SignInAs) -> None:
    location = send(sign_in_as(Role.COMMUNITY_WORKER), "needs", xlsx([GOOD])).location
    assert sign_in_as(Role.COMMUNITY_WORKER).client.get(location).status_code == 404


@pytest.mark.parametrize(
    ("role", "kind"),
    [(Role.COMMUNITY_WORKER, "services"), (Role.AUDITOR, "needs"), (Role.STREET_OFFICIAL, "organisations")],
)
def test_a_kind_that_is_not_mine_is_not_there(sign_in_as: SignInAs, role: Role, kind: str) -> None:
    assert sign_in_as(role).client.get(f"/import/{kind}").status_code == 404


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_pages_of_bulk_entry_are_sound(sign_in_as: SignInAs, locale: str) -> None:
    pages = sign_in_as(Role.COMMUNITY_WORKER, locale=locale)
    pages.get("/import")
    pages.get("/import/needs")
    location = send(pages, "needs", xlsx([GOOD, {**GOOD, "受益人数": "x"}])).location
    pages.get(location)
    confirm(pages, location)
    pages.get(location)
    book = load_workbook(BytesIO(pages.client.get("/import/needs/template.xlsx").data))
    assert len(book.sheetnames) == 2
