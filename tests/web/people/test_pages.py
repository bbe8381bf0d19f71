"""Accounts in the browser."""

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.parties import signing
from models.parties.person import Person
from tests.conftest import SignInAs
from tests.factories import parties
from tests.factories.parties import CITY, NEIGHBOURHOOD, STREET, person, system
from tests.page import Page, PageClient


def handed_over(page: Page) -> str:
    """The password as it is shown: the last of the codes on the page."""
    return ["".join(each.itertext()) for each in page.document.all("code")][-1]


@pytest.fixture
def administrator(sign_in_as: SignInAs) -> PageClient:
    return sign_in_as(Role.ADMINISTRATOR)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_new_account_signs_in_with_the_password_shown_once(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    client = sign_in_as(Role.ADMINISTRATOR, locale=locale)
    form = client.get("/people/new").form()
    form.fill(name="周小满", login="zhou.xiaoman", role="community_worker", place=f"unit:{NEIGHBOURHOOD}")
    page = form.submit(status=200)
    password = handed_over(page)
    assert signing.sign_in(session, system(), login="zhou.xiaoman", password=password, address="-")
    made = session.query(Person).filter_by(login="zhou.xiaoman").one()
    page = client.get(f"/people/{made.id}")
    assert password not in page.html
    assert "澄江一村" in page.text
    page = form.submit(status=409)
    assert len(page.errors) == 1


def test_an_account_whose_role_is_refused_is_not_created(session: Session, administrator: PageClient) -> None:
    form = administrator.get("/people/new").form()
    form.fill(name="周小满", login="zhou.xiaoman", role="community_worker", place=f"unit:{STREET}")
    page = form.submit(status=422)
    assert "不能设在" in page.errors[0]
    assert session.query(Person).filter_by(login="zhou.xiaoman").count() == 0
    page = page.form().fill(login="Zhou", place=f"unit:{NEIGHBOURHOOD}").submit(status=422)
    assert "不合要求" in page.errors[0]


def test_roles_are_given_and_ended(session: Session, administrator: PageClient) -> None:
    place = parties.organisation(session)
    someone = person(session, Role.COMMUNITY_WORKER, unit=NEIGHBOURHOOD)
    session.commit()
    page = administrator.get(f"/people/{someone.id}")
    form = page.form("给予身份").fill(role="organisation_staff", place=f"organisation:{place.id}")
    page = form.submit(follow=True)
    assert place.name in page.text
    page = page.form("给予身份").fill(role="auditor", place="unit:310190").submit(status=409)
    assert "不能同时担任" in page.errors[0]
    held = someone.memberships[0]
    page = page.form(f"/people/{someone.id}/roles/{held.id}/end").submit(follow=True)
    assert "以前的身份" in page.text


def test_a_password_is_reset_and_the_account_closed_and_opened(
    session: Session, administrator: PageClient
) -> None:
    someone = person(session, Role.COMMUNITY_WORKER, unit=NEIGHBOURHOOD)
    session.commit()
    page = administrator.get(f"/people/{someone.id}").form("重设并显示新密码").submit(status=200)
    assert page.response.headers["Cache-Control"] == "no-store"
    session.expire_all()
    assert signing.sign_in(session, system(), login=someone.login, password=handed_over(page), address="-")
    page = administrator.get(f"/people/{someone.id}").form("确定停用").submit(follow=True)
    assert "已停用" in page.text
    page.form("重新启用").submit()
    session.expire_all()
    assert someone.disabled_at is None


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_people_are_searched(session: Session, sign_in_as: SignInAs, locale: str) -> None:
    person(session, Role.COMMUNITY_WORKER, unit=NEIGHBOURHOOD, name="周百灵")
    person(session, Role.CITY_OFFICIAL, unit=CITY, name="市里的人")
    person(session, role=None, name="没有身份的人")
    session.commit()
    client = sign_in_as(Role.ADMINISTRATOR, locale=locale)
    assert "市里的人" not in client.get("/people").text
    assert "没有身份的人" in client.get("/home").text
    assert len(client.get("/people?q=周百灵").rows()) == 2
    assert len(client.get("/people?role=community_worker&state=open&sort=-login").rows()) == 2
    client.get("/people?q=%00nobody&state=x&role=y")
    assert client.client.get("/people?format=xlsx").status_code == 200


def test_the_citys_accounts_are_not_there_for_a_district(session: Session, administrator: PageClient) -> None:
    official = person(session, Role.CITY_OFFICIAL, unit=CITY)
    session.commit()
    administrator.get(f"/people/{official.id}", status=404)
    for verb in ("password", "disable", "enable"):
        administrator.post(f"/people/{official.id}/{verb}", status=404)


def test_an_administrator_cannot_close_their_own_account(session: Session, administrator: PageClient) -> None:
    me = session.query(Person).one()
    page = administrator.get(f"/people/{me.id}")
    assert "不能停用自己的账号" in page.text
    administrator.post(f"/people/{me.id}/disable", status=409)
    administrator.post(f"/people/{me.id}/roles/{me.memberships[0].id}/end", status=409)


@pytest.mark.parametrize("path", ["/people", "/people/new"])
@pytest.mark.parametrize("role", [Role.COMMUNITY_WORKER, Role.DISTRICT_OFFICIAL, Role.AUDITOR])
def test_accounts_are_for_administrators(sign_in_as: SignInAs, role: Role, path: str) -> None:
    sign_in_as(role).get(path, status=403)


def test_nothing_is_changed_without_the_token(session: Session, administrator: PageClient) -> None:
    someone = person(session, Role.COMMUNITY_WORKER, unit=NEIGHBOURHOOD)
    session.commit()
    administrator.post(f"/people/{someone.id}/password", status=400, token=False)
