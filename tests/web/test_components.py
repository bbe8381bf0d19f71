"""The components keep the page rules and do what their comments say, in both languages."""

from io import BytesIO

import pytest
from flask import render_template_string

from tests.page import PageClient
from tests.web.gallery.app import create_gallery
from web.address import here


@pytest.fixture(scope="module")
def gallery():
    return create_gallery()


@pytest.fixture
def pages(gallery):
    return PageClient(gallery.test_client())


@pytest.fixture
def render(gallery):
    """`render(template, "/gallery?page=2")` -> what the template writes in that request."""

    def rendered(template, address="/gallery", **values):
        with gallery.test_request_context(address):
            gallery.preprocess_request()
            return render_template_string(template, **values)

    return rendered


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("state", ["", "&errors=1", "&out=1"])
def test_every_component_keeps_the_rules(pages, locale, state):
    page = pages.get(f"/gallery?locale={locale}{state}")
    assert page.h1
    assert page.document.lang == ("en" if locale == "en" else "zh-CN")


def test_each_error_is_named_above_and_leads_to_its_field(pages):
    page = pages.get("/gallery?errors=1")
    assert "请填写 1 到 9999 之间的人数" in page.errors
    assert page.link("预算上限不能小于 0，请填写如 120000 的数字") == "/gallery?errors=1#budget"
    assert page.link("请选一个词") == "/gallery?errors=1#urgency-0"
    field = page.document.by_id("people")
    assert field.get("aria-invalid") == "true"
    assert "people-error" in field.get("aria-describedby")


def test_a_refused_form_shows_again_what_was_typed(pages):
    form = pages.get("/gallery").form("need").fill(title="午饭", groups=["old", "ill"], people="很多")
    page = form.submit("下一页", status=422)
    again = page.form("need")
    assert again.values["title"] == "午饭"
    assert again.values["groups"] == ["old", "ill"]
    assert page.document.by_id("people").get("value") == "很多"


def test_a_complete_form_is_accepted_with_its_file(pages):
    form = pages.get("/gallery").form("need")
    form.fill(title="午饭", text="吃不上", people=47, urgency="4", kind="org", agreed=True)
    form.fill(photo=(BytesIO(b"x"), "a.txt"), street="2")
    assert form.submit("下一页").location == "/gallery?saved=1"


def test_a_form_without_its_token_is_refused(gallery):
    assert gallery.test_client().post("/gallery", data={"title": "午饭"}).status_code == 400


def test_number_fields_take_full_width_digits_and_so_are_not_of_type_number(pages):
    people = pages.get("/gallery").document.by_id("people")
    assert (people.get("type"), people.get("inputmode")) == ("text", "numeric")


def test_a_button_that_hurts_asks_first_without_a_script(render):
    written = render(
        """{% from "components/form.html" import post_button %}
        {{ post_button("/w", "撤回", confirm="确定？") }}"""
    )
    assert (
        written.index("<summary")
        < written.index("确定？")
        < written.index("<form")
        < written.index("csrf_token")
    )


def test_what_cannot_be_done_yet_says_why_and_has_no_link(render):
    written = render(
        """{% from "components/actions.html" import actions %}
        {{ actions([{"label": "查看投标", "reason": "开标后才能查看"}]) }}"""
    )
    assert "开标后才能查看" in written
    assert "<a " not in written
    assert "<button" not in written


def test_sorting_keeps_the_filters_and_turns_on_the_second_click(render):
    template = """{% from "components/table.html" import table %}
      {% set columns = {"people": {"label": "人数", "sort": true}} %}
      {% call table("需求", columns, sort=sort) %}{% endcall %}"""
    first = render(template, "/gallery?q=饭&page=3", sort="title")
    assert "q=%E9%A5%AD&amp;sort=people" in first
    assert "page=" not in first
    up = render(template, "/gallery?sort=people", sort="people")
    assert "sort=-people" in up
    assert 'aria-sort="ascending"' in up
    assert 'aria-sort="descending"' in render(template, "/gallery?sort=-people", sort="-people")


PAGES = '{% from "components/pagination.html" import pagination %}{{ pagination(page, 20, total) }}'


@pytest.mark.parametrize(
    ("page", "total", "shown", "missing"),
    [
        (1, 253, "第1至20条，共253条", "上一页"),
        (13, 253, "第241至253条，共253条", "下一页"),
        (2, 40, "第21至40条，共40条", "下一页"),
    ],
)
def test_pages_say_where_one_is_and_lead_nowhere_else(render, page, total, shown, missing):
    written = render(PAGES, page=page, total=total)
    assert shown in written
    assert missing not in written


def test_a_short_list_has_no_pages(render):
    assert render(PAGES, page=1, total=20).strip() == ""


def test_the_longest_list_shows_few_page_numbers(render):
    written = render(PAGES, page=50, total=2000)
    assert [n for n in range(1, 101) if f"page={n}&#34;" in written or f'page={n}"' in written] == [
        1,
        49,
        51,
        100,
    ]


MARKED = '{% from "components/marked.html" import marked %}{{ marked(text, spans) }}'


@pytest.mark.parametrize(
    ("spans", "inside"),
    [
        ([], "独居老人吃饭"),
        ([(0, 2, None)], "<mark>独居</mark>老人吃饭"),
        ([(4, 6, None), (0, 2, None)], "<mark>独居</mark>老人<mark>吃饭</mark>"),
        ([(0, 4, None), (2, 6, None)], "<mark>独居老人</mark>吃饭"),
        ([(3, 3, None)], "独居老人吃饭"),
        ([(0, 6, "助餐")], '<mark title="助餐">独居老人吃饭</mark>'),
    ],
)
def test_marks_cover_exactly_their_characters(render, spans, inside):
    assert inside in render(MARKED, text="独居老人吃饭", spans=spans)


def test_marked_words_stay_words(render):
    assert "<b>" not in render(MARKED, text="<b>独居</b>", spans=[(0, 3, '"><script>')])


@pytest.mark.parametrize(
    ("address", "changes", "expected"),
    [
        ("/gallery", {}, "/gallery"),
        ("/gallery?q=a&page=2", {"page": None}, "/gallery?q=a"),
        ("/gallery?s=1&s=2", {"page": 3}, "/gallery?s=1&s=2&page=3"),
        ("/gallery?s=1", {"s": ["3", "4"]}, "/gallery?s=3&s=4"),
        (
            "/gallery?_external=1&_scheme=javascript",
            {"page": 2},
            "/gallery?_external=1&_scheme=javascript&page=2",
        ),
    ],
)
def test_the_address_keeps_what_is_not_changed(gallery, address, changes, expected):
    with gallery.test_request_context(address):
        assert here(**changes) == expected
