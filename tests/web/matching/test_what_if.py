"""What-if on the review page: asked in the address, answered in words, kept nowhere."""

from html import unescape
from urllib.parse import urlencode

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.needs.need import Need
from tests.conftest import SignInAs
from tests.factories import matching, needs, parties
from tests.page import PageClient


@pytest.fixture
def address(session: Session) -> str:
    """The review of a need that was run."""
    matching.services(session)
    need: Need = needs.need(session)
    matching.run(session, need)
    session.commit()
    return f"/needs/{need.id}/matching"


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("role", [Role.STREET_OFFICIAL, Role.DISTRICT_OFFICIAL, Role.AUDITOR])
def test_whoever_reads_the_run_may_ask_what_if(
    address: str, sign_in_as: SignInAs, role: Role, locale: str
) -> None:
    pages = sign_in_as(role, locale=locale)
    page = pages.get(f"{address}?budget=９００，０００&reach=district&starts=2027-03&people=60")
    wanted = (
        ["变得符合条件的有 2 项，不再符合的有 0 项", "预算够了", "放宽范围后算在内", "预算差 84万元"]
        if locale == "zh"
        else ["Newly eligible: 2", "the budget is enough", "inside the wider area", "short of ¥840,000"]
    )
    for words in wanted:
        assert words in page.text
    (first,) = (each for each in page.document.all("ol") if each.get("class") == "what-if__first")
    assert len(list(first.iter("li"))) == 4


def test_the_form_asks_by_an_address_that_can_be_shared(address: str, sign_in_as: SignInAs) -> None:
    pages = sign_in_as(Role.STREET_OFFICIAL)
    form = pages.get(address).form("what-if-form").fill(budget="900000")
    assert (form.method, form.action) == ("get", f"{address}#what-if")
    answer = pages.get(f"{address}?{urlencode(form.values)}")
    assert "变得符合条件的有 1 项" in answer.text
    assert 'value="900000"' in answer.html
    assert "变得符合条件" not in pages.get(address).text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("budget=abc", "“abc”不是金额，请填写如 120000 或 1200.50 的数字。"),
        ("budget=-1", "预算不能小于 0，请填写如 120000 的数字。"),
        ("budget=1e9", "“1e9”不是金额，请填写如 120000 或 1200.50 的数字。"),
        ("people=0", "人数要在 1 到 1000 万之间，请填写如 47 的数字。"),
        ("people=4.5", "“4.5”不是整数，请填写如 47 的数字。"),
        ("people=" + "9" * 30, "人数要在 1 到 1000 万之间，请填写如 47 的数字。"),
        ("reach=moon", "请从列表里选一个范围。"),
        ("starts=2027-13", "请从列表里选一个月份。"),
        ("starts=1999-01", "请从列表里选一个月份。"),
        ("budget=&reach=&starts=&people=", "请至少改一项。"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    address: str, sign_in_as: SignInAs, query: str, sentence: str
) -> None:
    page = sign_in_as(Role.STREET_OFFICIAL).get(f"{address}?{query}", status=422)
    assert page.errors == [sentence]
    assert "算出来的结果" not in page.text


def test_a_change_that_changes_nothing_says_so(address: str, sign_in_as: SignInAs) -> None:
    page = sign_in_as(Role.STREET_OFFICIAL).get(f"{address}?budget=60000&starts=2027-03")
    assert "没有变化" in page.text
    assert "改月份不影响结果" in page.text


@pytest.mark.parametrize("role", [Role.COMMUNITY_WORKER, Role.ORGANISATION_STAFF, None])
def test_those_who_may_not_read_the_run_may_not_ask(
    address: str, session: Session, sign_in_as: SignInAs, visitor: PageClient, role: Role | None
) -> None:
    own = parties.organisation(session) if role == Role.ORGANISATION_STAFF else None
    pages = sign_in_as(role, organisation=own) if role else visitor
    pages.get(f"{address}?budget=1", status=404)


def test_before_the_first_run_nothing_is_asked(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session)
    page = sign_in_as(Role.STREET_OFFICIAL).get(f"/needs/{need.id}/matching?budget=1")
    assert "what-if" not in unescape(page.html)
