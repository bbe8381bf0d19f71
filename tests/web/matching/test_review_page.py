"""The review of a need's matches, as an official does it in a browser."""

from html import unescape
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher import SIGNALS
from models.act import Role
from models.matching.gap import GapEntry
from models.matching.operations import latest_run, live_review
from models.matching.review import Decision, RejectReason, Review
from models.matching.run import Match, MatchRun
from models.needs.lifecycle import phase_at
from models.needs.need import Need, NeedPhase
from tests.conftest import SignInAs
from tests.factories import matching, needs, parties
from tests.page import PageClient


@pytest.fixture
def services(session: Session) -> dict:
    """The small catalogue."""
    return matching.services(session)


@pytest.fixture
def need(session: Session, services: dict) -> Need:
    """A need that was run."""
    made = needs.need(session)
    matching.run(session, made)
    session.commit()
    return made


def address(need: Need) -> str:
    return f"/needs/{need.id}/matching"


def match(session: Session, service: object) -> Match:
    (found,) = session.scalars(select(Match).where(Match.service_id == service.id))  # type: ignore[attr-defined]  # a service
    return found


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_running_lists_services_with_reasons_in_words(
    session: Session, services: dict, sign_in_as: SignInAs, locale: str
) -> None:
    need = needs.need(session)
    pages = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    pages.get(address(need))
    page = pages.post(address(need) + "/run", {"id": str(uuid4())}, follow=True)
    wanted = (
        ["做的正是：助餐", "服务对象一致", "单价 18元/人次", "超过预算", "不到这里服务", "很合适"]
        if locale == "zh"
        else [
            "Does exactly this: Meals",
            "For the same people",
            "within the budget of ¥60,000",
            "Above the budget",
        ]
    )
    for words in wanted:
        assert words in page.text
    assert "望湖街道" in page.text  # as far as the refused one goes
    assert session.scalar(select(func.count(MatchRun.id))) == 1


@pytest.mark.parametrize("phase", [NeedPhase.SUBMITTED, NeedPhase.DELIBERATING, NeedPhase.CLOSED])
def test_a_need_that_is_not_standardised_says_why_it_cannot_be_run(
    session: Session, sign_in_as: SignInAs, phase: NeedPhase
) -> None:
    need = needs.need(session, phase)
    pages = sign_in_as(Role.STREET_OFFICIAL)
    assert "之后才能匹配" in pages.get(address(need)).text
    pages.post(address(need) + "/run", status=409)


def test_a_run_pressed_twice_is_one_run(session: Session, services: dict, sign_in_as: SignInAs) -> None:
    need = needs.need(session)
    pages = sign_in_as(Role.STREET_OFFICIAL)
    form = pages.get(address(need)).form("开始匹配")
    form.submit(follow=True)
    form.submit(follow=True)
    assert session.scalar(select(func.count(MatchRun.id))) == 1


def test_accept_one_reject_one_and_settle(
    session: Session, need: Need, services: dict, sign_in_as: SignInAs
) -> None:
    pages = sign_in_as(Role.STREET_OFFICIAL)
    meals, kitchen = match(session, services["meals"]), match(session, services["kitchen"])
    pages.get(address(need))
    pages.post(f"/matches/{meals.id}/review", {"decision": "accept", "words": "离得近 🀄"})
    answer = pages.post(
        f"/matches/{kitchen.id}/review",
        {"decision": "reject", "reason": RejectReason.TOO_SMALL.value},
    )
    assert answer.location.endswith(f"{address(need)}#match-{kitchen.id}")
    page = pages.get(address(need))
    assert "已采纳 1 项，备选 0 项，不采纳 1 项" in page.text
    assert "离得近 🀄" in page.text
    assert "对推荐作了决定" in page.text
    page = pages.post(address(need) + "/conclude", follow=True)
    session.expire_all()
    assert phase_at(need, parties.NOON) == NeedPhase.MATCHED
    assert "匹配完成" in page.flashes[0]
    staff = sign_in_as(Role.ORGANISATION_STAFF, organisation=services["meals"].organisation)
    assert "已采纳" in staff.get("/fitting").text
    other = sign_in_as(Role.ORGANISATION_STAFF, organisation=services["kitchen"].organisation)
    assert "已采纳" not in other.get("/fitting").text


