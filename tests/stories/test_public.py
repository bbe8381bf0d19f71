"""What somebody without an account can do, on a telephone, in either language, without JavaScript."""

import pytest

from tests.stories.conftest import OpenPage, sign_in, sound

pytestmark = pytest.mark.story

PUBLIC = [
    "/",
    "/needs",
    "/services",
    "/organisations",
    "/search?q=老人",
    "/rules",
    "/data",
    "/accessibility",
    "/sign-in",
]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("narrow", [True, False], ids=["375", "1280"])
def test_public_pages_are_sound(open_page: OpenPage, language: str, *, narrow: bool) -> None:
    page = open_page(narrow=narrow, language=language)
    for path in PUBLIC:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        sound(page)


def test_the_menu_opens_without_javascript_on_a_telephone(open_page: OpenPage) -> None:
    page = open_page(narrow=True, javascript=False)
    page.goto("/")
    page.locator(".menu-switch summary").click()
    page.get_by_role("link", name="服务目录", exact=True).first.click()
    page.wait_for_url("**/services")


def test_the_language_is_kept(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/services")
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/services")
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/needs")
    assert page.locator("html").get_attribute("lang") == "en"


def test_signing_in_and_out_by_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/sign-in")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    sign_in(page, "worker")
    page.locator(".me summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/")
    page.goto("/home")
    page.wait_for_url("**/sign-in**")
