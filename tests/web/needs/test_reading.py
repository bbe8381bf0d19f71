"""The board, my needs and a need's page, as each kind of reader sees them."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection, event, update
from sqlalchemy.orm import Session

from models.act import Role
from models.needs import handling, operations, parts
from models.needs.need import NeedPhase
from models.tenders.tender import Tender
from tests.conftest import SignInAs
from tests.factories import deliberations, needs, parties, tenders
from tests.factories.parties import ELSEWHERE, NEXT_DOOR, NOON, STREET
from tests.page import PageClient

HOSTILE = '=HYPERLINK("http://x","点我")<script>alert(1)</script> 𠮷🍚 %s {{ 7*7 }}'


@pytest.fixture
def shelf(session: Session) -> None:
    """A few public needs, and others that are not."""
    needs.need(session, NeedPhase.STANDARDISED, title="高龄老人助餐")
    needs.need(session, NeedPhase.UNMET, unit=ELSEWHERE, title="夜间托管", codes=["WF-02"], groups=["B06"])
    needs.need(session, NeedPhase.CLOSED, title="去年的事")
    needs.need(session, NeedPhase.SUBMITTED, title="还没有公开")
    needs.need(session, NeedPhase.DRAFT, title="草稿而已")
    session.commit()


@pytest.mark.usefixtures("shelf")
def test_everybody_reads_the_board(visitor: PageClient) -> None:
    page = visitor.get("/needs")
    titles = [row[0] for row in page.rows("公开的需求")[1:]]
    assert any("高龄老人助餐" in title for title in titles)
    assert len(titles) == 2
    page = page.form(0).fill(phase="all").submit()
    assert len(page.rows("公开的需求")) == 4
    page = visitor.get("/needs?q=托管&group=B06&month=2027-04")
    assert [row[0] for row in page.rows("公开的需求")[1:]] == ["夜间托管课后与假期托管"]


@pytest.mark.usefixtures("shelf")
def test_what_makes_no_sense_in_the_address_is_not_heard(visitor: PageClient) -> None:
    strange = "/needs?street=xx&phase=nonsense&budget=a-b&month=2027-99&page=-3&size=7&sort=;drop&code=%25"
    assert "没有符合的需求" in visitor.get(strange).text
    assert len(visitor.get("/needs?page=99999999999&size=0").text) > 0


def test_an_empty_board_says_what_would_be_there(visitor: PageClient) -> None:
    assert "需求经街道标准化或开始议事后" in visitor.get("/needs").text


@pytest.mark.usefixtures("shelf")
def test_the_board_is_exported_exactly_as_shown(visitor: PageClient) -> None:
    answer = visitor.client.get("/needs?q=助餐&format=xlsx")
    sheet = load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    assert rows[1][1:5] == ("高龄老人助餐", "澄江一村", "澄江街道", "待匹配")


def test_a_formula_stays_words_in_the_export_and_on_the_page(session: Session, visitor: PageClient) -> None:
    need = needs.need(session, NeedPhase.STANDARDISED, title=HOSTILE)
    session.commit()
    page = visitor.get(f"/needs/{need.id}", skip=["nothing_left_over"])
    assert page.h1 == HOSTILE
    answer = visitor.client.get("/needs?format=xlsx")
    cell = load_workbook(BytesIO(answer.data)).active["B2"]
    assert (cell.value, cell.data_type) == (HOSTILE, "s")


@pytest.mark.parametrize("phase", list(NeedPhase))
@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_need_is_shown_in_every_phase(
    session: Session, sign_in_as: SignInAs, phase: NeedPhase, locale: str
) -> None:
    need = needs.need(session, phase)
    if phase is NeedPhase.DELIBERATING:
        deliberations.meeting(session, need, held=True)
    session.commit()
    page = sign_in_as(locale=locale).get(f"/needs/{need.id}")
    assert page.h1 == need.title
    assert need.reference in page.text


def test_a_need_of_another_neighbourhood_cannot_be_opened_by_its_address(
    session: Session, sign_in_as: SignInAs
) -> None:
    need = needs.need(session, NeedPhase.DRAFT)
    session.commit()
    neighbour = sign_in_as(unit=NEXT_DOOR)
    for path in ("", "/what", "/who", "/when", "/check", "/submitted"):
        assert "没有找到" in neighbour.get(f"/needs/{need.id}{path}", status=404).text
    for path in ("/what", "/who", "/when", "/submit", "/withdraw", "/copy"):
        neighbour.post(f"/needs/{need.id}{path}", {}, status=404)


def test_a_public_need_of_another_neighbourhood_is_read_but_not_written(
    session: Session, sign_in_as: SignInAs
) -> None:
    need = needs.need(session, NeedPhase.STANDARDISED)
    session.commit()
    neighbour = sign_in_as(unit=NEXT_DOOR)
    page = neighbour.get(f"/needs/{need.id}")
    assert "撤回" not in page.text
    neighbour.get(f"/needs/{need.id}/what", status=403)
    neighbour.post(f"/needs/{need.id}/withdraw", {}, status=403)


def test_a_visitor_who_would_write_is_asked_to_sign_in(visitor: PageClient) -> None:
    assert visitor.get("/needs/new", status=303).location == "/sign-in?next=/needs/new"
    assert visitor.get("/needs/mine", status=303).location == "/sign-in?next=/needs/mine"


@pytest.mark.parametrize("role", [Role.ORGANISATION_STAFF, Role.AUDITOR, Role.HUB])
def test_who_writes_no_needs_has_no_page_for_it(session: Session, sign_in_as: SignInAs, role: Role) -> None:
    works_for = parties.organisation(session) if role is Role.ORGANISATION_STAFF else None
    client = sign_in_as(role, organisation=works_for)
    client.get("/needs/mine", status=403)
    client.get("/needs/new", status=403)


@pytest.mark.usefixtures("shelf")
def test_my_needs_say_what_happens_next(sign_in_as: SignInAs) -> None:
    page = sign_in_as().get("/needs/mine")
    rows = {row[0]: row for row in page.rows("我的需求列表")[1:]}
    assert len(rows) == 4
    draft = next(row for title, row in rows.items() if "草稿而已" in title)
    assert draft[2:4] == ["草稿", "写完后提交，街道会在 5 个工作日内答复。"]
    page = page.form(0).fill(phase="draft").submit()
    assert len(page.rows("我的需求列表")) == 2
    english = sign_in_as(locale="en").get("/needs/mine?phase=draft")
    assert english.h1 == "My needs"


def test_a_street_sees_the_needs_of_all_its_neighbourhoods(session: Session, sign_in_as: SignInAs) -> None:
    for unit in (NEXT_DOOR, parties.NEIGHBOURHOOD, ELSEWHERE):
        needs.need(session, NeedPhase.DRAFT, unit=unit)
    session.commit()
    page = sign_in_as(Role.STREET_OFFICIAL, unit=STREET).get("/needs/mine")
    assert len(page.rows("我的需求列表")) == 3


def test_a_returned_need_says_why_to_its_own_side_alone(
    session: Session, sign_in_as: SignInAs, visitor: PageClient
) -> None:
    need = needs.need(session, NeedPhase.DELIBERATING)
    needs.take(session, need, needs.official(session, at=NOON), needs.NeedMove.RETURN)
    session.commit()
    assert "请写清楚有多少户" in sign_in_as().get(f"/needs/{need.id}").text
    assert "请写清楚有多少户" not in visitor.get(f"/needs/{need.id}").text


def test_the_arithmetic_of_the_index_stands_on_the_page(session: Session, visitor: PageClient) -> None:
    need = needs.need(session, NeedPhase.STANDARDISED)
    session.commit()
    rows = visitor.get(f"/needs/{need.id}").rows("优先指数怎么算出来的")
    total = sum(Decimal(row[3]) for row in rows[1:-1])
    assert Decimal(rows[-1][1]) == total
    assert rows[1][1] == "未知"


def test_needs_of_the_same_kind_are_shown_beside_it(session: Session, visitor: PageClient) -> None:
    need = needs.need(session, NeedPhase.STANDARDISED)
    needs.need(session, NeedPhase.STANDARDISED, unit=NEXT_DOOR, title="二村也要助餐")
    needs.need(session, NeedPhase.DRAFT, unit=NEXT_DOOR, title="看不见的")
    session.commit()
    page = visitor.get(f"/needs/{need.id}")
    assert "二村也要助餐" in page.text
    assert "看不见的" not in page.text


def test_a_file_opens_for_its_own_side_and_for_nobody_else(
    session: Session, sign_in_as: SignInAs, visitor: PageClient
) -> None:
    act = needs.worker(session)
    need = needs.draft(session, act, starts_on=date(2027, 1, 1))
    row = parts.attach(session, need, act, name="现场.pdf", content=b"%PDF-1.7 ...")
    operations.submit(session, need, act)
    needs.take(session, need, needs.official(session, at=NOON), needs.NeedMove.STANDARDISE)
    session.commit()
    path = f"/needs/{need.id}/files/{row.id}"
    answer = sign_in_as().client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "现场.pdf" not in visitor.get(f"/needs/{need.id}").text
    visitor.get(path, status=404)
    sign_in_as(unit=NEXT_DOOR).get(path, status=404)


def test_a_need_that_is_not_an_organisations_work_says_whose_it_is(
    session: Session, sign_in_as: SignInAs
) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    official = needs.official(session, at=NOON)
    handling.route(session, need, official, route_code="X1", words="请找小区物业报修。")
    session.commit()
    page = sign_in_as().get(f"/needs/{need.id}")
    assert "已转办" in page.text
    assert "物业" in page.text
    assert "请找小区物业报修。" in page.text


def test_an_official_goes_on_from_the_page_to_the_desk_and_to_the_match(
    session: Session, sign_in_as: SignInAs
) -> None:
    waiting = needs.need(session, NeedPhase.SUBMITTED)
    ready = needs.need(session, NeedPhase.STANDARDISED)
    session.commit()
    client = sign_in_as(Role.STREET_OFFICIAL)
    assert str(waiting.id) in client.get(f"/needs/{waiting.id}").link("去处理")
    assert str(ready.id) in client.get(f"/needs/{ready.id}").link("看推荐的服务")


def test_an_organisation_is_led_to_the_needs_that_fit_it(session: Session, sign_in_as: SignInAs) -> None:
    ready = needs.need(session, NeedPhase.STANDARDISED)
    works_for = parties.organisation(session)
    session.commit()
    page = sign_in_as(Role.ORGANISATION_STAFF, organisation=works_for).get(f"/needs/{ready.id}")
    assert page.link("看看适合我们的需求") == "/fitting"


@pytest.mark.parametrize("path", ["/needs", "/needs/mine", "/home"])
def test_a_longer_list_asks_the_database_no_more_often(
    session: Session, connection: Connection, sign_in_as: SignInAs, path: str
) -> None:
    client = sign_in_as()
    asked: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *about: asked.append(about[2]))
    counts = []
    for _round in range(2):
        for phase in (NeedPhase.STANDARDISED, NeedPhase.RETURNED, NeedPhase.MATCHED):
            needs.need(session, phase, codes=["EL-01", "EL-02"])
        session.commit()
        session.expire_all()
        asked.clear()
        client.get(path)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_need_says_how_far_its_tender_is_wherever_it_stands(
    session: Session, visitor: PageClient, sign_in_as: SignInAs
) -> None:
    tender = tenders.tender(session)
    need = tender.lots[0].needs[0].need
    session.commit()
    worker = sign_in_as(Role.COMMUNITY_WORKER, unit=need.unit_code)

    def said() -> list[bool]:
        pages = (visitor.get(f"/needs/{need.id}"), worker.get("/needs/mine"), worker.get("/home"))
        assert not any("街道接着安排采购" in page.text for page in pages)
        return ["采购已完成，合同已签" in page.text for page in pages]

    assert said() == [False, False, False]
    page = visitor.get(f"/needs/{need.id}")
    assert "采购项目已发布，正在接受投标。" in page.text
    assert "街道经办人发布了采购项目" in page.text
    session.execute(update(Tender).where(Tender.id == tender.id).values(completed_at=NOON))
    session.commit()
    assert said() == [True, True, True]
    assert "采购完成" in visitor.get(f"/needs/{need.id}").text