def test_rejecting_without_a_reason_says_so_beside_the_service(
    session: Session, need: Need, services: dict, sign_in_as: SignInAs
) -> None:
    meals = match(session, services["meals"])
    pages = sign_in_as(Role.STREET_OFFICIAL)
    pages.get(address(need))
    page = pages.post(f"/matches/{meals.id}/review", {"decision": "reject"}, status=422)
    assert "请选择不采纳的理由。" in " ".join(page.errors)
    assert session.scalar(select(func.count(Review.id))) == 0


def test_accepting_a_refused_service_without_words_says_so(
    session: Session, need: Need, services: dict, sign_in_as: SignInAs
) -> None:
    dear = match(session, services["dear"])
    pages = sign_in_as(Role.STREET_OFFICIAL, locale="en")
    pages.get(address(need))
    page = pages.post(f"/matches/{dear.id}/review", {"decision": "accept"}, status=422)
    assert "say why in the note" in " ".join(page.errors)
    pages.post(f"/matches/{dear.id}/review", {"decision": "accept", "words": "区里补足差额。"})
    assert live_review(session, dear) is not None


@pytest.mark.parametrize("said", [{}, {"decision": "marry"}, {"decision": "reject", "reason": "ugly"}])
def test_a_tampered_decision_is_refused(
    session: Session, need: Need, services: dict, sign_in_as: SignInAs, said: dict
) -> None:
    meals = match(session, services["meals"])
    pages = sign_in_as(Role.STREET_OFFICIAL)
    pages.get(address(need))
    pages.post(f"/matches/{meals.id}/review", said, status=422)
    pages.post(f"/matches/{meals.id}/review", {"decision": "accept", "words": "长" * 1001}, status=422)
    assert session.scalar(select(func.count(Review.id))) == 0


def test_a_page_opened_before_somebody_else_decided_does_not_overwrite(
    session: Session, need: Need, services: dict, sign_in_as: SignInAs
) -> None:
    meals = match(session, services["meals"])
    pages = sign_in_as(Role.STREET_OFFICIAL)
    pages.get(address(need))
    first = matching.accept(session, meals, matching.official(session))
    session.commit()
    reject = {"decision": "reject", "reason": RejectReason.TOO_FAR.value}
    page = pages.post(f"/matches/{meals.id}/review", reject, status=409)
    assert "有人已经对这项服务作了决定" in page.text
    assert live_review(session, meals).id == first.id
    pages.post(f"/matches/{meals.id}/review", {**reject, "replaces": str(first.id)})
    assert live_review(session, meals).decision == Decision.REJECT
    pages.post(f"/matches/{meals.id}/withdraw", {"replaces": str(first.id)}, status=409)
    pages.post(f"/matches/{meals.id}/withdraw", {"replaces": str(live_review(session, meals).id)})
    assert live_review(session, meals) is None


def test_another_streets_official_cannot_open_run_or_review_it(
    session: Session, need: Need, services: dict, sign_in_as: SignInAs
) -> None:
    meals = match(session, services["meals"])
    stranger = sign_in_as(Role.STREET_OFFICIAL, unit=parties.OTHER_STREET)
    stranger.get(address(need), status=404)
    stranger.post(address(need) + "/run", status=403)
    stranger.post(address(need) + "/conclude", status=403)
    stranger.post(f"/matches/{meals.id}/review", {"decision": "accept"}, status=404)


