"""The components in a real browser: no violation of WCAG, nothing outside the policy, modules that help."""

from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from werkzeug.serving import make_server

from tests.support import browser as chromium
from tests.web.gallery.app import create_gallery

pytestmark = [
    pytest.mark.story,
    pytest.mark.skipif(chromium.find() is None, reason=f"no Chromium: {chromium.HOW_TO_INSTALL}"),
]
AXE = {"resultTypes": ["violations"]}
WIDTHS = {"wide": 1280, "narrow": 375}


@pytest.fixture(scope="module")
def address():
    server = make_server("127.0.0.1", 0, create_gallery(), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(browser, address):
    """`open_page("/gallery", width=375)` -> a page; whatever the console complains of fails the test."""
    contexts, complaints = [], []

    def opened(path, width=1280, scheme="light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())  # "leave anyway?"
        page.complaints = complaints
        page.goto(address + path)
        if options.get("java_script_enabled", True):
            page.wait_for_selector("html[data-ready]")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_violation_and_nothing_is_wider_than_the_screen(open_page, locale, scheme, width):
    page = open_page(f"/gallery?locale={locale}&errors=1", width=WIDTHS[width], scheme=scheme)
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true })")
    found = Axe().run(page, options=AXE).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTHS[width]


def test_the_menu_opens_on_a_telephone_without_scripts(open_page):
    page = open_page("/gallery", width=375, java_script_enabled=False)
    places = page.get_by_role("navigation", name="主要页面")
    expect(places).to_be_hidden()
    page.get_by_text("菜单").click()
    expect(places).to_be_visible()
    expect(page.get_by_role("search").get_by_role("searchbox").first).to_be_visible()


def test_everything_to_press_on_a_telephone_is_large_enough(open_page):
    page = open_page("/gallery", width=375, has_touch=True, is_mobile=True)
    small = page.evaluate(
        """[...document.querySelectorAll("button, .btn, select, input:not([type=hidden])")]
          .map((each) => each.closest(".choice, .scale__word") || each)
          .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 44)
          .map((each) => each.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_a_draft_saves_itself_and_says_so(open_page):
    page = open_page("/gallery")
    with page.expect_response("**/draft") as answer:
        page.get_by_label("标题").fill("独居老人午饭")
    assert answer.value.ok
    expect(page.locator("[data-autosave-status]")).to_contain_text("草稿已保存：")
    page.goto(page.url)  # nothing unsaved, so leaving asks nothing


def test_a_draft_that_cannot_be_saved_keeps_every_word_and_says_so(open_page):
    page = open_page("/gallery")
    page.get_by_label("标题").fill("故障")
    expect(page.locator("[data-autosave-status]")).to_contain_text("暂时没能保存")
    assert page.get_by_label("标题").input_value() == "故障"
    page.goto("about:blank")
    assert [text for text in page.complaints if "503" not in text] == []
    page.complaints.clear()


def test_a_double_click_sends_a_form_once(open_page):
    page = open_page("/gallery")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.route("**/merge", lambda route: route.fulfill(status=204))
    page.get_by_role("button", name="并入这条需求").dblclick()
    expect(page.get_by_role("button", name="并入这条需求")).to_be_disabled()
    assert len(sent) == 1


def test_a_proposal_is_accepted_with_one_tap(open_page):
    page = open_page("/gallery")
    page.get_by_label("发生了什么").fill("中午吃不上饭")
    page.locator("#proposals").get_by_role("button", name="失能老人").click()
    expect(page.get_by_role("checkbox", name="失能老人")).to_be_checked()


def test_matches_are_reviewed_by_keyboard(open_page):
    page = open_page("/gallery")
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page.locator("#m1")).to_be_focused()
    page.keyboard.press("r")
    expect(page.locator("#m1 .decide-with input[type=radio]").first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#m2")).to_be_focused()
    page.keyboard.press("k")
    page.route("**/accept", lambda route: route.fulfill(status=204))
    with page.expect_request("**/accept") as request:
        page.keyboard.press("a")
    assert request.value.method == "POST"


def test_keys_do_nothing_while_one_writes(open_page):
    page = open_page("/gallery")
    page.get_by_label("标题").press_sequentially("jkasr")
    assert page.get_by_label("标题").input_value() == "jkasr"


def test_the_countdown_goes_by_the_servers_clock(open_page):
    page = open_page("/gallery")
    expect(page.locator("time[data-countdown]")).to_have_text("还有3天4小时")


def test_a_chosen_file_is_named_with_its_size(open_page):
    page = open_page("/gallery")
    files = [{"name": "a.txt", "mimeType": "text/plain", "buffer": b"x" * 300_000}]
    page.get_by_label("照片或文件").set_input_files(files)
    expect(page.locator("[data-file-preview]")).to_have_text("a.txt 293 KB")


def test_after_a_refusal_the_errors_have_the_focus(open_page):
    page = open_page("/gallery?errors=1")
    expect(page.locator(".errors")).to_be_focused()


def test_on_paper_the_tools_are_gone_and_the_tables_are_open(open_page):
    page = open_page("/gallery")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="主要页面")).to_be_hidden()
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator(".chart__table table").first).to_be_visible()
