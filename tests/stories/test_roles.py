"""The main pages of every role pass axe and fit their window, narrow in Chinese and wide in English."""

import pytest

from tests.stories.conftest import OpenPage, sign_in, sound

pytestmark = pytest.mark.story

PLACES = {
    "worker": [
        "/home",
        "/needs/mine",
        "/needs/new",
        "/assessments",
        "/assessments/new",
        "/deliberations",
        "/inbox",
    ],
    "street": ["/home", "/handling", "/overview", "/gaps", "/deliberations", "/import/needs"],
    "district": ["/home", "/organisations/new", "/import/organisations"],
    "meals": ["/home", "/fitting", "/services/mine", "/services/new", "/import/services"],
    "auditor": ["/home", "/overview", "/gaps"],
    "admin": ["/home", "/people", "/people/new", "/me"],
}


@pytest.mark.parametrize("login", PLACES)
@pytest.mark.parametrize(("narrow", "language"), [(True, "zh-CN"), (False, "en")], ids=["375-zh", "1280-en"])
def test_pages_of_a_role_are_sound(open_page: OpenPage, login: str, language: str, *, narrow: bool) -> None:
    page = open_page(narrow=narrow, language=language)
    sign_in(page, login)
    for path in PLACES[login]:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        sound(page)
