"""The catalogue in the browser: everybody's list, a service's page, and one's own entries."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from models.act import Role
from models.catalogue import operations
from models.catalogue.service import CostUnit, Service
from models.parties.organisation import Organisation
from tests.conftest import SignInAs
from tests.factories import catalogue, parties
from tests.factories.catalogue import staff_act
from tests.factories.parties import DISTRICT, NOON, STREET
from tests.page import Page, PageClient
from tests.page_form import PageForm

TITLE = "老人午餐送餐上门"


@pytest.fixture
def ours(session: Session) -> Organisation:
    made = parties.organisation(session)
    session.commit()
    return made


@pytest.fixture
def service(session: Session, ours: Organisation) -> Service:
    made = catalogue.service(session, organisation=ours)
    session.commit()
    return made


@pytest.fixture
def staff(sign_in_as: SignInAs, ours: Organisation) -> PageClient:
    return sign_in_as(Role.ORGANISATION_STAFF, organisation=ours)


def filled(client: PageClient) -> PageForm:
    return (
        client.get("/services/new")
        .form()
        .fill(
            title="失智老人日间照料",
            description="白天照看，晚上回家。",
            service_codes=["EL-06"],
            groups=["B03"],
            areas=[STREET],
            amount_1="３，２００元",
            unit_1="person_month",
            maximum_1="60",
            capacity_unit_1="person_month",
            minimum_age="60",
        )
    )


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_everybody_reads_the_catalogue(service: Service, visitor: PageClient, locale: str) -> None:
    visitor.get("/services")
    visitor.post("/language", {"locale": locale, "next": "/services"})
    page = visitor.get("/services")
    assert TITLE in page.text
    page = page.click(TITLE)
    assert page.h1 == TITLE
    assert service.reference in page.text
    assert "12,000" in page.text
    assert ("¥18 per visit" if locale == "en" else "18元/人次") in visitor.get("/services").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("domain=EL&group=B03&area=310190001", True),
        ("code=EL-02", False),
        ("price=50", True),
        ("price=%EF%BC%91%EF%BC%97", False),
        ("q=%E9%80%81%E9%A4%90", True),
        ("q=%25", False),
        ("q=%00&page=-1&size=1&sort=nothing&domain=ZZ&price=abc", True),
        ("page=100000", False),
        ("sort=-price", True),
        ("sort=organisation", True),
    ],
)
def test_the_list_is_filtered_from_the_address(
    service: Service, visitor: PageClient, query: str, *, found: bool
) -> None:
    assert (service.title in visitor.get(f"/services?{query}").text) == found


def test_the_workbook_holds_every_page_of_what_is_shown(
    session: Session, ours: Organisation, visitor: PageClient
) -> None:
    for number in range(25):
        catalogue.service(session, organisation=ours, title=f"=1+{number}")
    session.commit()
    assert len(visitor.get("/services").rows()) == 21
    sheet = load_workbook(BytesIO(visitor.client.get("/services?format=xlsx&page=2").data)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert sheet.max_row == 26
    assert all(cell.data_type != "f" for cell in cells)


def test_a_service_is_written_saved_and_published(session: Session, staff: PageClient) -> None:
    page = filled(staff).submit("保存草稿", follow=True)
    assert page.h1 == "失智老人日间照料"
    made = session.query(Service).one()
    assert (made.published_at, made.cost_options[0].amount) == (None, Decimal(3200))
    assert made.capacities[0].available == 60
    page = page.form("发布").submit(follow=True)
    session.expire_all()
    assert made.published_at == NOON
    page = page.form("确定下架").submit(follow=True)
    assert "已经下架" in page.text
    page = page.form("重新上架").submit(follow=True)
    session.expire_all()
    assert made.is_public


def test_a_service_is_published_at_once_or_not_saved_at_all(session: Session, staff: PageClient) -> None:
    form = filled(staff).fill(groups=[])
    page = form.submit("保存并发布", status=422)
    assert page.errors == ["请至少选一类服务对象。"]
    assert session.query(Service).count() == 0
    page = page.form().fill(groups=["B03"]).submit("保存并发布", follow=True)
    assert session.query(Service).one().is_public


def test_a_double_click_makes_one_service(session: Session, staff: PageClient) -> None:
    form = filled(staff)
    first, second = form.submit("保存草稿"), form.submit("保存草稿")
    assert first.location == second.location
    assert session.query(Service).count() == 1


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"amount_1": "-1"}, "不能小于 0"),
        ({"amount_1": "1e3"}, "不是金额"),
        ({"amount_1": "1.234"}, "不是金额"),
        ({"amount_1": "九千"}, "不是金额"),
        ({"maximum_1": "0"}, "大于 0"),
        ({"available_1": "61"}, "不能超过"),
        ({"available_1": "-1"}, "不能超过"),
        ({"maximum_1": "６０．５"}, "不是整数"),
        ({"minimum_age": "130"}, "0 到 120"),
        ({"maximum_age": "59"}, "不能小于最小年龄"),
        ({"title": ""}, "请填写服务名称"),
        ({"title": "长" * 201}, "最多写 200 个字"),
        ({"description": "  "}, "怎么做"),
    ],
)
def test_a_wrong_answer_gets_one_sentence_and_saves_nothing(
    session: Session, staff: PageClient, values: dict[str, str], error: str
) -> None:
    page = filled(staff).fill(values).submit("保存草稿", status=422)
    assert len(page.errors) == 1
    assert error in page.errors[0]
    assert page.form().values["service_codes"] == ["EL-06"]
    assert session.query(Service).count() == 0


def test_four_byte_characters_and_long_words_are_kept(session: Session, staff: PageClient) -> None:
    words = "𠮷😀" * 100
    page = filled(staff).fill(title=words, description="长" * 4000).submit("保存并发布", follow=True)
    assert page.h1 == words
    staff.get("/services/mine")
    staff.get("/services")


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_form_shows_what_was_saved(
    session: Session, sign_in_as: SignInAs, ours: Organisation, service: Service, locale: str
) -> None:
    client = sign_in_as(Role.ORGANISATION_STAFF, organisation=ours, locale=locale)
    form = client.get(f"/services/{service.id}/edit").form()
    assert form.values["areas"] == [DISTRICT]
    assert form.values["service_codes"] == ["EL-01"]
    assert form.values["amount_1"] in {"18", "18.00"}
    form.fill(title="新名字", amount_2="600", unit_2="person_month").submit()
    session.expire_all()
    assert [(each.amount, each.unit) for each in service.cost_options] == [
        (Decimal(18), CostUnit.PERSON_TIME),
        (Decimal(600), CostUnit.PERSON_MONTH),
    ]
    assert service.title == "新名字"


def test_a_form_left_open_does_not_overwrite_a_colleague(
    session: Session, staff: PageClient, service: Service
) -> None:
    mine = staff.get(f"/services/{service.id}/edit").form().fill(title="我改的")
    staff.get(f"/services/{service.id}/edit").form().fill(title="同事改的").submit()
    page = mine.submit(status=409)
    assert "别人已经修改过" in page.errors[0]
    session.expire_all()
    assert service.title == "同事改的"


def test_a_button_pressed_twice_is_told_where_things_stand(staff: PageClient, service: Service) -> None:
    page = staff.get(f"/services/{service.id}")
    retire = page.form("确定下架")
    retire.submit()
    assert "已下架" in retire.submit(status=409).text


def other_staff(session: Session, sign_in_as: SignInAs) -> PageClient:
    others = parties.organisation(session, name="另一家")
    return sign_in_as(Role.ORGANISATION_STAFF, organisation=others)


def test_another_organisations_service_is_read_and_not_changed(
    session: Session, sign_in_as: SignInAs, service: Service
) -> None:
    client = other_staff(session, sign_in_as)
    page = client.get(f"/services/{service.id}")
    assert "修改" not in [link.text for link in page.links]
    client.get(f"/services/{service.id}/edit", status=403)
    for verb in ("edit", "publish", "retire", "restore", "confirm"):
        client.post(f"/services/{service.id}/{verb}", status=403)


def test_another_organisations_draft_is_not_there(
    session: Session, sign_in_as: SignInAs, ours: Organisation
) -> None:
    draft = catalogue.service(session, organisation=ours, published=False)
    client = other_staff(session, sign_in_as)
    client.get(f"/services/{draft.id}", status=404)
    client.get(f"/services/{draft.id}/edit", status=404)
    client.post(f"/services/{draft.id}/publish", status=404)


@pytest.mark.parametrize("path", ["/services/mine", "/services/new"])
def test_only_organisations_write_the_catalogue(sign_in_as: SignInAs, visitor: PageClient, path: str) -> None:
    sign_in_as(Role.COMMUNITY_WORKER).get(path, status=403)
    page = visitor.get(path, status=303)
    assert page.location
    assert page.location.startswith("/sign-in")


def test_a_draft_is_not_public_and_a_visitor_is_not_told_that_it_exists(
    session: Session, ours: Organisation, visitor: PageClient
) -> None:
    draft = catalogue.service(session, organisation=ours, published=False)
    session.commit()
    visitor.get(f"/services/{draft.id}", status=404)


def test_nothing_is_changed_without_the_token(staff: PageClient, service: Service) -> None:
    staff.post(f"/services/{service.id}/retire", status=400, token=False)
    staff.post("/services/new", {"title": "别处来的"}, status=400, token=False)


def stale_service(session: Session, ours: Organisation) -> Service:
    made = catalogue.service(session, organisation=ours, at=NOON - timedelta(days=400), title="去年的服务")
    catalogue.service(session, organisation=ours, published=False, title="还没写完")
    full = catalogue.service(session, organisation=ours, title="下架的")
    operations.retire(session, full, staff_act(ours))
    session.commit()
    return made


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_my_catalogue_says_what_to_confirm(
    session: Session, sign_in_as: SignInAs, ours: Organisation, locale: str
) -> None:
    made = stale_service(session, ours)
    client = sign_in_as(Role.ORGANISATION_STAFF, organisation=ours, locale=locale)
    page: Page = client.get("/home")
    assert {"去年的服务", "还没写完"} <= set(page.text.split())
    page = client.get("/services/mine")
    assert len(page.rows()) == 4
    page = page.form(f"/services/{made.id}/confirm").submit(follow=True)
    assert page.path == "/services/mine"
    assert len(client.get("/services/mine?phase=draft").rows()) == 2
    session.expire_all()
    assert made.verified_on == NOON.date()