@pytest.mark.parametrize("role", [Role.COMMUNITY_WORKER, Role.ORGANISATION_STAFF, None])
def test_those_without_the_office_see_no_scores(
    session: Session, need: Need, services: dict, sign_in_as: SignInAs, visitor: PageClient, role: Role | None
) -> None:
    own = services["meals"].organisation if role == Role.ORGANISATION_STAFF else None
    pages = sign_in_as(role, organisation=own) if role else visitor
    pages.get(address(need), status=404)
    shown = pages.get(f"/needs/{need.id}").text
    assert "匹配程度" not in shown
    assert services["kitchen"].organisation.name not in shown


def test_an_auditor_reads_and_decides_nothing(
    session: Session, need: Need, services: dict, sign_in_as: SignInAs
) -> None:
    pages = sign_in_as(Role.AUDITOR)
    page = pages.get(address(need))
    assert "很合适" in page.text
    assert 'name="decision"' not in unescape(page.html)
    pages.post(address(need) + "/run", status=403)


def test_nothing_fits_goes_to_the_ledger_and_can_be_undone(
    session: Session, need: Need, sign_in_as: SignInAs
) -> None:
    pages = sign_in_as(Role.STREET_OFFICIAL)
    pages.get(address(need))
    page = pages.post(address(need) + "/unmet", {"cause": "", "remedy": "other"}, status=422)
    assert "请选择缺的是什么。" in page.errors
    said = {"cause": "not_here", "remedy": "other"}
    page = pages.post(address(need) + "/unmet", said, status=422)
    assert "办法选了“其他”，请写明打算怎么办。" in page.errors
    page = pages.post(address(need) + "/unmet", {**said, "words": "=1+1 问过两家"}, follow=True)
    assert "已记入供给缺口" in page.text
    assert session.scalar(select(func.count(GapEntry.id))) == 1
    page = pages.post(address(need) + "/reopen", follow=True)
    assert "已重新打开" in page.flashes[0]
    assert session.scalar(select(func.count(GapEntry.id)).where(GapEntry.closed_at.is_(None))) == 0


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_two_services_side_by_side(
    session: Session, need: Need, services: dict, sign_in_as: SignInAs, locale: str
) -> None:
    ids = [match(session, services[name]).id for name in ("meals", "kitchen")]
    pages = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    page = pages.get(f"{address(need)}?compare={ids[0]}&compare={ids[1]}&run=nonsense")
    caption = "并排比较" if locale == "zh" else "Side by side"
    rows = page.rows(caption)
    assert len(rows[0]) == 3
    parts = "（分）" if locale == "zh" else "(points)"
    assert len([row for row in rows if row[0].endswith(parts)]) == len(SIGNALS)
    one = "请勾选至少两项服务" if locale == "zh" else "Tick at least two"
    assert one not in page.text
    for few in (f"compare={ids[0]}", f"compare=nonsense&compare={uuid4()}"):
        assert one in pages.get(f"{address(need)}?{few}").text


def test_an_earlier_run_is_read_only(session: Session, need: Need, sign_in_as: SignInAs) -> None:
    (old,) = session.scalars(select(MatchRun.id))
    pages = sign_in_as(Role.STREET_OFFICIAL)
    pages.get(address(need))
    pages.post(address(need) + "/run", {"id": str(uuid4())}, follow=True)
    runs = session.scalars(select(MatchRun.id).where(MatchRun.id != old)).all()
    earlier = {old, *runs} - {pages_run(session, need)}
    page = pages.get(f"{address(need)}?run={earlier.pop()}")
    assert "这是较早的一次匹配" in page.text
    assert 'name="decision"' not in page.html


def pages_run(session: Session, need: Need) -> object:
    """The id of the run that counts."""
    return latest_run(session, need.id).id


def test_a_run_of_a_model_with_other_signals_can_still_be_read(
    session: Session, need: Need, sign_in_as: SignInAs
) -> None:
    for each in session.scalars(select(Match)):
        added = dict(each.contributions)
        each.contributions = {**{name: added[name] for name in added if name != "groups"}, "echo": 0.1}
    session.commit()
    page = sign_in_as(Role.STREET_OFFICIAL).get(address(need))
    assert "很合适" in page.text
