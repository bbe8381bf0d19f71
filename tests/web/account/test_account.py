"""Signing in, the session's end, CSRF, headers, errors."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.act import Role
from tests.conftest import SignInAs
from tests.factories import parties
from tests.page import PageClient
from web import db


def token_of(html: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found
    return found[1]


def sign_in(visitor: PageClient, login: str, password: str, query: str = "") -> object:
    page = visitor.client.get(f"/sign-in{query}")
    data = {"login": login, "password": password, "csrf_token": token_of(page.text)}
    return visitor.client.post(f"/sign-in{query}", data=data)


def test_the_right_password_leads_home(visitor: PageClient, session: Session) -> None:
    someone = parties.person(session, unit=parties.NEIGHBOURHOOD)
    session.commit()
    answer = sign_in(visitor, someone.login, parties.PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/home")
    assert visitor.client.get("/home").status_code == 200


def test_one_comes_back_to_where_one_wanted_to_be(visitor: PageClient, session: Session) -> None:
    someone = parties.person(session, unit=parties.NEIGHBOURHOOD)
    session.commit()
    assert sign_in(visitor, someone.login, parties.PASSWORD, "?next=/inbox").location == "/inbox"


@pytest.mark.parametrize("address", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_signing_in_leads_to_no_other_site(visitor: PageClient, session: Session, address: str) -> None:
    someone = parties.person(session, unit=parties.NEIGHBOURHOOD)
    session.commit()
    assert sign_in(visitor, someone.login, parties.PASSWORD, f"?next={address}").location == "/home"


def test_a_wrong_password_and_an_unknown_login_read_alike(visitor: PageClient, session: Session) -> None:
    someone = parties.person(session, unit=parties.NEIGHBOURHOOD)
    session.commit()
    wrong = sign_in(visitor, someone.login, "not the password")
    unknown = sign_in(visitor, "nobody.here", "not the password")
    assert wrong.status_code == unknown.status_code == 422
    assert "登录名或密码不对" in wrong.text
    assert "登录名或密码不对" in unknown.text


def test_the_sixth_attempt_is_refused_even_when_right(visitor: PageClient, session: Session) -> None:
    someone = parties.person(session, unit=parties.NEIGHBOURHOOD)
    session.commit()
    for _ in range(5):
        assert sign_in(visitor, someone.login, "wrong wrong wrong").status_code == 422
    assert sign_in(visitor, someone.login, parties.PASSWORD).status_code == 429


def test_a_post_without_its_token_is_refused(sign_in_as: SignInAs) -> None:
    answer = sign_in_as(Role.COMMUNITY_WORKER).client.post("/sign-out")
    assert answer.status_code == 400
    assert "页面已过期" in answer.text


def test_after_signing_out_a_copied_cookie_is_worth_nothing(sign_in_as: SignInAs, app: Flask) -> None:
    pages = sign_in_as(Role.COMMUNITY_WORKER)
    with pages.client.session_transaction() as cookie:
        copied = cookie[db.TOKEN]
    token = token_of(pages.client.get("/home").text)
    assert pages.client.post("/sign-out", data={"csrf_token": token}).status_code == 303
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie[db.TOKEN] = copied
    assert thief.get("/home").status_code == 303


def test_a_session_ends_at_its_hour(sign_in_as: SignInAs, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = sign_in_as(Role.COMMUNITY_WORKER)
    end = parties.NOON + timedelta(days=1)
    monkeypatch.setattr(db, "now", lambda: end - timedelta(microseconds=1))
    assert pages.client.get("/home").status_code == 200
    monkeypatch.setattr(db, "now", lambda: end)
    assert pages.client.get("/home").status_code == 303


def test_every_answer_carries_the_security_headers(visitor: PageClient) -> None:
    for path in ("/", "/nowhere", "/sign-in"):
        headers = visitor.client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_signed_in_pages_are_not_kept_by_the_browser(sign_in_as: SignInAs) -> None:
    assert sign_in_as(Role.COMMUNITY_WORKER).client.get("/home").headers["Cache-Control"] == "no-store"


def test_the_nonce_is_new_each_time(visitor: PageClient) -> None:
    one, two = (visitor.client.get("/").headers["Content-Security-Policy"] for _ in range(2))
    assert one != two


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_page_that_is_not_there_says_so(sign_in_as: SignInAs, locale: str) -> None:
    sign_in_as(Role.COMMUNITY_WORKER, locale=locale).get("/nowhere", status=404)


def test_switching_to_somebody_elses_role_is_refused(sign_in_as: SignInAs, session: Session) -> None:
    other = parties.person(session, Role.STREET_OFFICIAL, unit=parties.STREET)
    pages = sign_in_as(Role.COMMUNITY_WORKER)
    token = token_of(pages.client.get("/home").text)
    data = {"csrf_token": token, "membership_id": str(other.memberships[0].id)}
    assert pages.client.post("/role", data=data).status_code == 404


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("role", [*parties.USUAL_UNIT, None])
def test_home_and_own_pages_are_sound_in_every_role(
    sign_in_as: SignInAs, role: Role | None, locale: str
) -> None:
    pages = sign_in_as(role, locale=locale)
    for path in ("/home", "/inbox", "/me"):
        pages.get(path)
