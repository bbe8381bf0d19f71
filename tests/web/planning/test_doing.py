"""Building, editing, solving again and adopting, as an official does it in a browser."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.act import Role
from models.catalogue.service import Service
from models.matching import operations as reviews
from models.matching.operations import accepted, latest_run
from models.matching.run import MatchRun
from models.needs.need import Need
from models.planning.edit import EditKind, PlanEdit
from models.planning.plan import Plan
from tests.conftest import SignInAs
from tests.factories import matching, needs, parties, planning
from tests.page import Page, PageClient


@pytest.fixture
def offers(session: Session) -> list[Service]:
    """A service that fits very well, and a lesser one."""
    best = planning.offer(session, "高龄老人助餐送餐上门", places=9)
    return [best, planning.offer(session, "社区长者食堂配餐", places=9)]


@pytest.fixture
def needs_(session: Session, offers: list[Service]) -> list[Need]:
    """Two needs, matched."""
    made = planning.matched(session)
    session.commit()
    return made


@pytest.fixture
def pages(sign_in_as: SignInAs) -> PageClient:
    """A district official."""
    return sign_in_as(Role.DISTRICT_OFFICIAL)


def build(pages: PageClient, **said: object) -> Page:
    return pages.get("/plans/new").form("做出计划").fill(said).submit(follow=True)


def the_plan(session: Session) -> Plan:
    session.expire_all()
    return session.scalars(select(Plan).order_by(Plan.reference.desc())).first()


def edit(pages: PageClient, plan: Plan, need: Need, service: Service, kind: str = "forbid") -> Page:
    page = pages.get(f"/plans/lines/{planning.line_of(plan, need).id}")
    form = page.form("记下改动").fill(service_id=str(service.id), kind=kind, reason="机构下半年装修。")
    return form.submit(follow=True)


def test_a_plan_keeps_what_was_asked_of_it(session: Session, needs_: list[Need], pages: PageClient) -> None:
    page = build(pages, fair=True, cap_percent="５０", newcomer_percent="50", street_budgets=True)
    plan = the_plan(session)
    assert (plan.fair, plan.cap_percent, plan.newcomer_percent, plan.street_budgets) == (True, 50, 50, True)
    for words in ("先顾最难满足的需求", "一家机构最多得全部需求的 50%", "不超过各街道的预算"):
        assert words in page.text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"cap_percent": "0"}, "请填写 1 到 100 之间的数，或者空着。"),
        ({"cap_percent": "101"}, "请填写 1 到 100 之间的数，或者空着。"),
        ({"cap_percent": "一半"}, "“一半”不是整数，请填写如 47 的数字。"),
        ({"newcomer_percent": "-1"}, "请填写 0 到 100 之间的数，或者空着。"),
        ({"cap_percent": "49"}, "现在有 2 条需求，按这个比例一家机构连一条也得不到。至少填 50，或者空着。"),
    ],
)
def test_shares_that_make_no_sense_are_named(
    session: Session, needs_: list[Need], pages: PageClient, said: dict[str, str], told: str
) -> None:
    page = pages.get("/plans/new").form("做出计划").fill(said).submit(status=422)
    assert page.errors[0] == told
    assert session.scalar(select(func.count(Plan.id))) == 0


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_limits_that_clash_are_said_in_words(
    session: Session, needs_: list[Need], offers: list[Service], sign_in_as: SignInAs, locale: str
) -> None:
    by = planning.official(session)
    for need in needs_:
        matching.accept(session, matching.match_of(latest_run(session, need.id), offers[0]), by)
    session.commit()
    pages = sign_in_as(Role.DISTRICT_OFFICIAL, locale=locale)
    form = pages.get("/plans/new").form("做出计划" if locale == "zh" else "Make the plan")
    page = form.fill(cap_percent="50").submit(status=409)
    wanted = (
        ["机构“上海高龄老人服务社”最多得 1 条需求", "审核时已采纳：需求“高龄老人助餐第 1 片”"]
        if locale == "zh"
        else ["Needs the organisation “上海高龄老人服务社” may get at most: 1", "Accepted in review"]
    )
    for words in wanted:
        assert words in page.text


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_solving_again_into_a_clash_stays_on_the_plan_and_says_why(
    session: Session, needs_: list[Need], offers: list[Service], sign_in_as: SignInAs, locale: str
) -> None:
    zh = sign_in_as(Role.DISTRICT_OFFICIAL)
    build(zh, cap_percent="50")
    plan = the_plan(session)
    for need in needs_:
        edit(zh, plan, need, offers[0], "force")
    pages = sign_in_as(Role.DISTRICT_OFFICIAL, locale=locale)
    pages.get(f"/plans/{plan.id}")
    page = pages.post(f"/plans/{plan.id}/resolve", {"id": str(uuid4())}, status=409)
    assert ("人工指定需求" if locale == "zh" else "Set by hand: “") in page.text
    assert session.scalar(select(func.count(Plan.id))) == 1
    build(zh, newcomer_percent="100")
    clash = zh.post(f"/plans/{plan.id}/adopt", status=409)
    assert "请先重新求解" in clash.text


def test_needs_never_matched_can_be_matched_from_here(
    session: Session, offers: list[Service], pages: PageClient
) -> None:
    needs.need(session)
    session.commit()
    page = pages.get("/plans/new")
    assert "有 1 条标准需求还没有匹配过" in page.text
    page = page.form("先为它们找服务").submit(follow=True)
    assert "已为 1 条需求找过服务。" in page.flashes
    assert "这次安排 1 条需求。" in page.text
    assert session.scalar(select(func.count(MatchRun.id))) == 1


def test_forbid_solve_again_compare_and_adopt(
    session: Session, needs_: list[Need], offers: list[Service], pages: PageClient
) -> None:
    build(pages)
    first = the_plan(session)
    page = edit(pages, first, needs_[0], offers[0])
    assert "有 1 处改动还没有算进计划" in page.text
    pages.post(f"/plans/{first.id}/adopt", status=409)
    page = pages.get(f"/plans/{first.id}").form("重新求解").submit(follow=True)
    assert page.h1 == "比较两份计划"
    assert "换了服务" in page.text
    page = page.click("回到计划").form("确定").submit(follow=True)
    assert "2 条需求的服务现在是已采纳" in page.text
    second = the_plan(session)
    chosen = {need: accepted(session, latest_run(session, need.id))[0].service for need in needs_}
    assert chosen == {needs_[0]: offers[1], needs_[1]: offers[0]}
    assert second.follows_id == first.id
    again = pages.post(f"/plans/{second.id}/adopt", follow=True)
    assert "2 条需求的服务现在是已采纳" in again.text
    page = pages.get(f"/plans/{second.id}").form("接着做下一份").submit(follow=True)
    assert "2 条需求的安排没有变" in page.text


def test_an_edit_is_taken_back(
    session: Session, needs_: list[Need], offers: list[Service], pages: PageClient
) -> None:
    build(pages)
    plan = the_plan(session)
    page = edit(pages, plan, needs_[0], offers[0], EditKind.FORCE)
    page = page.form("撤销这处改动").submit(follow=True)
    assert "改动已撤销。" in page.flashes
    assert "机构下半年装修。" not in page.text
    assert session.scalar(select(PlanEdit.dropped_at)) == parties.NOON


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, {"请选择指定还是排除。", "请写明理由。"}),
        ({"kind": "forbid"}, {"请写明理由。"}),
        ({"kind": "forbid", "reason": "长" * 1001}, {"理由最多 1000 字。"}),
    ],
)
def test_an_edit_that_lacks_something_says_what(
    session: Session, needs_: list[Need], pages: PageClient, said: dict[str, str], told: set[str]
) -> None:
    build(pages)
    line = planning.line_of(the_plan(session), needs_[0])
    page = pages.get(f"/plans/lines/{line.id}").form("记下改动").fill(said).submit(status=422)
    assert set(page.errors) == told
    assert session.scalar(select(func.count(PlanEdit.id))) == 0


@pytest.mark.parametrize("tampered", [{"service_id": "x"}, {"service_id": str(uuid4())}, {"kind": "marry"}])
def test_a_tampered_edit_is_refused(
    session: Session, needs_: list[Need], offers: list[Service], pages: PageClient, tampered: dict[str, str]
) -> None:
    build(pages)
    line = planning.line_of(the_plan(session), needs_[0])
    said = {"service_id": str(offers[0].id), "kind": "forbid", "reason": "机构装修。"}
    pages.get(f"/plans/lines/{line.id}")
    pages.post(f"/plans/lines/{line.id}", {**said, **tampered}, status=422)
    assert session.scalar(select(func.count(PlanEdit.id))) == 0


def test_an_edit_against_another_is_refused_beside_its_field(
    session: Session, needs_: list[Need], offers: list[Service], pages: PageClient
) -> None:
    build(pages)
    plan = the_plan(session)
    edit(pages, plan, needs_[0], offers[0], "force")
    page = pages.get(f"/plans/lines/{planning.line_of(plan, needs_[0]).id}")
    form = page.form("记下改动").fill(service_id=str(offers[1].id), kind="force", reason="再想想。")
    assert form.submit(status=409).errors == ["这条需求已有另一处改动与此矛盾，请先撤销那一处。"]


def test_a_plan_pressed_twice_is_built_once(session: Session, needs_: list[Need], pages: PageClient) -> None:
    form = pages.get("/plans/new").form("做出计划")
    form.submit(follow=True)
    form.submit(follow=True)
    assert session.scalar(select(func.count(Plan.id))) == 1


def test_what_moved_on_since_is_said_before_and_after_adopting(
    session: Session, needs_: list[Need], offers: list[Service], pages: PageClient
) -> None:
    build(pages)
    plan = the_plan(session)
    by = planning.official(session)
    matching.accept(session, matching.match_of(latest_run(session, needs_[0].id), offers[1]), by)
    reviews.conclude(session, needs_[0], by)
    session.commit()
    assert "有 1 条需求已有结果或重新匹配过" in pages.get(f"/plans/{plan.id}").text
    page = pages.post(f"/plans/{plan.id}/adopt", follow=True)
    assert "有 1 条需求没有变动" in page.text
    assert "需求已有结果" in page.text


def test_a_withdrawn_plan_can_only_be_read(session: Session, needs_: list[Need], pages: PageClient) -> None:
    build(pages)
    plan = the_plan(session)
    page = pages.post(f"/plans/{plan.id}/withdraw", follow=True)
    assert "已作废" in page.text
    pages.post(f"/plans/{plan.id}/resolve", status=409)
    pages.post(f"/plans/{plan.id}/withdraw", status=409)
